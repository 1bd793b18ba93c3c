//! The gate `route-audit`: what its rules share.

mod allowances;
mod dead;
pub mod discovery;
mod domains;
mod fleet;
pub mod freshness;
mod intrusion;
pub mod live;
mod overlaps;
mod ownership;
pub mod predicate;
mod raw;
mod telling;
pub mod witness;
pub mod wording;

pub(crate) use self::raw::{clean_host, cut_scheme};
pub use self::{
    dead::Grave,
    domains::{Domain, Surface},
    fleet::{Claim, Fleet, Refused, Target, format_of, is_deployed, kind_name},
    overlaps::{Intrusion, Meeting, Overlaps, Told},
    ownership::{Answer, Ownership, RouteShown},
    raw::{RawClaim, Shape},
    telling::{MAX_COUNTED, max_findings},
    witness::ClaimShown,
};
