//! The gate `contract-gate`: what its rules share.
//!
//! Contracts of both revisions are found, paired, read and compared once per run
//! ([`Comparisons`]); the rules tell what belongs to them.

pub mod changelog;
mod comparing;
mod comparisons;
mod confirm;
mod consumers;
mod difference;
mod discovery;
mod files;
mod gone;
mod head;
pub mod import_oasdiff;
pub mod migrate;
mod pairs;
mod places;
pub(crate) mod predicate;
mod readable;
mod sunset;
mod telling;
mod unread;
mod witness;

use kernel::{Outcome, Stop};

pub use self::{
    comparing::{Compared, Judging, Read, compare_pair, read},
    comparisons::Comparisons,
    discovery::{ContractGlobs, may_be_read, service_of},
    files::{Kept, RepositoryFiles},
    unread::{UnreadContract, UnreadableContract},
};
pub(crate) use self::{
    files::content_id,
    readable::{ContractFiles, Readable},
};
use crate::context::Context;

/// What one rule of this gate saw.
pub(crate) fn outcome(cx: &Context<'_>, rule: contracts::Rule) -> Result<Outcome, Stop> {
    cx.base()?;
    cx.comparisons().outcome(rule)
}
