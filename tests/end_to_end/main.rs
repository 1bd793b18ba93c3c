//! The built binary against whole repositories: real git, real processes, no network.

mod answers;
mod base;
mod binary;
mod fences;
mod guides;
mod hook;
mod hostile_names;
mod journey;
mod offline;
mod output;
mod places;
mod repository;
mod secrets;
