//! Is there a value that fits some parts and does not fit others?
//!
//! A question is a conjunction of [`Literal`]s. It is split by the kind of the value; there, what is
//! certain is collected, the rest is a list of clauses. A value that fits the certain part is built
//! first; only a clause that it breaks is branched on. So most clauses are never looked into.
//!
//! A question that is met again while it is open counts as having no answer *there*: the smallest
//! value that answers it has no smaller one inside. What leaned on that is kept only after the open
//! question turned out to have no answer at all.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

mod array;
mod items;
mod members;
mod number;
mod object;
mod solve;
mod state;
mod text;
mod unions;

use crate::inclusion::{
    constant::ConstantId,
    engine::{Inclusion, Known, Reason},
    evaluate::Truth,
    schema::{Reach, Schema, SchemaId, Schemas},
    types::TypeSet,
};

/// A part that must fit, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Literal(u32);

impl Literal {
    pub(super) fn fits(schema: SchemaId) -> Self {
        Self(schema.0 << 1)
    }

    pub(super) fn fits_not(schema: SchemaId) -> Self {
        Self(schema.0 << 1 | 1)
    }

    pub(super) fn new(schema: SchemaId, positive: bool) -> Self {
        if positive { Self::fits(schema) } else { Self::fits_not(schema) }
    }

    pub(super) fn schema(self) -> SchemaId {
        SchemaId(self.0 >> 1)
    }

    pub(super) fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    pub(super) fn negated(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// No open question was leaned on.
pub(super) const FREE: u32 = u32::MAX;

/// What came of a question.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// This value fits all.
    Value(ConstantId),
    /// No value does; it was assumed that none fits the open question at this depth.
    Empty(u32),
    /// It cannot be told.
    Unknown(Reason),
}

impl Inclusion<'_> {
    /// A value for which all literals hold.
    pub(super) fn inhabitant(&mut self, mut literals: Vec<Literal>) -> Outcome {
        if !self.alike.is_empty() {
            literals = literals.into_iter().map(|it| self.canonical_literal(it)).collect();
        }
        literals.sort_unstable();
        literals.dedup();
        literals.retain(|it| self.reach(*it).all != TypeSet::ALL);
        let clashes = literals.windows(2).any(|it| match it {
            [one, other] => *one == other.negated(),
            _ => false,
        });
        let kinds = literals.iter().fold(TypeSet::ALL, |sum, it| sum & self.reach(*it).some);
        if clashes || kinds.is_empty() {
            return Outcome::Empty(FREE);
        }
        let key: Box<[Literal]> = literals.into();
        match self.memo.get(&key) {
            Some(Known::Value(value)) => return Outcome::Value(*value),
            Some(Known::Empty) => return Outcome::Empty(FREE),
            Some(Known::EmptyBelow(depth)) => return Outcome::Empty(*depth),
            None => {}
        }
        if let Some(depth) = self.open.get(&key) {
            return Outcome::Empty(*depth);
        }
        if let Some(reason) = self.unknown.get(&key) {
            return Outcome::Unknown(reason.clone());
        }
        if !self.spend(1) {
            return Outcome::Unknown(Reason::Budget("steps"));
        }
        if !self.has_room() {
            return Outcome::Unknown(Reason::Budget("depth"));
        }
        self.inhabitant_of_new(key, kinds)
    }

    /// May there be one more question within?
    pub(super) fn has_room(&mut self) -> bool {
        let fits = self.depth < self.bounds.questions;
        self.is_too_deep |= !fits;
        fits
    }

    fn inhabitant_of_new(&mut self, key: Box<[Literal]>, kinds: TypeSet) -> Outcome {
        let depth = self.depth;
        let n_provisional = self.provisional.len();
        self.open.insert(key.clone(), depth);
        self.depth += 1;
        let outcome = self.inhabitant_by_kind(&key, kinds);
        self.depth -= 1;
        self.open.remove(&key);
        self.remember(key, &outcome, n_provisional);
        match outcome {
            // What leaned on this question alone leans on nothing any more.
            Outcome::Empty(low) if low >= depth => Outcome::Empty(FREE),
            other => other,
        }
    }

    fn remember(&mut self, key: Box<[Literal]>, outcome: &Outcome, n_provisional: usize) {
        let depth = self.depth;
        let known = match outcome {
            Outcome::Value(value) => Some(Known::Value(*value)),
            Outcome::Empty(low) if *low >= depth => Some(Known::Empty),
            Outcome::Empty(low) => Some(Known::EmptyBelow(*low)),
            Outcome::Unknown(reason) => {
                self.unknown.insert(key.clone(), reason.clone());
                None
            }
        };
        match known {
            Some(Known::EmptyBelow(low)) => {
                for inner in self.provisional.get(n_provisional..).unwrap_or_default() {
                    self.memo.insert(inner.clone(), Known::EmptyBelow(low));
                }
                self.provisional.push(key.clone());
            }
            Some(Known::Empty) => {
                for inner in self.provisional.split_off(n_provisional) {
                    self.memo.insert(inner, Known::Empty);
                }
            }
            Some(Known::Value(_)) | None => {
                for inner in self.provisional.split_off(n_provisional) {
                    self.memo.remove(&inner);
                }
            }
        }
        if let Some(known) = known {
            self.memo.insert(key, known);
        }
    }

    fn inhabitant_by_kind(&mut self, literals: &[Literal], kinds: TypeSet) -> Outcome {
        let mut sum = Outcome::Empty(FREE);
        for kind in TypeSet::SINGLE {
            if !kinds.meets(kind) {
                continue;
            }
            let outcome = match kind {
                TypeSet::NULL => self.first_fitting(literals, &[serde_json::Value::Null]),
                TypeSet::BOOLEAN => self.first_fitting(literals, &[false.into(), true.into()]),
                _ => self.inhabitant_of_kind(literals, kind),
            };
            sum = match outcome {
                Outcome::Value(_) => return outcome,
                other => sum.or(other),
            };
        }
        sum
    }

    fn first_fitting(&mut self, literals: &[Literal], values: &[serde_json::Value]) -> Outcome {
        let constants = &mut self.lowering.schemas.constants;
        let values: Vec<_> = values.iter().map(|it| constants.value(it)).collect();
        self.first_holding(literals, &values)
    }

    /// The first of some values for which all literals hold.
    pub(super) fn first_holding(&mut self, literals: &[Literal], values: &[ConstantId]) -> Outcome {
        let mut unknown = None;
        for value in values {
            match self.all_hold(literals, *value) {
                Ok(true) => return Outcome::Value(*value),
                Ok(false) => {}
                Err(reason) => unknown = Some(reason),
            }
        }
        unknown.map_or(Outcome::Empty(FREE), Outcome::Unknown)
    }

    pub(super) fn all_hold(
        &mut self,
        literals: &[Literal],
        value: ConstantId,
    ) -> Result<bool, Reason> {
        let mut unknown = None;
        for literal in literals {
            match self.holds(*literal, value) {
                Some(true) => {}
                Some(false) => return Ok(false),
                None => unknown = Some(self.reason_of(literal.schema())),
            }
        }
        unknown.map_or(Ok(true), Err)
    }

    /// Why it cannot be told whether a value fits.
    fn reason_of(&mut self, schema: SchemaId) -> Reason {
        if !self.spend(0) {
            return Reason::Budget("steps");
        }
        let mut open = vec![schema];
        let mut unreadable = None;
        let mut seen = std::collections::BTreeSet::new();
        while let Some(schema) = open.pop() {
            if !seen.insert(schema) || seen.len() > 10_000 {
                continue;
            }
            if self.is_paradox(schema) {
                return Reason::SelfReference;
            }
            match self.lowering.schemas.get(schema).clone() {
                Schema::Pattern(pattern) | Schema::PatternProperty(pattern, _) => {
                    unreadable = unreadable.or(self.language(pattern).err());
                }
                Schema::Opaque(name) => {
                    return Reason::Opaque(self.lowering.schemas.constants.str(name).to_owned());
                }
                Schema::Reference(id) => open.extend(self.lowering.known_target(id)),
                Schema::Not(inner) | Schema::Property(_, inner) | Schema::ItemsFrom(_, inner) => {
                    open.push(inner);
                }
                Schema::All(parts) | Schema::Any(parts) | Schema::One(parts) => open.extend(parts),
                _ => {}
            }
        }
        unreadable.unwrap_or(Reason::Unconfirmed)
    }

    pub(super) fn holds(&mut self, literal: Literal, value: ConstantId) -> Truth {
        self.fits(literal.schema(), value).map(|it| it == literal.is_positive())
    }

    /// The kinds of which the literal lets some and all values through.
    pub(super) fn reach(&mut self, literal: Literal) -> Reach {
        let mut schema = literal.schema();
        // Chains of references are short; a cycle without a demand is left alone.
        for _ in 0..64 {
            let Schema::Reference(id) = *self.lowering.schemas.get(schema) else { break };
            schema = self.lowering.target(id);
        }
        let reach = self.lowering.schemas.reach(schema);
        if literal.is_positive() { reach } else { reach.negated() }
    }
}

impl Schemas {
    /// The part that fits where the literal holds.
    pub(super) fn of_literal(&mut self, literal: Literal) -> SchemaId {
        let part = literal.schema();
        if literal.is_positive() { part } else { self.not(part) }
    }
}

impl Outcome {
    /// What is known after two alternatives, of which the first had no value.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Empty(one), Self::Empty(other)) => Self::Empty(one.min(other)),
            (Self::Value(value), _) | (_, Self::Value(value)) => Self::Value(value),
            (Self::Unknown(reason), _) | (_, Self::Unknown(reason)) => Self::Unknown(reason),
        }
    }
}
