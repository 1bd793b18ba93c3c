//! What `$dynamicRef` means: the outermost resource on the way that declares the anchor.
//!
//! The way is kept as the resources that were entered, each once, so it stays finite. Contracts
//! without dynamic anchors have one way only.

use std::collections::BTreeSet;

use contracts::{Contract, Kind, Located, Store, Version};

/// Which resources were entered on the way to a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ScopeId(u32);

impl ScopeId {
    /// None yet.
    pub(super) const NONE: Self = Self(0);

    pub(super) fn number(self) -> u32 {
        self.0
    }
}

/// All ways that were met.
pub(super) struct Scopes {
    has_dynamic: bool,
    ways: Vec<Vec<Located>>,
}

impl Scopes {
    pub(super) fn new(store: &Store, contract: &Contract) -> Self {
        let is_new = matches!(contract.version, Version::V3_1 | Version::V3_2);
        let has_dynamic = is_new && has_anchor(store, contract);
        Self { has_dynamic, ways: vec![Vec::new()] }
    }

    /// The way on, into the resource of a place.
    pub(super) fn entered(
        &mut self,
        store: &Store,
        contract: &Contract,
        scope: ScopeId,
        at: &Located,
    ) -> ScopeId {
        if !self.has_dynamic {
            return ScopeId::NONE;
        }
        let resource = contract.resource(store, at);
        let mut way = self.way(scope).to_vec();
        if way.contains(&resource) {
            return scope;
        }
        way.push(resource);
        let known = self.ways.iter().position(|it| *it == way);
        let idx = known.unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        });
        ScopeId(u32::try_from(idx).unwrap_or(u32::MAX))
    }

    /// Where a dynamic anchor leads on this way.
    pub(super) fn anchor(
        &self,
        store: &Store,
        contract: &Contract,
        scope: ScopeId,
        name: &str,
    ) -> Option<Located> {
        self.way(scope).iter().find_map(|it| contract.dynamic_anchor(store, it, name))
    }

    fn way(&self, scope: ScopeId) -> &[Located] {
        self.ways.get(scope.0 as usize).map_or(&[], |it| it)
    }
}

fn has_anchor(store: &Store, contract: &Contract) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<_> = contract.files.iter().map(|it| it.root).collect();
    while let Some(node) = open.pop() {
        let has_parts = matches!(store.kind(node), Kind::Object | Kind::Array);
        if !has_parts || !seen.insert(node) {
            continue;
        }
        open.extend_from_slice(store.items(node));
        for (name, value) in store.members(node) {
            if name == "$dynamicAnchor" {
                return true;
            }
            open.push(value);
        }
    }
    false
}
