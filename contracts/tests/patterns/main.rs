//! Patterns against another engine of ECMA-262, and the algebra of their languages against enumeration.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod algebra;
mod chance;
mod names;
mod oracle;
mod questions;
mod real;

use contracts::pattern::{DEFAULT_BUDGET, Language, Unsupported};

/// How many times the usual count; `PROOFMARK_SOAK` makes a test long.
#[expect(clippy::disallowed_methods, reason = "a soak is asked for by the environment")]
fn soak() -> usize {
    std::env::var("PROOFMARK_SOAK").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}

fn language(pattern: &str) -> Result<Language, Unsupported> {
    Language::of_pattern(pattern, DEFAULT_BUDGET)
}

fn known(pattern: &str) -> Language {
    language(pattern).unwrap_or_else(|error| panic!("`{pattern}`: {error}"))
}

/// All texts of up to so many letters.
fn texts(alphabet: &[char], most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..most {
        last = last
            .iter()
            .flat_map(|text| alphabet.iter().map(move |letter| format!("{text}{letter}")))
            .collect();
        all.extend(last.clone());
    }
    all
}
