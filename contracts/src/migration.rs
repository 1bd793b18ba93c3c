//! The skeleton of a migration: the contract that keeps what head broke, beside what head wants.
//!
//! Everything here is mechanical. Whether the proposal is right is for the comparison to say:
//! whoever asks for one compares base with it before anybody sees it.

mod address;
mod components;
mod consumer;
mod names;
mod operations;
mod promise;
mod repairs;
mod requests;
mod shim;
mod types;
mod typescript;

pub use self::{
    consumer::{Kept, consumer_test},
    names::names,
    operations::Moved,
    requests::requests,
    shim::{Dates, shim},
};

use std::collections::BTreeSet;

use crate::{Category, Finding, Tree};

/// What a proposal is made of.
#[derive(Debug, Clone, Copy)]
pub struct Migrated<'a> {
    /// The contract at base.
    pub base: &'a Tree,
    /// The contract at head.
    pub head: &'a Tree,
    /// What head breaks.
    pub findings: &'a [Finding],
    /// The day on which what is deprecated may go, `YYYY-MM-DD`.
    pub sunset: &'a str,
}

/// A contract that keeps base's promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The contract as it should be at head.
    pub contract: Tree,
    /// Operations that stay with base's promise while head's version got a new address.
    pub moved: Vec<Moved>,
    /// What was kept without a new address, one sentence each.
    pub repaired: Vec<String>,
}

/// Keeps the broken operations as they were, deprecated, and gives head's versions new addresses;
/// where a smaller repair does, that.
///
/// `always_move` names operations whose smaller repair was tried and did not do.
#[must_use]
pub fn additive(asked: Migrated<'_>, always_move: &BTreeSet<String>) -> Proposal {
    let mut contract = asked.head.clone();
    let mut repaired = Vec::new();
    let mut broken = always_move.clone();
    let breaks = asked.findings.iter();
    let breaks =
        breaks.filter(|it| it.level == kernel::Level::Deny && it.rule.category() == Category::Wire);
    for finding in breaks {
        let is_given_up = finding.operations.iter().any(|it| always_move.contains(it));
        let repair =
            if is_given_up { None } else { repairs::repair(asked, &mut contract, finding) };
        match repair {
            Some(sentence) => repaired.push(sentence),
            None => broken.extend(finding.operations.iter().cloned()),
        }
    }
    repaired.sort();
    repaired.dedup();
    let moved = operations::keep(asked, &mut contract, &broken);
    Proposal { contract, moved, repaired }
}
