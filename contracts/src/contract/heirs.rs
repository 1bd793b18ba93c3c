//! Components that build upon another one with a discriminator: each is what a value may be whose
//! tag is its name.
//!
//! OAS 3.0.4 and 3.1.1, Discriminator Object: all schemas that build upon a parent by `allOf` may
//! take its place, under the names of their components; 2.0 says so of the names of definitions.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Contract, FileId, Located, Pointer, Store};

/// References that lead to references.
const LONGEST_CHAIN: usize = 64;

/// Where a schema stands.
pub(crate) type Place = (FileId, Pointer);

/// The heirs of each schema that has a discriminator and no choice beside it.
#[derive(Debug, Default)]
pub(crate) struct Heirs(pub(super) BTreeMap<Place, Vec<(String, Located)>>);

impl Heirs {
    /// All of a contract.
    pub(super) fn of(store: &Store, contract: &Contract) -> Self {
        let mut found = Self::default();
        if !store.has_text("discriminator") {
            return found;
        }
        let components = contract.schemas(store);
        let parents: BTreeMap<Place, Vec<Place>> =
            components.iter().map(|(_, at)| (place(at), parents(store, contract, at))).collect();
        for (name, heir) in components {
            for parent in all_above(&parents, &place(&heir)) {
                found.0.entry(parent).or_default().push((name.clone(), heir.clone()));
            }
        }
        found
    }

    /// Those of the schema at a place, by name.
    pub(crate) fn at(&self, at: &Located) -> &[(String, Located)] {
        self.0.get(&place(at)).map_or(&[], Vec::as_slice)
    }
}

fn place(at: &Located) -> Place {
    (at.file, at.pointer.clone())
}

/// What a component builds upon, directly or through others.
fn all_above(parents: &BTreeMap<Place, Vec<Place>>, start: &Place) -> BTreeSet<Place> {
    let mut open = parents.get(start).cloned().unwrap_or_default();
    let mut found = BTreeSet::new();
    while let Some(parent) = open.pop() {
        if parent != *start && found.insert(parent.clone()) {
            open.extend(parents.get(&parent).into_iter().flatten().cloned());
        }
    }
    found
}

/// The schemas that a component builds upon.
fn parents(store: &Store, contract: &Contract, at: &Located) -> Vec<Place> {
    let Some(list) = contract.member(store, at, "allOf") else { return Vec::new() };
    let parts = store.items(list.node).iter().enumerate();
    let parts = parts.map(|(idx, node)| Located {
        file: list.file,
        pointer: list.pointer.item(idx),
        node: *node,
    });
    parts.filter_map(|it| end(store, contract, it)).collect()
}

/// Where the references of a part lead.
fn end(store: &Store, contract: &Contract, mut part: Located) -> Option<Place> {
    let reference = |it: &Located| store.get(it.node, "$ref").and_then(|it| store.as_str(it));
    reference(&part)?;
    for _ in 0..LONGEST_CHAIN {
        let Some(text) = reference(&part) else { break };
        part = contract.follow(store, &part, text).ok()?;
    }
    Some(place(&part))
}
