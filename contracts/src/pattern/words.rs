//! The texts of an automaton, shortest and friendliest first.
#![expect(clippy::indexing_slicing, reason = "states and classes are numbered by the automaton")]

use std::collections::BTreeSet;

use super::{
    TooBig,
    automaton::{Automaton, State, StateSet},
    friendly::{Friendliness, Letters},
};

/// How many states one question may meet.
const WORK: usize = 40_000_000;

/// How many machine words the tables of one question may take.
const MEMORY: usize = 4_000_000;

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
    let mut exits: Vec<usize> = vec![0; automaton.states()];
    for (idx, next) in automaton.table.iter().enumerate() {
        exits[idx / automaton.alphabet.classes()] += usize::from(live.contains(*next));
    }
    let ends = |state: &State| live.contains(*state) && exits[*state as usize] == 0;
    let mut stack: Vec<State> = automaton.state_ids().filter(ends).collect();
    let mut peeled = 0;
    while let Some(state) = stack.pop() {
        peeled += 1;
        for source in &walk.sources[state as usize] {
            let edges = automaton.row(*source).iter().filter(|next| **next == state).count();
            exits[*source as usize] -= edges;
            stack.extend((exits[*source as usize] == 0).then_some(*source));
        }
    }
    peeled < live.len()
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
        let mut reached = StateSet::none_of(automaton.states());
        reached.insert(0);
        let mut stack = vec![0];
        while let Some(state) = stack.pop() {
            let row = automaton.row(state);
            let mut seen: Vec<State> = letters.classes.iter().map(|class| row[*class]).collect();
            seen.sort_unstable();
            seen.dedup();
            for next in seen {
                sources[next as usize].push(state);
                stack.extend(reached.insert(next).then_some(next));
            }
        }
        Self { automaton, letters, sources }
    }

    fn texts(&self, question: Question) -> Result<Vec<String>, TooBig> {
        let mut found = Vec::new();
        let accepting = self.automaton.accepting_states();
        let mut level = StateSet::none_of(self.automaton.states());
        let mut members: Vec<State> = accepting.filter(|state| level.insert(*state)).collect();
        let mut levels: Vec<StateSet> = Vec::new();
        let (mut spent, mut memory) = (0, 0);
        while !members.is_empty() {
            spent += members.len() + level.width();
            memory += level.width();
            levels.push(level);
            let length = levels.len() - 1;
            if length as u64 >= question.least {
                self.spell(&levels, question.count, &mut found);
            }
            if found.len() >= question.count || length as u64 >= question.most {
                break;
            }
            if spent > WORK || memory > MEMORY || length >= MAX_LENGTH {
                return Err(TooBig);
            }
            (level, members) = self.before(&members);
        }
        Ok(found)
    }

    /// The states one letter before these.
    fn before(&self, members: &[State]) -> (StateSet, Vec<State>) {
        let mut level = StateSet::none_of(self.automaton.states());
        let sources = members.iter().flat_map(|state| &self.sources[*state as usize]);
        let fresh = sources.copied().filter(|state| level.insert(*state)).collect();
        (level, fresh)
    }

    /// Adds the texts whose length is that of the last level, until there are `count` in all.
    fn spell(&self, levels: &[StateSet], count: usize, found: &mut Vec<String>) {
        let length = levels.len() - 1;
        if !levels[length].contains(0) {
            return;
        }
        // For each letter of the text, which of the letters in use it is; and the states between.
        let (mut choices, mut states): (Vec<usize>, Vec<State>) = (Vec::new(), vec![0]);
        let mut from = 0;
        while found.len() < count {
            if let Some((choice, next)) = self.choice(&states, from, levels) {
                choices.push(choice);
                states.push(next);
                from = 0;
                continue;
            }
            if choices.len() == length {
                found.push(choices.iter().map(|choice| self.letters.ordered[*choice].0).collect());
            }
            let Some(last) = choices.pop() else { return };
            states.pop();
            from = last + 1;
        }
    }

    /// The first letter from `from` on that leads to where the rest can be completed.
    fn choice(&self, states: &[State], from: usize, levels: &[StateSet]) -> Option<(usize, State)> {
        let goal = levels.len().checked_sub(states.len() + 1).and_then(|left| levels.get(left))?;
        let row = self.automaton.row(*states.last()?);
        let letters = self.letters.ordered.iter().enumerate().skip(from);
        letters.map(|(idx, (_, class))| (idx, row[*class])).find(|(_, next)| goal.contains(*next))
    }

    /// The states from which a text can be completed.
    fn live(&self) -> StateSet {
        let mut live = StateSet::none_of(self.automaton.states());
        let mut stack: Vec<State> =
            self.automaton.accepting_states().filter(|state| live.insert(*state)).collect();
        while let Some(state) = stack.pop() {
            let sources = self.sources[state as usize].iter().copied();
            stack.extend(sources.filter(|source| live.insert(*source)));
        }
        live
    }
}
