//! Proofs: the sealed record of a gate's verdicts and of all that they rest on.
//!
//! A proof is a pair of files: an in-toto statement in canonical form, and a text for people that
//! names the statement's digest. Neither is signed; who made them, and when, is a claim until
//! `actions/attest` signs it.

mod form;
mod inputs;
mod statement;
mod store;
mod text;
mod verify;

pub(crate) use self::form::Form;
pub use self::{
    form::{named, policy_digest},
    inputs::Inputs,
    statement::{Sealed, seal},
    store::{FOLDER, StoreError, newest, stems, write},
    text::render as render_text,
    verify::{Pair, Reason, Tree, Verified, VerifyError, verify},
};
