//! Inclusion against other judges: the corpus, enumeration of small values, another engine, and
//! rewritings.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the whole crate is tests")]

#[path = "../random/mod.rs"]
mod random;

mod circles;
mod claims;
mod corpus;
mod enumeration;
mod generate;
mod modern;
mod peer;
mod rewriting;
mod validator;
