//! All routes of a repository, indexed.

#![expect(clippy::indexing_slicing, reason = "route numbers come from the list of the table")]
#![expect(clippy::disallowed_types, reason = "a hot lookup of texts that nothing iterates over")]

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use crate::{
    cells::{Cells, Entry},
    forest::{Forest, Seeds},
    intersection::Intersection,
    pattern::Pattern,
    request::Url,
    scheme::Scheme,
};

/// An owner, as the caller numbers them.
pub type Owner = u32;

/// One route and who owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Who owns it.
    pub owner: Owner,
    /// What it takes.
    pub pattern: Arc<Pattern>,
}

/// A route of a table: its place in the order of insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteId(pub usize);

/// All routes that take part, in the order in which they were inserted.
#[derive(Debug, Clone)]
pub struct RouteTable {
    pub(crate) routes: Vec<Route>,
    /// What the search knows of each route, in order of insertion.
    pub(crate) entries: Vec<Entry>,
    pub(crate) hosts: Forest,
    pub(crate) paths: Forest,
    pub(crate) cells: Cells,
    /// Whether each route is dead.
    pub(crate) dead: Vec<bool>,
}

impl RouteId {
    /// Its place in the list that the table was made from.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

impl RouteTable {
    /// Indexes the routes; their order is the order of insertion.
    #[must_use]
    pub fn new(routes: Vec<Route>) -> Self {
        let (hosts, host_nodes) = grow(&routes, |seeds, it| seeds.add_host(it.host()));
        let (paths, path_nodes) = grow(&routes, |seeds, it| seeds.add_path(it.path()));
        let zones = numbers(routes.iter().map(|it| it.pattern.zone()));
        let texts = numbers(routes.iter().map(|it| it.pattern.text()));
        let entries: Vec<Entry> = routes
            .iter()
            .enumerate()
            .map(|(route, Route { owner, pattern })| Entry {
                route,
                owner: *owner,
                schemes: pattern.schemes(),
                zone: pattern.zone().map(|_| zones[route]),
                text: texts[route],
                host: host_nodes[route],
                path: path_nodes[route],
                specificity: pattern.specificity(),
                raw_length: pattern.raw_length(),
            })
            .collect();
        let cells = Cells::new(entries.clone(), &hosts, &paths);
        let mut table = Self { routes, entries, hosts, paths, cells, dead: Vec::new() };
        table.dead = table.entries.iter().map(|it| table.is_dead(it)).collect();
        table
    }

    /// All routes, by [`RouteId::index`].
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The routes that take the URL, the winner first: by specificity, then by raw length, then by
    /// insertion. Only the first criterion is documented.
    ///
    /// A host belongs to one zone. So of routes with different trusted zones only those of the
    /// longest are listed, as two such routes never meet.
    #[must_use]
    pub fn order(&self, url: &Url) -> Vec<RouteId> {
        let mut takers: Vec<RouteId> = self.takers(url).map(|it| RouteId(it.route)).collect();
        let zone_of = |id: &RouteId| self.routes[id.0].pattern.zone();
        let longest = takers.iter().filter_map(zone_of).max_by_key(|it| it.len());
        takers.retain(|id| zone_of(id).is_none_or(|zone| Some(zone) == longest));
        self.sort_by_rank(&mut takers);
        takers
    }

    /// The routes whose host set holds the host (whatever their path), in order of insertion.
    #[must_use]
    pub fn at_host(&self, host: &str) -> Vec<RouteId> {
        let mut found: Vec<RouteId> = self
            .hosts
            .smallest_with_host(host)
            .into_iter()
            .flat_map(|node| self.hosts.chain(node))
            .flat_map(|node| self.cells.row(node))
            .flat_map(|slot| self.cells.entries(slot))
            .map(|it| RouteId(it.route))
            .collect();
        found.sort_unstable();
        found
    }

    /// Sorts into the named order.
    pub(crate) fn sort_by_rank(&self, ids: &mut [RouteId]) {
        ids.sort_unstable_by_key(|id| self.rank(*id));
    }

    /// The place in the named order: the smaller one wins.
    pub(crate) fn rank(&self, id: RouteId) -> (Reverse<i64>, Reverse<usize>, RouteId) {
        let entry = &self.entries[id.0];
        (Reverse(entry.specificity), Reverse(entry.raw_length), id)
    }

    /// The routes above `floor` that take all of the hosts and paths in the scheme.
    pub(crate) fn outranking(
        &self,
        (host, path): (usize, usize),
        scheme: Scheme,
        zone: Option<usize>,
        floor: i64,
    ) -> impl Iterator<Item = &Entry> {
        self.hosts
            .chain(host)
            .flat_map(move |host| self.cells.holding_above(host, path, floor))
            .flat_map(|slot| self.cells.entries(slot))
            .filter(move |it| it.specificity > floor)
            .filter(move |it| it.schemes.take(scheme) && it.shares_zone(zone))
    }

    /// A legal URL of the intersection on which no other route outranks this one, if there is one.
    #[must_use]
    pub fn free_url(&self, route: RouteId, shared: &Intersection<'_>) -> Option<String> {
        let floor = self.entries.get(route.0)?.specificity;
        self.url_below(shared, floor)
    }

    /// A legal URL of the intersection which no route above `floor` takes, if there is one.
    pub(crate) fn contested_url(&self, shared: &Intersection<'_>, floor: i64) -> String {
        self.url_below(shared, floor).unwrap_or_else(|| shared.witness_url())
    }

    fn url_below(&self, shared: &Intersection<'_>, floor: i64) -> Option<String> {
        const TRIES: usize = 64;
        let is_free = |text: &String| {
            let Ok(url) = Url::parse(text) else { return false };
            shared.takes(&url) && !self.takers(&url).any(|it| self.rules_over(it, shared, floor))
        };
        let plain = Some(shared.witness_url()).filter(is_free);
        plain.or_else(|| (0..TRIES).map(|salt| shared.fresh_url(salt)).find(is_free))
    }

    fn rules_over(&self, entry: &Entry, shared: &Intersection<'_>, floor: i64) -> bool {
        let zone = self.routes[entry.route].pattern.zone();
        entry.specificity > floor
            && (shared.zone.is_none() || zone.is_none() || shared.zone == zone)
    }

    fn takers(&self, url: &Url) -> impl Iterator<Item = &Entry> {
        let host = self.hosts.smallest_with_host(url.host());
        let path = self.paths.smallest_with_path(url.path());
        let scheme = url.scheme();
        host.zip(path)
            .into_iter()
            .flat_map(|(host, path)| self.hosts.chain(host).map(move |host| (host, path)))
            .flat_map(|(host, path)| self.cells.holding(host, path))
            .flat_map(|slot| self.cells.entries(slot))
            .filter(move |it| it.schemes.take(scheme))
    }
}

fn grow(routes: &[Route], add: impl Fn(&mut Seeds, &Pattern)) -> (Forest, Vec<usize>) {
    let mut seeds = Seeds::default();
    for route in routes {
        add(&mut seeds, &route.pattern);
    }
    seeds.grow()
}

/// Equal values get equal numbers, in the order of first sight.
fn numbers<T: Eq + std::hash::Hash>(values: impl Iterator<Item = T>) -> Vec<usize> {
    let mut known: HashMap<T, usize> = HashMap::new();
    values
        .map(|it| {
            let next = known.len();
            *known.entry(it).or_insert(next)
        })
        .collect()
}
