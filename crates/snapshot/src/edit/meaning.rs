//! What a fix means, apart from how the text is written: the judge of every edit.

use std::collections::BTreeMap;

use kernel::{Entry, Fix, Kind, Node, Span, Step};

use crate::edit::{EditError, last_key, missing};

/// A value that an edit may leave.
pub(super) struct Meaning(Node);

impl Meaning {
    /// Is this document, apart from places and the order of members, what was meant?
    pub(super) fn is_meant_by(&self, document: &Node) -> bool {
        is_same(&self.0, document)
    }
}

fn is_same(left: &Node, right: &Node) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Table(left), Kind::Table(right)) => {
            let by_name: BTreeMap<&str, &Node> =
                right.iter().map(|it| (&*it.key, &it.value)).collect();
            let has = |it: &Entry| by_name.get(&*it.key).is_some_and(|one| is_same(&it.value, one));
            left.len() == right.len() && left.iter().all(has)
        }
        (Kind::List(left), Kind::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(one, two)| is_same(one, two))
        }
        (one, two) => one == two,
    }
}

/// What the document may be after a fix. Where the last part of a table goes, the table may go.
pub(super) fn intended(root: &Node, fix: &Fix) -> Result<Vec<Meaning>, EditError> {
    let mut after = root.clone();
    match fix {
        Fix::Remove { at, .. } => {
            take(&mut after, at)?;
            Ok(with_less(after, at))
        }
        Fix::Hoist { at, .. } => {
            let name = last_key(at)?;
            let is_taken = root.get(name).is_some();
            if at.len() < 2 || is_taken {
                return Err(EditError::Taken(name.to_owned()));
            }
            let value = take(&mut after, at)?;
            members(&mut after, &[])?.push(entry(name, value));
            Ok(with_less(after, at))
        }
        Fix::Listify { at, name, .. } => {
            let (_, parent) = at.split_last().ok_or_else(|| missing(at))?;
            last_key(at)?;
            let value = take(&mut after, at)?;
            let siblings = members(&mut after, parent)?;
            if siblings.iter().any(|it| it.key == *name) {
                return Err(EditError::Taken(name.to_string()));
            }
            let list = Node { span: Span::default(), kind: Kind::List(vec![value]) };
            siblings.push(entry(name, list));
            Ok(vec![Meaning(after)])
        }
        Fix::SwitchOff { at, keys, .. } => {
            let table = members(&mut after, at)?;
            for key in keys {
                table.retain(|it| *it.key != **key);
                table.push(entry(key, Node { span: Span::default(), kind: Kind::Bool(false) }));
            }
            Ok(vec![Meaning(after)])
        }
    }
}

/// The document itself, and without the tables and lists around the steps that are empty now.
fn with_less(document: Node, at: &[Step]) -> Vec<Meaning> {
    let mut all = vec![Meaning(document.clone())];
    let mut document = document;
    let mut at = at;
    while let Some((_, parent)) = at.split_last().filter(|(_, parent)| !parent.is_empty()) {
        let is_empty = document.at(parent).is_some_and(|it| {
            it.as_list().is_some_and(<[_]>::is_empty) || it.as_table().is_some_and(<[_]>::is_empty)
        });
        if !is_empty || take(&mut document, parent).is_err() {
            break;
        }
        all.push(Meaning(document.clone()));
        at = parent;
    }
    all
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.into(), key_span: Span::default(), value }
}

fn walk<'a>(root: &'a mut Node, at: &[Step]) -> Result<&'a mut Node, EditError> {
    let mut node = root;
    for step in at {
        let next = match (&mut node.kind, step) {
            (Kind::Table(entries), Step::Key(key)) => {
                entries.iter_mut().find(|it| it.key == *key).map(|it| &mut it.value)
            }
            (Kind::List(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        };
        node = next.ok_or_else(|| missing(at))?;
    }
    Ok(node)
}

fn members<'a>(root: &'a mut Node, at: &[Step]) -> Result<&'a mut Vec<Entry>, EditError> {
    let Kind::Table(entries) = &mut walk(root, at)?.kind else { return Err(missing(at)) };
    Ok(entries)
}

fn take(root: &mut Node, at: &[Step]) -> Result<Node, EditError> {
    let (last, parent) = at.split_last().ok_or_else(|| missing(at))?;
    match (&mut walk(root, parent)?.kind, last) {
        (Kind::Table(entries), Step::Key(key)) => {
            let index = entries.iter().position(|it| it.key == *key);
            Ok(entries.remove(index.ok_or_else(|| missing(at))?).value)
        }
        (Kind::List(items), Step::Index(index)) if *index < items.len() => Ok(items.remove(*index)),
        _ => Err(missing(at)),
    }
}
