//! From pairs of schemas to findings: one for each root cause (`contracts.md` §4.2 (9), §5.3).

mod asking;
mod class;
mod path;
mod place;
mod position;
mod tag;
mod telling;
mod text;
mod trial;
mod union;
mod walk;
mod words;

use std::collections::BTreeMap;

use crate::{
    Contract, Finding, Settings, Store, UndecidedPart,
    blame::{
        asking::Asking,
        telling::{Key, finding, key},
        trial::{Judged, Parties, judge},
    },
    compare::question::{Carriage, SchemaQuestion},
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
    let mut questions: Vec<_> = questions.iter().collect();
    questions.sort();
    let mut asking = Asking::new(store, base, head, settings);
    let mut court = Court::default();
    for question in questions {
        court.ask(&mut asking, question);
    }
    let n_schemas = court.judged.len();
    let findings = court.findings.into_values().collect();
    Blamed { findings, undecided: court.undecided.into_values().collect(), n_schemas }
}

/// Two schemas as they were asked once, wherever they are met.
type Asked = (crate::Direction, Vec<crate::Located>, Vec<crate::Located>, Carriage, bool);

#[derive(Default)]
struct Court {
    findings: BTreeMap<Key, Finding>,
    undecided: BTreeMap<String, UndecidedPart>,
    judged: BTreeMap<Asked, Vec<Key>>,
}

impl Court {
    fn ask(&mut self, asking: &mut Asking<'_>, question: &SchemaQuestion) {
        let asked = asked(asking, question);
        if let Some(known) = self.judged.get(&asked) {
            for key in known.clone() {
                self.reaches(&key, &question.operation);
            }
            return;
        }
        let Judged { causes, undecided } = judge(asking, question);
        let mut keys = Vec::new();
        for cause in &causes {
            let Some(key) = key(question, cause) else { continue };
            keys.push(key.clone());
            if self.findings.contains_key(&key) {
                self.reaches(&key, &question.operation);
            } else if let Some(found) = finding(asking, question, cause) {
                self.findings.insert(key, found);
            }
        }
        if let Some(reason) = undecided {
            let subject = format!("{} {}", question.operation, question.location);
            let detail = format!("whether every value is still taken there is not known: {reason}");
            let part = UndecidedPart { subject: subject.clone(), reason, detail };
            self.undecided.entry(subject).or_insert(part);
        }
        self.judged.insert(asked, keys);
    }

    fn reaches(&mut self, key: &Key, operation: &str) {
        let Some(known) = self.findings.get_mut(key) else { return };
        if let Err(idx) = known.operations.binary_search_by(|it| it.as_str().cmp(operation)) {
            known.operations.insert(idx, operation.to_owned());
        }
    }
}

fn asked(asking: &Asking<'_>, question: &SchemaQuestion) -> Asked {
    let parties = Parties::of(asking, question.direction);
    let sub = parties.root(asking, &parties.sub, question);
    let sup = parties.root(asking, &parties.sup, question);
    let is_path = question.location.starts_with("path.");
    let ends = |position: position::Position| {
        if position.parts.is_empty() { vec![position.near] } else { position.parts }
    };
    (question.direction, ends(sub), ends(sup), question.carriage.clone(), is_path)
}
