//! The registry: a rule is one folder and two lines here.

mod live_head_differs;
mod policy_weakened;
mod route_claimed_twice;
mod route_proof_missing;
mod route_proof_stale;
mod unknown_config_key;
mod unreadable_document;
mod waiver_expired;
mod waiver_idle;
mod waiver_incomplete;
mod waiver_too_long;

use crate::{config::RuleDefault, rule::Rule};

/// Every rule, by gate and id.
pub static RULES: &[&dyn Rule] = &[
    &live_head_differs::LiveHeadDiffers,
    &policy_weakened::PolicyWeakened,
    &route_claimed_twice::RouteClaimedTwice,
    &route_proof_missing::RouteProofMissing,
    &route_proof_stale::RouteProofStale,
    &unknown_config_key::UnknownConfigKey,
    &unreadable_document::UnreadableDocument,
    &waiver_expired::WaiverExpired,
    &waiver_idle::WaiverIdle,
    &waiver_incomplete::WaiverIncomplete,
    &waiver_too_long::WaiverTooLong,
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

/// What holds for a rule of which `checks.toml` says nothing.
#[must_use]
pub fn default_of(id: &str) -> Option<RuleDefault> {
    let info = find(id)?.info();
    Some(RuleDefault { level: info.level.name(), gate: info.gate })
}
