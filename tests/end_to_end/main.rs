//! The built binary against whole repositories: real git, real processes, no network.

#![expect(clippy::print_stdout, reason = "what is skipped is said aloud")]
#![expect(clippy::indexing_slicing, reason = "members of a JSON report are asked for by name")]

#[cfg(unix)]
mod act;
#[cfg(unix)]
mod actions;
#[cfg(unix)]
mod actions_tell;
mod answers;
mod base;
mod binary;
mod changelog;
mod contracts;
mod fences;
mod github;
mod guides;
mod hook;
mod hostile_names;
#[cfg(unix)]
mod installer;
#[cfg(unix)]
mod installer_refusals;
mod journey;
mod migration;
mod migration_places;
mod offline;
mod output;
mod places;
#[cfg(unix)]
mod release;
mod repository;
#[cfg(unix)]
mod runner;
mod sdk;
mod sdk_consumers;
mod sdk_gate;
mod secrets;
mod templates;
