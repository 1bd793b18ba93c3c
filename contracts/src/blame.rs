//! From pairs of schemas to findings: one for each root cause (`contracts.md` §4.2 (9), §5.3).

mod alternatives;
mod annotation;
mod asking;
mod beside;
mod carriage;
mod class;
mod court;
mod descent;
mod dropped;
mod fault;
mod heirs;
mod instance;
mod lists;
mod member;
mod numbers;
mod path;
mod place;
mod position;
mod promise;
mod reader;
mod remark;
mod tag;
mod tagged;
mod telling;
mod text;
mod told;
mod trial;
mod union;
mod unread;
mod walk;
mod witness;
mod words;

use crate::{
    Contract, Finding, Settings, Store, UndecidedPart,
    blame::{asking::Asking, court::Court, numbers::Numbers},
    compare::question::SchemaQuestion,
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
pub(crate) fn blame(
    store: &Store,
    base: &Contract,
    head: &Contract,
    settings: &Settings,
    questions: &[SchemaQuestion],
) -> Blamed {
    if questions.is_empty() {
        return Blamed::default();
    }
    let mut questions: Vec<_> = questions.iter().collect();
    questions.sort();
    let numbers = Numbers::default();
    let mut asking = Asking::new(store, (base, head), settings, &numbers);
    let mut court = Court::default();
    for question in questions {
        court.ask(&mut asking, question);
    }
    court.settle(&mut asking);
    let (mut findings, undecided, n_schemas) = court.close();
    findings.extend(fault::faults(&asking));
    Blamed { findings, undecided, n_schemas }
}
