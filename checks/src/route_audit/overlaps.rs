//! Which claims of two owners meet, and which of these meetings a rule must tell.

use kernel::Timestamp;
use routes::{Budget, Intersection, Pair, RouteId};

use crate::{
    config::Config,
    route_audit::{
        Domain, Fleet,
        allowances::{Allowances, Signature},
        telling::{MAX_COUNTED, max_findings},
    },
};

/// What one search over all claims found for several rules.
#[derive(Debug)]
pub struct Overlaps {
    /// Pairs of equal specificity.
    pub undocumented: Told<Meeting>,
    /// Pairs that nobody signed.
    pub undeclared: Told<Meeting>,
    /// Routes of an exact host over a domain of another owner.
    pub over_domains: Told<Intrusion>,
    /// Routes of a wildcard host over a domain of another owner.
    pub wildcards_over_domains: Told<Intrusion>,
    /// Positions of allowances that matched nothing.
    pub idle: Vec<usize>,
    /// All hosts that are claimed as a whole.
    pub domains: Vec<Domain>,
}

/// What a rule tells, and how much more a budget left out.
#[derive(Debug, Clone)]
pub struct Told<T> {
    /// What it tells.
    pub found: Vec<T>,
    /// What was counted, not tested.
    pub omitted: usize,
}

/// Two routes of different owners that meet.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// The one that comes first in the named order.
    pub winner: RouteId,
    /// The other one.
    pub loser: RouteId,
    /// A URL that both take.
    pub url: String,
    /// The position of an allowance that once signed it.
    pub expired: Option<usize>,
}

/// A route that runs before a domain of another owner.
#[derive(Debug, Clone)]
pub struct Intrusion {
    /// The route.
    pub route: RouteId,
    /// The position of the domain in [`Overlaps::domains`].
    pub domain: usize,
    /// A URL on the host that the route takes, and no route above it.
    pub url: String,
    /// The position of an allowance that once signed it.
    pub expired: Option<usize>,
}

impl<T> Default for Told<T> {
    fn default() -> Self {
        Self { found: Vec::new(), omitted: 0 }
    }
}

impl Overlaps {
    /// Searches all claims.
    #[must_use]
    pub fn search(fleet: &Fleet, config: &Config, now: Timestamp) -> Self {
        let audit = &config.route_audit;
        let mut allowances = Allowances::new(&audit.allowed_overlaps, fleet, now);
        let budget = Budget { findings: max_findings(audit), ..Budget::default() };
        let owner_of = |it: RouteId| fleet.routes.routes().get(it.index()).map_or(0, |it| it.owner);
        let pairs = fleet.routes.pairs(budget, &mut |winner, loser, shared| {
            allowances.of_routes((owner_of(winner), owner_of(loser)), shared) == Signature::Valid
        });
        let meetings = |pairs: &[Pair<'_>], allowances: &mut Allowances<'_>| {
            let meeting = |it: &Pair<'_>| {
                let owners = (owner_of(it.winner), owner_of(it.loser));
                let signature = allowances.of_routes(owners, &it.intersection);
                Meeting {
                    winner: it.winner,
                    loser: it.loser,
                    url: it.url.clone(),
                    expired: expired(signature),
                }
            };
            pairs.iter().map(meeting).collect::<Vec<_>>()
        };
        let undeclared = Told {
            found: meetings(&pairs.overlaps, &mut allowances),
            omitted: usize::try_from(pairs.overlaps_omitted).unwrap_or(usize::MAX),
        };
        let undocumented = pairs.undocumented.iter().map(|it| Meeting {
            winner: it.winner,
            loser: it.loser,
            url: it.url.clone(),
            expired: None,
        });
        let undocumented = Told {
            found: undocumented.collect(),
            omitted: usize::try_from(pairs.undocumented_omitted).unwrap_or(usize::MAX),
        };
        let domains = fleet.all_domains(config);
        let mut survey = Survey {
            fleet,
            allowances,
            budget,
            exact: Ledger::default(),
            wildcards: Ledger::default(),
        };
        for (index, domain) in domains.iter().enumerate() {
            survey.visit(index, domain);
        }
        Self {
            undocumented,
            undeclared,
            over_domains: survey.exact.told,
            wildcards_over_domains: survey.wildcards.told,
            idle: survey.allowances.idle(),
            domains,
        }
    }
}

fn expired(signature: Signature) -> Option<usize> {
    match signature {
        Signature::Expired(index) => Some(index),
        Signature::Valid | Signature::Missing => None,
    }
}

/// One pass over all domains.
struct Survey<'a> {
    fleet: &'a Fleet,
    allowances: Allowances<'a>,
    budget: Budget,
    exact: Ledger,
    wildcards: Ledger,
}

/// The account of one rule.
#[derive(Default)]
struct Ledger {
    told: Told<Intrusion>,
    lookups: usize,
}

impl Survey<'_> {
    fn visit(&mut self, index: usize, domain: &Domain) {
        let fleet = self.fleet;
        for route in fleet.foreign_routes_at(&domain.host, &domain.owner) {
            self.meet(route, index, domain);
        }
    }

    /// A route that others outrank on all of the host never runs before the domain: it is silent,
    /// as pairs of routes are that a third one outranks. Those others are told.
    fn meet(&mut self, id: RouteId, index: usize, domain: &Domain) {
        let Some(route) = self.fleet.routes.routes().get(id.index()) else { return };
        let own = Intersection::of(&route.pattern);
        let Some(shared) = own.meet(Intersection::of_host(&domain.host)) else { return };
        let owners = (self.fleet.owner(route.owner), &*domain.owner);
        let signature = self.allowances.of_names(owners, &shared);
        if signature == Signature::Valid {
            return;
        }
        let is_wildcard = route.pattern.has_wildcard_host();
        let ledger = if is_wildcard { &mut self.wildcards } else { &mut self.exact };
        let is_spent = ledger.told.found.len() >= self.budget.findings;
        if is_spent || ledger.lookups >= self.budget.lookups {
            ledger.told.omitted = MAX_COUNTED.min(ledger.told.omitted + 1);
            return;
        }
        ledger.lookups += 1;
        let Some(url) = self.fleet.routes.free_url(id, &shared) else { return };
        let expired = expired(signature);
        ledger.told.found.push(Intrusion { route: id, domain: index, url, expired });
    }
}
