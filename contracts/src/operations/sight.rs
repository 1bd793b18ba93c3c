//! Reading one contract: members, items and references of located values.

use crate::{Contract, Located, Pointer, Spot, Store, Version};

/// References in a row before a chain counts as circular; the reader has the same bound.
const LONGEST_CHAIN: usize = 100;

/// One contract and the store that holds its values.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The values.
    pub store: &'a Store,
    /// The contract.
    pub contract: &'a Contract,
}

impl Reading<'_> {
    /// A member, as it stands.
    #[must_use]
    pub fn member(&self, at: &Located, name: &str) -> Option<Located> {
        self.contract.member(self.store, at, name)
    }

    /// A member, its references followed.
    #[must_use]
    pub fn resolved_member(&self, at: &Located, name: &str) -> Option<Located> {
        self.member(at, name).map(|it| self.resolved(it))
    }

    /// Where the references of a Reference Object lead in the end; itself if it is none.
    #[must_use]
    pub fn resolved(&self, at: Located) -> Located {
        let mut here = at;
        for _ in 0..LONGEST_CHAIN {
            let Some(next) = self.target(&here) else { return here };
            here = next;
        }
        here
    }

    /// A Path Item Object and those it refers to: members of the former go first.
    #[must_use]
    pub fn chain(&self, item: &Located) -> Vec<Located> {
        let mut found = vec![item.clone()];
        while let Some(next) = found.last().and_then(|it| self.target(it)) {
            if found.len() > LONGEST_CHAIN {
                break;
            }
            found.push(next);
        }
        found
    }

    /// One reference further, if there is one that leads somewhere.
    #[must_use]
    pub fn target(&self, at: &Located) -> Option<Located> {
        let reference = self.text(at, "$ref")?;
        self.contract.follow(self.store, at, reference).ok()
    }

    /// The members in the order of the text.
    #[must_use]
    pub fn members(&self, at: &Located) -> Vec<(String, Located)> {
        let located = |(name, node): (&str, _)| {
            let there = Located { file: at.file, pointer: at.pointer.child(name), node };
            (name.to_owned(), there)
        };
        self.store.members(at.node).map(located).collect()
    }

    /// The members of a member.
    #[must_use]
    pub fn members_of(&self, at: &Located, name: &str) -> Vec<(String, Located)> {
        self.member(at, name).map(|it| self.members(&it)).unwrap_or_default()
    }

    /// The items of a member.
    #[must_use]
    pub fn items_of(&self, at: &Located, name: &str) -> Vec<Located> {
        let Some(list) = self.member(at, name) else { return Vec::new() };
        let located = |(idx, node): (usize, &_)| Located {
            file: list.file,
            pointer: list.pointer.item(idx),
            node: *node,
        };
        self.store.items(list.node).iter().enumerate().map(located).collect()
    }

    /// A member that is a text.
    #[must_use]
    pub fn text(&self, at: &Located, name: &str) -> Option<&str> {
        self.store.as_str(self.store.get(at.node, name)?)
    }

    /// A member that is `true` or `false`.
    #[must_use]
    pub fn flag(&self, at: &Located, name: &str) -> Option<bool> {
        self.store.as_bool(self.store.get(at.node, name)?)
    }

    /// A member that is a list of texts; other items are left out.
    #[must_use]
    pub fn texts(&self, at: &Located, name: &str) -> Option<Vec<String>> {
        let list = self.store.get(at.node, name)?;
        let text = |it: &_| self.store.as_str(*it).map(ToOwned::to_owned);
        Some(self.store.items(list).iter().filter_map(text).collect())
    }

    /// Is it Swagger?
    #[must_use]
    pub fn is_swagger(&self) -> bool {
        self.contract.version == Version::V2_0
    }

    /// The place itself if it is there, or the nearest parent that is.
    #[must_use]
    pub fn surviving(&self, spot: &Spot) -> Option<Spot> {
        let file = self.contract.files.get(spot.file.0 as usize)?;
        let mut here = Located { file: spot.file, pointer: Pointer::root(), node: file.root };
        for name in spot.pointer.names() {
            let Some(next) = self.contract.step(self.store, &here, &name) else { break };
            here = next;
        }
        Some(Spot { file: here.file, pointer: here.pointer })
    }
}
