//! Reading from outside: texts of every kind, real contracts, references over files.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says when it was skipped"
)]

mod bad_input;
mod json;
mod pairs;
mod places;
#[path = "../random/mod.rs"]
#[allow(dead_code, reason = "other tests draw more kinds of numbers")]
mod random;
mod references;
mod rows;
mod texts;
mod yaml;
