//! The gate `route-audit`: what its rules share.

pub mod binding_witness;
pub mod commands;
pub mod config_judge;
pub mod config_witness;
pub mod discovery;
mod fleet;
pub mod freshness;
mod limited;
pub mod live;
pub mod predicate;
pub mod static_rule_witness;
mod surfaces;
pub mod witness;
pub mod wording;

pub use self::{
    fleet::{Claim, Fleet, Refused, Target, format_of, is_deployed, kind_name},
    limited::Limited,
    surfaces::{Surface, fix_of, is_internal, surfaces_of, unit_place},
};
