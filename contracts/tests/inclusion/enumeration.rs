//! Random pairs of small schemas against enumeration: what `jsonschema` says of every value of a
//! finite domain.

use contracts::{Answer, Dialect, includes};
use serde_json::Value;

use crate::{
    generate::{Maker, Words, domain, edited},
    random::{Random, factor},
    validator::validator,
};

fn check(seed: u64, words: Words, undecided: &mut usize) {
    let mut random = Random::new(seed);
    let refers = random.percent(30);
    let depth = 1 + random.below(3);
    let mut maker = Maker { random: &mut random, words, refers };
    let sub = maker.document(depth);
    let sup =
        if maker.random.percent(65) { edited(&mut maker, &sub) } else { maker.document(depth) };
    let (sub, sup) = if maker.random.percent(50) { (sub, sup) } else { (sup, sub) };
    let dialect = match words {
        Words::Oas30 => Dialect::Oas30,
        Words::Draft4 => Dialect::Draft4,
        Words::Draft2020 => Dialect::Draft2020,
    };
    let answer = includes(dialect, &sub, &sup).unwrap();
    let (taking, receiving) = (validator(dialect, &sub), validator(dialect, &sup));
    let shows = |value: &Value| taking.is_valid(value) && !receiving.is_valid(value);
    match answer {
        Answer::Included => {
            let found = domain().into_iter().find(shows);
            assert_eq!(found, None, "seed {seed}: {sub} in {sup}");
        }
        Answer::NotIncluded(witness) => {
            assert!(shows(&witness), "seed {seed}: {witness} for {sub} in {sup}");
        }
        Answer::Undecided(_) => *undecided += 1,
    }
}

fn check_many(words: Words) {
    let count = 400 * factor();
    let start = 1_000_000 * factor() as u64;
    let mut undecided = 0;
    for seed in start..start + count as u64 {
        check(seed, words, &mut undecided);
    }
    assert!(undecided * 100 <= count, "{undecided} of {count} undecided");
}

#[test]
fn small_schemas_agree_with_enumeration_in_2020_12() {
    check_many(Words::Draft2020);
}

#[test]
fn small_schemas_agree_with_enumeration_in_draft_4() {
    check_many(Words::Draft4);
}

#[test]
fn small_schemas_agree_with_enumeration_in_openapi_3_0() {
    check_many(Words::Oas30);
}
