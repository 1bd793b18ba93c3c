//! One question about strings: is there a text that fits all this, and which?

use std::collections::BTreeSet;

use super::{
    Language, TooBig,
    automaton::{Part, conjunction},
    words::{self, Question},
};

/// The texts that fit every wanted language and length, are in a finite set, and are in nothing unwanted.
///
/// Lengths are counted in code points, and never become states: a length of 100,000 costs no automaton.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    /// The languages that a text must be in.
    pub wanted: Vec<Language>,
    /// The languages that it must not be in.
    pub unwanted: Vec<Language>,
    /// The least length.
    pub least: u64,
    /// The greatest length.
    pub most: Option<u64>,
    /// The texts of which it must be one.
    pub within: Option<BTreeSet<String>>,
    /// The texts that it must not be.
    pub without: BTreeSet<String>,
}

impl Strings {
    /// Whether a text fits.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let length = text.chars().count() as u64;
        length >= self.least
            && self.most.is_none_or(|most| length <= most)
            && !self.without.contains(text)
            && self.within.as_ref().is_none_or(|within| within.contains(text))
            && self.wanted.iter().all(|language| language.contains(text))
            && !self.unwanted.iter().any(|language| language.contains(text))
    }

    /// Whether no text fits.
    pub fn is_empty(&self, budget: usize) -> Result<bool, TooBig> {
        self.some(1, budget).map(|texts| texts.is_empty())
    }

    /// The shortest text that fits; a readable one if that is hardly longer.
    pub fn shortest(&self, budget: usize) -> Result<Option<String>, TooBig> {
        self.some(1, budget).map(|texts| texts.into_iter().next())
    }

    /// Different texts that fit, short and readable ones first; fewer than `count` only if there are no more.
    pub fn some(&self, count: usize, budget: usize) -> Result<Vec<String>, TooBig> {
        let most = self.most.unwrap_or(u64::MAX);
        if count == 0 || self.least > most {
            return Ok(Vec::new());
        }
        if let Some(within) = &self.within {
            let mut texts: Vec<String> =
                within.iter().filter(|text| self.contains(text)).cloned().collect();
            texts.sort_by_key(|text| text.chars().count());
            texts.truncate(count);
            return Ok(texts);
        }
        if self.wanted.iter().any(|wanted| wanted.is_empty() || self.unwanted.contains(wanted)) {
            return Ok(Vec::new());
        }
        let part = |wanted: bool| move |it| Part { automaton: Language::automaton(it), wanted };
        let parts: Vec<Part<'_>> = self
            .wanted
            .iter()
            .map(part(true))
            .chain(self.unwanted.iter().map(part(false)))
            .collect();
        let product = conjunction(&parts, budget);
        // So many of the first texts can be forbidden ones.
        let question =
            Question { least: self.least, most, count: count.saturating_add(self.without.len()) };
        let mut texts = words::texts(&product.automaton, question)?;
        texts.retain(|text| !self.without.contains(text));
        texts.truncate(count);
        // What was found in a part of the product is right, but it may not be all.
        if product.complete || texts.len() == count { Ok(texts) } else { Err(TooBig) }
    }
}
