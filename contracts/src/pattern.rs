//! Patterns of ECMA-262 as sets of texts: what do two of them share, and what is the shortest text that shows it?
//!
//! A [`Language`] is a regular set of Unicode texts; complements are taken among those. A pattern is searched for, not
//! anchored, as JSON Schema says. Everything that can explode has a budget of states, and then says [`TooBig`].

mod automaton;
mod compile;
mod friendly;
mod language;
mod letters;
mod looking;
mod minimal;
mod names;
mod property;
mod strings;
mod syntax;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

pub use language::Language;
pub use looking::Looking;
pub use names::{Class, classes};
pub use strings::Strings;

/// The states that an automaton may have before it is made small, if nobody says otherwise.
pub const DEFAULT_BUDGET: usize = 10_000;

/// Why a pattern has no [`Language`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Unsupported {
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
    #[error("pattern-lookaround")]
    LookAround,
    /// `\1`, `\k<name>`.
    #[error("pattern-back-reference")]
    BackReference,
    /// `(?i:…)`.
    #[error("pattern-modifiers")]
    Modifiers,
    /// A property of Unicode that is not known here.
    #[error("pattern-property `{0}`")]
    Property(String),
    /// No pattern of ECMA-262, with the flag `u` or without.
    #[error("pattern-invalid: {0}")]
    Invalid(String),
    /// The budget ran out.
    #[error("budget-automaton-states")]
    TooBig,
}

/// A budget ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("budget-automaton-states")]
pub struct TooBig;

impl From<TooBig> for Unsupported {
    fn from(_: TooBig) -> Self {
        Self::TooBig
    }
}

/// Whether a text is a pattern of ECMA-262, with the flag `u` or without.
#[must_use]
pub fn is_valid_ecma(pattern: &str) -> bool {
    // Beyond the bounds of the reader nobody can say; the benefit of the doubt makes no false finding.
    !matches!(syntax::read(pattern), Err(Unsupported::Invalid(_)))
}

/// How an engine of ECMA-262 compiles a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// With the flag `u`.
    Unicode,
    /// Only without it.
    Plain,
}

/// How engines that run today compile a pattern; an error if some of them do not.
pub fn flag(pattern: &str) -> Result<Flag, Unsupported> {
    let (flag, reading) = syntax::read_flag(pattern)?;
    match reading.beyond {
        // Modifiers are of 2025, and a property that is not known here may not be known there.
        Some(why @ (Unsupported::Modifiers | Unsupported::Property(_))) => Err(why),
        _ => Ok(flag),
    }
}

/// The languages of patterns, each made once.
#[derive(Debug, Clone)]
pub struct Patterns {
    budget: usize,
    known: BTreeMap<String, Result<Language, Unsupported>>,
    looking: BTreeMap<String, Option<Looking>>,
}

impl Patterns {
    /// None yet; each automaton may have so many states.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self { budget, known: BTreeMap::new(), looking: BTreeMap::new() }
    }

    /// The language of a pattern.
    pub fn language(&mut self, pattern: &str) -> Result<Language, Unsupported> {
        if let Some(known) = self.known.get(pattern) {
            return known.clone();
        }
        let language = Language::of_pattern(pattern, self.budget);
        self.known.insert(pattern.to_owned(), language.clone());
        language
    }
}

impl Patterns {
    /// A pattern that looks around, for which there is no language.
    pub fn looking(&mut self, pattern: &str) -> Option<&Looking> {
        let budget = self.budget;
        let made = || Looking::of_pattern(pattern, budget).ok();
        self.looking.entry(pattern.to_owned()).or_insert_with(made).as_ref()
    }
}

impl Default for Patterns {
    fn default() -> Self {
        Self::new(DEFAULT_BUDGET)
    }
}
