//! What `$dynamicRef` and `$recursiveRef` mean: the outermost resource on the way that declares
//! the anchor. The way is kept as the anchors it found first, so that it stays finite.

use std::{collections::BTreeMap, collections::BTreeSet, sync::Arc};

use hashbrown::HashMap;

use crate::{
    Contract, FileId, Located, NodeId, Pointer, Revision, Store, Version,
    inclusion::lower::{Lowering, SchemaPlace},
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
        let all = contracts.map(|it| Care::of(store, it));
        Self {
            asks_what_was_looked_at: all.iter().flatten().any(|it| it.unevaluated),
            has_dynamic: all.iter().flatten().any(|it| it.dynamic),
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

/// Which keywords that need care a contract uses, and where.
#[derive(Debug, Default)]
pub(crate) struct Care {
    unevaluated: bool,
    dynamic: bool,
    /// The values in which some place has a dynamic anchor.
    anchored: BTreeSet<NodeId>,
}

impl Care {
    /// Of one contract; nothing if it uses none of them.
    fn of<'a>(store: &Store, contract: &'a Contract) -> Option<&'a Self> {
        let keywords = UNEVALUATED.iter().chain(&ANCHORS);
        let is_new = matches!(contract.version, Version::V3_1 | Version::V3_2);
        let is_used = is_new && keywords.into_iter().any(|it| store.has_text(it));
        is_used.then(|| contract.care.get_or_init(|| Self::in_all(store, contract)))
    }

    fn in_all(store: &Store, contract: &Contract) -> Self {
        let mut found = Self::default();
        let mut seen = HashMap::new();
        for file in &contract.files {
            found.look(store, file.root, &mut seen);
        }
        found
    }

    /// Is there an anchor in a value? Equal values are looked at once.
    fn look(&mut self, store: &Store, node: NodeId, seen: &mut HashMap<NodeId, bool>) -> bool {
        if !store.has_parts(node) {
            return false;
        }
        if let Some(known) = seen.get(&node) {
            return *known;
        }
        let mut has_anchor = false;
        for item in store.items(node) {
            has_anchor |= self.look(store, *item, seen);
        }
        for (name, value) in store.members(node) {
            self.unevaluated |= UNEVALUATED.contains(&name);
            has_anchor |= ANCHORS.contains(&name) | self.look(store, value, seen);
        }
        self.dynamic |= has_anchor;
        if has_anchor {
            self.anchored.insert(node);
        }
        seen.insert(node, has_anchor);
        has_anchor
    }
}

const UNEVALUATED: [&str; 2] = ["unevaluatedProperties", "unevaluatedItems"];
const ANCHORS: [&str; 2] = ["$dynamicAnchor", "$recursiveAnchor"];

impl Lowering<'_> {
    /// The place, with the anchors of its resource met.
    pub(super) fn entered(&mut self, place: SchemaPlace) -> SchemaPlace {
        if !self.scopes.has_dynamic {
            return place;
        }
        let resource = self.resource(&place);
        let key = (place.revision, resource.file, resource.pointer.clone());
        let store = self.store;
        let care = Care::of(store, self.contract(place.revision));
        let anchors = self.scopes.of_resources.entry(key);
        let anchors = anchors.or_insert_with(|| Arc::new(anchors_of(store, &resource, care)));
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
        let text = place.at.pointer.as_str();
        let (mut node, mut end) = (root, 0);
        let mut resource = (root, end);
        for (name, part) in place.at.pointer.parts().zip(text.split('/').skip(1)) {
            let Some(next) = self.store.step(node, &name) else { break };
            node = next;
            end += 1 + part.len();
            if is_resource(self.store, node) {
                resource = (node, end);
            }
        }
        let pointer = text.get(..resource.1).and_then(Pointer::parse).unwrap_or_default();
        Located { file: place.at.file, pointer, node: resource.0 }
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
fn anchors_of(store: &Store, resource: &Located, care: Option<&Care>) -> Anchors {
    let mut anchors = Anchors::new();
    let Some(care) = care else { return anchors };
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
            let is_data = matches!(name, "enum" | "const" | "default" | "examples" | "example");
            if !is_data && care.anchored.contains(&node) {
                open.push(inside(name, node));
            }
        }
        let items = store.items(at.node).iter().enumerate();
        for (idx, node) in items.filter(|it| care.anchored.contains(it.1)) {
            open.push(inside(&idx.to_string(), *node));
        }
    }
    anchors
}
