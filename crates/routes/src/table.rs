//! All routes of a repository, indexed.

use crate::{pattern::Pattern, request::Url};

/// An owner, as the caller numbers them.
pub type Owner = u32;

/// One route and who owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Who owns it.
    pub owner: Owner,
    /// What it takes.
    pub pattern: Pattern,
}

/// A route of a table: its place in the order of insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteId(pub u32);

/// All routes that take part, in the order in which they were inserted.
#[derive(Debug, Clone)]
pub struct RouteTable {
    routes: Vec<Route>,
}

impl RouteId {
    /// Its place in the list that the table was made from.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl RouteTable {
    /// Indexes the routes; their order is the order of insertion.
    #[must_use]
    pub fn new(routes: Vec<Route>) -> Self {
        Self { routes }
    }

    /// All routes, by [`RouteId::index`].
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The routes that take the URL, the winner first: by specificity, then by raw length, then by
    /// insertion. Only the first criterion is documented.
    #[must_use]
    pub fn order(&self, _url: &Url) -> Vec<RouteId> {
        Vec::new()
    }

    /// The routes whose host set holds the host (whatever their path), in order of insertion.
    #[must_use]
    pub fn at_host(&self, _host: &str) -> Vec<RouteId> {
        Vec::new()
    }
}
