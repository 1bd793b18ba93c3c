//! Random pairs of small schemas against enumeration: what `jsonschema` says of every value of a
//! finite domain, and of values made of what the two schemas name.

use std::{collections::BTreeMap, fmt};

use contracts::{Answer, Dialect, includes};
use serde_json::Value;

use crate::{
    generate::{Maker, Words, built, domain, edited, named},
    random::{Random, factor, seed},
    validator::validator,
};

/// Pairs of one dialect in the suite, and for each time that the soak is longer.
const IN_SUITE: usize = 400;
const IN_SOAK: usize = 3_400;
/// Values besides the domain, for each pair.
const BUILT: usize = 40;

/// How many questions got which answer.
#[derive(Default)]
struct Tally {
    pairs: usize,
    included: usize,
    not_included: usize,
    undecided: BTreeMap<String, usize>,
    wrong: Vec<String>,
}

impl Tally {
    fn n_undecided(&self) -> usize {
        self.undecided.values().sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pairs, included, not_included, undecided, wrong } = self;
        write!(out, "{pairs} pairs asked both ways: {included} included, {not_included} not, ")?;
        let n_undecided = self.n_undecided();
        write!(out, "{n_undecided} undecided {undecided:?}, {} wrong", wrong.len())?;
        wrong.iter().take(10).try_for_each(|it| write!(out, "\n  {it}"))
    }
}

/// The pair of a seed; half of them are near each other.
pub(crate) fn pair(random: &mut Random, words: Words) -> (Value, Value) {
    let refers = random.percent(30);
    let depth = 1 + random.below(3);
    let mut maker = Maker { random, words, refers };
    let one = maker.document(depth);
    let other =
        if maker.random.percent(65) { edited(&mut maker, &one) } else { maker.document(depth) };
    (one, other)
}

pub(crate) fn dialect(words: Words) -> Dialect {
    match words {
        Words::Oas30 => Dialect::Oas30,
        Words::Draft4 => Dialect::Draft4,
        Words::Draft2020 => Dialect::Draft2020,
    }
}

fn check(seed: u64, words: Words, tally: &mut Tally) {
    let mut random = Random::new(seed);
    let (one, other) = pair(&mut random, words);
    let dialect = dialect(words);
    let parts = named([&one, &other]);
    let more: Vec<Value> = (0..BUILT).map(|_| built(&mut random, &parts, 2)).collect();
    let validators = [validator(dialect, &one), validator(dialect, &other)];
    tally.pairs += 1;
    for ((sub, sup), (taking, receiving)) in [((&one, &other), (0, 1)), ((&other, &one), (1, 0))] {
        let (taking, receiving) = (&validators[taking], &validators[receiving]);
        let shows = |value: &&Value| taking.is_valid(value) && !receiving.is_valid(value);
        let fault = match includes(dialect, sub, sup).unwrap() {
            Answer::Included => {
                tally.included += 1;
                let mut values = domain().iter().chain(&parts).chain(&more);
                values.find(shows).map(|it| format!("included, but {it}"))
            }
            Answer::NotIncluded(witness) => {
                tally.not_included += 1;
                (!shows(&&witness)).then(|| format!("not included, by {witness}"))
            }
            Answer::Undecided(reason) => {
                *tally.undecided.entry(reason).or_default() += 1;
                None
            }
        };
        tally.wrong.extend(fault.map(|it| format!("seed {seed}: {it}: {sub} in {sup}")));
    }
}

#[expect(clippy::print_stdout, reason = "a soak tells what it did")]
fn check_many(words: Words) {
    let (count, start) = match factor() {
        1 => (IN_SUITE, 0),
        longer => (IN_SOAK * longer, seed()),
    };
    let mut tally = Tally::default();
    for idx in 0..count as u64 {
        check(start.wrapping_add(idx), words, &mut tally);
    }
    println!("{words:?} from seed {start}: {tally}");
    assert!(tally.wrong.is_empty(), "{tally}");
    assert!(tally.n_undecided() * 200 <= count * 2, "{tally}");
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
