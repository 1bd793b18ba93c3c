//! Inclusion against other judges: the corpus, enumeration of small values, and rewritings.

#[path = "../random/mod.rs"]
mod random;

mod claims;
mod corpus;
mod enumeration;
mod generate;
mod rewriting;
mod validator;
