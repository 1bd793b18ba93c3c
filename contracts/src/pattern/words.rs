//! The texts of an automaton, shortest and friendliest first.
#![expect(clippy::indexing_slicing, reason = "states and classes are numbered by the automaton")]

use std::collections::BTreeSet;

use super::{
    TooBig,
    automaton::{Automaton, State},
    friendly::{Friendliness, Letters},
};

/// How many edges one question may walk, and how many machine words its tables may take.
const WORK: usize = 20_000_000;

/// Texts are not spelled out beyond it.
const MAX_LENGTH: usize = 1 << 20;

/// A readable text may be so much longer than the shortest.
const PATIENCE: u64 = 16;

/// Which texts are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    /// The least length, in letters.
    pub(super) least: u64,
    /// The greatest length.
    pub(super) most: u64,
    /// How many different texts.
    pub(super) count: usize,
}

/// Up to so many texts, printable ones first if they are hardly longer; fewer only if there are no more.
pub(super) fn texts(automaton: &Automaton, question: Question) -> Result<Vec<String>, TooBig> {
    if question.count == 0 {
        return Ok(Vec::new());
    }
    let shortest =
        Walk::new(automaton, Friendliness::Any, 1).texts(Question { count: 1, ..question })?;
    let Some(shortest) = shortest.into_iter().next() else { return Ok(Vec::new()) };
    if question.count == 1 && shortest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(vec![shortest]);
    }
    let length = shortest.chars().count() as u64;
    let near = Question { most: question.most.min(length.saturating_add(PATIENCE)), ..question };
    let runs =
        [(Friendliness::Plain, near), (Friendliness::Visible, near), (Friendliness::Any, question)];
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for (friendliness, question) in runs {
        if found.len() >= question.count {
            break;
        }
        let more = Walk::new(automaton, friendliness, question.count).texts(question)?;
        found.extend(more.into_iter().filter(|text| seen.insert(text.clone())));
    }
    found.truncate(question.count);
    Ok(found)
}

/// Whether there are endlessly many texts. All states must be reachable.
pub(super) fn is_infinite(automaton: &Automaton) -> bool {
    let walk = Walk::new(automaton, Friendliness::Any, 1);
    let live = walk.live();
    // Peel off the states from which nothing alive is left; what remains runs in circles.
    let alive = |state: &&State| live[**state as usize];
    let mut exits: Vec<usize> = Vec::with_capacity(live.len());
    for state in 0..state_id(live.len()) {
        exits.push(automaton.row(state).iter().filter(alive).count());
    }
    let mut stack: Vec<State> = (0..state_id(live.len()))
        .filter(|state| live[*state as usize] && exits[*state as usize] == 0)
        .collect();
    let mut peeled = stack.len();
    while let Some(state) = stack.pop() {
        for source in &walk.sources[state as usize] {
            let edges = automaton.row(*source).iter().filter(|next| **next == state).count();
            exits[*source as usize] -= edges;
            if exits[*source as usize] == 0 {
                stack.push(*source);
                peeled += 1;
            }
        }
    }
    peeled < live.iter().filter(|it| **it).count()
}

fn state_id(idx: usize) -> State {
    State::try_from(idx).unwrap_or(State::MAX)
}

/// The states from which a text of one exact length is left, as a bit for each.
type Level = Vec<u64>;

fn holds(level: &Level, state: State) -> bool {
    level[state as usize / 64] >> (state % 64) & 1 == 1
}

struct Walk<'a> {
    automaton: &'a Automaton,
    letters: Letters,
    /// For each reachable state, which reachable states lead there by a letter in use; each once.
    sources: Vec<Vec<State>>,
}

impl<'a> Walk<'a> {
    fn new(automaton: &'a Automaton, friendliness: Friendliness, count: usize) -> Self {
        let letters = Letters::of(&automaton.alphabet, friendliness, count);
        let mut sources: Vec<Vec<State>> = vec![Vec::new(); automaton.states()];
        let mut reached = vec![false; automaton.states()];
        reached[0] = true;
        let mut stack = vec![0];
        while let Some(state) = stack.pop() {
            let row = automaton.row(state);
            for next in letters.classes.iter().map(|class| row[*class]) {
                if sources[next as usize].last() != Some(&state) {
                    sources[next as usize].push(state);
                }
                if !std::mem::replace(&mut reached[next as usize], true) {
                    stack.push(next);
                }
            }
        }
        Self { automaton, letters, sources }
    }

    fn texts(&self, question: Question) -> Result<Vec<String>, TooBig> {
        let mut found = Vec::new();
        let accepting: Vec<State> = (0..)
            .zip(&self.automaton.accepting)
            .filter(|(_, accepting)| **accepting)
            .map(|(state, _)| state)
            .collect();
        let width = self.automaton.states().div_ceil(64);
        let mut levels: Vec<Level> = Vec::new();
        let mut members = accepting;
        let mut spent = 0;
        while !members.is_empty() {
            let mut level = vec![0; width];
            members.iter().for_each(|state| level[*state as usize / 64] |= 1 << (state % 64));
            levels.push(level);
            let length = levels.len() - 1;
            if length as u64 >= question.least && holds(&levels[length], 0) {
                self.spell(&levels, question.count, &mut found);
            }
            if found.len() >= question.count || length as u64 >= question.most {
                break;
            }
            if spent > WORK || levels.len() * width > WORK || length >= MAX_LENGTH {
                return Err(TooBig);
            }
            members = self.before(&members, &mut spent);
        }
        Ok(found)
    }

    /// The states one letter before these.
    fn before(&self, members: &[State], spent: &mut usize) -> Vec<State> {
        let mut level = vec![0_u64; self.automaton.states().div_ceil(64)];
        let mut sources = Vec::new();
        for state in members.iter().flat_map(|state| &self.sources[*state as usize]) {
            *spent += 1;
            if !holds(&level, *state) {
                level[*state as usize / 64] |= 1 << (state % 64);
                sources.push(*state);
            }
        }
        *spent += level.len() + members.len();
        sources
    }

    /// Adds the texts whose length is that of the last level, until there are `count` in all.
    fn spell(&self, levels: &[Level], count: usize, found: &mut Vec<String>) {
        let length = levels.len() - 1;
        // For each letter of the text, which of the letters in use it is; and the states before them.
        let (mut choices, mut states): (Vec<usize>, Vec<State>) = (Vec::new(), vec![0]);
        let mut from = 0;
        loop {
            if choices.len() == length {
                found.push(choices.iter().map(|choice| self.letters.ordered[*choice].0).collect());
                if found.len() >= count {
                    return;
                }
            } else if let Some((choice, next)) = self.choice(&states, from, levels) {
                choices.push(choice);
                states.push(next);
                from = 0;
                continue;
            }
            let Some(last) = choices.pop() else { return };
            states.pop();
            from = last + 1;
        }
    }

    /// The first letter from `from` on that leads to where the rest can be completed.
    fn choice(&self, states: &[State], from: usize, levels: &[Level]) -> Option<(usize, State)> {
        let goal = levels.len().checked_sub(states.len() + 1).and_then(|left| levels.get(left))?;
        let row = self.automaton.row(*states.last()?);
        let letters = self.letters.ordered.iter().enumerate().skip(from);
        letters.map(|(idx, (_, class))| (idx, row[*class])).find(|(_, next)| holds(goal, *next))
    }

    /// Whether a text can be completed from each state.
    fn live(&self) -> Vec<bool> {
        let mut live = self.automaton.accepting.clone();
        let mut stack: Vec<State> =
            (0..).zip(&live).filter(|(_, live)| **live).map(|(state, _)| state).collect();
        while let Some(state) = stack.pop() {
            for source in &self.sources[state as usize] {
                if !std::mem::replace(&mut live[*source as usize], true) {
                    stack.push(*source);
                }
            }
        }
        live
    }
}
