//! The names of members, cut into classes that some exact names and patterns cannot tell apart.
#![expect(clippy::indexing_slicing, reason = "states are numbered by the product")]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Language, TooBig,
    automaton::{Automaton, walk},
    words::{self, Question},
};

/// Names that are all treated alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The one name of the class, if it is one of the exact names.
    pub name: Option<String>,
    /// For each pattern, in the order in which they were given, whether it matches.
    pub matches: Vec<bool>,
    /// Some of its names, short and readable ones first; fewer than asked for only if there are no more.
    pub examples: Vec<String>,
    /// Whether there are endlessly many.
    pub is_infinite: bool,
}

/// Every class that has a name: first one for each exact name, then those of all other names, by what matches.
pub fn classes(
    names: &[&str],
    patterns: &[Language],
    examples: usize,
    budget: usize,
) -> Result<Vec<Class>, TooBig> {
    let exact: BTreeSet<&str> = names.iter().copied().collect();
    let mut all: Vec<Class> = exact
        .iter()
        .map(|name| Class {
            name: Some((*name).to_owned()),
            matches: patterns.iter().map(|pattern| pattern.contains(name)).collect(),
            examples: vec![(*name).to_owned()],
            is_infinite: false,
        })
        .collect();
    let automata: Vec<&Automaton> = patterns.iter().map(Language::automaton).collect();
    let product = walk(&automata, &vec![None; automata.len()], budget);
    if !product.complete {
        return Err(TooBig);
    }
    let mut ends: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for (state, tuple) in product.tuples.iter().enumerate() {
        let matches =
            automata.iter().zip(tuple).map(|(it, state)| it.accepting[*state as usize]).collect();
        ends.entry(matches).or_default().push(state);
    }
    let mut automaton = product.automaton;
    for (matches, states) in ends {
        automaton.accepting = vec![false; product.tuples.len()];
        for state in states {
            automaton.accepting[state] = true;
        }
        let found = others(&automaton, &exact, examples)?;
        let is_infinite = words::is_infinite(&automaton);
        if !found.is_empty() {
            all.push(Class { name: None, matches, examples: found, is_infinite });
        }
    }
    Ok(all)
}

/// Names besides the exact ones; the empty one last, since nobody likes it.
fn others(
    automaton: &Automaton,
    exact: &BTreeSet<&str>,
    examples: usize,
) -> Result<Vec<String>, TooBig> {
    let count = examples.max(1) + exact.len();
    let mut found = words::texts(automaton, Question { least: 1, most: u64::MAX, count })?;
    found.extend(words::texts(automaton, Question { least: 0, most: 0, count: 1 })?);
    found.retain(|name| !exact.contains(name.as_str()));
    found.truncate(examples.max(1));
    Ok(found)
}
