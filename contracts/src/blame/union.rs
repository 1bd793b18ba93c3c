//! Alternatives of `anyOf` and `oneOf`: which of one side is which of the other?

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{
    Located, NodeId, Store,
    blame::{
        place::component_name,
        position::{Position, Side, Union},
    },
};

/// What tells an alternative from the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Label {
    /// The component that it refers to.
    component: Option<String>,
    /// The schema behind the references.
    node: Option<NodeId>,
    /// The tags of a discriminator that select it.
    pub tags: BTreeSet<String>,
    /// Members that have one value, as JSON.
    constants: BTreeMap<String, String>,
    /// Its title.
    title: Option<String>,
    /// Its types.
    types: BTreeSet<String>,
    /// The names that it declares.
    names: BTreeSet<String>,
    /// Its number among the alternatives, from one.
    number: usize,
}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.component.as_ref().or(self.title.as_ref()) {
            return out.write_str(name);
        }
        if let Some((name, value)) = self.constants.iter().next() {
            return write!(out, "{name}: {value}");
        }
        if self.types.len() == 1 && self.names.is_empty() {
            return out.write_str(self.types.first().map_or("", |it| it));
        }
        write!(out, "number {}", self.number)
    }
}

/// The labels of all alternatives of a union.
pub(crate) fn labels(store: &Store, side: &Side<'_>, union: &Union) -> Vec<Label> {
    let tags = tags(store, side, &union.part);
    let branches = union.branches.iter().enumerate();
    branches
        .map(|(idx, branch)| {
            let end = side.resolved(store, branch);
            let mut label = label(store, side, &side.position(store, branch));
            label.component = component_name(side.contract, &end).filter(|_| end != *branch);
            label.node = Some(end.node);
            label.number = idx + 1;
            let selecting =
                tags.iter().filter(|it| it.1.pointer == end.pointer && it.1.file == end.file);
            label.tags = selecting.map(|it| it.0.clone()).collect();
            label
        })
        .collect()
}

/// The label of a position that is no alternative, to find it among those of the other side.
pub(crate) fn own_label(store: &Store, side: &Side<'_>, position: &Position) -> Label {
    let mut own = label(store, side, position);
    if let Some(root) = position.roots.last() {
        let end = side.resolved(store, root);
        own.component = component_name(side.contract, &end).filter(|_| end != *root);
        own.node = Some(end.node);
    }
    own
}

fn label(store: &Store, side: &Side<'_>, position: &Position) -> Label {
    let text = |keyword: &str| {
        let found = side.keyword(store, position, keyword);
        found.and_then(|it| store.as_str(it.node).map(str::to_owned))
    };
    let mut types = BTreeSet::new();
    if let Some(found) = side.keyword(store, position, "type") {
        types.extend(store.as_str(found.node).map(str::to_owned));
        types.extend(
            store.items(found.node).iter().filter_map(|it| store.as_str(*it)).map(str::to_owned),
        );
    }
    let names = side.names(store, position);
    let mut constants = BTreeMap::new();
    for (name, member) in &names {
        let member = side.position(store, member);
        let single = |it: &Located| match store.items(it.node) {
            [only] => Some(*only),
            _ => None,
        };
        let value = side.keyword(store, &member, "const").map(|it| it.node);
        let value =
            value.or_else(|| side.keyword(store, &member, "enum").and_then(|it| single(&it)));
        if let Some(value) = value {
            constants.insert(name.clone(), store.value(value).to_string());
        }
    }
    let names = names.into_keys().collect();
    Label { title: text("title"), types, names, constants, ..Label::default() }
}

/// The alternative of the other side that is this one.
pub(crate) fn partner(label: &Label, others: &[Label]) -> Option<usize> {
    let find = |fits: &dyn Fn(&Label) -> bool| others.iter().position(fits);
    let only = |fits: &dyn Fn(&Label) -> bool| {
        let mut found = others.iter().enumerate().filter(|it| fits(it.1));
        found.next().map(|it| it.0).filter(|_| found.next().is_none())
    };
    find(&|it| it.component.is_some() && it.component == label.component)
        .or_else(|| find(&|it| it.node.is_some() && it.node == label.node))
        .or_else(|| find(&|it| !it.tags.is_disjoint(&label.tags)))
        .or_else(|| only(&|it| shares_constant(label, it)))
        .or_else(|| only(&|it| it.title.is_some() && it.title == label.title))
        .or_else(|| only(&|it| is_like(label, it)))
}

fn shares_constant(label: &Label, other: &Label) -> bool {
    label.constants.iter().any(|it| other.constants.get(it.0) == Some(it.1))
}

/// Nothing says that they are different, and they look alike.
fn is_like(label: &Label, other: &Label) -> bool {
    let are_named = label.component.is_some() && other.component.is_some();
    let differ = label
        .constants
        .iter()
        .any(|(name, value)| other.constants.get(name).is_some_and(|it| it != value));
    let n_shared = label.names.intersection(&other.names).count();
    let share_names = label.names.is_empty() && other.names.is_empty() || n_shared > 0;
    !are_named && !differ && label.types == other.types && share_names
}

/// The tags that a discriminator knows, and the schemas that they select.
pub(crate) fn tags(store: &Store, side: &Side<'_>, part: &Located) -> BTreeMap<String, Located> {
    let mut tags = BTreeMap::new();
    if discriminator(store, side, part).is_none() {
        return tags;
    }
    // Where there is no choice, the names of heirs are tags, but those that are mapped.
    for (name, heir) in side.contract.heirs(store, part) {
        tags.insert(name.clone(), side.resolved(store, heir));
    }
    for branch in choices(store, side, part) {
        let end = side.resolved(store, &branch);
        if let Some(name) = component_name(side.contract, &end).filter(|_| end != branch) {
            tags.insert(name, end);
        }
    }
    let discriminator = side.contract.member(store, part, "discriminator");
    let mapping = discriminator.and_then(|it| side.contract.member(store, &it, "mapping"));
    for (tag, target) in mapping.iter().flat_map(|it| store.members(it.node)) {
        let Some(target) = store.as_str(target) else { continue };
        let named = side.contract.schema(store, target);
        let found = named.or_else(|| side.contract.follow(store, part, target).ok());
        if let Some(found) = found {
            tags.insert(tag.to_owned(), side.resolved(store, &found));
        }
    }
    tags
}

/// The member that carries the tag.
pub(crate) fn discriminator(store: &Store, side: &Side<'_>, part: &Located) -> Option<String> {
    let found = side.contract.member(store, part, "discriminator")?;
    let name = store.get(found.node, "propertyName").unwrap_or(found.node);
    store.as_str(name).map(str::to_owned)
}

/// The alternatives among which a discriminator chooses.
pub(crate) fn choices(store: &Store, side: &Side<'_>, part: &Located) -> Vec<Located> {
    let mut found = side.list(store, part, "oneOf");
    found.extend(side.list(store, part, "anyOf"));
    found
}
