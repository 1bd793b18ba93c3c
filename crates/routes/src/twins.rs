//! One normalised pattern, several owners.

use crate::table::{RouteId, RouteTable};

/// Routes of one normalised pattern that meet, with at least two owners among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twins {
    /// The routes, in order of insertion.
    pub routes: Vec<RouteId>,
    /// A URL that all of them take.
    pub url: String,
}

impl RouteTable {
    /// Every pattern with two or more owners, in the order of its first route.
    #[must_use]
    pub fn twins(&self) -> Vec<Twins> {
        Vec::new()
    }
}
