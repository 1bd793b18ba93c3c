//! The registry: a rule is one folder and two lines here.

mod ambiguous_document;
mod bound_worker_public_by_default;
mod config_captured;
mod config_redirect_committed;
mod contract_added;
mod contract_removed;
mod contract_without_sdk;
mod credential_moved;
mod credentials_no_longer_enough;
mod custom_domain_claimed_twice;
mod dangling_service_binding;
mod default_changed;
mod discriminator_tag_lost;
mod enum_order_changed;
mod env_route_ignored;
mod error_status_added;
mod event_removed;
mod format_changed;
mod host_outside_zone;
mod input_array_narrowed;
mod input_number_narrowed;
mod input_property_refused;
mod input_property_required;
mod input_string_narrowed;
mod input_type_narrowed;
mod input_unread;
mod input_value_forbidden;
mod input_variant_refused;
mod input_widened;
mod internal_worker_exposed;
mod invalid_schema;
mod live_head_differs;
mod malformed_asset_rules;
mod malformed_pages_routes;
mod malformed_route;
mod misplaced_routing_key;
mod operation_added;
mod operation_deprecated;
mod operation_id_changed;
mod operation_removed;
mod operation_shadowed;
mod output_array_widened;
mod output_narrowed;
mod output_number_widened;
mod output_property_not_guaranteed;
mod output_property_removed;
mod output_property_unannounced;
mod output_string_widened;
mod output_type_widened;
mod output_value_unannounced;
mod output_variant_unannounced;
mod overlap_allowance_idle;
mod parameter_moved;
mod parameter_renamed;
mod parameter_required;
mod parameter_serialization_changed;
mod policy_weakened;
mod programmatic_config;
mod public_host_contested;
mod redundant_route;
mod request_body_required;
mod request_encoding_changed;
mod request_media_type_refused;
mod response_body_missing;
mod response_header_not_guaranteed;
mod response_media_type_unannounced;
mod response_status_unannounced;
mod response_success_removed;
mod route_claimed_twice;
mod route_limit_exceeded;
mod route_never_reached;
mod route_order_undocumented;
mod route_over_custom_domain;
mod route_proof_missing;
mod route_proof_stale;
mod route_set_out_of_band;
mod routes_inherited_by_env;
mod schema_name_changed;
mod sdk_consumer_broken;
mod sdk_contract_unreadable;
mod sdk_hand_edited;
mod sdk_keyword_unguarded;
mod sdk_name_collision;
mod sdk_out_of_date;
mod sdk_without_contract;
mod server_removed;
mod service_binding_cycle;
mod stability_lowered;
mod success_type_changed;
mod sunset_missing;
mod sunset_too_soon;
mod tag_changed;
mod text_changed;
mod undeclared_route_overlap;
mod unknown_config_key;
mod unreadable_document;
mod var_points_at_route;
mod version_not_raised;
mod waiver_expired;
mod waiver_idle;
mod waiver_incomplete;
mod waiver_too_long;
mod wildcard_over_custom_domain;
mod worker_name_claimed_twice;

use crate::{config::RuleDefault, rule::Rule};

/// Every rule, by gate and id.
pub static RULES: &[&dyn Rule] = &[
    &ambiguous_document::AmbiguousDocument,
    &contract_added::ContractAdded,
    &contract_removed::ContractRemoved,
    &credential_moved::CredentialMoved,
    &credentials_no_longer_enough::CredentialsNoLongerEnough,
    &default_changed::DefaultChanged,
    &discriminator_tag_lost::DiscriminatorTagLost,
    &enum_order_changed::EnumOrderChanged,
    &error_status_added::ErrorStatusAdded,
    &event_removed::EventRemoved,
    &format_changed::FormatChanged,
    &input_array_narrowed::InputArrayNarrowed,
    &input_number_narrowed::InputNumberNarrowed,
    &input_property_refused::InputPropertyRefused,
    &input_property_required::InputPropertyRequired,
    &input_string_narrowed::InputStringNarrowed,
    &input_type_narrowed::InputTypeNarrowed,
    &input_unread::InputUnread,
    &input_value_forbidden::InputValueForbidden,
    &input_variant_refused::InputVariantRefused,
    &input_widened::InputWidened,
    &invalid_schema::InvalidSchema,
    &operation_added::OperationAdded,
    &operation_deprecated::OperationDeprecated,
    &operation_id_changed::OperationIdChanged,
    &operation_removed::OperationRemoved,
    &operation_shadowed::OperationShadowed,
    &output_array_widened::OutputArrayWidened,
    &output_narrowed::OutputNarrowed,
    &output_number_widened::OutputNumberWidened,
    &output_property_not_guaranteed::OutputPropertyNotGuaranteed,
    &output_property_removed::OutputPropertyRemoved,
    &output_property_unannounced::OutputPropertyUnannounced,
    &output_string_widened::OutputStringWidened,
    &output_type_widened::OutputTypeWidened,
    &output_value_unannounced::OutputValueUnannounced,
    &output_variant_unannounced::OutputVariantUnannounced,
    &parameter_moved::ParameterMoved,
    &parameter_renamed::ParameterRenamed,
    &parameter_required::ParameterRequired,
    &parameter_serialization_changed::ParameterSerializationChanged,
    &request_body_required::RequestBodyRequired,
    &request_encoding_changed::RequestEncodingChanged,
    &request_media_type_refused::RequestMediaTypeRefused,
    &response_body_missing::ResponseBodyMissing,
    &response_header_not_guaranteed::ResponseHeaderNotGuaranteed,
    &response_media_type_unannounced::ResponseMediaTypeUnannounced,
    &response_status_unannounced::ResponseStatusUnannounced,
    &response_success_removed::ResponseSuccessRemoved,
    &schema_name_changed::SchemaNameChanged,
    &server_removed::ServerRemoved,
    &stability_lowered::StabilityLowered,
    &success_type_changed::SuccessTypeChanged,
    &sunset_missing::SunsetMissing,
    &sunset_too_soon::SunsetTooSoon,
    &tag_changed::TagChanged,
    &text_changed::TextChanged,
    &version_not_raised::VersionNotRaised,
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
    &contract_without_sdk::ContractWithoutSdk,
    &sdk_consumer_broken::SdkConsumerBroken,
    &sdk_contract_unreadable::SdkContractUnreadable,
    &sdk_hand_edited::SdkHandEdited,
    &sdk_keyword_unguarded::SdkKeywordUnguarded,
    &sdk_name_collision::SdkNameCollision,
    &sdk_out_of_date::SdkOutOfDate,
    &sdk_without_contract::SdkWithoutContract,
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
