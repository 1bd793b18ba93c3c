//! Whole contracts, compared: what breaks, for whom, and that the judge confirms it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test helpers outside of #[test] functions"
)]

#[path = "../random/mod.rs"]
mod random;
#[path = "../reading/texts/yaml.rs"]
mod yaml;

mod blame;
mod edits;
mod exchanges;
mod given;
mod growth;
mod mutations;
mod pairs;
mod reach;
mod real;
mod remarks;
mod rewrites;
mod support;
mod truths;
