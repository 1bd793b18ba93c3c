//! Routes that no URL reaches.

use crate::{
    scheme::Scheme,
    table::{RouteId, RouteTable},
};

/// A route that others of strictly higher specificity cover, scheme by scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// The dead route.
    pub route: RouteId,
    /// Who takes its URLs; one entry for each scheme it names.
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
        Vec::new()
    }
}
