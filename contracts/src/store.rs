//! JSON values of both revisions, each kept once.

mod insert;
mod number;
mod texts;

use hashbrown::HashTable;
use serde_json::{Map, Value};

pub(crate) use crate::store::texts::TextId;
use crate::store::texts::Texts;

/// A value of a [`Store`], in the order and spelling of its first occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// `null`, which every store has.
    pub const NULL: Self = Self(0);
    pub(crate) const FALSE: Self = Self(1);
    pub(crate) const TRUE: Self = Self(2);

    /// The place of the value in its store: small numbers without gaps, for tables beside it.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// An exact decimal.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// Members in the order of the text.
    Object,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
    /// An object with many members: they stand twice, the second time sorted by name.
    Indexed,
}

/// A node: for leaves `start` is the text, for others the first of `len` items or members.
#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: Tag,
    start: u32,
    len: u32,
}

/// One member of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Member {
    pub(crate) name: TextId,
    pub(crate) value: NodeId,
}

/// Up to so many members, names are compared as texts.
const N_READ: u32 = 8;

/// An arena of values. Equal texts are one node; [`Store::same`] is equality of JSON values:
/// members in any order, `1` and `1.0` alike.
#[derive(Debug)]
pub struct Store {
    texts: Texts,
    slots: Vec<Slot>,
    /// The first node of equal value, for each node.
    classes: Vec<u32>,
    items: Vec<NodeId>,
    members: Vec<Member>,
    /// For each node the hash of its spelling, and of its value.
    hashes: Vec<[u32; 2]>,
    /// All lists, objects and numbers by spelling.
    spellings: HashTable<u32>,
    /// The first of each class by value.
    values: HashTable<u32>,
}

impl Default for Store {
    fn default() -> Self {
        let leaf = |tag| Slot { tag, start: 0, len: 0 };
        Self {
            texts: Texts::default(),
            slots: vec![leaf(Tag::Null), leaf(Tag::False), leaf(Tag::True)],
            classes: vec![0, 1, 2],
            items: Vec::new(),
            members: Vec::new(),
            hashes: vec![[0; 2]; 3],
            spellings: HashTable::new(),
            values: HashTable::new(),
        }
    }
}

impl Store {
    /// A store without values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a value.
    pub fn insert(&mut self, value: &Value) -> NodeId {
        match value {
            Value::Null => NodeId::NULL,
            Value::Bool(it) => Self::bool(*it),
            Value::Number(it) => self.number(it.as_str()),
            Value::String(it) => self.string(it),
            Value::Array(items) => {
                let items: Vec<NodeId> = items.iter().map(|it| self.insert(it)).collect();
                self.array(&items)
            }
            Value::Object(members) => {
                let mut member = |(name, it): (&String, &Value)| {
                    let name = self.text(name, false);
                    Member { name, value: self.insert(it) }
                };
                let members: Vec<Member> = members.iter().map(&mut member).collect();
                self.object(&members)
            }
        }
    }

    /// How many distinct values it has.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.slots.len()
    }

    /// What the value is.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        match self.slot(id).tag {
            Tag::Null => Kind::Null,
            Tag::False | Tag::True => Kind::Bool,
            Tag::Number => Kind::Number,
            Tag::String => Kind::String,
            Tag::Array => Kind::Array,
            Tag::Object | Tag::Indexed => Kind::Object,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self, id: NodeId) -> Option<bool> {
        match id {
            NodeId::TRUE => Some(true),
            NodeId::FALSE => Some(false),
            _ => None,
        }
    }

    /// The text, if it is one (and has no lone surrogate).
    #[must_use]
    pub fn as_str(&self, id: NodeId) -> Option<&str> {
        let slot = self.slot(id);
        let is_text = slot.tag == Tag::String && !self.texts.is_broken(TextId(slot.start));
        is_text.then(|| self.texts.get(TextId(slot.start)))
    }

    /// The number as written, if it is one: always in the grammar of JSON.
    #[must_use]
    pub fn as_number(&self, id: NodeId) -> Option<&str> {
        let slot = self.slot(id);
        (slot.tag == Tag::Number).then(|| self.texts.get(TextId(slot.start)))
    }

    /// The items; none if it is no list.
    #[must_use]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        let slot = self.slot(id);
        if slot.tag != Tag::Array {
            return &[];
        }
        let start = slot.start as usize;
        self.items.get(start..start + slot.len as usize).unwrap_or_default()
    }

    /// The members in the order of the text; none if it is no object.
    pub fn members(&self, id: NodeId) -> impl Iterator<Item = (&str, NodeId)> {
        self.member_slice(id).iter().map(|it| (self.texts.get(it.name), it.value))
    }

    /// How many members it has; none if it is no object.
    #[must_use]
    pub fn n_members(&self, id: NodeId) -> usize {
        self.member_slice(id).len()
    }

    /// One member.
    #[must_use]
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        let slot = self.slot(id);
        match slot.tag {
            // The names of a few members are nearer than the table of all texts.
            Tag::Object if slot.len <= N_READ => {
                let is_it = |it: &&Member| {
                    self.texts.get(it.name) == name && !self.texts.is_broken(it.name)
                };
                self.member_slice(id).iter().find(is_it).map(|it| it.value)
            }
            Tag::Object => {
                let name = self.texts.find(name)?;
                self.member_slice(id).iter().find(|it| it.name == name).map(|it| it.value)
            }
            Tag::Indexed => {
                let name = self.texts.find(name)?;
                let start = (slot.start + slot.len) as usize;
                let sorted = self.members.get(start..start + slot.len as usize)?;
                let idx = sorted.binary_search_by_key(&name, |it| it.name).ok()?;
                sorted.get(idx).map(|it| it.value)
            }
            Tag::Null | Tag::False | Tag::True | Tag::Number | Tag::String | Tag::Array => None,
        }
    }

    /// One step down, to a member or to an item by its decimal number.
    #[must_use]
    pub fn step(&self, id: NodeId, name: &str) -> Option<NodeId> {
        match self.slot(id).tag {
            Tag::Object | Tag::Indexed => self.get(id, name),
            Tag::Array => {
                let is_plain = name == "0" || !name.starts_with(['0', '+']);
                self.items(id).get(name.parse::<usize>().ok().filter(|_| is_plain)?).copied()
            }
            Tag::Null | Tag::False | Tag::True | Tag::Number | Tag::String => None,
        }
    }

    /// The class of equal values: two nodes are one JSON value if and only if their classes are
    /// the same number.
    #[must_use]
    pub fn class(&self, id: NodeId) -> u32 {
        self.classes.get(id.index()).copied().unwrap_or_default()
    }

    /// Are they one JSON value? Costs a comparison of two numbers.
    #[must_use]
    pub fn same(&self, left: NodeId, right: NodeId) -> bool {
        self.class(left) == self.class(right)
    }

    /// The value as `serde_json` has it. A lone surrogate, which it cannot hold, becomes the text
    /// of its escape.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Value {
        let slot = self.slot(id);
        match slot.tag {
            Tag::Null => Value::Null,
            Tag::False => Value::Bool(false),
            Tag::True => Value::Bool(true),
            Tag::Number => {
                serde_json::from_str(self.texts.get(TextId(slot.start))).unwrap_or(Value::Null)
            }
            Tag::String => Value::String(self.texts.get(TextId(slot.start)).to_owned()),
            Tag::Array => self.items(id).iter().map(|it| self.value(*it)).collect(),
            Tag::Object | Tag::Indexed => {
                let pairs = self.members(id).map(|(name, it)| (name.to_owned(), self.value(it)));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }

    /// Is it a list or object with something in it?
    pub(crate) fn has_parts(&self, id: NodeId) -> bool {
        let slot = self.slot(id);
        matches!(slot.tag, Tag::Array | Tag::Object | Tag::Indexed) && slot.len > 0
    }

    /// Does any value or name have this text?
    #[must_use]
    pub fn has_text(&self, text: &str) -> bool {
        self.texts.find(text).is_some()
    }

    fn slot(&self, id: NodeId) -> Slot {
        let null = Slot { tag: Tag::Null, start: 0, len: 0 };
        self.slots.get(id.index()).copied().unwrap_or(null)
    }

    pub(crate) fn member_slice(&self, id: NodeId) -> &[Member] {
        let slot = self.slot(id);
        if !matches!(slot.tag, Tag::Object | Tag::Indexed) {
            return &[];
        }
        let start = slot.start as usize;
        self.members.get(start..start + slot.len as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_however_many_there_are() {
        for n_members in [0_usize, 1, 8, 9, 16, 17, 40] {
            let mut store = Store::new();
            let mut members = Vec::new();
            for idx in 0..n_members {
                let name = store.text(&format!("m{idx}"), false);
                members.push(Member { name, value: store.string(&format!("v{idx}")) });
            }
            let object = store.object(&members);
            for (idx, member) in members.iter().enumerate() {
                assert_eq!(store.get(object, &format!("m{idx}")), Some(member.value));
            }
            assert_eq!([store.get(object, "m"), store.get(object, "v0")], [None, None]);
        }
    }

    #[test]
    fn a_broken_name_is_not_found_by_its_escapes() {
        let mut store = Store::new();
        let [broken, plain] = [true, false].map(|it| store.text("\\ud800", it));
        let broken = Member { name: broken, value: NodeId::TRUE };
        let alone = store.object(&[broken]);
        let both = store.object(&[broken, Member { name: plain, value: NodeId::FALSE }]);
        assert_eq!(store.get(alone, "\\ud800"), None);
        assert_eq!(store.get(both, "\\ud800"), Some(NodeId::FALSE));
    }
}
