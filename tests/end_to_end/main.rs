//! The built binary against whole repositories: real git, real processes, no network.

#![expect(clippy::print_stdout, reason = "what is skipped is said aloud")]
#![expect(clippy::indexing_slicing, reason = "members of a JSON report are asked for by name")]

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
mod journey;
mod migration;
mod offline;
mod output;
mod places;
mod repository;
mod secrets;
