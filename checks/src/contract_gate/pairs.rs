//! Which contract at head continues which one at base.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use contracts::{Kind, NodeId, Store};
use kernel::RepoPath;

use crate::contract_gate::{Read, gone, service_of};

/// Contracts as alike as this are one contract with two names: per cent.
const ALIKE: usize = 60;
/// No contract is compared by more values than this.
const MAX_LEAVES: usize = 1_000_000;

/// What two contracts are held against each other by.
pub(crate) struct Likeness {
    pub(crate) path: RepoPath,
    title: Option<String>,
    service: String,
    leaves: Vec<u64>,
}

impl Likeness {
    /// Of a contract that can be read.
    pub(crate) fn of(store: &Store, read: &Read) -> Self {
        Self {
            path: read.path.clone(),
            title: Some(gone::title(store, read)),
            service: service_of(&read.path),
            leaves: leaves(store, read.contract.root().node),
        }
    }

    fn is_namesake(&self, other: &Self) -> bool {
        self.title.is_some() && (&self.title, &self.service) == (&other.title, &other.service)
    }

    /// How much two contracts share, in per cent.
    fn shared(&self, other: &Self) -> usize {
        let (mut left, mut right) = (self.leaves.iter().peekable(), other.leaves.iter().peekable());
        let mut n_common = 0_usize;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    n_common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        let n_all = self.leaves.len() + other.leaves.len();
        (200 * n_common).checked_div(n_all).unwrap_or(0)
    }
}

/// Pairs what is gone with what is new: namesakes first, then the most alike.
pub(crate) fn renames(gone: &[Likeness], new: &[Likeness]) -> Vec<(RepoPath, RepoPath)> {
    let mut candidates = Vec::new();
    for base in gone {
        for head in new {
            let (is_namesake, shared) = (base.is_namesake(head), base.shared(head));
            if is_namesake || shared >= ALIKE {
                candidates.push((is_namesake, shared, &base.path, &head.path));
            }
        }
    }
    candidates.sort_by(|left, right| {
        (right.0, right.1).cmp(&(left.0, left.1)).then((left.2, left.3).cmp(&(right.2, right.3)))
    });
    let (mut bases, mut heads) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, _, base, head) in candidates {
        if !bases.contains(base) && !heads.contains(head) {
            bases.insert(base);
            heads.insert(head);
            pairs.push((base.clone(), head.clone()));
        }
    }
    pairs
}

/// Every value of a document with the names that lead to it, digested and sorted.
fn leaves(store: &Store, root: NodeId) -> Vec<u64> {
    let mut leaves = Vec::new();
    let mut open = vec![(root, 0_u64)];
    while let Some((node, way)) = open.pop() {
        if leaves.len() >= MAX_LEAVES {
            break;
        }
        match store.kind(node) {
            Kind::Object => {
                let inside = store.members(node).map(|(name, it)| (it, mixed(way, name)));
                open.extend(inside);
            }
            Kind::Array => open.extend(store.items(node).iter().map(|it| (*it, mixed(way, "-")))),
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => {
                leaves.push(mixed(way, &store.value(node).to_string()));
            }
        }
    }
    leaves.sort_unstable();
    leaves
}

fn mixed(way: u64, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (way, name).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(path: &str, title: &str, leaves: &[u64]) -> Likeness {
        let path = RepoPath::new(path).unwrap();
        let service = service_of(&path);
        Likeness { path, title: Some(title.to_owned()), service, leaves: leaves.to_vec() }
    }

    #[test]
    fn namesakes_and_the_alike_are_one_contract() {
        let check = |gone: &[Likeness], new: &[Likeness], expected: &[(&str, &str)]| {
            let pairs = renames(gone, new);
            let pairs: Vec<_> = pairs.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
            assert_eq!(pairs, expected);
        };
        let shop = || like("a/shop.openapi.json", "Shop", &[1, 2, 3, 4, 5]);
        check(
            &[shop()],
            &[like("a/shop.openapi.yaml", "Shop", &[9])],
            &[("a/shop.openapi.json", "a/shop.openapi.yaml")],
        );
        check(
            &[shop()],
            &[like("b/store.openapi.json", "Store", &[1, 2, 3, 8, 9])],
            &[("a/shop.openapi.json", "b/store.openapi.json")],
        );
        check(&[shop()], &[like("b/store.openapi.json", "Store", &[1, 2, 7, 8, 9])], &[]);
        check(&[shop()], &[like("b/store.openapi.json", "Shop", &[7])], &[]);
        let near = like("b/near.openapi.json", "Near", &[1, 2, 3, 4, 9]);
        let nearer = like("c/nearer.openapi.json", "Nearer", &[1, 2, 3, 4, 5]);
        check(&[shop()], &[near, nearer], &[("a/shop.openapi.json", "c/nearer.openapi.json")]);
    }
}
