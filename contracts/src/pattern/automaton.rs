//! Deterministic automata over letters: the tables, products of them, and the smallest equal one.
#![expect(
    clippy::indexing_slicing,
    reason = "states and classes are numbered by the builders here alone"
)]

use std::collections::BTreeMap;

use super::letters::{Alphabet, number};

/// A state.
pub(super) type State = u32;

/// A complete deterministic automaton; it starts in state 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Automaton {
    pub(super) alphabet: Alphabet,
    /// For each state and class, row by row, where it leads.
    pub(super) table: Vec<State>,
    /// For each state whether a text may end there.
    pub(super) accepting: Vec<bool>,
}

impl Automaton {
    /// Takes every text, or none.
    pub(super) fn constant(everything: bool) -> Self {
        Self { alphabet: Alphabet::single(), table: vec![0], accepting: vec![everything] }
    }

    pub(super) fn states(&self) -> usize {
        self.accepting.len()
    }

    pub(super) fn state_ids(&self) -> impl Iterator<Item = State> {
        0..State::try_from(self.states()).unwrap_or(State::MAX)
    }

    pub(super) fn accepting_states(&self) -> impl Iterator<Item = State> {
        self.state_ids().filter(|state| self.accepting[*state as usize])
    }

    pub(super) fn next(&self, state: State, class: usize) -> State {
        self.table[state as usize * self.alphabet.classes() + class]
    }

    pub(super) fn row(&self, state: State) -> &[State] {
        let classes = self.alphabet.classes();
        let start = state as usize * classes;
        &self.table[start..start + classes]
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        let end = text
            .chars()
            .fold(0, |state, letter| self.next(state, self.alphabet.class(number(letter))));
        self.accepting[end as usize]
    }

    pub(super) fn complement(mut self) -> Self {
        for accepting in &mut self.accepting {
            *accepting = !*accepting;
        }
        self
    }

    /// The state that nothing leaves and whose texts all are taken (or all refused), if there is one.
    fn sink(&self, taken: bool) -> Option<State> {
        let leads_home = |state: State| self.row(state).iter().all(|next| *next == state);
        (0..)
            .zip(&self.accepting)
            .find(|(state, accepting)| **accepting == taken && leads_home(*state))
            .map(|it| it.0)
    }
}

/// Some of the states.
#[derive(Clone)]
pub(super) struct StateSet(Vec<u64>);

impl StateSet {
    /// None of so many.
    pub(super) fn none_of(states: usize) -> Self {
        Self(vec![0; states.div_ceil(64)])
    }

    pub(super) fn contains(&self, state: State) -> bool {
        self.0[state as usize / 64] >> (state % 64) & 1 == 1
    }

    /// Adds a state; whether it is new.
    pub(super) fn insert(&mut self, state: State) -> bool {
        let is_new = !self.contains(state);
        self.0[state as usize / 64] |= 1 << (state % 64);
        is_new
    }

    /// How many machine words it takes.
    pub(super) fn width(&self) -> usize {
        self.0.len()
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

/// One conjunct of a product.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) automaton: &'a Automaton,
    /// Whether its texts are the ones that are looked for, or the others.
    pub(super) wanted: bool,
}

/// A product that was walked as far as the budget allowed.
pub(super) struct Product {
    pub(super) automaton: Automaton,
    /// Which state of each part a state stands for; empty for the sink of what is hopeless or unexplored.
    pub(super) tuples: Vec<Vec<State>>,
    /// Whether every state was walked; if not, texts may be missing, but those that are there are right.
    pub(super) complete: bool,
}

/// The texts that fit all parts.
pub(super) fn conjunction(parts: &[Part<'_>], budget: usize) -> Product {
    let hopeless: Vec<Option<State>> =
        parts.iter().map(|part| part.automaton.sink(!part.wanted)).collect();
    let automata: Vec<&Automaton> = parts.iter().map(|part| part.automaton).collect();
    let mut product = walk(&automata, &hopeless, budget);
    let fits = |tuple: &Vec<State>| {
        let ends = |(part, state): (&Part<'_>, &State)| {
            part.automaton.accepting[*state as usize] == part.wanted
        };
        tuple.len() == parts.len() && parts.iter().zip(tuple).all(ends)
    };
    product.automaton.accepting = product.tuples.iter().map(fits).collect();
    product
}

/// Walks automata side by side, in breadth. No state is accepting yet.
pub(super) fn walk(automata: &[&Automaton], hopeless: &[Option<State>], budget: usize) -> Product {
    let alphabets: Vec<&Alphabet> = automata.iter().map(|it| &it.alphabet).collect();
    let (alphabet, classes) = Alphabet::joint(&alphabets);
    // A row of the table has a cell for each class, so many classes leave fewer states.
    let budget = budget.min(budget.saturating_mul(200) / classes.len().max(1));
    let mut tuples: Vec<Vec<State>> = vec![vec![0; automata.len()]];
    let mut known: BTreeMap<Vec<State>, State> = BTreeMap::from([(tuples[0].clone(), 0)]);
    let mut table = Vec::new();
    let mut complete = true;
    let mut position = 0;
    while position < tuples.len() {
        for parts in &classes {
            let from = &tuples[position];
            let mut tuple: Vec<State> = automata
                .iter()
                .zip(from)
                .zip(parts)
                .map(|((it, state), class)| it.next(*state, *class))
                .collect();
            let lost = from.len() < automata.len()
                || tuple.iter().zip(hopeless).any(|(state, sink)| Some(*state) == *sink);
            if lost {
                tuple.clear();
            } else if tuples.len() >= budget && !known.contains_key(&tuple) {
                complete = false;
                tuple.clear();
            }
            let next = *known.entry(tuple).or_insert_with_key(|tuple| {
                tuples.push(tuple.clone());
                State::try_from(tuples.len() - 1).unwrap_or(State::MAX)
            });
            table.push(next);
        }
        position += 1;
    }
    let accepting = vec![false; tuples.len()];
    Product { automaton: Automaton { alphabet, table, accepting }, tuples, complete }
}
