//! Components that two versions need in two meanings: base's keeps the name, head's gets `V2`.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Pointer, Tree};

/// Where named parts live: the way to the map that holds them.
const HOMES: &[&[&str]] = &[
    &["components", "schemas"],
    &["components", "parameters"],
    &["components", "responses"],
    &["components", "requestBodies"],
    &["components", "headers"],
    &["components", "callbacks"],
    &["components", "pathItems"],
    &["definitions"],
    &["parameters"],
    &["responses"],
];

/// Gives back what base's operations (`roots`) need, under its own names.
pub(super) fn split(base: &Tree, contract: &mut Tree, roots: &[&Tree]) {
    let needed = reached(base, roots);
    let changed = changed(base, contract, &needed);
    let renames: BTreeMap<String, String> = changed
        .iter()
        .filter(|it| at(contract, it).is_some())
        .map(|it| (it.clone(), free_name(contract, it)))
        .collect();
    rename(contract, &renames);
    for (old, new) in &renames {
        if let Some(value) = at(contract, old).cloned() {
            put_after(contract, old, new, value);
        }
    }
    // In its old place, so that a review shows what comes back and nothing else.
    for reference in &changed {
        if let Some(value) = at(base, reference) {
            put(contract, reference, value.clone());
        }
    }
    drop_idle(contract, renames.values());
}

/// Every reference that can be met from some values.
fn reached(tree: &Tree, roots: &[&Tree]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Tree> = roots.to_vec();
    while let Some(value) = open.pop() {
        for reference in references(value) {
            if seen.insert(reference.clone()) {
                open.extend(at(tree, &reference));
            }
        }
    }
    seen
}

/// Those of the references that mean something else at head, directly or through others.
fn changed(base: &Tree, head: &Tree, needed: &BTreeSet<String>) -> BTreeSet<String> {
    let in_home = needed.iter().filter(|it| home(it).is_some());
    let mut changed: BTreeSet<String> =
        in_home.clone().filter(|it| at(base, it) != at(head, it)).cloned().collect();
    loop {
        let leads = |it: &&String| {
            let inner = at(base, it).map(references).unwrap_or_default();
            inner.iter().any(|it| changed.contains(it))
        };
        let more: Vec<_> =
            in_home.clone().filter(|it| !changed.contains(*it)).filter(leads).cloned().collect();
        if more.is_empty() {
            return changed;
        }
        changed.extend(more);
    }
}

/// The references in a value, those of a discriminator's mapping included.
fn references(value: &Tree) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if let Some(text) = value.get("$ref").and_then(Tree::as_text) {
            found.insert(text);
        }
        let mapping = value.get("discriminator").and_then(|it| it.get("mapping"));
        let targets = mapping.map_or(&[][..], Tree::members).iter();
        found.extend(targets.filter_map(|it| it.1.as_text()).filter(|it| it.starts_with('#')));
        open.extend(value.members().iter().map(|it| &it.1));
        open.extend(value.items());
    }
    found
}

/// Points every reference to a renamed component at its new name.
fn rename(value: &mut Tree, renames: &BTreeMap<String, String>) {
    match value {
        Tree::Scalar(_) => {}
        Tree::List(items) => items.iter_mut().for_each(|it| rename(it, renames)),
        Tree::Map(members) => {
            for (name, value) in members {
                let target = value.as_text().and_then(|it| renames.get(&it));
                match target {
                    Some(new) if name == "$ref" || !matches!(value, Tree::Map(_)) => {
                        *value = Tree::text(new);
                    }
                    _ => rename(value, renames),
                }
            }
        }
    }
}

/// Removes second versions that nothing refers to.
fn drop_idle<'a>(contract: &mut Tree, names: impl Iterator<Item = &'a String>) {
    let used = references(contract);
    for name in names.filter(|it| !used.contains(*it)) {
        take(contract, name);
    }
}

fn free_name(contract: &Tree, reference: &str) -> String {
    let numbers = (2_u32..).map(|it| format!("{reference}V{it}"));
    let mut free = numbers.filter(|it| at(contract, it).is_none());
    free.next().unwrap_or_else(|| format!("{reference}V2"))
}

fn pointer(reference: &str) -> Option<Pointer> {
    Pointer::parse(reference.strip_prefix('#')?)
}

fn at<'a>(tree: &'a Tree, reference: &str) -> Option<&'a Tree> {
    tree.at(&pointer(reference)?)
}

fn home(reference: &str) -> Option<&'static [&'static str]> {
    let names: Vec<String> = pointer(reference)?.names().collect();
    let (_, folder) = names.split_last()?;
    HOMES.iter().find(|it| it.iter().eq(folder.iter())).copied()
}

fn take(tree: &mut Tree, reference: &str) -> Option<Tree> {
    let pointer = pointer(reference)?;
    let name = pointer.names().last()?;
    tree.at_mut(&pointer.parent()?)?.remove(&name)
}

/// A second version right behind the first.
fn put_after(tree: &mut Tree, neighbour: &str, reference: &str, value: Tree) {
    let (Some(neighbour), Some(place)) = (pointer(neighbour), pointer(reference)) else { return };
    let names = neighbour.names().last().zip(place.names().last());
    let parent = place.parent().and_then(|it| tree.at_mut(&it));
    if let (Some((neighbour, name)), Some(parent)) = (names, parent) {
        parent.set_after(&neighbour, &name, value);
    }
}

fn put(tree: &mut Tree, reference: &str, value: Tree) {
    let Some(pointer) = pointer(reference) else { return };
    let Some(name) = pointer.names().last() else { return };
    let mut place = Pointer::root();
    for step in pointer.parent().iter().flat_map(Pointer::names) {
        let home = place.child(&step);
        if tree.at(&home).is_none()
            && let Some(parent) = tree.at_mut(&place)
        {
            parent.set(&step, Tree::Map(Vec::new()));
        }
        place = home;
    }
    if let Some(parent) = tree.at_mut(&place) {
        parent.set(&name, value);
    }
}
