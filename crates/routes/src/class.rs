//! Pairs of routes of different owners that meet, and what to say of them.

use crate::{
    intersection::Intersection,
    table::{RouteId, RouteTable},
};

/// How much may be told and tried; each rule has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The most findings of one rule.
    pub findings: usize,
    /// The most owner look-ups of one rule.
    pub lookups: usize,
}

/// Two routes of different owners that meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The one of higher specificity; if they are equal, the one that miniflare would take.
    pub winner: RouteId,
    /// The other one.
    pub loser: RouteId,
    /// What both take.
    pub intersection: Intersection<'a>,
    /// A URL that both take, and that no third route takes from both of them.
    pub url: String,
}

/// The pairs that are worth a word, each in one list only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs<'a> {
    /// Equal specificity: nothing documented decides.
    pub undocumented: Vec<Pair<'a>>,
    /// How many more candidates were counted, not tested (up to 1,000,000).
    pub undocumented_omitted: u64,
    /// One outranks the other, and no allowance signs it.
    pub overlaps: Vec<Pair<'a>>,
    /// How many more candidates were counted, not tested (up to 1,000,000).
    pub overlaps_omitted: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { findings: 200, lookups: 100_000 }
    }
}

impl RouteTable {
    /// Classifies all pairs of different owners that meet.
    ///
    /// `signed` is asked once for each candidate of [`Pairs::overlaps`] (winner, loser, what both
    /// take); if it agrees, the pair is neither told nor counted.
    #[must_use]
    pub fn pairs<'a>(
        &'a self,
        _budget: Budget,
        _signed: &mut dyn FnMut(RouteId, RouteId, &Intersection<'a>) -> bool,
    ) -> Pairs<'a> {
        Pairs::default()
    }
}
