//! What does not change the meaning of a schema changes no answer.

use contracts::{Answer, Dialect, includes};
use serde_json::{Value, json};

use crate::{
    generate::{Maker, Words, edited},
    random::{Random, factor},
};

fn verdict(sub: &Value, sup: &Value) -> Option<bool> {
    match includes(Dialect::Draft2020, sub, sup).unwrap() {
        Answer::Included => Some(true),
        Answer::NotIncluded(_) => Some(false),
        Answer::Undecided(_) => None,
    }
}

/// Rewritings that keep every value.
fn rewritings(schema: &Value) -> Vec<Value> {
    vec![
        json!({"not": {"not": schema}}),
        json!({"allOf": [schema]}),
        json!({"anyOf": [schema]}),
        json!({"oneOf": [schema]}),
        json!({"anyOf": [schema, schema]}),
        json!({"allOf": [true, schema]}),
        json!({"oneOf": [schema, false]}),
        json!({"if": schema, "else": false}),
        json!({"$ref": "#/$defs/it", "$defs": {"it": schema}}),
    ]
}

fn pair(seed: u64) -> (Value, Value) {
    let mut random = Random::new(seed);
    let mut maker = Maker { random: &mut random, words: Words::Draft2020, refers: false };
    let sub = maker.document(2);
    let sup = edited(&mut maker, &sub);
    (sub, sup)
}

#[test]
fn every_schema_includes_itself() {
    for seed in 0..300 * factor() as u64 {
        let (schema, _) = pair(seed);
        for rewritten in rewritings(&schema) {
            assert_eq!(
                verdict(&schema, &rewritten),
                Some(true),
                "seed {seed}: {schema} {rewritten}"
            );
            assert_eq!(
                verdict(&rewritten, &schema),
                Some(true),
                "seed {seed}: {rewritten} {schema}"
            );
        }
    }
}

#[test]
fn rewriting_changes_no_answer() {
    for seed in 0..60 * factor() as u64 {
        let (sub, sup) = pair(seed);
        let expected = verdict(&sub, &sup);
        for (sub, sup) in rewritings(&sub).iter().zip(rewritings(&sup).iter().rev()) {
            assert_eq!(verdict(sub, sup), expected, "seed {seed}: {sub} in {sup}");
        }
    }
}

#[test]
fn inclusion_is_transitive() {
    let mut n_chains = 0;
    for seed in 0..300 * factor() as u64 {
        let mut random = Random::new(seed);
        let mut maker = Maker { random: &mut random, words: Words::Draft2020, refers: false };
        let first = maker.document(1);
        let second = edited(&mut maker, &first);
        let third = edited(&mut maker, &second);
        if verdict(&first, &second) == Some(true) && verdict(&second, &third) == Some(true) {
            n_chains += 1;
            assert_ne!(verdict(&first, &third), Some(false), "seed {seed}");
        }
    }
    assert!(n_chains > 20, "{n_chains} chains");
}
