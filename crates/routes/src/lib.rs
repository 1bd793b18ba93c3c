//! Route patterns of Cloudflare Workers: what they take, which one wins, and the URL in two of them.
//!
//! Values in, values out. A [`Pattern`] is valid because it exists; a [`RouteTable`] answers who
//! comes first ([`RouteTable::order`]), what is never reached ([`RouteTable::dead`]) and which
//! routes of two owners meet ([`RouteTable::pairs`]). The [`judge`] checks such answers again, by
//! other means.

mod cells;
mod class;
mod dead;
mod domain;
mod forest;
#[doc(hidden)]
pub mod fuzz;
mod host;
mod intersection;
pub mod judge;
mod path;
mod pattern;
mod refusal;
mod request;
mod scheme;
mod table;
mod twins;

pub use crate::{
    class::{Budget, Pair, Pairs, Signed},
    dead::{Dead, Killers},
    domain::{CustomDomain, HostPattern, lies_in_zone},
    host::HostSet,
    intersection::{Intersection, contains, overlap},
    path::PathSet,
    pattern::Pattern,
    refusal::Refusal,
    request::{NotHttp, Url},
    scheme::{Scheme, Schemes},
    table::{Owner, Route, RouteId, RouteTable},
    twins::Twins,
};
