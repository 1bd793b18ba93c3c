//! The client against a model of GitHub, and what it writes under every fault.

#![expect(clippy::indexing_slicing, reason = "members of answers are asked for by name")]
#![expect(clippy::unwrap_used, reason = "all of this is a test")]

mod exactly_once;
mod faulty;
mod model;
mod operations;
mod over_http;
mod scenarios;
