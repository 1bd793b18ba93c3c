//! The registry: a rule is one folder and two lines here.

mod custom_domain_claimed_twice;
mod host_outside_zone;
mod live_head_differs;
mod malformed_route;
mod overlap_allowance_idle;
mod public_host_contested;
mod redundant_route;
mod route_claimed_twice;
mod route_limit_exceeded;
mod route_never_reached;
mod route_order_undocumented;
mod route_over_custom_domain;
mod route_proof_missing;
mod route_proof_stale;
mod undeclared_route_overlap;
mod wildcard_over_custom_domain;

use crate::rule::Rule;

/// Every rule, by gate and id.
pub static RULES: &[&dyn Rule] = &[
    &custom_domain_claimed_twice::CustomDomainClaimedTwice,
    &host_outside_zone::HostOutsideZone,
    &live_head_differs::LiveHeadDiffers,
    &malformed_route::MalformedRoute,
    &overlap_allowance_idle::OverlapAllowanceIdle,
    &public_host_contested::PublicHostContested,
    &redundant_route::RedundantRoute,
    &route_claimed_twice::RouteClaimedTwice,
    &route_limit_exceeded::RouteLimitExceeded,
    &route_never_reached::RouteNeverReached,
    &route_order_undocumented::RouteOrderUndocumented,
    &route_over_custom_domain::RouteOverCustomDomain,
    &route_proof_missing::RouteProofMissing,
    &route_proof_stale::RouteProofStale,
    &undeclared_route_overlap::UndeclaredRouteOverlap,
    &wildcard_over_custom_domain::WildcardOverCustomDomain,
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
