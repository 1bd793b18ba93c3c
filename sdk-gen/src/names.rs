//! Names in TypeScript: the contract's own where they can be used, else made from their words.
//!
//! A name never depends on the order of the contract. Whoever spells a name exactly keeps it; all
//! others that want it get a part of the digest of what they are.

mod reserved;
mod words;

use std::{collections::BTreeMap, fmt};

use kernel::Digest;

pub(crate) use crate::writer::is_identifier;

/// An identifier that is safe to write. Only the table of names makes one from a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Box<str>);

impl Name {
    /// An identifier that the generator spells out itself.
    #[must_use]
    pub fn own(text: &'static str) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name with words of the generator around it: `isOrder`, `orderIssues`. It is safe, but
    /// another one may be the same; so wish for it before using it.
    fn derived(&self, derivation: Derivation) -> String {
        let Derivation { before, after, role } = derivation;
        let cased = match role {
            Role::Function if before.is_empty() => words::with_first(&self.0, false),
            Role::Type if before.is_empty() => self.0.to_string(),
            Role::Function | Role::Type | Role::Derived => words::with_first(&self.0, true),
        };
        format!("{before}{cased}{after}")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A type or a value that is named like one: `Order`.
    Type,
    /// A function: `listOrders`.
    Function,
    /// A type that is made from a function: `ListOrdersResult`.
    Derived,
}

/// What the generator puts round a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    /// In front, such as `is`.
    pub before: &'static str,
    /// Behind, such as `Issues`.
    pub after: &'static str,
    /// How the result is spelled if nothing stands in front.
    pub role: Role,
}

/// Somebody who wants a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who: a key that no other has, such as `schema Order` or `type of schema Order`.
    pub owner: String,
    /// The name in the contract.
    pub contract: String,
    /// `x-sdk-name`, which is kept as it is.
    pub given: Option<String>,
    /// What it is for.
    pub role: Role,
}

/// A usable name of the words of a text.
#[must_use]
pub fn spoken(text: &str, role: Role) -> String {
    words::joined(text, role)
}

/// A name that differs from the contract's, or two that clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// It was changed: contract name, TypeScript name, why.
    Changed(String, Name, &'static str),
    /// Two owners gave the same `x-sdk-name`.
    Clash(String, String, String),
}

/// How one name of a contract is spelled in TypeScript.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling {
    /// Whose name it is: `schema Order`.
    pub owner: String,
    /// The name in the contract; of a derived one, the name that it is made from.
    pub contract: String,
    /// What it would be called if nobody else wanted that.
    pub wanted: String,
    /// What it is called.
    pub name: Name,
    /// Why it is not called as in the contract: `spelling` or `collision`.
    pub why: Option<&'static str>,
    /// Is it made from another name, as `isOrder` is?
    pub is_derived: bool,
}

struct Open {
    owner: String,
    contract: String,
    wanted: String,
    is_exact: bool,
    is_given: bool,
    is_derived: bool,
}

/// The table of names. First wish, then settle, then look up; and again for derived names.
#[derive(Default)]
pub struct Names {
    open: Vec<Open>,
    taken: BTreeMap<String, String>,
    settled: BTreeMap<String, Name>,
    remarks: Vec<Remark>,
    spellings: Vec<Spelling>,
}

impl Names {
    /// Wants a name for something of the contract.
    pub fn wish(&mut self, wish: Wish) {
        let Wish { owner, contract, given, role } = wish;
        let given = given.filter(|it| is_identifier(it));
        let is_given = given.is_some();
        let usable = is_identifier(&contract);
        let plain = given.unwrap_or_else(|| {
            if usable { contract.clone() } else { words::joined(&contract, role) }
        });
        let wanted = reserved::escaped(plain);
        let is_exact = is_given || wanted == contract;
        let is_derived = false;
        self.open.push(Open { owner, contract, wanted, is_exact, is_given, is_derived });
    }

    /// Wants a name that is made from a settled one.
    pub fn derive(&mut self, owner: String, from: &Name, derivation: Derivation) {
        let wanted = reserved::escaped(from.derived(derivation));
        let contract = from.as_str().to_owned();
        let (is_exact, is_given, is_derived) = (false, false, true);
        self.open.push(Open { owner, contract, wanted, is_exact, is_given, is_derived });
    }

    /// Gives everybody who waits a name.
    pub fn settle(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        open.sort_by(|one, other| one.owner.cmp(&other.owner));
        let mut wanted: BTreeMap<String, Vec<&Open>> = BTreeMap::new();
        for it in &open {
            wanted.entry(it.wanted.clone()).or_default().push(it);
        }
        for (name, owners) in wanted {
            self.give(&name, &owners);
        }
    }

    fn give(&mut self, name: &str, owners: &[&Open]) {
        let is_free = !self.taken.contains_key(name) && !reserved::is_own(name);
        let given: Vec<_> = owners.iter().filter(|it| it.is_given).collect();
        if let [one, other, ..] = given.as_slice() {
            let remark = Remark::Clash(name.to_owned(), one.owner.clone(), other.owner.clone());
            self.remarks.push(remark);
        }
        let best = given.first().copied().or_else(|| owners.iter().find(|it| it.is_exact));
        let best = best.or(if owners.len() == 1 { owners.first() } else { None });
        let keeps = best.filter(|_| is_free).map(|it| it.owner.clone());
        for open in owners {
            if Some(&open.owner) == keeps.as_ref() {
                self.keep(open, name.to_owned(), "spelling");
                continue;
            }
            let digest = Digest::of(open.owner.as_bytes()).to_string();
            let lengths = (4..=digest.len()).map(|it| digest.split_at(it).0);
            let mut candidates = lengths.map(|it| format!("{name}_{it}"));
            let free = candidates.find(|it| !self.taken.contains_key(it));
            self.keep(open, free.unwrap_or_else(|| format!("{name}_{digest}")), "collision");
        }
    }

    fn keep(&mut self, open: &Open, name: String, why: &'static str) {
        self.taken.insert(name.clone(), open.owner.clone());
        let name = Name(name.into());
        let is_changed = name.as_str() != open.contract;
        self.spellings.push(Spelling {
            owner: open.owner.clone(),
            contract: open.contract.clone(),
            wanted: open.wanted.clone(),
            name: name.clone(),
            why: (is_changed && (!open.is_derived || why == "collision")).then_some(why),
            is_derived: open.is_derived,
        });
        if is_changed && (!open.is_derived || why == "collision") {
            self.remarks.push(Remark::Changed(open.contract.clone(), name.clone(), why));
        }
        self.settled.insert(open.owner.clone(), name);
    }

    /// The name of an owner; a settled table has one for everybody who wished.
    #[must_use]
    pub fn get(&self, owner: &str) -> Option<&Name> {
        self.settled.get(owner)
    }

    /// Every name that was given, by owner.
    #[must_use]
    pub fn spellings(&self) -> Vec<Spelling> {
        let mut spellings = self.spellings.clone();
        spellings.sort();
        spellings
    }

    /// What is to be told about names since the last time, in a stable order.
    pub fn take_remarks(&mut self) -> Vec<Remark> {
        std::mem::take(&mut self.remarks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(contracts: &[&str]) -> Vec<String> {
        let mut names = Names::default();
        for it in contracts {
            let (owner, contract) = ((*it).to_owned(), (*it).to_owned());
            names.wish(Wish { owner, contract, given: None, role: Role::Type });
        }
        names.settle();
        contracts.iter().map(|it| names.get(it).unwrap().to_string()).collect()
    }

    #[test]
    fn who_spells_it_exactly_keeps_it() {
        // A star stands for four digits.
        let rows: [(&[&str], &[&str]); 5] = [
            (&["Order", "order_row", "order-row"], &["Order", "order_row", "OrderRow"]),
            (&["order-row", "OrderRow"], &["OrderRow_*", "OrderRow"]),
            (&["a-b", "a.b"], &["AB_*", "AB_*"]),
            (&["Client", "Error"], &["Client_*", "Error_"]),
            (&["Error", "Error_"], &["Error__*", "Error_"]),
        ];
        for (contracts, expected) in rows {
            let starred = |it: String| match it.rsplit_once('_') {
                Some((stem, digits)) if digits.len() == 4 => format!("{stem}_*"),
                _ => it,
            };
            let found: Vec<_> = named(contracts).into_iter().map(starred).collect();
            assert_eq!(found, expected, "{contracts:?}");
        }
    }

    #[test]
    fn order_plays_no_part() {
        let mut one = named(&["a-b", "a.b", "AB", "Client"]);
        let mut other = named(&["Client", "AB", "a.b", "a-b"]);
        one.sort();
        other.sort();
        assert_eq!(one, other);
    }
}
