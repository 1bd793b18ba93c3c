//! Another engine, the crate `jsoncompat`: where it says something else, it is known why, and the
//! outside judge shows that the answer here is right.

use std::{
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
};

use contracts::{Answer, Dialect, includes};
use jsoncompat::{CompatibilityResult, Role, SchemaDocument, analyze_compat};
use serde_json::Value;

use crate::{
    corpus::rows,
    enumeration::{dialect, pair},
    generate::Words,
    modern::modern,
    random::{Random, factor, seed},
    validator::validator,
};

/// What the other engine says.
#[derive(Debug)]
enum Said {
    Included,
    NotIncluded(Value),
    /// It does not know, or does not take the schemas.
    Nothing,
}

fn asked(sub: &SchemaDocument, sup: &SchemaDocument) -> Said {
    // On some schemas it panics.
    let ask = || analyze_compat(sup, sub, Role::Serializer);
    match panic::catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(CompatibilityResult::Compatible)) => Said::Included,
        Ok(Ok(CompatibilityResult::Incompatible { counterexample, .. })) => {
            Said::NotIncluded(counterexample)
        }
        Ok(Ok(CompatibilityResult::Unknown { .. }) | Err(_)) | Err(_) => Said::Nothing,
    }
}

/// One question on which two engines give two answers.
struct Disagreement<'a> {
    dialect: Dialect,
    sub: &'a Value,
    sup: &'a Value,
    /// The value that one of them shows.
    value: &'a Value,
    /// Whether the other engine is the one that shows it.
    is_theirs: bool,
    documents: (&'a SchemaDocument, &'a SchemaDocument),
}

impl Disagreement<'_> {
    /// Whether the outside judge says that the value shows what it is meant to.
    fn is_shown(&self) -> bool {
        let valid = |schema| validator(self.dialect, schema).is_valid(self.value);
        valid(self.sub) && !valid(self.sup)
    }

    /// The same, asked of the validator of the other engine.
    fn is_shown_to_them(&self) -> bool {
        let valid = |it: &SchemaDocument| it.is_valid(self.value).unwrap_or(false);
        valid(self.documents.0) && !valid(self.documents.1)
    }
}

/// A known reason of theirs, which holds only where the outside judge sides with us.
struct Cause {
    name: &'static str,
    is_it: fn(&Disagreement) -> bool,
}

const CAUSES: &[Cause] = &[
    Cause {
        name: "their proof is contradicted by their own validator",
        is_it: |it| !it.is_theirs && it.is_shown() && it.is_shown_to_them(),
    },
    Cause {
        name: "their proof stands on another meaning of a keyword than the outside judge's",
        is_it: |it| !it.is_theirs && it.is_shown() && !it.is_shown_to_them(),
    },
    Cause {
        name: "their counterexample is none to the outside judge",
        is_it: |it| it.is_theirs && !it.is_shown() && it.is_shown_to_them(),
    },
];

#[derive(Default)]
struct Tally {
    agreed: usize,
    silent: usize,
    causes: BTreeMap<&'static str, usize>,
    unexplained: Vec<String>,
}

impl Tally {
    fn ask(&mut self, id: &str, dialect: Dialect, [sub, sup]: [&Value; 2]) {
        // They read 2020-12 only.
        let document = |it: &Value| SchemaDocument::from_json(&modern(dialect, it)).ok();
        let (Some(lesser), Some(greater)) = (document(sub), document(sup)) else {
            self.silent += 1;
            return;
        };
        let ours = includes(dialect, sub, sup).unwrap();
        let (value, is_theirs) = match (ours, asked(&lesser, &greater)) {
            (Answer::Undecided(_), _) | (_, Said::Nothing) => {
                self.silent += 1;
                return;
            }
            (Answer::Included, Said::Included) | (Answer::NotIncluded(_), Said::NotIncluded(_)) => {
                self.agreed += 1;
                return;
            }
            (Answer::Included, Said::NotIncluded(value)) => (value, true),
            (Answer::NotIncluded(value), Said::Included) => (value, false),
        };
        let documents = (&lesser, &greater);
        let found = Disagreement { dialect, sub, sup, value: &value, is_theirs, documents };
        if let Some(cause) = CAUSES.iter().find(|it| (it.is_it)(&found)) {
            *self.causes.entry(cause.name).or_default() += 1;
            return;
        }
        let whose = if is_theirs { "they" } else { "we" };
        self.unexplained.push(format!("{id}: {whose} show {value}: {sub} in {sup}"));
    }

    #[expect(clippy::print_stdout, reason = "a soak tells what it did")]
    fn check(self, name: &str) {
        let Self { agreed, silent, causes, unexplained } = self;
        println!("{name}: {agreed} agreed, {silent} not decided by both, explained {causes:?}");
        let some: Vec<_> = unexplained.iter().take(20).collect();
        assert!(unexplained.is_empty(), "{} unexplained: {some:#?}", unexplained.len());
        assert!(agreed > silent / 10, "{agreed} agreed, {silent} silent");
    }
}

/// All rows in the soak; the suite takes every so many.
fn check_rows(file: &str, step: usize) {
    let mut tally = Tally::default();
    let step = if factor() > 1 { 1 } else { step };
    let Some(rows) = rows(file) else { return };
    for row in rows.iter().step_by(step) {
        let dialect = Dialect::named(row["dialect"].as_str().unwrap()).unwrap();
        tally.ask(row["id"].as_str().unwrap(), dialect, [&row["sub"], &row["sup"]]);
    }
    tally.check(file);
}

#[test]
fn the_suite_is_answered_as_by_a_peer() {
    check_rows("cts.jsonl", 10);
}

#[test]
fn random_rows_are_answered_as_by_a_peer() {
    for dialect in ["2020-12", "draft4", "oas30"] {
        check_rows(&format!("random-{dialect}.jsonl"), 10);
    }
}

#[test]
fn real_rows_are_answered_as_by_a_peer() {
    check_rows("real.jsonl", 40);
}

#[test]
fn random_pairs_are_answered_as_by_a_peer() {
    let (count, start) = match factor() {
        1 => (50, 0),
        longer => (100 * longer as u64, seed()),
    };
    for words in [Words::Oas30, Words::Draft4, Words::Draft2020] {
        let mut tally = Tally::default();
        for idx in 0..count {
            let seed = start.wrapping_add(idx);
            let (one, other) = pair(&mut Random::new(seed), words);
            tally.ask(&format!("seed {seed}"), dialect(words), [&one, &other]);
            tally.ask(&format!("seed {seed} turned"), dialect(words), [&other, &one]);
        }
        tally.check(&format!("random pairs of {words:?} from seed {start}"));
    }
}
