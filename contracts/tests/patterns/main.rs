//! Patterns against another engine of ECMA-262, and the algebra of their languages against enumeration.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod algebra;
mod chance;
mod names;
mod oracle;
mod questions;
mod real;

use contracts::pattern::{DEFAULT_BUDGET, Language, Unsupported};

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
