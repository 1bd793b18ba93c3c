//! The registry: a rule is one folder and two lines here.

mod bound_worker_public_by_default;
mod config_captured;
mod config_redirect_committed;
mod custom_domain_claimed_twice;
mod dangling_service_binding;
mod env_route_ignored;
mod host_outside_zone;
mod internal_worker_exposed;
mod live_head_differs;
mod malformed_asset_rules;
mod malformed_pages_routes;
mod malformed_route;
mod misplaced_routing_key;
mod overlap_allowance_idle;
mod policy_weakened;
mod programmatic_config;
mod public_host_contested;
mod redundant_route;
mod route_claimed_twice;
mod route_limit_exceeded;
mod route_never_reached;
mod route_order_undocumented;
mod route_over_custom_domain;
mod route_proof_missing;
mod route_proof_stale;
mod route_set_out_of_band;
mod routes_inherited_by_env;
mod service_binding_cycle;
mod undeclared_route_overlap;
mod unknown_config_key;
mod unreadable_document;
mod var_points_at_route;
mod waiver_expired;
mod waiver_idle;
mod waiver_incomplete;
mod waiver_too_long;
mod wildcard_over_custom_domain;
mod worker_name_claimed_twice;

use crate::{config::RuleDefault, rule::Rule};

/// Every rule, by gate and id.
pub static RULES: &[&dyn Rule] = &[
    &bound_worker_public_by_default::BoundWorkerPublicByDefault,
    &config_captured::ConfigCaptured,
    &config_redirect_committed::ConfigRedirectCommitted,
    &custom_domain_claimed_twice::CustomDomainClaimedTwice,
    &dangling_service_binding::DanglingServiceBinding,
    &env_route_ignored::EnvRouteIgnored,
    &host_outside_zone::HostOutsideZone,
    &internal_worker_exposed::InternalWorkerExposed,
    &live_head_differs::LiveHeadDiffers,
    &malformed_asset_rules::MalformedAssetRules,
    &malformed_pages_routes::MalformedPagesRoutes,
    &malformed_route::MalformedRoute,
    &misplaced_routing_key::MisplacedRoutingKey,
    &overlap_allowance_idle::OverlapAllowanceIdle,
    &programmatic_config::ProgrammaticConfig,
    &public_host_contested::PublicHostContested,
    &redundant_route::RedundantRoute,
    &policy_weakened::PolicyWeakened,
    &route_claimed_twice::RouteClaimedTwice,
    &route_limit_exceeded::RouteLimitExceeded,
    &route_never_reached::RouteNeverReached,
    &route_order_undocumented::RouteOrderUndocumented,
    &route_over_custom_domain::RouteOverCustomDomain,
    &route_proof_missing::RouteProofMissing,
    &route_proof_stale::RouteProofStale,
    &route_set_out_of_band::RouteSetOutOfBand,
    &routes_inherited_by_env::RoutesInheritedByEnv,
    &service_binding_cycle::ServiceBindingCycle,
    &undeclared_route_overlap::UndeclaredRouteOverlap,
    &var_points_at_route::VarPointsAtRoute,
    &wildcard_over_custom_domain::WildcardOverCustomDomain,
    &worker_name_claimed_twice::WorkerNameClaimedTwice,
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
