//! Union, intersection, complement and the shortest texts, against enumeration.

use std::collections::BTreeSet;

use contracts::pattern::{DEFAULT_BUDGET, Language};

use crate::{
    chance::{Chance, pattern},
    language, soak, texts,
};

/// What the algebra says of random languages is what enumeration says.
fn fuzzed_algebra(seed: u64, count: usize) {
    let mut chance = Chance(seed);
    let samples = texts(&['a', 'b', '-'], 4);
    let mut made = Vec::new();
    while made.len() < count {
        let depth = 1 + chance.below(3);
        made.extend(language(&pattern(&mut chance, depth)).ok());
    }
    for pair in made.windows(2) {
        let [one, other] = pair else { continue };
        let both = one.intersect(other, DEFAULT_BUDGET).unwrap();
        let either = one.union(other, DEFAULT_BUDGET).unwrap();
        let rest = one.minus(other, DEFAULT_BUDGET).unwrap();
        let not = one.complement();
        for text in &samples {
            let (here, there) = (one.contains(text), other.contains(text));
            assert_eq!(both.contains(text), here && there, "seed {seed}: {text:?}");
            assert_eq!(either.contains(text), here || there, "seed {seed}: {text:?}");
            assert_eq!(rest.contains(text), here && !there, "seed {seed}: {text:?}");
            assert_eq!(not.contains(text), !here, "seed {seed}: {text:?}");
        }
        assert_eq!(&not.complement(), one, "seed {seed}");
        assert_eq!(both.union(&rest, DEFAULT_BUDGET).unwrap(), *one, "seed {seed}");
        assert_eq!(
            either.complement(),
            not.intersect(&other.complement(), DEFAULT_BUDGET).unwrap(),
            "seed {seed}"
        );
        assert_eq!(one.is_subset(other, DEFAULT_BUDGET).unwrap(), rest.is_empty(), "seed {seed}");
        assert_eq!(
            one == other,
            rest.is_empty() && other.is_subset(one, DEFAULT_BUDGET).unwrap(),
            "seed {seed}"
        );
        spelled_as_enumerated(&rest, &samples, seed);
    }
}

fn spelled_as_enumerated(language: &Language, samples: &[String], seed: u64) {
    let shortest = language.shortest().unwrap();
    assert_eq!(shortest.is_none(), language.is_empty(), "seed {seed}");
    let expected: Vec<&String> = samples.iter().filter(|text| language.contains(text)).collect();
    if let Some(first) = expected.first() {
        let length = shortest.unwrap().chars().count();
        assert!(length <= first.chars().count(), "seed {seed}: {first:?}");
    }
    let many = language.shortest_many(40).unwrap();
    let different: BTreeSet<&String> = many.iter().collect();
    assert_eq!(different.len(), many.len(), "seed {seed}: {many:?}");
    assert!(many.iter().all(|text| language.contains(text)), "seed {seed}: {many:?}");
    if many.len() < 40 {
        assert!(!language.is_infinite(), "seed {seed}: {many:?}");
        assert!(expected.iter().all(|text| many.contains(text)), "seed {seed}: {many:?}");
        assert_eq!(language.finite(39).unwrap().unwrap().len(), many.len(), "seed {seed}");
    }
}

#[test]
fn the_algebra_is_that_of_sets() {
    fuzzed_algebra(7, 500 * soak());
}
