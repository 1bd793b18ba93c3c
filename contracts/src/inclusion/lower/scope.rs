//! What `$dynamicRef` and `$recursiveRef` mean: the outermost resource on the way that declares
//! the anchor. The way is kept as the anchors it found first, so that it stays finite.

use std::{collections::BTreeMap, collections::BTreeSet, sync::Arc};

use crate::{
    Contract, FileId, Located, NodeId, Pointer, Revision, Store, Version,
    inclusion::lower::{Lowering, SchemaPlace},
    store::Kind,
};

/// Which anchors were met first on the way to a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(u32);

impl ScopeId {
    /// No anchors.
    pub const NONE: Self = Self(0);
}

type Anchors = BTreeMap<String, Located>;

/// All ways that were met.
pub(super) struct Scopes {
    pub(super) asks_what_was_looked_at: bool,
    has_dynamic: bool,
    of_resources: BTreeMap<(Revision, FileId, Pointer), Arc<Anchors>>,
    ways: Vec<Arc<Anchors>>,
}

impl Scopes {
    pub(super) fn new(store: &Store, contracts: [&Contract; 2]) -> Self {
        let mut found = Found::default();
        for contract in contracts {
            if matches!(contract.version, Version::V3_1 | Version::V3_2) {
                contract.files.iter().for_each(|it| found.look(store, it.root));
            }
        }
        Self {
            asks_what_was_looked_at: found.unevaluated,
            has_dynamic: found.dynamic,
            of_resources: BTreeMap::new(),
            ways: vec![Arc::default()],
        }
    }

    fn of(&self, id: ScopeId) -> Arc<Anchors> {
        self.ways.get(id.0 as usize).cloned().unwrap_or_default()
    }

    fn keep(&mut self, anchors: Anchors) -> ScopeId {
        let known = self.ways.iter().position(|it| **it == anchors);
        let idx = known.unwrap_or_else(|| {
            self.ways.push(Arc::new(anchors));
            self.ways.len() - 1
        });
        ScopeId(u32::try_from(idx).unwrap_or(0))
    }
}

/// Whether a document uses keywords that need care.
#[derive(Default)]
struct Found {
    unevaluated: bool,
    dynamic: bool,
    seen: BTreeSet<NodeId>,
}

impl Found {
    fn look(&mut self, store: &Store, root: NodeId) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let has_parts = matches!(store.kind(node), Kind::Object | Kind::Array);
            if !has_parts || !self.seen.insert(node) {
                continue;
            }
            open.extend_from_slice(store.items(node));
            for (name, value) in store.members(node) {
                self.unevaluated |= matches!(name, "unevaluatedProperties" | "unevaluatedItems");
                self.dynamic |= matches!(name, "$dynamicAnchor" | "$recursiveAnchor");
                open.push(value);
            }
        }
    }
}

impl Lowering<'_> {
    /// The place, with the anchors of its resource met.
    pub(super) fn entered(&mut self, place: SchemaPlace) -> SchemaPlace {
        if !self.scopes.has_dynamic {
            return place;
        }
        let resource = self.resource(&place);
        let key = (place.revision, resource.file, resource.pointer.clone());
        let store = self.store;
        let anchors = self.scopes.of_resources.entry(key);
        let anchors = anchors.or_insert_with(|| Arc::new(anchors_of(store, &resource)));
        let anchors = Arc::clone(anchors);
        let mut met = (*self.scopes.of(place.scope)).clone();
        for (name, at) in anchors.iter() {
            met.entry(name.clone()).or_insert_with(|| at.clone());
        }
        SchemaPlace { scope: self.scopes.keep(met), ..place }
    }

    /// The innermost schema around a place that has an `$id`, or the whole file.
    fn resource(&self, place: &SchemaPlace) -> Located {
        let contract = self.contract(place.revision);
        let root = contract.files.get(place.at.file.0 as usize).map_or(NodeId::NULL, |it| it.root);
        let mut at = Located { file: place.at.file, pointer: Pointer::root(), node: root };
        let mut resource = at.clone();
        for name in place.at.pointer.names() {
            let Some(next) = contract.step(self.store, &at, &name) else { break };
            at = next;
            if is_resource(self.store, at.node) {
                resource = at.clone();
            }
        }
        resource
    }

    /// Where `$dynamicRef` or `$recursiveRef` leads on this way.
    pub(super) fn follow_dynamic(
        &mut self,
        place: &SchemaPlace,
        node: NodeId,
    ) -> Option<SchemaPlace> {
        let target = self.follow(place, node)?;
        let text = self.store.as_str(node)?;
        let fragment = text.split_once('#').map_or("", |it| it.1);
        let has = |name: &str| self.store.get(target.at.node, name);
        let dynamic = has("$dynamicAnchor").and_then(|it| self.store.as_str(it)) == Some(fragment);
        let recursive = fragment.is_empty()
            && has("$recursiveAnchor").and_then(|it| self.store.as_bool(it)) == Some(true);
        if !dynamic && !recursive {
            return Some(target);
        }
        let met = self.scopes.of(target.scope);
        let at = met.get(fragment).cloned().unwrap_or_else(|| target.at.clone());
        Some(self.entered(SchemaPlace { at, ..target }))
    }
}

fn is_resource(store: &Store, node: NodeId) -> bool {
    let id = store.get(node, "$id").and_then(|it| store.as_str(it));
    id.is_some_and(|it| !it.starts_with('#'))
}

/// The dynamic anchors of a resource, without those of resources inside it.
fn anchors_of(store: &Store, resource: &Located) -> Anchors {
    let mut anchors = Anchors::new();
    let recursive = store.get(resource.node, "$recursiveAnchor");
    if recursive.and_then(|it| store.as_bool(it)) == Some(true) {
        anchors.insert(String::new(), resource.clone());
    }
    let mut open = vec![resource.clone()];
    while let Some(at) = open.pop() {
        if at != *resource && is_resource(store, at.node) {
            continue;
        }
        if let Some(name) = store.get(at.node, "$dynamicAnchor").and_then(|it| store.as_str(it)) {
            anchors.insert(name.to_owned(), at.clone());
        }
        let inside =
            |name: &str, node| Located { pointer: at.pointer.child(name), node, file: at.file };
        for (name, node) in store.members(at.node) {
            if !matches!(name, "enum" | "const" | "default" | "examples" | "example") {
                open.push(inside(name, node));
            }
        }
        for (idx, node) in store.items(at.node).iter().enumerate() {
            open.push(inside(&idx.to_string(), *node));
        }
    }
    anchors
}
