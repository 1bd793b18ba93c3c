//! Pairs of routes of different owners that meet, and what to say of them.

#![expect(clippy::indexing_slicing, reason = "route numbers come from the list of the table")]
#![expect(clippy::disallowed_types, reason = "a hot lookup of scores that nothing iterates over")]

use std::collections::HashMap;

use crate::{
    cells::Entry,
    intersection::Intersection,
    scheme::Scheme,
    table::{RouteId, RouteTable},
};

/// Where counting stops.
const MAX_COUNTED: u64 = 1_000_000;

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
///
/// Left out are pairs of one normalised text (see [`crate::Twins`]), pairs with a dead route, and
/// pairs that a third route outranks on all that they share.
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

/// Asked for each candidate of [`Pairs::overlaps`]: winner, loser, and what both take.
pub type Signed<'s, 'a> = dyn FnMut(RouteId, RouteId, &Intersection<'a>) -> bool + 's;

impl Default for Budget {
    fn default() -> Self {
        Self { findings: 200, lookups: 100_000 }
    }
}

impl RouteTable {
    /// Classifies all pairs of different owners that meet.
    ///
    /// If `signed` agrees to a pair, it is neither told nor counted.
    #[must_use]
    pub fn pairs<'a>(&'a self, budget: Budget, signed: &mut Signed<'_, 'a>) -> Pairs<'a> {
        let mut survey = Survey {
            table: self,
            budget,
            signed,
            peaks: HashMap::new(),
            undocumented: Ledger::default(),
            overlaps: Ledger::default(),
        };
        for entry in self.entries.iter().filter(|it| !self.dead[it.route]) {
            if survey.is_over() {
                break;
            }
            survey.visit(entry);
        }
        let Survey { undocumented, overlaps, .. } = survey;
        Pairs {
            undocumented_omitted: undocumented.omitted,
            undocumented: undocumented.into_sorted(),
            overlaps_omitted: overlaps.omitted,
            overlaps: overlaps.into_sorted(),
        }
    }
}

/// One pass over all pairs.
struct Survey<'s, 'a> {
    table: &'a RouteTable,
    budget: Budget,
    signed: &'s mut Signed<'s, 'a>,
    /// The highest specificity over a cell: (host, path, scheme, zone).
    peaks: HashMap<(usize, usize, Scheme, Option<usize>), i64>,
    undocumented: Ledger<'a>,
    overlaps: Ledger<'a>,
}

/// The account of one rule.
#[derive(Default)]
struct Ledger<'a> {
    found: Vec<Pair<'a>>,
    lookups: usize,
    omitted: u64,
}

impl<'a> Ledger<'a> {
    fn is_spent(&self, budget: Budget) -> bool {
        self.found.len() >= budget.findings || self.lookups >= budget.lookups
    }

    fn into_sorted(self) -> Vec<Pair<'a>> {
        let mut found = self.found;
        found.sort_unstable_by_key(|it| (it.winner, it.loser));
        found
    }
}

impl<'a> Survey<'_, 'a> {
    /// Is there nothing more to tell, nor to count?
    fn is_over(&self) -> bool {
        [&self.undocumented, &self.overlaps].iter().all(|it| it.omitted >= MAX_COUNTED)
    }

    /// Meets every route whose hosts hold those of the entry. Each pair is seen once: from the
    /// route with fewer hosts; if the hosts are equal, with fewer paths; if these are, too, from
    /// the later route.
    fn visit(&mut self, entry: &Entry) {
        let table = self.table;
        let span = table.paths.span(entry.path);
        for slot in table.cells.holding(entry.host, entry.path) {
            let is_own_cell = table.cells.path(slot) == entry.path;
            let others = table.cells.entries(slot).iter();
            others
                .take_while(|it| !is_own_cell || it.route < entry.route)
                .for_each(|it| self.meet(entry, it, entry.path));
        }
        for host in table.hosts.chain(entry.host).skip(1) {
            let wider = table.cells.holding(host, entry.path);
            wider.for_each(|slot| self.meet_all(entry, slot, entry.path));
            let narrower = table.cells.inside(host, &span);
            narrower.for_each(|slot| self.meet_all(entry, slot, table.cells.path(slot)));
        }
    }

    fn meet_all(&mut self, entry: &Entry, slot: usize, path: usize) {
        for other in self.table.cells.entries(slot) {
            self.meet(entry, other, path);
        }
    }

    /// Two routes whose hosts and paths are nested; `path` is the narrower path.
    fn meet(&mut self, entry: &Entry, other: &Entry, path: usize) {
        let is_quiet = entry.owner == other.owner
            || entry.text == other.text
            || !entry.shares_zone(other.zone)
            || entry.schemes.meet(other.schemes).is_none()
            || self.table.dead[other.route];
        if is_quiet {
            return;
        }
        let is_tie = entry.specificity == other.specificity;
        if !is_tie && self.is_signed(entry, other) {
            return;
        }
        let ledger = if is_tie { &mut self.undocumented } else { &mut self.overlaps };
        if ledger.is_spent(self.budget) {
            ledger.omitted = MAX_COUNTED.min(ledger.omitted + 1);
            return;
        }
        ledger.lookups += 1;
        if self.is_outranked(entry, other, path) {
            return;
        }
        let Some(pair) = self.pair(entry, other) else { return };
        if is_tie {
            self.undocumented.found.push(pair);
        } else {
            self.overlaps.found.push(pair);
        }
    }

    fn is_signed(&mut self, entry: &Entry, other: &Entry) -> bool {
        let (winner, loser) = self.ranked(entry, other);
        self.shared(winner, loser).is_some_and(|shared| (self.signed)(winner, loser, &shared))
    }

    /// Does a third route outrank both on the generic URL of what they share: the preferred
    /// scheme, a fresh sub-label, a fresh path character?
    fn is_outranked(&mut self, entry: &Entry, other: &Entry, path: usize) -> bool {
        let Some(schemes) = entry.schemes.meet(other.schemes) else { return false };
        let scheme = schemes.preferred();
        let zone = entry.zone.or(other.zone);
        let table = self.table;
        let peak = *self.peaks.entry((entry.host, path, scheme, zone)).or_insert_with(|| {
            let takers = table.outranking((entry.host, path), scheme, zone, i64::MIN);
            takers.map(|it| it.specificity).max().unwrap_or(i64::MIN)
        });
        peak > entry.specificity.max(other.specificity)
    }

    fn pair(&self, entry: &Entry, other: &Entry) -> Option<Pair<'a>> {
        let (winner, loser) = self.ranked(entry, other);
        let intersection = self.shared(winner, loser)?;
        let floor = entry.specificity.max(other.specificity);
        let url = self.table.contested_url(&intersection, floor);
        Some(Pair { winner, loser, intersection, url })
    }

    fn ranked(&self, entry: &Entry, other: &Entry) -> (RouteId, RouteId) {
        let (entry, other) = (RouteId(entry.route), RouteId(other.route));
        if self.table.rank(entry) < self.table.rank(other) {
            (entry, other)
        } else {
            (other, entry)
        }
    }

    fn shared(&self, winner: RouteId, loser: RouteId) -> Option<Intersection<'a>> {
        let table = self.table;
        let [winner, loser] = [winner, loser].map(|id| &table.routes[id.index()].pattern);
        Intersection::of(winner).meet(Intersection::of(loser))
    }
}
