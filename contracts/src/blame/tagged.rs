//! Below which schemas there is a discriminator at all: tags are looked for only there.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::{Contract, FileId, Located, NodeId, Pointer, Store, compare::touched::Inside};

/// A reference as seen from a file.
type Link = (FileId, Arc<str>);

/// The discriminators of one contract.
pub(crate) struct Tagged<'a> {
    store: &'a Store,
    /// Has a value a discriminator in it, references aside?
    direct: HashMap<NodeId, bool>,
    references: Inside,
    /// References that lead to one.
    leading: HashSet<Link>,
    /// Is there one anywhere, for a schema or not?
    pub is_used: bool,
}

impl<'a> Tagged<'a> {
    /// All of a contract. Equal values are looked at once.
    pub(crate) fn of(store: &'a Store, contract: &Contract) -> Self {
        let mut found = Self {
            store,
            direct: HashMap::new(),
            references: Inside::default(),
            leading: HashSet::new(),
            is_used: false,
        };
        found.is_used = store.has_text("discriminator")
            && contract.files.iter().any(|it| found.has_own(it.root));
        if !found.is_used {
            return found;
        }
        let mut holders: HashMap<Link, Vec<Link>> = HashMap::new();
        let mut seen = HashSet::new();
        let mut open = found.links(&contract.root());
        let mut leading = Vec::new();
        while let Some(link) = open.pop() {
            if !seen.insert(link.clone()) {
                continue;
            }
            let Some(target) = target(store, contract, &link) else { continue };
            if found.has_own(target.node) {
                leading.push(link.clone());
            }
            for inner in found.links(&target) {
                holders.entry(inner.clone()).or_default().push(link.clone());
                open.push(inner);
            }
        }
        while let Some(link) = leading.pop() {
            if found.leading.insert(link.clone()) {
                leading.extend(holders.get(&link).into_iter().flatten().cloned());
            }
        }
        found
    }

    /// Is there one below a schema?
    pub(crate) fn is_below(&mut self, at: &Located) -> bool {
        self.is_used
            && (self.has_own(at.node) || self.links(at).iter().any(|it| self.leading.contains(it)))
    }

    fn links(&mut self, at: &Located) -> Vec<Link> {
        let references = self.references.of(self.store, at.node);
        references.iter().map(|it| (at.file, Arc::clone(it))).collect()
    }

    fn has_own(&mut self, node: NodeId) -> bool {
        if let Some(known) = self.direct.get(&node) {
            return *known;
        }
        let store = self.store;
        let has = store.get(node, "discriminator").is_some()
            || store.members(node).any(|it| store.has_parts(it.1) && self.has_own(it.1))
            || store.items(node).iter().any(|it| store.has_parts(*it) && self.has_own(*it));
        self.direct.insert(node, has);
        has
    }
}

fn target(store: &Store, contract: &Contract, (file, text): &Link) -> Option<Located> {
    let root = contract.files.get(file.0 as usize)?.root;
    let from = Located { file: *file, pointer: Pointer::root(), node: root };
    contract.follow(store, &from, text).ok()
}
