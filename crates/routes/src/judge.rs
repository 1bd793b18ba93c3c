//! The judge: decides again, by other means, what the search has found.
//!
//! It shares nothing with the rest of the crate: it takes the raw pattern text of the file and the
//! text of the URL, matches by splitting at `*`, and scores by counting. It trusts the parser of
//! URLs, and nothing else.

mod boundary;
mod reading;
mod rejection;

use std::collections::BTreeSet;

use crate::judge::reading::{Reading, Request};
pub use crate::judge::{boundary::boundary_urls, reading::score, rejection::is_rejected};

/// A claim as the file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Who owns it.
    pub owner: &'a str,
    /// The pattern as written.
    pub pattern: &'a str,
    /// The `zone_name` as written.
    pub zone: Option<&'a str>,
}

/// Does the pattern take the URL?
#[must_use]
pub fn takes(pattern: &str, zone: Option<&str>, url: &str) -> bool {
    match (Reading::of(pattern, zone), Request::of(url)) {
        (Some(reading), Some(request)) => reading.takes(&request),
        _ => false,
    }
}

/// `url-with-two-owners`: all claims take the URL and may meet, they have two owners or more, and
/// the winner is the owner of the strictly highest score (none if two owners share it).
#[must_use]
pub fn has_two_owners(url: &str, winner: Option<&str>, claims: &[Claim<'_>]) -> bool {
    let Some(request) = Request::of(url) else { return false };
    let readings: Option<Vec<(&str, Reading)>> =
        claims.iter().map(|it| Some((it.owner, Reading::of(it.pattern, it.zone)?))).collect();
    let Some(readings) = readings else { return false };
    let zones: BTreeSet<&str> = readings.iter().filter_map(|(_, it)| it.zone()).collect();
    let owners: BTreeSet<&str> = readings.iter().map(|(owner, _)| *owner).collect();
    let highest = readings.iter().map(|(_, it)| it.score()).max();
    let first: BTreeSet<&str> = readings
        .iter()
        .filter(|(_, it)| Some(it.score()) == highest)
        .map(|(owner, _)| *owner)
        .collect();
    let decided = if first.len() == 1 { first.first().copied() } else { None };
    zones.len() < 2
        && owners.len() > 1
        && decided == winner
        && readings.iter().all(|(_, it)| it.takes(&request))
}

/// `url-never-delivered`: the URL, and up to 64 more at the boundary of the dead pattern, all go
/// to a killer that outranks it. `others` are further patterns of the repository, whose hosts and
/// paths say where the boundary is.
#[must_use]
pub fn is_never_delivered(
    url: &str,
    dead: &Claim<'_>,
    killers: &[Claim<'_>],
    others: &[&str],
) -> bool {
    let Some(reading) = Reading::of(dead.pattern, dead.zone) else { return false };
    let killers: Vec<Reading> = killers
        .iter()
        .filter_map(|it| Reading::of(it.pattern, it.zone))
        .filter(|it| it.score() > reading.score() && it.may_meet(&reading))
        .collect();
    let goes_to_killer = |text: &str| {
        Request::of(text).is_some_and(|request| {
            reading.takes(&request) && killers.iter().any(|it| it.takes(&request))
        })
    };
    goes_to_killer(url)
        && boundary_urls(dead.pattern, dead.zone, others).iter().all(|it| goes_to_killer(it))
}

/// `url-before-domain`: the URL lies on the host, and the route of another owner takes it.
#[must_use]
pub fn is_before_domain(url: &str, route: &Claim<'_>, host: &str, domain_owner: &str) -> bool {
    route.owner != domain_owner
        && Request::of(url).is_some_and(|it| it.is_on(host))
        && takes(route.pattern, route.zone, url)
}
