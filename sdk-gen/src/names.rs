//! Names in TypeScript: the contract's own where they can be used, else made from their words.
//!
//! A name never depends on the order of the contract. Whoever spells a name exactly keeps it; all
//! others that want it get a part of the digest of what they are.

mod reserved;
mod words;

#[expect(clippy::disallowed_types, reason = "tables of names are asked, never walked")]
use std::collections::{HashMap, HashSet};
use std::{borrow::Borrow, cmp::Ordering, collections::BTreeSet, fmt, sync::Arc};

use kernel::Digest;

pub(crate) use crate::writer::is_identifier;

/// An identifier that is safe to write. Only the table of names makes one from a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// An identifier that the generator spells out itself.
    #[must_use]
    pub fn own(text: &'static str) -> Self {
        Self(text.into())
    }

    /// A word of a module that goes by another name here, as an import says it.
    pub(crate) fn stand_in(word: &'static str) -> Self {
        Self(format!("{word} as {word}$").into())
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
        let mut text = String::with_capacity(before.len() + self.0.len() + after.len() + 1);
        text.push_str(before);
        match role {
            Role::Type if before.is_empty() => text.push_str(&self.0),
            Role::Function | Role::Type | Role::Derived => {
                let is_upper = role != Role::Function || !before.is_empty();
                words::push_with_first(&mut text, &self.0, is_upper);
            }
        }
        text.push_str(after);
        text
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
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

/// Whose a name is: something of the contract, or what is made from the name of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Words of the generator in front, such as `is `; nothing for what the contract names.
    made: &'static str,
    /// What the contract has: `schema Order`.
    of: Arc<str>,
}

impl Owner {
    /// What it is: `schema`, `operation`, or what is made of one: `is`.
    #[must_use]
    pub fn kind(&self) -> &str {
        let text = if self.made.is_empty() { &*self.of } else { self.made };
        text.split(' ').next().unwrap_or_default()
    }

    fn bytes(&self) -> impl Iterator<Item = u8> {
        self.made.bytes().chain(self.of.bytes())
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.made, self.of)
    }
}

impl PartialOrd for Owner {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As their texts.
impl Ord for Owner {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

/// Somebody who wants a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who: a key that no other has, such as `schema Order`.
    pub owner: Arc<str>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// Whose name it is.
    pub owner: Owner,
    /// The name in the contract; of a derived one, the name that it is made from.
    pub contract: Arc<str>,
    /// What it would be called if nobody else wanted that.
    pub wanted: Name,
    /// What it is called.
    pub name: Name,
    /// Why it is not called as in the contract: `spelling` or `collision`.
    pub why: Option<&'static str>,
    /// Is it made from another name, as `isOrder` is?
    pub is_derived: bool,
}

struct Open {
    owner: Owner,
    contract: Arc<str>,
    wanted: Name,
    is_exact: bool,
    is_given: bool,
}

/// The names of one owner, and of what is made from it.
#[derive(Default)]
struct Given {
    own: Option<Name>,
    made: Vec<(&'static str, Name)>,
}

/// The table of names. First wish, then settle, then look up; and again for derived names.
#[derive(Default)]
#[expect(clippy::disallowed_types, reason = "asked for every name, and never walked")]
pub struct Names {
    open: Vec<Open>,
    taken: HashSet<Name>,
    settled: HashMap<Arc<str>, Given>,
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
        let (owner, wanted) = (Owner { made: "", of: owner }, Name(wanted.into()));
        self.open.push(Open { owner, contract: contract.into(), wanted, is_exact, is_given });
    }

    /// Wants a name that is made from a settled one; `made` is what it is, with a space behind.
    pub fn derive(&mut self, made: &'static str, of: &Arc<str>, derivation: Derivation) {
        let Some(from) = self.get(of) else { return };
        let wanted = Name(reserved::escaped(from.derived(derivation)).into());
        let (owner, contract) = (Owner { made, of: Arc::clone(of) }, Arc::clone(&from.0));
        let (is_exact, is_given) = (false, false);
        self.open.push(Open { owner, contract, wanted, is_exact, is_given });
    }

    /// Gives everybody who waits a name. What nobody else wants is given first, so that it never
    /// is the way out of a collision.
    #[expect(clippy::disallowed_types, reason = "counts are asked, never walked")]
    pub fn settle(&mut self) {
        let open = std::mem::take(&mut self.open);
        let mut n_owners: HashMap<Name, usize> = HashMap::with_capacity(open.len());
        for it in &open {
            *n_owners.entry(it.wanted.clone()).or_default() += 1;
        }
        let is_alone = |it: &Open| n_owners.get(&it.wanted) == Some(&1) && self.is_free(&it.wanted);
        let (alone, mut met): (Vec<Open>, Vec<Open>) = open.into_iter().partition(is_alone);
        for it in alone {
            let name = it.wanted.clone();
            self.keep(it, name, "spelling");
        }
        // From behind, names come in their order.
        met.sort_by(|one, other| {
            other.wanted.cmp(&one.wanted).then_with(|| one.owner.cmp(&other.owner))
        });
        while let Some(last) = met.last() {
            let wanted = last.wanted.clone();
            let start = met.partition_point(|it| it.wanted > wanted);
            let group = met.split_off(start);
            self.give(&wanted, group);
        }
    }

    fn is_free(&self, name: &Name) -> bool {
        !self.taken.contains(name) && !reserved::is_own(name.as_str())
    }

    /// Gives those who want the same name theirs.
    fn give(&mut self, wanted: &Name, owners: Vec<Open>) {
        let is_free = self.is_free(wanted);
        let mut given = owners.iter().filter(|it| it.is_given);
        if let (Some(one), Some(other)) = (given.next(), given.next()) {
            let (one, other) = (one.owner.to_string(), other.owner.to_string());
            self.remarks.push(Remark::Clash(wanted.to_string(), one, other));
        }
        let best = owners.iter().position(|it| it.is_given);
        let best = best.or_else(|| owners.iter().position(|it| it.is_exact));
        let best = best.or((owners.len() == 1).then_some(0)).filter(|_| is_free);
        for (idx, open) in owners.into_iter().enumerate() {
            if Some(idx) == best {
                self.keep(open, wanted.clone(), "spelling");
                continue;
            }
            let digest = Digest::of(open.owner.to_string().as_bytes()).to_string();
            let lengths = (4..=digest.len()).map(|it| digest.split_at(it).0);
            let mut candidates = lengths.map(|it| format!("{wanted}_{it}"));
            let free = candidates.find(|it| !self.taken.contains(it.as_str()));
            let name = free.unwrap_or_else(|| format!("{wanted}_{digest}"));
            self.keep(open, Name(name.into()), "collision");
        }
    }

    fn keep(&mut self, open: Open, name: Name, why: &'static str) {
        let Open { owner, contract, wanted, .. } = open;
        self.taken.insert(name.clone());
        let is_derived = !owner.made.is_empty();
        let is_told = *contract != *name.0 && (!is_derived || why == "collision");
        if is_told {
            self.remarks.push(Remark::Changed(contract.to_string(), name.clone(), why));
        }
        let given = self.settled.entry(Arc::clone(&owner.of)).or_default();
        if is_derived {
            given.made.push((owner.made, name.clone()));
        } else {
            given.own = Some(name.clone());
        }
        let why = is_told.then_some(why);
        self.spellings.push(Spelling { owner, contract, wanted, name, why, is_derived });
    }

    /// The name of an owner; a settled table has one for everybody who wished.
    #[must_use]
    pub fn get(&self, owner: &str) -> Option<&Name> {
        self.settled.get(owner)?.own.as_ref()
    }

    /// The name of what is made from an owner's.
    #[must_use]
    pub fn made(&self, made: &str, owner: &str) -> Option<&Name> {
        self.settled.get(owner)?.made.iter().find(|it| it.0 == made).map(|it| &it.1)
    }

    /// The words of generated modules that names of the contract hide.
    pub(crate) fn hidden(&self) -> BTreeSet<&'static str> {
        reserved::within().filter(|it| self.taken.contains(*it)).collect()
    }

    /// Drops what is only needed to give further names, and to ask for those that were given.
    pub(crate) fn close(&mut self) {
        (self.open, self.taken, self.settled) = Default::default();
        self.spellings.shrink_to_fit();
    }

    /// Every name that was given.
    #[must_use]
    pub fn into_spellings(self) -> Vec<Spelling> {
        self.spellings
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
            let (owner, contract) = ((*it).into(), (*it).to_owned());
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
