use rapidhash::v3::rapidhash_v3;

use crate::store::{
    Member, NodeId, Slot, Store, Tag, TextId,
    number::canonical,
    texts::{position, short, wide},
};

/// Above it, a look-up of a name is a binary search.
const N_SCANNED: usize = 16;

/// How readers put values in, children first.
impl Store {
    pub(crate) fn text(&mut self, text: &str, is_broken: bool) -> TextId {
        self.texts.intern(text, is_broken)
    }

    pub(crate) fn text_of(&self, id: TextId) -> &str {
        self.texts.get(id)
    }

    pub(crate) fn bool(value: bool) -> NodeId {
        if value { NodeId::TRUE } else { NodeId::FALSE }
    }

    pub(crate) fn string(&mut self, text: &str) -> NodeId {
        let text = self.text(text, false);
        self.string_of(text)
    }

    pub(crate) fn string_of(&mut self, text: TextId) -> NodeId {
        if let Some(known) = self.texts.node(text) {
            return known;
        }
        let id = self.push(Slot { tag: Tag::String, start: text.0, len: 0 }, [0; 2]);
        self.texts.set_node(text, id);
        id
    }

    /// Keeps a number in the grammar of JSON.
    pub(crate) fn number(&mut self, text: &str) -> NodeId {
        let text = self.text(text, false);
        let hash = short(mix(u64::from(text.0), 1));
        let is_it = |slot: Slot| slot.tag == Tag::Number && slot.start == text.0;
        if let Some(known) = self.find_spelling(hash, is_it) {
            return known;
        }
        let value = mix(rapidhash_v3(canonical(self.texts.get(text)).as_bytes()), 2);
        self.add(Slot { tag: Tag::Number, start: text.0, len: 0 }, [hash, short(value)])
    }

    pub(crate) fn array(&mut self, items: &[NodeId]) -> NodeId {
        let add = |hash, it: &NodeId| mix(hash, it.0.into());
        let hash = short(items.iter().fold(mix(items.len() as u64, 3), add));
        let is_it = |slot: Slot| {
            let start = slot.start as usize;
            slot.tag == Tag::Array
                && self.items.get(start..start + slot.len as usize) == Some(items)
        };
        if let Some(known) = self.find_spelling(hash, is_it) {
            return known;
        }
        let start = position(self.items.len());
        self.items.extend_from_slice(items);
        let add = |hash, it: &NodeId| mix(hash, self.class(*it).into());
        let value = items.iter().fold(mix(items.len() as u64, 4), add);
        self.add(Slot { tag: Tag::Array, start, len: position(items.len()) }, [hash, short(value)])
    }

    /// Keeps an object; no name may stand in it twice.
    pub(crate) fn object(&mut self, members: &[Member]) -> NodeId {
        let words = |it: &Member| u64::from(it.name.0) << 32 | u64::from(it.value.0);
        let add = |hash, it: &Member| mix(hash, words(it));
        let hash = short(members.iter().fold(mix(members.len() as u64, 5), add));
        let is_it = |slot: Slot| {
            let start = slot.start as usize;
            matches!(slot.tag, Tag::Object | Tag::Indexed)
                && self.members.get(start..start + slot.len as usize) == Some(members)
        };
        if let Some(known) = self.find_spelling(hash, is_it) {
            return known;
        }
        // A sum, since the order of members is no part of the value.
        let add = |sum: u64, it: &Member| {
            sum.wrapping_add(mix(it.name.0.into(), self.class(it.value).into()))
        };
        let value = mix(members.iter().fold(0, add), members.len() as u64);
        let start = position(self.members.len());
        self.members.extend_from_slice(members);
        let mut tag = Tag::Object;
        if members.len() > N_SCANNED {
            tag = Tag::Indexed;
            self.members.extend_from_slice(members);
            let copy = self.members.get_mut(start as usize + members.len()..).unwrap_or_default();
            copy.sort_unstable();
        }
        self.add(Slot { tag, start, len: position(members.len()) }, [hash, short(value)])
    }

    fn find_spelling(&self, hash: u32, is_it: impl Fn(Slot) -> bool) -> Option<NodeId> {
        let matches = |it: &u32| {
            let is_hash = self.hashes.get(*it as usize).is_some_and(|it| it[0] == hash);
            is_hash && is_it(self.slot(NodeId(*it)))
        };
        self.spellings.find(wide(hash), matches).map(|it| NodeId(*it))
    }

    /// Adds a new spelling, and finds its class.
    fn add(&mut self, slot: Slot, hashes: [u32; 2]) -> NodeId {
        let id = self.push(slot, hashes);
        let class = self.find_class(id, hashes[1]);
        if let (Some(class), Some(own)) = (class, self.classes.get_mut(id.index())) {
            *own = class;
        }
        let all = &self.hashes;
        let hash_of = |which: usize| {
            move |it: &u32| {
                wide(all.get(*it as usize).and_then(|it| it.get(which)).copied().unwrap_or(0))
            }
        };
        self.spellings.insert_unique(wide(hashes[0]), id.0, hash_of(0));
        if class.is_none() {
            self.values.insert_unique(wide(hashes[1]), id.0, hash_of(1));
        }
        id
    }

    fn push(&mut self, slot: Slot, hashes: [u32; 2]) -> NodeId {
        let id = position(self.slots.len());
        self.slots.push(slot);
        self.classes.push(id);
        self.hashes.push(hashes);
        NodeId(id)
    }

    fn find_class(&self, id: NodeId, hash: u32) -> Option<u32> {
        let matches = |it: &u32| {
            let is_hash = self.hashes.get(*it as usize).is_some_and(|it| it[1] == hash);
            is_hash && self.is_equal(NodeId(*it), id)
        };
        self.values.find(wide(hash), matches).copied()
    }

    /// Are two values of known children equal?
    fn is_equal(&self, left: NodeId, right: NodeId) -> bool {
        let (one, other) = (self.slot(left), self.slot(right));
        match (one.tag, other.tag) {
            (Tag::Number, Tag::Number) => {
                let text = |slot: Slot| self.texts.get(TextId(slot.start));
                canonical(text(one)) == canonical(text(other))
            }
            (Tag::Array, Tag::Array) => {
                let classes = |id| self.items(id).iter().map(|it| self.class(*it));
                classes(left).eq(classes(right))
            }
            (Tag::Object | Tag::Indexed, Tag::Object | Tag::Indexed) => {
                one.len == other.len && self.class_members(left) == self.class_members(right)
            }
            _ => false,
        }
    }

    fn class_members(&self, id: NodeId) -> Vec<(TextId, u32)> {
        let classes = self.member_slice(id).iter().map(|it| (it.name, self.class(it.value)));
        let mut classes: Vec<_> = classes.collect();
        classes.sort_unstable();
        classes
    }
}

/// One round of a multiplicative hash; `rapidhash` is for texts.
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are wanted")]
fn mix(left: u64, right: u64) -> u64 {
    let product =
        u128::from(left ^ 0x9E37_79B9_7F4A_7C15) * u128::from(right ^ 0xD1B5_4A32_D192_ED03);
    (product as u64) ^ ((product >> 64) as u64)
}
