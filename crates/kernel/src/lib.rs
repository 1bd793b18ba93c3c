//! The words every crate of ours speaks: no disk, no git, no network, no clock, no terminal.
//!
//! Start with [`Finding`]: it cannot be built without a [`Confirmed`] witness, and a witness is
//! confirmed only by replaying it.

mod canonical;
mod digest;
mod document;
mod finding;
mod fix;
mod node;
mod path;
mod place;
mod redact;
mod rule;
mod timestamp;
mod verdict;
mod waiver;
mod witness;

pub use crate::{
    canonical::{canonical_json, canonical_line},
    digest::{Digest, MalformedDigest},
    document::Document,
    finding::{Details, Finding, Related, Side},
    fix::Fix,
    node::{Entry, Kind, Node, Step, pointer},
    path::{MalformedPath, RepoPath, joined},
    place::{LineIndex, Place, Region, Span},
    redact::{looks_secret, redact, secrets},
    rule::{Level, Need, RuleInfo},
    timestamp::{MalformedTime, Timestamp, parse_date},
    verdict::{Outcome, Stop, Undecided, Verdict},
    waiver::Waiver,
    witness::{Confirmed, Refuted, Witness},
};

/// A calendar day, as waivers and allowances write it.
pub use jiff::civil::Date;
