//! Pairs of routes of different owners that meet, and what to say of them.

#![expect(clippy::indexing_slicing, reason = "route numbers come from the list of the table")]
#![expect(clippy::disallowed_types, reason = "a hot lookup of scores that nothing iterates over")]

use std::collections::HashMap;

use crate::{
    cells::Entry,
    intersection::Intersection,
    pattern::Pattern,
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
    /// The highest specificity on the generic URL of a cell.
    peaks: HashMap<Cell, i64>,
    undocumented: Ledger<'a>,
    overlaps: Ledger<'a>,
}

/// What two routes share, by numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Cell {
    host: usize,
    path: usize,
    scheme: Scheme,
    zone: Option<usize>,
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
        for slot in table.cells.holding_foreign(entry.host, entry.path, entry.owner) {
            let is_own_cell = table.cells.path(slot) == entry.path;
            let others = table.cells.entries(slot).iter();
            others
                .take_while(|it| !is_own_cell || it.route < entry.route)
                .for_each(|it| self.meet(entry, it, entry.path));
        }
        let hosts = table.hosts.chain(entry.host).skip(1);
        for host in hosts.filter(|&it| !table.cells.is_row_of(it, entry.owner)) {
            let wider = table.cells.holding_foreign(host, entry.path, entry.owner);
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
            || self.table.dead[other.route];
        let Some(schemes) = entry.schemes.meet(other.schemes).filter(|_| !is_quiet) else { return };
        let narrow_path = if path == entry.path { entry } else { other };
        let shared = Intersection {
            schemes,
            host: self.pattern(entry).host(),
            path: self.pattern(narrow_path).path(),
            zone: self.pattern(entry).zone().or(self.pattern(other).zone()),
        };
        let is_tie = entry.specificity == other.specificity;
        let [mut winner, mut loser] = [entry, other].map(|it| RouteId(it.route));
        if self.table.rank(winner) > self.table.rank(loser) {
            (winner, loser) = (loser, winner);
        }
        if !is_tie && (self.signed)(winner, loser, &shared) {
            return;
        }
        let ledger = if is_tie { &mut self.undocumented } else { &mut self.overlaps };
        if ledger.is_spent(self.budget) {
            ledger.omitted = MAX_COUNTED.min(ledger.omitted + 1);
            return;
        }
        ledger.lookups += 1;
        let floor = entry.specificity.max(other.specificity);
        let cell = Cell {
            host: entry.host,
            path,
            scheme: schemes.preferred(),
            zone: entry.zone.or(other.zone),
        };
        if self.peak(cell) > floor {
            return;
        }
        let url = self.table.contested_url(&shared, floor);
        let ledger = if is_tie { &mut self.undocumented } else { &mut self.overlaps };
        ledger.found.push(Pair { winner, loser, intersection: shared, url });
    }

    /// The highest specificity on the generic URL of the cell: the preferred scheme, a fresh
    /// sub-label, a fresh path character.
    fn peak(&mut self, cell: Cell) -> i64 {
        let table = self.table;
        *self.peaks.entry(cell).or_insert_with(|| {
            let Cell { host, path, scheme, zone } = cell;
            let takers = table.outranking((host, path), scheme, zone, i64::MIN);
            takers.map(|it| it.specificity).max().unwrap_or(i64::MIN)
        })
    }

    fn pattern(&self, entry: &Entry) -> &'a Pattern {
        let table = self.table;
        &table.routes[entry.route].pattern
    }
}
