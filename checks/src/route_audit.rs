//! The gate `route-audit`: what its rules share.

pub mod discovery;
mod fleet;
pub mod freshness;
pub mod live;
pub mod predicate;
pub mod validate;
pub mod witness;
pub mod wording;

pub use self::fleet::{Claim, Fleet, Refused, Target, format_of, is_deployed, kind_name};
