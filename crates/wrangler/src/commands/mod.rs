//! Deploy commands in shell text: which of them set routes that no file declares.
//!
//! A text is split into words, each simple command is freed of what runs it (`npx`, `pnpm exec`,
//! assignments, `cd … &&`), and what is left of `wrangler deploy`, `publish` and `triggers deploy`
//! is a [`Command`]. What it sets beside the files is told by [`Command::out_of_band`].
//!
//! Not looked into: scripts that the text calls, here-documents, and words that only the run knows,
//! but for their place in the command.

mod arguments;
mod evaluate;
mod folder;
mod launch;
mod scan;
mod sources;
mod words;

pub use crate::commands::{
    arguments::Command,
    evaluate::{OutOfBand, Surroundings},
    scan::{action_commands, deploy_commands},
    sources::{Form, Source, package_sources, workflow_sources},
};

/// The variable that gives a deployed script another name.
pub const OVERRIDE_NAME: &str = "WRANGLER_CI_OVERRIDE_NAME";
