//! Members that one side never sends: `readOnly` in requests, `writeOnly` in responses.

use std::collections::BTreeSet;

use contracts::{Dialect, Located, NodeId};

use crate::model::{Model, ShapeId, UnitId, reading::Hidden};

impl<'a> Model<'a> {
    /// Whether a schema is only read, and whether it is only written: itself and all that it
    /// joins by `$ref` and `allOf`.
    pub(super) fn flags(&self, at: &Located, dialect: Dialect) -> (bool, bool) {
        let mut flags = (false, false);
        for place in self.conjuncts(at, dialect) {
            let [read_only, write_only] = self.own_flags(place.node);
            flags.0 |= read_only;
            flags.1 |= write_only;
        }
        flags
    }

    fn own_flags(&self, node: NodeId) -> [bool; 2] {
        ["readOnly", "writeOnly"].map(|name| {
            self.store.get(node, name).and_then(|it| self.store.as_bool(it)) == Some(true)
        })
    }

    /// The members that a schema, or anything it joins, declares as never sent or received.
    pub(super) fn hidden_members(&self, at: &Located, dialect: Dialect) -> Vec<Hidden<'a>> {
        let mut found = Vec::new();
        for place in self.conjuncts(at, dialect) {
            let Some(properties) = self.store.get(place.node, "properties") else { continue };
            let members = self.store.members(properties).map(|(name, node)| {
                let (read_only, write_only) = self.flags_of_member(&place, (name, node), dialect);
                Hidden { name, read_only, write_only }
            });
            found.extend(members.filter(|it| it.read_only || it.write_only));
        }
        found
    }

    /// What the flags of a member are; most join nothing, and need no place for that.
    fn flags_of_member(
        &self,
        around: &Located,
        (name, node): (&str, NodeId),
        dialect: Dialect,
    ) -> (bool, bool) {
        if ["$ref", "allOf"].iter().all(|it| self.store.get(node, it).is_none()) {
            let [read_only, write_only] = self.own_flags(node);
            return (read_only, write_only);
        }
        let pointer = around.pointer.child("properties").child(name);
        self.flags(&Located { file: around.file, pointer, node }, dialect)
    }

    fn conjuncts(&self, at: &Located, dialect: Dialect) -> Vec<Located> {
        let mut seen = BTreeSet::new();
        let mut open = vec![at.clone()];
        let mut found = Vec::new();
        while let Some(place) = open.pop() {
            if !seen.insert((place.file, place.pointer.clone())) {
                continue;
            }
            let reference = self.store.get(place.node, "$ref");
            let text = reference.and_then(|it| self.store.as_str(it));
            open.extend(text.and_then(|it| self.contract.follow(self.store, &place, it).ok()));
            if reference.is_some() && !dialect.reads_siblings_of_references() {
                continue;
            }
            let list = self.store.get(place.node, "allOf");
            let branches = list.map(|it| self.store.items(it)).unwrap_or_default();
            open.extend(branches.iter().enumerate().map(|(idx, node)| {
                let pointer = place.pointer.child("allOf").item(idx);
                Located { pointer, node: *node, file: place.file }
            }));
            found.push(place);
        }
        found
    }

    /// Finds the units that are another type when they are sent: those with a member that is only
    /// read or only written anywhere below.
    pub(super) fn find_differences(&mut self) {
        let mut users: Vec<Vec<UnitId>> = vec![Vec::new(); self.units.len()];
        let mut open = Vec::new();
        // Units that came since the last time may lead to what is known already.
        self.units.iter_mut().for_each(|it| it.differs = false);
        for (id, unit) in self.units() {
            for target in self.targets(id) {
                let target = *target;
                users.get_mut(target.0 as usize).expect("one list a unit").push(id);
            }
            open.extend(self.has_hidden(unit.shape).then_some(id));
        }
        while let Some(id) = open.pop() {
            let Some(unit) = self.units.get_mut(id.0 as usize) else { continue };
            if !std::mem::replace(&mut unit.differs, true) {
                open.extend(users.get(id.0 as usize).into_iter().flatten());
            }
        }
    }

    /// Has a shape, or one inside, a member that one side never sends?
    fn has_hidden(&self, root: ShapeId) -> bool {
        let mut open = vec![root];
        while let Some(shape) = open.pop() {
            let shape = self.shape(shape);
            let object = shape.object.as_deref();
            let members = object.into_iter().flat_map(|it| &it.properties);
            let required = object.into_iter().flat_map(|it| &it.required);
            if members.into_iter().any(|it| it.read_only || it.write_only)
                || required.into_iter().any(|it| it.read_only != it.write_only)
            {
                return true;
            }
            shape.push_inside(&mut open);
        }
        false
    }
}
