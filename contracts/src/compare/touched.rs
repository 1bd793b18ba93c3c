//! Which values differ at all, themselves or behind their references.
//!
//! A contract of 13 MB has some thousand operations of which a release changes some dozen. One
//! pass over the distinct values finds out which references lead to something that changed, so
//! that only what is touched has to be expanded.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hashbrown::HashMap;

use crate::{
    Contract, FileId, Kind, Located, NodeId, Pointer, Store, Version, operations::Reading,
    reading::role::Role,
};

/// A reference as seen from a file of each side.
type Link = (FileId, FileId, Arc<str>);

/// The references inside of one value, sorted.
pub(crate) type Links = Arc<[Arc<str>]>;

/// Knows which references lead to something that changed.
pub(crate) struct Touched {
    inside: Inside,
    changed: BTreeSet<Link>,
    /// Do equal words mean the same on both sides?
    is_one_dialect: bool,
    /// When two values are the same, apart from what they refer to.
    alike: fn(&Store, NodeId, NodeId) -> bool,
    /// References to what builds upon a schema, on either side: it changes with its heirs.
    heirs: BTreeMap<(FileId, Pointer), BTreeSet<Arc<str>>>,
}

/// How references depend on each other, while it is found out.
#[derive(Default)]
struct Graph {
    /// Whoever holds a reference changes with it.
    holders: BTreeMap<Link, Vec<Link>>,
    changed: BTreeSet<Link>,
}

impl Touched {
    /// One pass over both sides: what is written in another way has changed.
    pub(crate) fn between(store: &Store, base: &Contract, head: &Contract) -> Self {
        Self::by(Store::same, store, base, head)
    }

    /// The same for schemas, in which what is only told to people is no change.
    pub(crate) fn in_meaning(store: &Store, base: &Contract, head: &Contract) -> Self {
        Self::by(
            |store, one, other| means_same(store, (one, other), Role::Words),
            store,
            base,
            head,
        )
    }

    fn by(
        alike: fn(&Store, NodeId, NodeId) -> bool,
        store: &Store,
        base: &Contract,
        head: &Contract,
    ) -> Self {
        let is_one_dialect = is_one_dialect(store, base, head);
        let (inside, changed) = (Inside::default(), BTreeSet::new());
        let heirs = heirs(store, [base, head]);
        let mut found = Self { inside, changed, is_one_dialect, alike, heirs };
        let sides = (Reading { store, contract: base }, Reading { store, contract: head });
        let mut graph = Graph::default();
        let mut seen = BTreeSet::new();
        let mut open: Vec<Link> = found.links(store, &base.root(), &head.root());
        while let Some(link) = open.pop() {
            if !seen.insert(link.clone()) {
                continue;
            }
            let Some((one, other)) = targets(sides, &link) else {
                // Equal texts that lead nowhere on both sides say the same.
                continue;
            };
            let (Some(one), Some(other)) = (one, other) else {
                graph.changed.insert(link);
                continue;
            };
            if !alike(store, one.node, other.node) {
                graph.changed.insert(link);
                continue;
            }
            for inner in found.links(store, &one, &other) {
                graph.holders.entry(inner.clone()).or_default().push(link.clone());
                open.push(inner);
            }
        }
        found.changed = graph.spread();
        found
    }

    /// Are two values the same, with all that they refer to?
    pub(crate) fn same(&mut self, store: &Store, base: &Located, head: &Located) -> bool {
        if !self.is_one_dialect || !(self.alike)(store, base.node, head.node) {
            return false;
        }
        let links = self.links(store, base, head);
        links.iter().all(|it| !self.changed.contains(it))
    }

    /// The same for what may be absent.
    pub(crate) fn same_option(
        &mut self,
        store: &Store,
        base: Option<&Located>,
        head: Option<&Located>,
    ) -> bool {
        match (base, head) {
            (None, None) => true,
            (Some(base), Some(head)) => self.same(store, base, head),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    fn links(&mut self, store: &Store, base: &Located, head: &Located) -> Vec<Link> {
        let inside = self.inside.of(store, base.node);
        let own = inside.iter().map(|it| (base.file, head.file, it.clone()));
        let heirs = self.heirs.get(&(base.file, base.pointer.clone())).into_iter().flatten();
        let heirs = heirs.filter(|_| store.get(base.node, "discriminator").is_some());
        own.chain(heirs.map(|it| (FileId::ROOT, FileId::ROOT, it.clone()))).collect()
    }
}

impl Graph {
    fn spread(self) -> BTreeSet<Link> {
        let mut open: Vec<Link> = self.changed.iter().cloned().collect();
        let mut changed = self.changed;
        while let Some(link) = open.pop() {
            let holders = self.holders.get(&link).into_iter().flatten();
            open.extend(holders.filter(|it| changed.insert((*it).clone())).cloned());
        }
        changed
    }
}

/// References to the heirs of each schema.
fn heirs(store: &Store, sides: [&Contract; 2]) -> BTreeMap<(FileId, Pointer), BTreeSet<Arc<str>>> {
    let mut found: BTreeMap<_, BTreeSet<Arc<str>>> = BTreeMap::new();
    for (parent, heirs) in sides.into_iter().flat_map(|it| it.all_heirs(store)) {
        let links = heirs.iter().map(|(_, it)| format!("#{}", it.pointer).replace('%', "%25"));
        found.entry(parent.clone()).or_default().extend(links.map(Arc::from));
    }
    found
}

/// Do two schemas say the same, but for words that only people read? Values and extensions count
/// as they are written.
fn means_same(store: &Store, (one, other): (NodeId, NodeId), role: Role) -> bool {
    if store.same(one, other) {
        return true;
    }
    if !role.may_refer() || store.kind(one) != store.kind(other) {
        return false;
    }
    let (items, others) = (store.items(one), store.items(other));
    if !items.is_empty() || !others.is_empty() {
        let mut pairs = items.iter().zip(others);
        return items.len() == others.len()
            && pairs.all(|it| means_same(store, (*it.0, *it.1), role.item()));
    }
    let said = |node: NodeId| {
        let members = store.members(node);
        members.filter(|it| role != Role::Words || !WORDS_FOR_PEOPLE.contains(&it.0))
    };
    store.kind(one) == Kind::Object
        && said(one).count() == said(other).count()
        && said(one).all(|(name, value)| {
            let other = store.get(other, name);
            other.is_some_and(|it| means_same(store, (value, it), role.member(name)))
        })
}

/// Keywords of a schema that only people read, and that no rule about schemas asks for.
const WORDS_FOR_PEOPLE: [&str; 7] =
    ["$comment", "description", "example", "examples", "externalDocs", "summary", "title"];

/// From 3.0 to 3.1 the same keywords mean other things (`nullable`, siblings of `$ref`).
fn is_one_dialect(store: &Store, base: &Contract, head: &Contract) -> bool {
    let family = |it: &Contract| match it.version {
        Version::V2_0 => 2,
        Version::V3_0 => 30,
        Version::V3_1 | Version::V3_2 => 31,
    };
    let named = |it: &Contract| {
        let dialect = it.member(store, &it.root(), "jsonSchemaDialect")?;
        store.as_str(dialect.node)
    };
    family(base) == family(head) && named(base) == named(head)
}

/// Where a reference leads on both sides; nothing if it leads nowhere on either.
fn targets(
    (base, head): (Reading, Reading),
    (base_file, head_file, text): &Link,
) -> Option<(Option<Located>, Option<Located>)> {
    let follow = |reading: Reading, file: FileId| {
        let root = reading.contract.files.get(file.0 as usize)?.root;
        let from = Located { file, pointer: Pointer::root(), node: root };
        reading.contract.follow(reading.store, &from, text).ok()
    };
    let (one, other) = (follow(base, *base_file), follow(head, *head_file));
    (one.is_some() || other.is_some() || !text.starts_with('#')).then_some((one, other))
}

/// What the tag of a discriminator selects: a reference, or the name of a component.
fn tagged(target: &str) -> Arc<str> {
    let is_name = !target.contains(['/', '#', '.']);
    if is_name { format!("#/components/schemas/{target}").into() } else { target.into() }
}

/// The references inside of values. Equal subtrees are looked at once.
#[derive(Default)]
pub(crate) struct Inside {
    known: HashMap<NodeId, Links>,
    none: Links,
}

impl Inside {
    /// Those inside of one value.
    pub(crate) fn of(&mut self, store: &Store, node: NodeId) -> Links {
        if !store.has_parts(node) {
            return self.none.clone();
        }
        if let Some(it) = self.known.get(&node) {
            return it.clone();
        }
        let mut own: Vec<Arc<str>> = Vec::new();
        let mut parts: Vec<Links> = Vec::new();
        let mut part = |node| Some(self.of(store, node)).filter(|it| !it.is_empty());
        parts.extend(store.items(node).iter().filter_map(|it| part(*it)));
        for (name, member) in store.members(node) {
            match name {
                "$ref" | "$dynamicRef" | "$recursiveRef" => {
                    own.extend(store.as_str(member).map(Arc::from));
                }
                "mapping" => {
                    let targets = store.members(member).filter_map(|it| store.as_str(it.1));
                    own.extend(targets.map(tagged));
                }
                _ => {}
            }
            parts.extend(part(member));
        }
        let links = self.joined(own, &parts);
        self.known.insert(node, links.clone());
        links
    }

    /// All of some lists, sorted.
    fn joined(&self, own: Vec<Arc<str>>, parts: &[Links]) -> Links {
        match (own.as_slice(), parts) {
            ([], []) => return self.none.clone(),
            ([], [first, others @ ..]) if others.iter().all(|it| it == first) => {
                return first.clone();
            }
            _ => {}
        }
        let mut all = own;
        all.extend(parts.iter().flat_map(|it| it.iter().cloned()));
        all.sort_unstable();
        all.dedup();
        all.into()
    }
}
