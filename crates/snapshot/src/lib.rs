//! One revision of a repository: its paths at once, its documents on demand, with spans; and the
//! edits that keep every other byte.
//!
//! Start with [`Repository::open`], take a [`Snapshot`] of the work tree or of a commit, and ask it
//! for documents. Nothing of the repository is executed, no process is started, and nothing is
//! written: [`edit::apply`] turns one text into another.

mod attributes;
mod base;
mod convert;
pub mod edit;
mod error;
#[doc(hidden)]
pub mod fuzz;
mod git;
mod listing;
mod parse;
mod repository;
mod snapshot;

pub use crate::{
    base::Base,
    error::{DocumentError, Error, ReadError},
    parse::{Bounds, Format, SyntaxError, parse_jsonc, parse_toml, parse_yaml},
    repository::{CommitId, Repository, Revision},
    snapshot::{ContentId, EntryKind, Snapshot},
};
