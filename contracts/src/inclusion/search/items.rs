//! Arrays of one length: which item counts for what, and how all of them can differ.

use std::collections::{BTreeMap, BTreeSet};

use crate::inclusion::{
    constant::ConstantId,
    engine::{Inclusion, Reason},
    search::{FREE, Literal, Outcome, array::Items},
};

/// So many items with the literal, among those from an index on.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) literal: Literal,
    pub(super) from: u64,
    pub(super) min: u64,
    pub(super) max: Option<u64>,
}

/// Positions that are looked at one by one; beyond them, all get the same.
const MAX_POSITIONS: u64 = 400;

/// Two positions that hold one value.
type Pair = Option<(usize, usize)>;

/// An array of one length while it is laid out.
pub(super) struct Layout<'i> {
    items: &'i Items,
    length: u64,
    n_head: usize,
    pair: Pair,
    /// What each position has to fit, so far.
    goals: Vec<Vec<Literal>>,
    /// How often each counted literal was given to a position.
    counts: Vec<u64>,
    /// What is the case where no layout is found.
    missed: Outcome,
}

impl<'i> Layout<'i> {
    /// The items of an array of this length, or why there is none.
    pub(super) fn find(
        engine: &mut Inclusion<'_>,
        items: &'i Items,
        length: u64,
    ) -> Result<Option<Vec<ConstantId>>, Outcome> {
        let wanted = items.counted.iter().map(|it| it.min).fold(0, u64::saturating_add);
        let capped = items.counted.iter().filter_map(|it| it.max.filter(|max| *max <= 32));
        let spare =
            wanted.saturating_add(capped.sum()).saturating_add(if items.repeated { 2 } else { 0 });
        let n_head = length.min(items.first_alike().saturating_add(spare));
        if n_head > MAX_POSITIONS {
            return Err(Outcome::Unknown(Reason::Budget("positions")));
        }
        let n_head = usize::try_from(n_head).unwrap_or(0);
        let pairs: Vec<Pair> = if items.repeated {
            (1..n_head).flat_map(|later| (0..later).map(move |it| Some((it, later)))).collect()
        } else {
            vec![None]
        };
        let mut missed = Outcome::Empty(FREE);
        for pair in pairs {
            let counts = vec![0; items.counted.len()];
            let start = Outcome::Empty(FREE);
            let mut layout =
                Layout { items, length, n_head, pair, goals: Vec::new(), counts, missed: start };
            if let Some(found) = layout.lay(engine) {
                return Ok(Some(found));
            }
            missed = missed.or(layout.missed);
        }
        Err(missed)
    }

    fn lay(&mut self, engine: &mut Inclusion<'_>) -> Option<Vec<ConstantId>> {
        if !engine.spend(1) {
            self.missed = Outcome::Unknown(Reason::Budget("steps"));
            return None;
        }
        let idx = self.goals.len();
        let last = self.goals.len() == self.n_head;
        let rest = self.length - idx as u64;
        if last && rest == 0 {
            return self.is_counted().then(|| self.values(engine, 0)).flatten();
        }
        if let Some((first, later)) = self.pair
            && later == idx
        {
            let goal = self.goals.get(first).cloned().unwrap_or_default();
            return self.go_on(engine, goal, &[]);
        }
        let times = if last { rest } else { 1 };
        let mut demand = self.items.demand_at(idx as u64);
        let mut seen_at = idx as u64;
        if let Some((first, later)) = self.pair
            && first == idx
        {
            seen_at = later as u64;
            demand.extend(self.items.demand_at(seen_at));
        }
        for signs in self.signs(seen_at, times) {
            let mut goal = demand.clone();
            goal.extend(signs.iter().map(|it| it.1));
            match engine.inhabitant(goal.clone()) {
                Outcome::Value(_) => {}
                other => {
                    self.miss(other);
                    continue;
                }
            }
            let counted: Vec<(usize, u64)> = signs
                .iter()
                .filter(|it| it.2)
                .map(|it| (it.0, self.n_counted(it.0, idx, times)))
                .collect();
            let found = if last {
                self.end(engine, goal, &counted)
            } else {
                self.go_on(engine, goal, &counted)
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// How many of the positions that share a goal count.
    fn n_counted(&self, counted: usize, idx: usize, times: u64) -> u64 {
        let from = self.items.counted.get(counted).map_or(0, |it| it.from);
        let mut count = if idx as u64 >= from { times } else { 0 };
        if let Some((first, later)) = self.pair
            && first == idx
            && later as u64 >= from
        {
            count += 1;
        }
        count
    }

    fn go_on(
        &mut self,
        engine: &mut Inclusion<'_>,
        goal: Vec<Literal>,
        counted: &[(usize, u64)],
    ) -> Option<Vec<ConstantId>> {
        if !engine.has_room() {
            self.missed = Outcome::Unknown(Reason::Budget("depth"));
            return None;
        }
        self.add(counted);
        self.goals.push(goal);
        engine.depth += 1;
        let found = if self.is_within() { self.lay(engine) } else { None };
        engine.depth -= 1;
        self.goals.pop();
        self.take(counted);
        found
    }

    /// All positions that are left share one goal.
    fn end(
        &mut self,
        engine: &mut Inclusion<'_>,
        goal: Vec<Literal>,
        counted: &[(usize, u64)],
    ) -> Option<Vec<ConstantId>> {
        self.add(counted);
        let rest = self.length - self.goals.len() as u64;
        self.goals.push(goal);
        let fits = self.is_within() && self.is_counted();
        let found = if fits { self.values(engine, rest - 1) } else { None };
        self.goals.pop();
        self.take(counted);
        found
    }

    fn add(&mut self, counted: &[(usize, u64)]) {
        for (idx, times) in counted {
            if let Some(count) = self.counts.get_mut(*idx) {
                *count += times;
            }
        }
    }

    fn take(&mut self, counted: &[(usize, u64)]) {
        for (idx, times) in counted {
            if let Some(count) = self.counts.get_mut(*idx) {
                *count -= times;
            }
        }
    }

    fn is_within(&self) -> bool {
        let pairs = self.items.counted.iter().zip(&self.counts);
        pairs.into_iter().all(|(counted, count)| counted.max.is_none_or(|max| *count <= max))
    }

    fn is_counted(&self) -> bool {
        self.items.counted.iter().zip(&self.counts).all(|(counted, count)| *count >= counted.min)
    }

    /// All ways to say of a position for what it counts.
    fn signs(&self, idx: u64, times: u64) -> Vec<Vec<Sign>> {
        let mut all = vec![Vec::new()];
        for (at, counted) in self.items.counted.iter().enumerate() {
            let count = self.counts.get(at).copied().unwrap_or(0);
            if idx < counted.from {
                continue;
            }
            let is_missing = count < counted.min;
            let has_room = counted.max.is_none_or(|max| count + times <= max);
            let mut options = Vec::new();
            if counted.max.is_some() {
                options.push(Some((at, counted.literal.negated(), false)));
            } else {
                options.push(None);
            }
            if has_room && (is_missing || counted.max.is_some()) {
                options.push(Some((at, counted.literal, true)));
            }
            if is_missing {
                options.reverse();
            }
            let extended = all
                .iter()
                .flat_map(|signs: &Vec<Sign>| options.iter().map(move |it| with(signs, *it)));
            all = extended.collect();
            if all.len() > 4_096 {
                break;
            }
        }
        all
    }

    fn miss(&mut self, outcome: Outcome) {
        let missed = std::mem::replace(&mut self.missed, Outcome::Empty(FREE));
        self.missed = missed.or(outcome);
    }

    /// A value for each goal; the last one stands for some more positions.
    fn values(&mut self, engine: &mut Inclusion<'_>, n_more: u64) -> Option<Vec<ConstantId>> {
        let mut goals = self.goals.clone();
        let last = goals.last().cloned().unwrap_or_default();
        goals.extend((0..n_more).map(|_| last.clone()));
        if self.items.unique {
            return self.distinct(engine, goals);
        }
        let mut values = Vec::with_capacity(goals.len());
        for goal in goals {
            match engine.inhabitant(goal) {
                Outcome::Value(value) => values.push(value),
                other => {
                    self.miss(other);
                    return None;
                }
            }
        }
        Some(values)
    }

    /// Different values for all goals: each goal is asked for as many values as there are
    /// positions, which is enough to match them.
    fn distinct(
        &mut self,
        engine: &mut Inclusion<'_>,
        mut goals: Vec<Vec<Literal>>,
    ) -> Option<Vec<ConstantId>> {
        let needed = goals.len();
        let mut options: BTreeMap<Vec<Literal>, Vec<ConstantId>> = BTreeMap::new();
        for goal in &mut goals {
            goal.sort_unstable();
            goal.dedup();
            if !options.contains_key(goal) {
                let found = self.some_values(engine, goal, needed);
                options.insert(goal.clone(), found);
            }
        }
        let of_positions: Vec<&[ConstantId]> =
            goals.iter().map(|it| options.get(it).map_or(&[][..], Vec::as_slice)).collect();
        matching(&of_positions)
    }

    fn some_values(
        &mut self,
        engine: &mut Inclusion<'_>,
        goal: &[Literal],
        count: usize,
    ) -> Vec<ConstantId> {
        let mut found = Vec::new();
        while found.len() < count {
            let mut literals = goal.to_vec();
            if !found.is_empty() {
                let taken = engine.lowering.schemas.constants(found.clone());
                literals.push(Literal::fits_not(taken));
            }
            match engine.inhabitant(literals) {
                Outcome::Value(value) => found.push(value),
                other => {
                    self.miss(other);
                    break;
                }
            }
        }
        found
    }
}

/// Index, literal, whether it counts.
type Sign = (usize, Literal, bool);

fn with(signs: &[Sign], sign: Option<Sign>) -> Vec<Sign> {
    signs.iter().copied().chain(sign).collect()
}

/// A different option for each position.
fn matching(options: &[&[ConstantId]]) -> Option<Vec<ConstantId>> {
    let mut owner: BTreeMap<ConstantId, usize> = BTreeMap::new();
    for position in 0..options.len() {
        let mut tried = BTreeSet::new();
        if !place(options, position, &mut owner, &mut tried) {
            return None;
        }
    }
    let mut values: Vec<Option<ConstantId>> = vec![None; options.len()];
    for (value, position) in owner {
        if let Some(slot) = values.get_mut(position) {
            *slot = Some(value);
        }
    }
    values.into_iter().collect()
}

fn place(
    options: &[&[ConstantId]],
    position: usize,
    owner: &mut BTreeMap<ConstantId, usize>,
    tried: &mut BTreeSet<ConstantId>,
) -> bool {
    for value in options.get(position).copied().unwrap_or_default() {
        if !tried.insert(*value) {
            continue;
        }
        let free = match owner.get(value).copied() {
            None => true,
            Some(other) => place(options, other, owner, tried),
        };
        if free {
            owner.insert(*value, position);
            return true;
        }
    }
    false
}
