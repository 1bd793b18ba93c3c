//! Members that one side never sends: `readOnly` in requests, `writeOnly` in responses.

use std::collections::BTreeSet;

use crate::{
    Direction,
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
            if let Some(reference) = store.get(place.at.node, "$ref") {
                open.extend(self.follow(&place, reference));
            }
            if let Some(list) = store.get(place.at.node, "allOf") {
                for (idx, node) in store.items(list).iter().enumerate() {
                    let mut inner = place.clone();
                    inner.at.pointer = inner.at.pointer.child("allOf").item(idx);
                    inner.at.node = *node;
                    open.push(inner);
                }
            }
            found.push(place);
        }
        found
    }
}

impl Keywords<'_, '_> {
    /// Names that are declared here, or by what is joined here, and never sent.
    pub(super) fn names_never_sent(&mut self) -> Vec<String> {
        let mut names = self.inherited.clone();
        if self.view.direction.is_none() {
            return names;
        }
        let store = self.lowering.store();
        for place in self.lowering.conjuncts(&self.place) {
            let Some(properties) = store.get(place.at.node, "properties") else { continue };
            for (name, node) in store.members(properties) {
                let mut member = place.clone();
                member.at.pointer = member.at.pointer.child("properties").child(name);
                member.at.node = node;
                if self.lowering.is_never_sent(&member, self.view.direction) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }
}
