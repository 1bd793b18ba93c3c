//! A pattern tree to the automaton of all texts that hold a match somewhere.
#![expect(clippy::indexing_slicing, reason = "steps, sets and classes are numbered here alone")]

use std::collections::BTreeMap;

use super::{
    Unsupported,
    automaton::{Automaton, State},
    letters::{Alphabet, LetterSet},
    minimal::minimal,
    property::word,
    syntax::{Assertion, Tree},
};

/// The automaton of a tree, with at most `budget` states before it is made small.
pub(super) fn automaton(tree: &Tree, budget: usize) -> Result<Automaton, Unsupported> {
    let steps = Steps::of(tree, budget)?;
    let mut sets = steps.sets.clone();
    if steps.asks_for_words {
        sets.push(word());
    }
    let (alphabet, members) =
        Alphabet::of_sets(&sets, budget.saturating_mul(100)).ok_or(Unsupported::TooBig)?;
    let mut word_classes = vec![false; alphabet.classes()];
    if steps.asks_for_words {
        members
            .iter()
            .last()
            .into_iter()
            .flatten()
            .for_each(|class| word_classes[*class as usize] = true);
    }
    let walk = Walk {
        steps: &steps,
        members: &members,
        word_classes,
        marks: vec![0; steps.list.len()],
        mark: 0,
    };
    Ok(minimal(&walk.run(alphabet, budget)?))
}

type StepId = u32;

/// A nondeterministic automaton.
enum Step {
    /// Reads a letter of a set.
    Read(usize, StepId),
    /// Goes on at both.
    Fork(StepId, StepId),
    /// Goes on where the assertion holds.
    Assert(Assertion, StepId),
    /// A match ends here; the rest of the text is free.
    Done,
}

struct Steps {
    list: Vec<Step>,
    sets: Vec<LetterSet>,
    known_sets: BTreeMap<LetterSet, usize>,
    asks_for_words: bool,
    start: StepId,
    limit: usize,
}

impl Steps {
    fn of(tree: &Tree, budget: usize) -> Result<Self, Unsupported> {
        let mut steps = Self {
            list: vec![Step::Done],
            sets: Vec::new(),
            known_sets: BTreeMap::new(),
            asks_for_words: false,
            start: 0,
            limit: budget.saturating_mul(4),
        };
        let body = steps.tree(tree, 0)?;
        // A search may start anywhere.
        steps.start = if is_anchored(tree) {
            body
        } else {
            steps.star(&Tree::Letter(LetterSet::all()), body)?
        };
        Ok(steps)
    }

    fn push(&mut self, step: Step) -> Result<StepId, Unsupported> {
        if self.list.len() >= self.limit {
            return Err(Unsupported::TooBig);
        }
        self.list.push(step);
        StepId::try_from(self.list.len() - 1).map_err(|_| Unsupported::TooBig)
    }

    /// The steps of a tree, after which it goes on at `next`.
    fn tree(&mut self, tree: &Tree, next: StepId) -> Result<StepId, Unsupported> {
        match tree {
            // Whoever looks around is left out here: more texts than those of the pattern.
            Tree::Empty | Tree::Look(..) => Ok(next),
            Tree::Letter(set) => {
                let fresh = self.sets.len();
                let id = *self.known_sets.entry(set.clone()).or_insert(fresh);
                if id == fresh {
                    self.sets.push(set.clone());
                }
                self.push(Step::Read(id, next))
            }
            Tree::Assert(assertion) => {
                self.asks_for_words |=
                    matches!(assertion, Assertion::WordBoundary | Assertion::NoWordBoundary);
                self.push(Step::Assert(*assertion, next))
            }
            Tree::Sequence(terms) => {
                terms.iter().rev().try_fold(next, |next, term| self.tree(term, next))
            }
            Tree::Choice(branches) => {
                let mut starts = Vec::with_capacity(branches.len());
                for branch in branches {
                    starts.push(self.tree(branch, next)?);
                }
                let last = starts.pop().unwrap_or(next);
                starts
                    .into_iter()
                    .rev()
                    .try_fold(last, |rest, start| self.push(Step::Fork(start, rest)))
            }
            Tree::Repeat(body, least, most) => self.repeat(body, *least, *most, next),
        }
    }

    fn repeat(
        &mut self,
        body: &Tree,
        least: u32,
        most: Option<u32>,
        next: StepId,
    ) -> Result<StepId, Unsupported> {
        let mut start = match most {
            None => self.star(body, next)?,
            Some(most) => self.optional(body, most - least.min(most), next)?,
        };
        for _ in 0..least {
            let before = self.tree(body, start)?;
            // A body without steps is empty however often it is repeated.
            if before == start {
                break;
            }
            start = before;
        }
        Ok(start)
    }

    fn star(&mut self, body: &Tree, next: StepId) -> Result<StepId, Unsupported> {
        let fork = self.push(Step::Fork(next, next))?;
        let start = self.tree(body, fork)?;
        self.list[fork as usize] = Step::Fork(start, next);
        Ok(fork)
    }

    /// Up to so many times.
    fn optional(&mut self, body: &Tree, most: u32, next: StepId) -> Result<StepId, Unsupported> {
        let mut start = next;
        for _ in 0..most {
            let body_start = self.tree(body, start)?;
            if body_start == start {
                break;
            }
            start = self.push(Step::Fork(body_start, next))?;
        }
        Ok(start)
    }
}

/// Whether every match starts where the text does.
fn is_anchored(tree: &Tree) -> bool {
    match tree {
        Tree::Assert(assertion) => *assertion == Assertion::Start,
        Tree::Sequence(terms) => terms.iter().any(is_anchored),
        Tree::Choice(branches) => branches.iter().all(is_anchored),
        Tree::Repeat(body, least, _) => *least > 0 && is_anchored(body),
        Tree::Empty | Tree::Letter(_) | Tree::Look(..) => false,
    }
}

/// What stands beside a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// The end of the text, on this side.
    Edge,
    Word,
    Other,
}

impl Beside {
    fn of(is_word: bool) -> Self {
        if is_word { Self::Word } else { Self::Other }
    }
}

fn holds(assertion: Assertion, before: Beside, after: Beside) -> bool {
    match assertion {
        Assertion::Start => before == Beside::Edge,
        Assertion::End => after == Beside::Edge,
        Assertion::WordBoundary => (before == Beside::Word) != (after == Beside::Word),
        Assertion::NoWordBoundary => (before == Beside::Word) == (after == Beside::Word),
    }
}

/// The construction of subsets. A state is where the search may be, and what it has just read.
struct Walk<'a> {
    steps: &'a Steps,
    /// The classes of each set.
    members: &'a [Vec<u32>],
    word_classes: Vec<bool>,
    /// When each step was last met.
    marks: Vec<u32>,
    mark: u32,
}

type Key = (Beside, Vec<StepId>);

impl Walk<'_> {
    fn run(mut self, alphabet: Alphabet, budget: usize) -> Result<Automaton, Unsupported> {
        let start: Key = (Beside::Edge, vec![self.steps.start]);
        let mut known: BTreeMap<Key, State> = BTreeMap::from([(start.clone(), 0)]);
        let mut queue = vec![start];
        let (mut table, mut accepting): (Vec<State>, Vec<bool>) = (Vec::new(), Vec::new());
        // The work is bounded as well as the result: subsets may be large.
        let mut spent = 0;
        let mut position = 0;
        while position < queue.len() {
            let key = queue[position].clone();
            accepting.push(self.is_done(&key, Beside::Edge));
            for next in self.successors(&key, alphabet.classes(), &mut spent) {
                let fresh = State::try_from(queue.len()).unwrap_or(State::MAX);
                let state = *known.entry(next.clone()).or_insert(fresh);
                queue.extend((state == fresh).then_some(next));
                table.push(state);
            }
            if queue.len() > budget || spent > budget.saturating_mul(400) {
                return Err(Unsupported::TooBig);
            }
            position += 1;
        }
        Ok(Automaton { alphabet, table, accepting })
    }

    fn is_done(&mut self, key: &Key, after: Beside) -> bool {
        self.closure(key, after).is_none()
    }

    /// Which state each class leads to.
    fn successors(&mut self, key: &Key, classes: usize, spent: &mut usize) -> Vec<Key> {
        let kinds_of: Vec<Beside> = self.word_classes.iter().map(|it| Beside::of(*it)).collect();
        let mut targets: Vec<Key> = kinds_of.iter().map(|kind| (*kind, Vec::new())).collect();
        let kinds: &[Beside] = if self.steps.asks_for_words {
            &[Beside::Word, Beside::Other]
        } else {
            &[Beside::Other]
        };
        for kind in kinds {
            let Some(reads) = self.closure(key, *kind) else {
                // The step `Done` stays: whatever follows, the text is taken.
                let these = targets.iter_mut().filter(|target| target.0 == *kind);
                these.for_each(|target| *target = (Beside::Other, vec![0]));
                continue;
            };
            *spent += reads.len() + classes;
            for (set, next) in reads {
                *spent += self.members[set].len();
                let these =
                    self.members[set].iter().filter(|class| kinds_of[**class as usize] == *kind);
                these.for_each(|class| targets[*class as usize].1.push(next));
            }
        }
        for (_, steps) in &mut targets {
            steps.sort_unstable();
            steps.dedup();
        }
        targets
    }

    /// The letters that can be read next, if what follows is such; `None` if a match has ended.
    fn closure(&mut self, key: &Key, after: Beside) -> Option<Vec<(usize, StepId)>> {
        self.mark += 1;
        let mut reads = Vec::new();
        let mut stack: Vec<StepId> = key.1.iter().rev().copied().collect();
        while let Some(step) = stack.pop() {
            if std::mem::replace(&mut self.marks[step as usize], self.mark) == self.mark {
                continue;
            }
            match self.steps.list[step as usize] {
                Step::Done => return None,
                Step::Read(set, next) => reads.push((set, next)),
                Step::Fork(one, other) => stack.extend([other, one]),
                Step::Assert(assertion, next) => {
                    stack.extend(holds(assertion, key.0, after).then_some(next));
                }
            }
        }
        Some(reads)
    }
}
