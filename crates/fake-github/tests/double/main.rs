//! The double, seen by its clients.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "the helpers of tests may end a test as the tests themselves may"
)]

mod answers;
mod client;
mod faults;
mod git;
mod program;
mod refusals;
mod requests;
