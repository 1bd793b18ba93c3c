//! Inclusion against other judges: the corpus, enumeration of small values, and rewritings.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::excessive_nesting,
    clippy::print_stdout,
    reason = "tables of cases, written for reading; a test stops where it fails, and says so"
)]

#[path = "../random/mod.rs"]
mod random;

mod claims;
mod corpus;
mod enumeration;
mod generate;
mod rewriting;
mod validator;
