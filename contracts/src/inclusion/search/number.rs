//! Numbers: an interval, multiples that are wanted, multiples and values that are not.

use std::collections::BTreeSet;

use crate::{
    decimal::Decimal,
    inclusion::{
        constant::{Constant, ConstantId},
        engine::{Inclusion, Reason},
        schema::Schema,
        search::{FREE, Outcome, state::State},
        types::TypeSet,
    },
};

/// How many candidates are tried one after the other.
const MAX_TRIES: usize = 20_000;

#[derive(Default)]
struct Interval {
    low: Option<(Decimal, bool)>,
    high: Option<(Decimal, bool)>,
}

#[derive(Default)]
struct Numbers {
    interval: Interval,
    step: Option<Decimal>,
    not_steps: Vec<Decimal>,
    without: BTreeSet<ConstantId>,
    is_too_big: bool,
}

impl Interval {
    fn raise(&mut self, bound: &Decimal, exclusive: bool) {
        let is_higher =
            |it: &(Decimal, bool)| *bound > it.0 || *bound == it.0 && exclusive && !it.1;
        if self.low.as_ref().is_none_or(is_higher) {
            self.low = Some((bound.clone(), exclusive));
        }
    }

    fn lower(&mut self, bound: &Decimal, exclusive: bool) {
        let is_lower = |it: &(Decimal, bool)| *bound < it.0 || *bound == it.0 && exclusive && !it.1;
        if self.high.as_ref().is_none_or(is_lower) {
            self.high = Some((bound.clone(), exclusive));
        }
    }

    fn contains(&self, number: &Decimal) -> bool {
        let above = |it: &(Decimal, bool)| *number > it.0 || *number == it.0 && !it.1;
        let below = |it: &(Decimal, bool)| *number < it.0 || *number == it.0 && !it.1;
        self.low.as_ref().is_none_or(above) && self.high.as_ref().is_none_or(below)
    }

    fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => low.0 > high.0 || low.0 == high.0 && (low.1 || high.1),
            _ => false,
        }
    }
}

impl Inclusion<'_> {
    pub(super) fn number(&mut self, state: &State) -> Outcome {
        let mut numbers = Numbers::default();
        if state.kind == TypeSet::INTEGER {
            numbers.step = Some(Decimal::one());
        } else {
            numbers.not_steps.push(Decimal::one());
        }
        for leaf in &state.leaves {
            numbers.read(self.lowering.schemas.get(leaf.schema()), leaf.is_positive());
        }
        if numbers.interval.is_empty() || numbers.excludes_its_step() {
            return Outcome::Empty(FREE);
        }
        if numbers.is_too_big {
            return Outcome::Unknown(Reason::Budget("number"));
        }
        match &numbers.step {
            Some(step) => self.multiple(&numbers, &step.clone()),
            None => self.fraction(&numbers),
        }
    }

    fn multiple(&mut self, numbers: &Numbers, step: &Decimal) -> Outcome {
        let Some(mut walk) = Walk::new(&numbers.interval, step) else {
            return Outcome::Unknown(Reason::Budget("number"));
        };
        for _ in 0..MAX_TRIES + numbers.without.len() {
            let Some(candidate) = walk.next() else { return Outcome::Empty(FREE) };
            self.spend(1);
            if let Some(found) = self.allowed(numbers, &candidate) {
                return Outcome::Value(found);
            }
        }
        Outcome::Unknown(Reason::Budget("number"))
    }

    fn allowed(&mut self, numbers: &Numbers, candidate: &Decimal) -> Option<ConstantId> {
        if numbers.not_steps.iter().any(|it| candidate.is_multiple_of(it)) {
            return None;
        }
        let id = self.lowering.schemas.constants.keep(Constant::Number(candidate.clone()));
        let fits = numbers.interval.contains(candidate) && !numbers.without.contains(&id);
        fits.then_some(id)
    }

    /// A number with a fraction, without any wanted step: the interval is a point or has endlessly
    /// many, of which some have more digits than all steps and excluded values.
    fn fraction(&mut self, numbers: &Numbers) -> Outcome {
        let interval = &numbers.interval;
        if let (Some(low), Some(high)) = (&interval.low, &interval.high)
            && low.0 == high.0
        {
            let found = self.allowed(numbers, &low.0);
            return found.map_or(Outcome::Empty(FREE), Outcome::Value);
        }
        let mut step = Decimal::one();
        let Some(tenth) = Decimal::parse("0.1") else { return Outcome::Empty(FREE) };
        for _ in 0..2_000 {
            let Some(finer) = step.mul(&tenth) else { break };
            step = finer;
            let Some(mut walk) = Walk::new(interval, &step) else { break };
            self.spend(40);
            let mut candidates = std::iter::from_fn(|| walk.next()).take(40);
            let found = candidates.find_map(|it| self.allowed(numbers, &it));
            if let Some(found) = found {
                return Outcome::Value(found);
            }
        }
        Outcome::Unknown(Reason::Budget("number"))
    }
}

impl Numbers {
    fn read(&mut self, part: &Schema, positive: bool) {
        match (part, positive) {
            (Schema::Minimum(bound, exclusive), true) => self.interval.raise(bound, *exclusive),
            (Schema::Minimum(bound, exclusive), false) => self.interval.lower(bound, !exclusive),
            (Schema::Maximum(bound, exclusive), true) => self.interval.lower(bound, *exclusive),
            (Schema::Maximum(bound, exclusive), false) => self.interval.raise(bound, !exclusive),
            (Schema::MultipleOf(step), true) => {
                let joined = self.step.as_ref().map_or(Some(step.clone()), |it| it.lcm(step));
                self.is_too_big |= joined.is_none();
                self.step = joined;
            }
            (Schema::MultipleOf(step), false) => self.not_steps.push(step.clone()),
            (Schema::Constants(values), false) => self.without.extend(values.iter().copied()),
            _ => {}
        }
    }

    /// Is every multiple of the wanted step one of an unwanted one?
    fn excludes_its_step(&self) -> bool {
        let step = self.step.as_ref();
        step.is_some_and(|step| self.not_steps.iter().any(|it| step.is_multiple_of(it)))
    }
}

/// The multiples of a step in an interval, those near zero first, the positive one of two.
struct Walk<'i> {
    interval: &'i Interval,
    step: Decimal,
    up: Option<Decimal>,
    down: Option<Decimal>,
}

impl<'i> Walk<'i> {
    /// `None` if the numbers are too big to reckon with.
    fn new(interval: &'i Interval, step: &Decimal) -> Option<Self> {
        let zero = Decimal::zero();
        let (mut up, mut down) = (None, None);
        if interval.contains(&zero) {
            up = Some(zero);
            down = Some(-step.clone());
        } else {
            match (&interval.low, &interval.high) {
                (Some(low), _) if !low.0.is_negative() => {
                    up = Some(Decimal::next_multiple_above(&low.0, step, low.1)?);
                }
                (_, Some(high)) => {
                    down = Some(Decimal::next_multiple_below(&high.0, step, high.1)?);
                }
                _ => {}
            }
        }
        let up = up.filter(|it| interval.contains(it));
        let down = down.filter(|it| interval.contains(it));
        Some(Self { interval, step: step.clone(), up, down })
    }

    fn next(&mut self) -> Option<Decimal> {
        let goes_down = match (&self.up, &self.down) {
            (Some(up), Some(down)) => down.abs() < up.abs(),
            (up, _) => up.is_none(),
        };
        let from = if goes_down { self.down.take()? } else { self.up.take()? };
        let following = if goes_down { from.sub(&self.step) } else { from.add(&self.step) };
        let following = following.filter(|it| self.interval.contains(it));
        if goes_down {
            self.down = following;
        } else {
            self.up = following;
        }
        Some(from)
    }
}
