//! From pairs of schemas to findings: one for each root cause (`contracts.md` §4.2 (9), §5.3).

mod class;
mod place;
mod position;
mod words;

use crate::{
    Finding, UndecidedPart,
    compare::question::{SchemaQuestion, Sight},
};

/// What the schemas of two revisions break.
#[derive(Debug, Default)]
pub(crate) struct Blamed {
    /// One finding for each root cause, unsorted.
    pub findings: Vec<Finding>,
    /// The schemas that could not be decided.
    pub undecided: Vec<UndecidedPart>,
    /// Pairs of schemas that were compared.
    pub n_schemas: usize,
}

/// What breaks, or else changes, between the schemas of these questions.
pub(crate) fn blame(_sight: &mut Sight<'_>, _questions: &[SchemaQuestion]) -> Blamed {
    Blamed::default()
}
