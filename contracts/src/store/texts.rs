use hashbrown::HashTable;
use rapidhash::v3::rapidhash_v3;

use crate::NodeId;

/// An interned text: the name of a member, or the spelling of a string or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextId(pub(super) u32);

impl TextId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// All texts, each once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: String,
    entries: Vec<Entry>,
    known: HashTable<u32>,
}

#[derive(Debug)]
struct Entry {
    start: u32,
    len: u32,
    hash: u32,
    /// The string node of this text; `null` as long as there is none.
    node: NodeId,
    /// Is it no Unicode text? Then lone surrogates stand as escapes, and backslashes twice.
    is_broken: bool,
}

impl Texts {
    pub(super) fn intern(&mut self, text: &str, is_broken: bool) -> TextId {
        let hash = short(rapidhash_v3(text.as_bytes()));
        if let Some(known) = self.find_hashed(hash, text, is_broken) {
            return known;
        }
        let start = position(self.bytes.len());
        let id = position(self.entries.len());
        self.bytes.push_str(text);
        self.entries.push(Entry {
            start,
            len: position(text.len()),
            hash,
            node: NodeId::NULL,
            is_broken,
        });
        let entries = &self.entries;
        let hash_of = |it: &u32| wide(entries.get(*it as usize).map_or(0, |it| it.hash));
        self.known.insert_unique(wide(hash), id, hash_of);
        TextId(id)
    }

    /// The text, if it was ever kept.
    pub(super) fn find(&self, text: &str) -> Option<TextId> {
        self.find_hashed(short(rapidhash_v3(text.as_bytes())), text, false)
    }

    fn find_hashed(&self, hash: u32, text: &str, is_broken: bool) -> Option<TextId> {
        let is_it = |it: &u32| {
            self.entries.get(*it as usize).is_some_and(|entry| {
                entry.hash == hash && entry.is_broken == is_broken && self.get(TextId(*it)) == text
            })
        };
        self.known.find(wide(hash), is_it).map(|it| TextId(*it))
    }

    pub(super) fn get(&self, id: TextId) -> &str {
        let Some(entry) = self.entry(id) else { return "" };
        let start = entry.start as usize;
        self.bytes.get(start..start + entry.len as usize).unwrap_or_default()
    }

    pub(super) fn is_broken(&self, id: TextId) -> bool {
        self.entry(id).is_some_and(|it| it.is_broken)
    }

    pub(super) fn node(&self, id: TextId) -> Option<NodeId> {
        self.entry(id).map(|it| it.node).filter(|it| *it != NodeId::NULL)
    }

    pub(super) fn set_node(&mut self, id: TextId, node: NodeId) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize) {
            entry.node = node;
        }
    }

    fn entry(&self, id: TextId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }
}

/// A place in one of the arenas. The bounds of documents keep all of them far below 4 GiB.
pub(super) fn position(len: usize) -> u32 {
    u32::try_from(len).expect("the bounds of documents keep an arena below 4 GiB")
}

/// The half of a hash that is kept, since millions of them are.
pub(super) fn short(hash: u64) -> u32 {
    let [a, b, c, d, ..] = hash.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The kept half as a table wants it: with changing bits at both ends.
pub(super) fn wide(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
