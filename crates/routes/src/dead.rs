//! Routes that no URL reaches.

#![expect(clippy::indexing_slicing, reason = "route numbers come from the list of the table")]

use crate::{
    cells::Entry,
    intersection::Intersection,
    scheme::Scheme,
    table::{RouteId, RouteTable},
};

/// How many killers are named for each scheme.
const MAX_KILLERS: usize = 8;

/// A route that others of strictly higher specificity cover, scheme by scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// The dead route.
    pub route: RouteId,
    /// Who takes its URLs; one entry for each scheme it takes.
    pub killers: Vec<Killers>,
    /// A URL that it takes and never gets.
    pub url: String,
}

/// The routes that take all URLs of a dead route in one scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Killers {
    /// The scheme.
    pub scheme: Scheme,
    /// In the named order, the first eight; the eighth is one of another owner than the dead route,
    /// if the others are not and there is such a one.
    pub routes: Vec<RouteId>,
}

impl RouteTable {
    /// All dead routes, in order of insertion.
    #[must_use]
    pub fn dead(&self) -> Vec<Dead> {
        self.entries
            .iter()
            .filter(|it| self.dead[it.route])
            .map(|it| Dead {
                route: RouteId(it.route),
                killers: it.schemes.iter().map(|scheme| self.killers(it, scheme)).collect(),
                url: Intersection::of(&self.routes[it.route].pattern).witness_url(),
            })
            .collect()
    }

    /// One killer per scheme is enough, and needs no joint search over several: a URL of the route
    /// with a fresh sub-label and a fresh path character is taken only by patterns that take all
    /// of its hosts and paths.
    ///
    /// A zone has two halves, `Z` and `*.Z`. For `*Z` they need no joint search either: `*.Z`
    /// scores 26 less on the host, and a path that covers another one wins back 1 at most.
    /// NOTE: `*` in a zone can be covered in halves, by `Z/*` and `*.Z/*`. It is not called dead:
    /// `SaaS` hostnames, which lie outside the zone, reach `*/*` and neither of the halves.
    pub(crate) fn is_dead(&self, entry: &Entry) -> bool {
        entry.schemes.iter().all(|scheme| self.killing(entry, scheme).next().is_some())
    }

    fn killing(&self, entry: &Entry, scheme: Scheme) -> impl Iterator<Item = &Entry> {
        self.outranking((entry.host, entry.path), scheme, entry.zone, entry.specificity)
    }

    fn killers(&self, entry: &Entry, scheme: Scheme) -> Killers {
        let mut routes: Vec<RouteId> =
            self.killing(entry, scheme).map(|it| RouteId(it.route)).collect();
        let foreign = |id: &RouteId| self.entries[id.0].owner != entry.owner;
        let best_foreign = routes.iter().copied().filter(foreign).min_by_key(|id| self.rank(*id));
        if routes.len() > MAX_KILLERS {
            routes.select_nth_unstable_by_key(MAX_KILLERS, |id| self.rank(*id));
            routes.truncate(MAX_KILLERS);
        }
        self.sort_by_rank(&mut routes);
        if let (Some(id), false) = (best_foreign, routes.iter().any(foreign)) {
            routes.truncate(MAX_KILLERS - 1);
            routes.push(id);
        }
        Killers { scheme, routes }
    }
}
