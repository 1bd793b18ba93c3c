//! Nested sets, numbered so that "lies in" is a comparison of two numbers.
//!
//! Host sets and path sets are laminar: two of them are nested or disjoint. Sorted by their texts
//! (hosts from the end), each set is followed by all sets that lie in it.

#![expect(clippy::indexing_slicing, reason = "nodes and their spans are numbered by `grow` alone")]

use std::{cmp::Ordering, iter, ops::Range};

use crate::{host::HostSet, path::PathSet};

/// A dot sorts before all else, so that a zone's sub-hosts follow their apex directly.
const DOT: u8 = 1;

/// How a text spans a set. The order matters: of equal texts the widest set comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// All that go on from the text.
    Open,
    /// The text, and all that go on with a dot.
    Zone,
    /// The text alone.
    Exact,
}

/// The sets of one axis, each once; a node is known by its place in the order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forest {
    bytes: Vec<u8>,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
struct Node {
    key: Key,
    parent: Option<usize>,
    /// One behind the last node that lies in this one.
    end: usize,
}

#[derive(Debug, Clone, Copy)]
struct Key {
    start: usize,
    len: usize,
    kind: Kind,
}

/// Collects sets; [`Seeds::grow`] makes the forest.
#[derive(Debug, Default)]
pub(crate) struct Seeds {
    bytes: Vec<u8>,
    keys: Vec<Key>,
}

impl Seeds {
    /// Adds the set of hosts.
    pub(crate) fn add_host(&mut self, host: HostSet<'_>) {
        let (kind, text) = match host {
            HostSet::Exact(text) => (Kind::Exact, text),
            HostSet::Suffix(text) => (Kind::Open, text),
            HostSet::Zone(text) => (Kind::Zone, text),
        };
        self.add(kind, host_key(text));
    }

    /// Adds the set of paths.
    pub(crate) fn add_path(&mut self, path: PathSet<'_>) {
        let (kind, text) = match path {
            PathSet::Exact(text) => (Kind::Exact, text),
            PathSet::Prefix(text) => (Kind::Open, text),
        };
        self.add(kind, text.bytes());
    }

    /// The forest, and the node of each added set in the order of adding.
    pub(crate) fn grow(self) -> (Forest, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_unstable_by(|&left, &right| {
            compare(&self.bytes, self.keys[left], &self.bytes, self.keys[right])
        });
        let mut places = vec![0; order.len()];
        let mut forest = Forest { bytes: self.bytes, nodes: Vec::with_capacity(order.len()) };
        let mut open: Vec<usize> = Vec::new();
        for seed in order {
            let key = self.keys[seed];
            let is_new = forest.nodes.last().is_none_or(|last| {
                compare(&forest.bytes, last.key, &forest.bytes, key) != Ordering::Equal
            });
            if is_new {
                forest.place(key, &mut open);
            }
            places[seed] = forest.nodes.len() - 1;
        }
        let end = forest.nodes.len();
        for node in open {
            forest.nodes[node].end = end;
        }
        (forest, places)
    }

    fn add(&mut self, kind: Kind, bytes: impl Iterator<Item = u8>) {
        let start = self.bytes.len();
        self.bytes.extend(bytes);
        self.keys.push(Key { start, len: self.bytes.len() - start, kind });
    }
}

impl Forest {
    /// The smallest set that holds the host.
    pub(crate) fn smallest_with_host(&self, host: &str) -> Option<usize> {
        let bytes: Vec<u8> = host_key(host).collect();
        self.smallest_with(&bytes)
    }

    /// The smallest set that holds the path.
    pub(crate) fn smallest_with_path(&self, path: &str) -> Option<usize> {
        self.smallest_with(path.as_bytes())
    }

    /// The node and all that hold it, the smallest first.
    pub(crate) fn chain(&self, node: usize) -> impl Iterator<Item = usize> {
        iter::successors(Some(node), |&it| self.nodes[it].parent)
    }

    /// The node and all that lie in it.
    pub(crate) fn span(&self, node: usize) -> Range<usize> {
        node..self.nodes[node].end
    }

    /// How many sets there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn place(&mut self, key: Key, open: &mut Vec<usize>) {
        let node = self.nodes.len();
        while let Some(&top) = open.last() {
            if self.holds(top, &self.bytes[key.start..key.start + key.len]) {
                break;
            }
            self.nodes[top].end = node;
            open.pop();
        }
        self.nodes.push(Node { key, parent: open.last().copied(), end: node + 1 });
        open.push(node);
    }

    fn smallest_with(&self, text: &[u8]) -> Option<usize> {
        let point = Key { start: 0, len: text.len(), kind: Kind::Exact };
        let behind = self
            .nodes
            .partition_point(|it| compare(&self.bytes, it.key, text, point) != Ordering::Greater);
        let mut candidate = behind.checked_sub(1);
        while let Some(node) = candidate.filter(|&it| !self.holds(it, text)) {
            candidate = self.nodes[node].parent;
        }
        candidate
    }

    /// Does the node hold a set that comes later in the order, or the text itself?
    fn holds(&self, node: usize, text: &[u8]) -> bool {
        let Key { start, len, kind } = self.nodes[node].key;
        let Some(rest) = text.strip_prefix(&self.bytes[start..start + len]) else { return false };
        match kind {
            Kind::Open => true,
            Kind::Zone => rest.first().is_none_or(|&it| it == DOT),
            Kind::Exact => rest.is_empty(),
        }
    }
}

fn host_key(host: &str) -> impl Iterator<Item = u8> {
    host.bytes().rev().map(|it| if it == b'.' { DOT } else { it })
}

fn compare(left_bytes: &[u8], left: Key, right_bytes: &[u8], right: Key) -> Ordering {
    let left_text = &left_bytes[left.start..left.start + left.len];
    let right_text = &right_bytes[right.start..right.start + right.len];
    left_text.cmp(right_text).then(left.kind.cmp(&right.kind))
}

#[cfg(test)]
mod tests {
    use super::Seeds;
    use crate::{host::HostSet, path::PathSet};

    const HOSTS: [HostSet<'_>; 12] = [
        HostSet::Exact("a.example"),
        HostSet::Exact("not-a.example"),
        HostSet::Exact("x.a.example"),
        HostSet::Exact("xa.example"),
        HostSet::Suffix(""),
        HostSet::Suffix(".a.example"),
        HostSet::Suffix("a.example"),
        HostSet::Suffix("-a.example"),
        HostSet::Suffix("x.a.example"),
        HostSet::Suffix(".example"),
        HostSet::Zone("a.example"),
        HostSet::Zone("x.a.example"),
    ];

    const PATHS: [PathSet<'_>; 8] = [
        PathSet::Exact("/"),
        PathSet::Exact("/a"),
        PathSet::Exact("/a/"),
        PathSet::Exact("/ab"),
        PathSet::Prefix("/"),
        PathSet::Prefix("/a"),
        PathSet::Prefix("/a/"),
        PathSet::Prefix("/ab"),
    ];

    #[test]
    fn spans_of_hosts_are_containment() {
        let mut seeds = Seeds::default();
        for it in HOSTS {
            seeds.add_host(it);
        }
        let (forest, places) = seeds.grow();
        for (outer, outer_place) in HOSTS.iter().zip(&places) {
            for (inner, inner_place) in HOSTS.iter().zip(&places) {
                let found = forest.span(*outer_place).contains(inner_place);
                assert_eq!(found, outer.contains(*inner), "{outer:?} over {inner:?}");
                let in_chain = forest.chain(*inner_place).any(|it| it == *outer_place);
                assert_eq!(in_chain, found, "{outer:?} over {inner:?}");
            }
        }
    }

    #[test]
    fn spans_of_paths_are_containment() {
        let mut seeds = Seeds::default();
        for it in PATHS {
            seeds.add_path(it);
        }
        let (forest, places) = seeds.grow();
        for (outer, outer_place) in PATHS.iter().zip(&places) {
            for (inner, inner_place) in PATHS.iter().zip(&places) {
                let found = forest.span(*outer_place).contains(inner_place);
                assert_eq!(found, outer.contains(*inner), "{outer:?} over {inner:?}");
            }
        }
    }

    #[test]
    fn the_smallest_set_leads_to_all_that_hold_a_point() {
        let mut seeds = Seeds::default();
        for it in HOSTS {
            seeds.add_host(it);
        }
        let (forest, places) = seeds.grow();
        for host in ["a.example", "b.a.example", "not-a.example", "example", "y.x.a.example"] {
            let chain: Vec<_> = forest
                .smallest_with_host(host)
                .into_iter()
                .flat_map(|it| forest.chain(it))
                .collect();
            for (set, place) in HOSTS.iter().zip(&places) {
                assert_eq!(chain.contains(place), set.takes(host), "{set:?} and `{host}`");
            }
        }
    }
}
