//! Arrays: how long, and what stands where.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use crate::inclusion::{
    constant::Constant,
    engine::{Inclusion, Reason},
    schema::{Schema, SchemaId},
    search::{
        FREE, Literal, Outcome,
        items::{Counted, Layout},
        state::State,
    },
};

/// What is certain about an array.
#[derive(Debug, Default, Clone)]
pub(super) struct Items {
    pub(super) at: Vec<(u64, Literal)>,
    pub(super) from: Vec<(u64, SchemaId)>,
    pub(super) min: u64,
    pub(super) max: Option<u64>,
    pub(super) counted: Vec<Counted>,
    pub(super) unique: bool,
    pub(super) repeated: bool,
}

impl Inclusion<'_> {
    pub(super) fn array(&mut self, state: &State) -> Outcome {
        let mut items = Items::default();
        for leaf in &state.leaves {
            let part = self.lowering.schemas.get(leaf.schema());
            if leaf.is_positive() { items.demand(part) } else { items.refuse(part) }
        }
        if items.unique && items.repeated {
            return Outcome::Empty(FREE);
        }
        if items.repeated {
            items.min = items.min.max(2);
        }
        if items.max.is_some_and(|max| max < items.min)
            || items.counted.iter().any(|it| it.max.is_some_and(|max| max < it.min))
        {
            return Outcome::Empty(FREE);
        }
        if items.min > self.budgets().witness_bytes as u64 {
            return Outcome::Unknown(Reason::Budget("witness"));
        }
        self.array_of_some_length(&items)
    }

    fn array_of_some_length(&mut self, items: &Items) -> Outcome {
        // Beyond it, all positions are alike, and whatever is wanted has a position of its own.
        let wanted = items.counted.iter().map(|it| it.min).fold(0, u64::saturating_add);
        let enough = items.first_alike().max(items.min).saturating_add(wanted);
        let enough = enough.saturating_add(if items.repeated { 2 } else { 0 });
        let longest = items.max.map_or(enough, |it| it.min(enough));
        let mut sum = Outcome::Empty(FREE);
        let mut length = items.min;
        while length <= longest {
            if !self.spend(1 + usize::try_from(length).unwrap_or(usize::MAX)) {
                return Outcome::Unknown(Reason::Budget("steps"));
            }
            let outcome = Layout::find(self, items, length);
            match outcome {
                Ok(Some(found)) => {
                    let constants = &mut self.lowering.schemas.constants;
                    return Outcome::Value(constants.keep(Constant::Array(found.into())));
                }
                Ok(None) => {}
                Err(missed) => sum = sum.or(missed),
            }
            length += 1;
        }
        sum
    }
}

impl Items {
    /// The first index from which all positions are alike.
    pub(super) fn first_alike(&self) -> u64 {
        let at = self.at.iter().map(|it| it.0.saturating_add(1));
        let from = self.from.iter().map(|it| it.0);
        let counted = self.counted.iter().map(|it| it.from);
        at.chain(from).chain(counted).max().unwrap_or(0)
    }

    /// What the item at an index has to fit.
    pub(super) fn demand_at(&self, idx: u64) -> Vec<Literal> {
        let at = self.at.iter().filter(|it| it.0 == idx).map(|it| it.1);
        let from = self.from.iter().filter(|it| it.0 <= idx).map(|it| Literal::fits(it.1));
        at.chain(from).collect()
    }

    fn demand(&mut self, part: &Schema) {
        match part {
            Schema::Item(idx, schema) => self.at.push((*idx, Literal::fits(*schema))),
            Schema::ItemsFrom(idx, schema) => self.from.push((*idx, *schema)),
            Schema::MinItems(min) => self.min = self.min.max(*min),
            Schema::MaxItems(max) => self.lower_max(*max),
            Schema::AtLeast(min, schema) => self.count(Literal::fits(*schema), *min, None),
            Schema::AtMost(max, schema) => self.count(Literal::fits(*schema), 0, Some(*max)),
            Schema::Unique => self.unique = true,
            _ => {}
        }
    }

    fn refuse(&mut self, part: &Schema) {
        match part {
            Schema::Item(idx, schema) => {
                self.min = self.min.max(idx.saturating_add(1));
                self.at.push((*idx, Literal::fits_not(*schema)));
            }
            Schema::ItemsFrom(idx, schema) => self.counted.push(Counted {
                literal: Literal::fits_not(*schema),
                from: *idx,
                min: 1,
                max: None,
            }),
            Schema::MinItems(0) | Schema::AtLeast(0, _) => self.lower_max_below_zero(),
            Schema::MinItems(min) => self.lower_max(min - 1),
            Schema::MaxItems(max) => self.min = self.min.max(max.saturating_add(1)),
            Schema::AtLeast(min, schema) => self.count(Literal::fits(*schema), 0, Some(min - 1)),
            Schema::AtMost(max, schema) => {
                self.count(Literal::fits(*schema), max.saturating_add(1), None);
            }
            Schema::Unique => self.repeated = true,
            _ => {}
        }
    }

    fn count(&mut self, literal: Literal, min: u64, max: Option<u64>) {
        let known = self.counted.iter_mut().find(|it| it.literal == literal && it.from == 0);
        if let Some(known) = known {
            known.min = known.min.max(min);
            known.max = [known.max, max].into_iter().flatten().min();
        } else {
            self.counted.push(Counted { literal, from: 0, min, max });
        }
    }

    fn lower_max(&mut self, max: u64) {
        self.max = Some(self.max.map_or(max, |it| it.min(max)));
    }

    fn lower_max_below_zero(&mut self) {
        self.min = self.min.max(1);
        self.max = Some(0);
    }
}
