//! The gate `route-audit`: what its rules share.

mod allowances;
pub mod binding_witness;
pub mod commands;
pub mod config_judge;
pub mod config_witness;
mod dead;
pub mod discovery;
mod domains;
mod exposure;
mod fleet;
pub mod freshness;
mod intrusion;
mod limited;
pub mod live;
mod overlaps;
mod ownership;
pub mod predicate;
mod raw;
pub mod static_rule_witness;
mod telling;
pub mod validate;
pub mod witness;
pub mod wording;

pub(crate) use self::raw::{clean_host, cut_scheme, is_host_name};
pub use self::{
    dead::Grave,
    domains::{Domain, Surface},
    exposure::{Exposure, exposures_of, fix_of, is_internal, unit_place},
    fleet::{Claim, Fleet, Refused, Target, format_of, is_deployed, kind_name},
    limited::Limited,
    overlaps::{Intrusion, Meeting, Overlaps, Told},
    ownership::{Answer, Ownership, RouteShown},
    raw::{RawClaim, Shape},
    telling::{MAX_COUNTED, max_findings},
    witness::ClaimShown,
};
