//! Members that one side never sends: `readOnly` in requests, `writeOnly` in responses.

use std::collections::BTreeSet;

use crate::{
    Direction, Located,
    inclusion::lower::{Lowering, SchemaPlace, classes::Keywords},
};

impl Lowering<'_> {
    /// Is a member with this schema never sent in this direction?
    pub(super) fn is_never_sent(
        &mut self,
        member: &SchemaPlace,
        direction: Option<Direction>,
    ) -> bool {
        let keyword = match direction {
            None => return false,
            Some(Direction::ToProvider) => "readOnly",
            Some(Direction::FromProvider) => "writeOnly",
        };
        self.conjuncts(member).iter().any(|it| {
            let value = self.store.get(it.at.node, keyword);
            value.and_then(|it| self.store.as_bool(it)) == Some(true)
        })
    }

    /// The schema itself, and all that it joins by `$ref` and `allOf`.
    pub(super) fn conjuncts(&mut self, place: &SchemaPlace) -> Vec<SchemaPlace> {
        let mut seen = BTreeSet::new();
        let mut open = vec![place.clone()];
        let mut found = Vec::new();
        while let Some(place) = open.pop() {
            if !seen.insert(place.at.clone()) {
                continue;
            }
            let store = self.store;
            let reference = store.get(place.at.node, "$ref");
            open.extend(reference.and_then(|it| self.follow(&place, it)));
            if reference.is_some() && !place.dialect.reads_siblings_of_references() {
                continue;
            }
            let list = store.get(place.at.node, "allOf");
            let branches = list.map(|it| store.items(it)).unwrap_or_default();
            let branches = branches.iter().enumerate().map(|(idx, node)| {
                let pointer = place.at.pointer.child("allOf").item(idx);
                let at = Located { pointer, node: *node, file: place.at.file };
                SchemaPlace { at, ..place.clone() }
            });
            open.extend(branches);
            found.push(place);
        }
        found
    }

    /// The members that a schema declares.
    fn declared(&self, place: &SchemaPlace) -> Vec<(String, SchemaPlace)> {
        let Some(properties) = self.store.get(place.at.node, "properties") else {
            return Vec::new();
        };
        let members = self.store.members(properties).map(|(name, node)| {
            let pointer = place.at.pointer.child("properties").child(name);
            let at = Located { pointer, node, file: place.at.file };
            (name.to_owned(), SchemaPlace { at, ..place.clone() })
        });
        members.collect()
    }
}

impl Keywords<'_, '_> {
    /// Names that are declared here, or by what is joined here, and never sent.
    pub(super) fn names_never_sent(&mut self) -> Vec<String> {
        let mut names = self.inherited.clone();
        if self.view.direction.is_none() {
            return names;
        }
        for place in self.lowering.conjuncts(&self.place) {
            let mut declared = self.lowering.declared(&place);
            let direction = self.view.direction;
            declared.retain(|(_, member)| self.lowering.is_never_sent(member, direction));
            names.extend(declared.into_iter().map(|it| it.0));
        }
        names
    }
}
