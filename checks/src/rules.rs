//! The registry: a rule is one folder and two lines here.

mod live_head_differs;
mod route_claimed_twice;
mod route_proof_missing;
mod route_proof_stale;

use crate::rule::Rule;

/// Every rule, by gate and id.
pub static RULES: &[&dyn Rule] = &[
    &live_head_differs::LiveHeadDiffers,
    &route_claimed_twice::RouteClaimedTwice,
    &route_proof_missing::RouteProofMissing,
    &route_proof_stale::RouteProofStale,
];

/// The rule of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|it| it.info().id == id)
}

/// The ids of all rules, in the order of the registry.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|it| it.info().id)
}
