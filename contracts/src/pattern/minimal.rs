//! The smallest automaton of a language, in one form: equal languages give equal tables.
#![expect(clippy::indexing_slicing, reason = "states, blocks and classes are numbered here alone")]

use std::collections::BTreeMap;

use super::automaton::{Automaton, State};

/// The smallest equal automaton; states and classes are numbered by the order in which they are met.
pub(super) fn minimal(automaton: &Automaton) -> Automaton {
    let reachable = restricted_to_reachable(automaton);
    let blocks = Partition::of(&reachable).refined(&reachable);
    canonical(&reachable, &blocks)
}

/// Drops the states that nothing leads to.
fn restricted_to_reachable(automaton: &Automaton) -> Automaton {
    let mut names = vec![State::MAX; automaton.states()];
    let mut order: Vec<State> = vec![0];
    names[0] = 0;
    let mut position = 0;
    while position < order.len() {
        for &next in automaton.row(order[position]) {
            let fresh = State::try_from(order.len()).unwrap_or(State::MAX);
            let name = &mut names[next as usize];
            *name = fresh.min(*name);
            order.extend((*name == fresh).then_some(next));
        }
        position += 1;
    }
    Automaton {
        alphabet: automaton.alphabet.clone(),
        table: order
            .iter()
            .flat_map(|state| automaton.row(*state))
            .map(|next| names[*next as usize])
            .collect(),
        accepting: order.iter().map(|state| automaton.accepting[*state as usize]).collect(),
    }
}

/// States in blocks, which Hopcroft's algorithm splits until no letter tells the members of one apart.
struct Partition {
    /// The states, block by block.
    order: Vec<State>,
    /// Where each state is in `order`.
    place: Vec<usize>,
    /// The block of each state.
    block: Vec<usize>,
    /// Start and end of each block in `order`.
    spans: Vec<(usize, usize)>,
    /// How many members of each block are marked; they stand at its front.
    marked: Vec<usize>,
}

impl Partition {
    fn of(automaton: &Automaton) -> Self {
        let ids = || 0..State::try_from(automaton.states()).unwrap_or(State::MAX);
        let (taken, refused): (Vec<State>, Vec<State>) =
            ids().partition(|state| automaton.accepting[*state as usize]);
        let first = taken.len();
        let order: Vec<State> = taken.into_iter().chain(refused).collect();
        let mut place = vec![0; order.len()];
        for (idx, state) in order.iter().enumerate() {
            place[*state as usize] = idx;
        }
        let spans: Vec<(usize, usize)> = [(0, first), (first, order.len())]
            .into_iter()
            .filter(|(start, end)| start < end)
            .collect();
        let mut block = vec![0; order.len()];
        for (idx, (start, end)) in spans.iter().enumerate() {
            order[*start..*end].iter().for_each(|state| block[*state as usize] = idx);
        }
        let marked = vec![0; spans.len()];
        Self { order, place, block, spans, marked }
    }

    fn refined(mut self, automaton: &Automaton) -> Vec<usize> {
        let classes = automaton.alphabet.classes();
        let backwards = Backwards::of(automaton);
        let mut waiting: Vec<(usize, usize)> = (0..self.spans.len())
            .flat_map(|block| (0..classes).map(move |class| (block, class)))
            .collect();
        let mut touched = Vec::new();
        while let Some((splitter, class)) = waiting.pop() {
            let (start, end) = self.spans[splitter];
            let members: Vec<State> = self.order[start..end].to_vec();
            for state in members.into_iter().flat_map(|it| backwards.leading_to(it, class)) {
                self.mark(*state, &mut touched);
            }
            for block in touched.drain(..) {
                // The fresh block is never the larger one, so each state waits but log n times.
                let fresh = self.split(block).into_iter();
                waiting
                    .extend(fresh.flat_map(|fresh| (0..classes).map(move |class| (fresh, class))));
            }
        }
        self.block
    }

    fn mark(&mut self, state: State, touched: &mut Vec<usize>) {
        let block = self.block[state as usize];
        let (here, front) = (self.place[state as usize], self.spans[block].0 + self.marked[block]);
        if here < front {
            return;
        }
        if self.marked[block] == 0 {
            touched.push(block);
        }
        let other = self.order[front];
        self.order.swap(here, front);
        self.place[state as usize] = front;
        self.place[other as usize] = here;
        self.marked[block] += 1;
    }

    /// Parts the marked members of a block from the others; the smaller side becomes a block of its own.
    fn split(&mut self, block: usize) -> Option<usize> {
        let marked = std::mem::take(&mut self.marked[block]);
        let (start, end) = self.spans[block];
        if marked == end - start {
            return None;
        }
        let middle = start + marked;
        let (kept, moved) = if marked <= end - middle {
            ((middle, end), (start, middle))
        } else {
            ((start, middle), (middle, end))
        };
        let fresh = self.spans.len();
        self.spans[block] = kept;
        self.spans.push(moved);
        self.marked.push(0);
        for idx in moved.0..moved.1 {
            self.block[self.order[idx] as usize] = fresh;
        }
        Some(fresh)
    }
}

/// For each state and class, which states lead there.
struct Backwards {
    starts: Vec<usize>,
    sources: Vec<State>,
    classes: usize,
}

impl Backwards {
    fn of(automaton: &Automaton) -> Self {
        let classes = automaton.alphabet.classes();
        let mut starts = vec![0; automaton.states() * classes + 1];
        for (idx, next) in automaton.table.iter().enumerate() {
            starts[*next as usize * classes + idx % classes + 1] += 1;
        }
        for idx in 1..starts.len() {
            starts[idx] += starts[idx - 1];
        }
        let mut cursor = starts.clone();
        let mut sources = vec![0; automaton.table.len()];
        for (idx, next) in automaton.table.iter().enumerate() {
            let slot = &mut cursor[*next as usize * classes + idx % classes];
            sources[*slot] = State::try_from(idx / classes).unwrap_or(State::MAX);
            *slot += 1;
        }
        Self { starts, sources, classes }
    }

    fn leading_to(&self, state: State, class: usize) -> &[State] {
        let idx = state as usize * self.classes + class;
        &self.sources[self.starts[idx]..self.starts[idx + 1]]
    }
}

/// One state for each block, one class for each distinct column, both numbered in the order of discovery.
fn canonical(automaton: &Automaton, blocks: &[usize]) -> Automaton {
    let count = blocks.iter().max().map_or(0, |largest| largest + 1);
    let mut members = vec![State::MAX; count];
    for (state, block) in (0..).zip(blocks) {
        members[*block] = members[*block].min(state);
    }
    let letter_column = |class: usize| -> Vec<usize> {
        members.iter().map(|state| blocks[automaton.next(*state, class) as usize]).collect()
    };
    let mut columns: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut known: Vec<Option<usize>> = vec![None; automaton.alphabet.classes()];
    let mut kept = Vec::new();
    // By the order of letters, so that the names do not depend on how the classes were found.
    for (_, _, class) in automaton.alphabet.intervals() {
        if known[class].is_some() {
            continue;
        }
        let fresh = columns.len();
        let name = *columns.entry(letter_column(class)).or_insert(fresh);
        if name == fresh {
            kept.push(class);
        }
        known[class] = Some(name);
    }
    let names: Vec<usize> = known.into_iter().map(Option::unwrap_or_default).collect();
    let table = members
        .iter()
        .flat_map(|state| kept.iter().map(|class| blocks[automaton.next(*state, *class) as usize]))
        .map(|block| State::try_from(block).unwrap_or(State::MAX))
        .collect();
    let start = blocks[0];
    let merged = Automaton {
        alphabet: automaton.alphabet.renamed(&names),
        table,
        accepting: members.iter().map(|state| automaton.accepting[*state as usize]).collect(),
    };
    restricted_to_reachable(&started_at(merged, start))
}

/// Exchanges the names of state 0 and of the state that is to be the start.
fn started_at(mut automaton: Automaton, start: usize) -> Automaton {
    let classes = automaton.alphabet.classes();
    let start_state = State::try_from(start).unwrap_or(State::MAX);
    for class in 0..classes {
        automaton.table.swap(class, start * classes + class);
    }
    automaton.accepting.swap(0, start);
    for next in &mut automaton.table {
        *next = match *next {
            0 => start_state,
            state if state == start_state => 0,
            state => state,
        };
    }
    automaton
}
