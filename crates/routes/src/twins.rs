//! One normalised pattern, several owners.

#![expect(clippy::indexing_slicing, reason = "route numbers come from the list of the table")]

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    cells::Entry,
    intersection::Intersection,
    table::{RouteId, RouteTable},
};

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
    ///
    /// Of one text, the routes of different trusted zones never meet; each zone has its own
    /// entry, together with the routes that name no zone.
    #[must_use]
    pub fn twins(&self) -> Vec<Twins> {
        let mut by_text: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            by_text.entry(entry.text).or_default().push(entry);
        }
        by_text.into_values().flat_map(|group| self.twins_of_text(&group)).collect()
    }

    fn twins_of_text(&self, group: &[&Entry]) -> Vec<Twins> {
        if group.len() < 2 {
            return Vec::new();
        }
        let mut zones: BTreeSet<Option<usize>> = group.iter().map(|it| it.zone).collect();
        if zones.len() > 1 {
            zones.remove(&None);
        }
        zones
            .into_iter()
            .filter_map(|zone| {
                let members: Vec<&Entry> =
                    group.iter().filter(|it| it.shares_zone(zone)).copied().collect();
                let owners: BTreeSet<u32> = members.iter().map(|it| it.owner).collect();
                if owners.len() < 2 { None } else { self.twins_that_meet(&members) }
            })
            .collect()
    }

    fn twins_that_meet(&self, members: &[&Entry]) -> Option<Twins> {
        let sets = members.iter().map(|it| Intersection::of(&self.routes[it.route].pattern));
        let shared = sets.map(Some).reduce(|all, it| all?.meet(it?)).flatten()?;
        let specificity = members.first()?.specificity;
        Some(Twins {
            routes: members.iter().map(|it| RouteId(it.route)).collect(),
            url: self.contested_url(&shared, specificity),
        })
    }
}
