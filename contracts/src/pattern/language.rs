//! Regular sets of texts and their algebra.

use std::sync::Arc;

use super::{
    TooBig, Unsupported,
    automaton::{Automaton, Part, conjunction},
    compile,
    letters::{Alphabet, LetterSet},
    minimal::minimal,
    syntax,
    words::{self, Question},
};

/// A regular set of Unicode texts. Copies are cheap; equality is that of the sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(Arc<Automaton>);

impl Language {
    /// Every text.
    #[must_use]
    pub fn all() -> Self {
        Self(Arc::new(Automaton::constant(true)))
    }

    /// No text.
    #[must_use]
    pub fn none() -> Self {
        Self(Arc::new(Automaton::constant(false)))
    }

    /// One text.
    pub fn exactly(text: &str, budget: usize) -> Result<Self, TooBig> {
        Self::any_of([text], budget)
    }

    /// Some texts.
    pub fn any_of<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        budget: usize,
    ) -> Result<Self, TooBig> {
        let letter = |it: char| syntax::Tree::Letter(LetterSet::only(it));
        let anchored = |text: &str| {
            let start = std::iter::once(syntax::Tree::Assert(syntax::Assertion::Start));
            let end = std::iter::once(syntax::Tree::Assert(syntax::Assertion::End));
            syntax::Tree::Sequence(start.chain(text.chars().map(letter)).chain(end).collect())
        };
        let branches: Vec<syntax::Tree> = texts.into_iter().map(anchored).collect();
        if branches.is_empty() {
            return Ok(Self::none());
        }
        Self::of_tree(&syntax::Tree::Choice(branches), budget).map_err(|_| TooBig)
    }

    /// The texts in which an ECMA-262 pattern is found.
    pub fn of_pattern(pattern: &str, budget: usize) -> Result<Self, Unsupported> {
        let reading = syntax::read(pattern)?;
        match reading.beyond {
            Some(unsupported) => Err(unsupported),
            None => Self::of_tree(&reading.tree, budget),
        }
    }

    pub(super) fn of_tree(tree: &syntax::Tree, budget: usize) -> Result<Self, Unsupported> {
        compile::automaton(tree, budget).map(|it| Self(Arc::new(it)))
    }

    /// The texts of so many letters.
    pub fn length(least: u64, most: Option<u64>, budget: usize) -> Result<Self, TooBig> {
        let count = most.map_or(least, |most| most.saturating_add(1));
        let count = usize::try_from(count).ok().filter(|count| *count < budget).ok_or(TooBig)?;
        let fits =
            |length: usize| length as u64 >= least && most.is_none_or(|most| length as u64 <= most);
        let next = |state: usize| u32::try_from((state + 1).min(count)).unwrap_or(u32::MAX);
        let table = (0..=count).map(next).collect();
        let accepting = (0..=count).map(fits).collect();
        Ok(Self(Arc::new(minimal(&Automaton { alphabet: Alphabet::single(), table, accepting }))))
    }

    /// What both have.
    pub fn intersect(&self, other: &Self, budget: usize) -> Result<Self, TooBig> {
        combined(&[(self, true), (other, true)], budget)
    }

    /// What this one has and the other has not.
    pub fn minus(&self, other: &Self, budget: usize) -> Result<Self, TooBig> {
        combined(&[(self, true), (other, false)], budget)
    }

    /// What either has.
    pub fn union(&self, other: &Self, budget: usize) -> Result<Self, TooBig> {
        combined(&[(self, false), (other, false)], budget).map(|neither| neither.complement())
    }

    /// What it has not.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self(Arc::new(Automaton::clone(&self.0).complement()))
    }

    /// Whether there is no text in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.accepting.contains(&true)
    }

    /// Whether every text is in it.
    #[must_use]
    pub fn is_all(&self) -> bool {
        !self.0.accepting.contains(&false)
    }

    /// Whether there are endlessly many texts in it.
    #[must_use]
    pub fn is_infinite(&self) -> bool {
        words::is_infinite(&self.0)
    }

    /// Whether every text of it is in the other.
    pub fn is_subset(&self, other: &Self, budget: usize) -> Result<bool, TooBig> {
        if self == other {
            return Ok(true);
        }
        self.minus(other, budget).map(|rest| rest.is_empty())
    }

    /// Whether a text is in it.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        self.0.contains(text)
    }

    /// The shortest text in it; a readable one if that is hardly longer.
    pub fn shortest(&self) -> Result<Option<String>, TooBig> {
        self.shortest_many(1).map(|texts| texts.into_iter().next())
    }

    /// Different texts in it, short and readable ones first; fewer than `count` only if there are no more.
    pub fn shortest_many(&self, count: usize) -> Result<Vec<String>, TooBig> {
        words::texts(&self.0, Question { least: 0, most: u64::MAX, count })
    }

    /// All its texts, if there are no more than `most`.
    pub fn finite(&self, most: usize) -> Result<Option<Vec<String>>, TooBig> {
        if self.is_infinite() {
            return Ok(None);
        }
        let texts = self.shortest_many(most.saturating_add(1))?;
        Ok(Some(texts).filter(|texts| texts.len() <= most))
    }

    pub(super) fn automaton(&self) -> &Automaton {
        &self.0
    }
}

fn combined(parts: &[(&Language, bool)], budget: usize) -> Result<Language, TooBig> {
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|(language, wanted)| Part { automaton: language.automaton(), wanted: *wanted })
        .collect();
    let product = conjunction(&parts, budget);
    if product.complete { Ok(Language(Arc::new(minimal(&product.automaton)))) } else { Err(TooBig) }
}
