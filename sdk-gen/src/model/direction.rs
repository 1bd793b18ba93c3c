//! Members that one side never sends: `readOnly` in requests, `writeOnly` in responses.

use std::collections::BTreeSet;

use contracts::{Dialect, Located};

use crate::model::{Model, UnitId, View, build::Hidden};

impl<'a> Model<'a> {
    /// Whether a schema is only read, and whether it is only written: itself and all that it
    /// joins by `$ref` and `allOf`.
    pub(super) fn flags(&self, at: &Located, dialect: Dialect) -> (bool, bool) {
        let mut flags = (false, false);
        for place in self.conjuncts(at, dialect) {
            let flag = |name: &str| {
                self.store.get(place.node, name).and_then(|it| self.store.as_bool(it)) == Some(true)
            };
            flags.0 |= flag("readOnly");
            flags.1 |= flag("writeOnly");
        }
        flags
    }

    /// The members that a schema, or anything it joins, declares as never sent or received.
    pub(super) fn hidden_members(&self, at: &Located, dialect: Dialect) -> Vec<Hidden<'a>> {
        let mut found = Vec::new();
        for place in self.conjuncts(at, dialect) {
            let Some(properties) = self.store.get(place.node, "properties") else { continue };
            for (name, node) in self.store.members(properties) {
                let pointer = place.pointer.child("properties").child(name);
                let at = Located { file: place.file, pointer, node };
                let (read_only, write_only) = self.flags(&at, dialect);
                if read_only || write_only {
                    found.push(Hidden { name, read_only, write_only });
                }
            }
        }
        found
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
        for (id, unit) in self.units() {
            let (mut differs, mut shapes) = (false, vec![unit.shape]);
            while let Some(shape) = shapes.pop() {
                let shape = self.shape(shape);
                for target in &shape.references {
                    users.get_mut(target.0 as usize).expect("one list a unit").push(id);
                }
                if let Some(object) = &shape.object {
                    let differs_in = |it| is_different(it);
                    differs |= object.properties.iter().any(|it| it.read_only || it.write_only);
                    differs |= object.required.iter().any(differs_in);
                }
                shapes.extend(shape.inside());
            }
            if differs {
                open.push(id);
            }
        }
        while let Some(id) = open.pop() {
            let Some(unit) = self.units.get_mut(id.0 as usize) else { continue };
            if !std::mem::replace(&mut unit.differs, true) {
                open.extend(users.get(id.0 as usize).into_iter().flatten());
            }
        }
    }
}

fn is_different(it: &crate::model::Required) -> bool {
    it.is_hidden(View::Received) != it.is_hidden(View::Sent)
}
