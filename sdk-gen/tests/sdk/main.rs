//! Generated SDKs: they parse, they are what TypeScript itself would emit, and their guards say
//! what JSON Schema says.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "the whole crate is tests, and what is skipped is said aloud"
)]

mod agreement;
mod emit;
mod faults;
mod generated;
mod names;
mod operations;
mod peers;
mod random;
mod runtime;
mod sample;
mod syntax;
