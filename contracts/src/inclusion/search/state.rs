//! What is certain about the values sought, and what is still a choice.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use crate::inclusion::{
    Table,
    constant::ConstantId,
    engine::{Inclusion, Reason},
    schema::{Schema, SchemaId},
    search::Literal,
    types::TypeSet,
};

/// One of these literals holds.
pub(super) type Clause = Box<[Literal]>;

/// A conjunction for values of one kind, taken apart.
#[derive(Clone)]
pub(super) struct State {
    pub(super) kind: TypeSet,
    /// Everything that holds.
    pub(super) seen: Table<Literal, ()>,
    /// What holds and is no combination of other parts.
    pub(super) leaves: Vec<Literal>,
    /// Of each, one literal holds.
    pub(super) clauses: Vec<Clause>,
    /// Of each of these parts (`oneOf`), no two hold.
    pub(super) exclusive: Vec<SchemaId>,
    /// Of each of these parts (`oneOf`), one holds.
    chosen: Vec<SchemaId>,
    /// Of each of these parts (`oneOf`), which may overlap, none or several hold.
    refused: Vec<SchemaId>,
    /// The values that are left, if there is a list of them.
    pub(super) values: Option<Vec<ConstantId>>,
    /// Something that cannot be looked into.
    pub(super) opaque: Option<Reason>,
}

/// What a literal is worth where other things are certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    Certain,
    Impossible,
    Open,
}

/// No value is left.
pub(super) struct Contradiction;

impl State {
    pub(super) fn new(kind: TypeSet) -> Self {
        Self {
            kind,
            seen: Table::default(),
            leaves: Vec::new(),
            clauses: Vec::new(),
            exclusive: Vec::new(),
            chosen: Vec::new(),
            refused: Vec::new(),
            values: None,
            opaque: None,
        }
    }

    /// Only these values are left, and only those that were left before.
    fn keep_values(&mut self, mut values: Vec<ConstantId>) -> Result<(), Contradiction> {
        if let Some(known) = &self.values {
            values.retain(|it| known.binary_search(it).is_ok());
        }
        let is_empty = values.is_empty();
        self.values = Some(values);
        if is_empty { Err(Contradiction) } else { Ok(()) }
    }
}

impl Inclusion<'_> {
    /// Adds literals and all that follows from them.
    pub(super) fn assume(
        &mut self,
        state: &mut State,
        literals: impl IntoIterator<Item = Literal>,
    ) -> Result<(), Contradiction> {
        let mut open: Vec<Literal> = literals.into_iter().collect();
        loop {
            while let Some(literal) = open.pop() {
                self.assume_one(state, literal, &mut open)?;
            }
            let Some(forced) = self.propagate(state)? else { return Ok(()) };
            open.extend(forced);
        }
    }

    fn assume_one(
        &mut self,
        state: &mut State,
        literal: Literal,
        open: &mut Vec<Literal>,
    ) -> Result<(), Contradiction> {
        let literal = self.canonical_literal(literal);
        let reach = self.reach(literal);
        if reach.all.meets(state.kind) || state.seen.contains_key(&literal) {
            return Ok(());
        }
        if !reach.some.meets(state.kind) || state.seen.contains_key(&literal.negated()) {
            return Err(Contradiction);
        }
        state.seen.insert(literal, ());
        self.spend(1);
        if self.is_paradox(literal.schema()) {
            state.opaque = Some(Reason::SelfReference);
            return Ok(());
        }
        let positive = literal.is_positive();
        let schemas = &self.lowering.schemas;
        match schemas.get(literal.schema()) {
            Schema::Not(inner) => open.push(Literal::new(*inner, !positive)),
            Schema::All(parts) if positive => {
                open.extend(parts.iter().map(|it| Literal::fits(*it)));
            }
            Schema::Any(parts) if !positive => {
                open.extend(parts.iter().map(|it| Literal::fits_not(*it)));
            }
            Schema::All(parts) => {
                state.clauses.push(parts.iter().map(|it| Literal::fits_not(*it)).collect());
            }
            Schema::Any(parts) => {
                state.clauses.push(parts.iter().map(|it| Literal::fits(*it)).collect());
            }
            Schema::Reference(id) => {
                let target = self.lowering.target(*id);
                open.push(Literal::new(target, positive));
            }
            Schema::One(_) => self.assume_one_of(state, literal, open),
            Schema::If(condition, then, otherwise) => {
                let (condition, then, otherwise) = (*condition, *then, *otherwise);
                let clause = self.conditional(condition, [then, otherwise], positive);
                state.clauses.push(clause);
            }
            Schema::UnevaluatedProperties(..)
            | Schema::UnevaluatedItems(..)
            | Schema::Known(..) => match self.expanded(literal.schema()) {
                Ok(expanded) => open.push(Literal::new(expanded, positive)),
                Err(reason) => state.opaque = Some(reason),
            },
            Schema::Constants(values) if positive => {
                let fitting = values.iter().copied();
                let fitting = fitting.filter(|it| schemas.constants.kind(*it) == state.kind);
                state.keep_values(fitting.collect())?;
            }
            Schema::Opaque(name) => {
                let name = schemas.constants.str(*name).to_owned();
                state.opaque = Some(Reason::Opaque(name));
            }
            _ => state.leaves.push(literal),
        }
        Ok(())
    }

    fn assume_one_of(&mut self, state: &mut State, literal: Literal, open: &mut Vec<Literal>) {
        let id = literal.schema();
        let Schema::One(parts) = self.lowering.schemas.get(id).clone() else { return };
        let disjoint = self.are_disjoint(id);
        if literal.is_positive() {
            state.clauses.push(parts.iter().map(|it| Literal::fits(*it)).collect());
            if !disjoint {
                state.exclusive.push(id);
            }
            state.chosen.push(id);
            for refused in state.refused.clone() {
                state.clauses.extend(self.changes(id, refused));
            }
            return;
        }
        if disjoint {
            open.extend(parts.iter().map(|it| Literal::fits_not(*it)));
            return;
        }
        let two = self.two_of(&parts);
        let any = self.lowering.schemas.any(parts);
        state.clauses.push([Literal::fits_not(any), Literal::fits(two)].into());
        state.refused.push(id);
        for chosen in state.chosen.clone() {
            state.clauses.extend(self.changes(chosen, id));
        }
    }

    /// Values that fit two or more.
    fn two_of(&mut self, parts: &[SchemaId]) -> SchemaId {
        let schemas = &mut self.lowering.schemas;
        let mut later = SchemaId::FALSE;
        let mut two = SchemaId::FALSE;
        for part in parts.iter().rev() {
            let here = schemas.keep(Schema::All([*part, later].into()));
            if schemas.all([*part, later]) != SchemaId::FALSE {
                two = schemas.keep(Schema::Any([here, two].into()));
            }
            later = schemas.keep(Schema::Any([*part, later].into()));
        }
        two
    }

    fn conditional(
        &mut self,
        condition: SchemaId,
        branches: [SchemaId; 2],
        positive: bool,
    ) -> Clause {
        let schemas = &mut self.lowering.schemas;
        let [then, otherwise] = branches.map(|it| if positive { it } else { schemas.not(it) });
        let denied = schemas.not(condition);
        let taken = schemas.all([condition, then]);
        let left = schemas.all([denied, otherwise]);
        [Literal::fits(taken), Literal::fits(left)].into()
    }

    /// Takes impossible literals out of clauses; what is the last of its clause is certain.
    fn propagate(&mut self, state: &mut State) -> Result<Option<Vec<Literal>>, Contradiction> {
        let mut forced = Vec::new();
        let clauses = std::mem::take(&mut state.clauses);
        self.spend(clauses.len());
        for clause in clauses {
            let Some(left) = self.left_of(state, &clause) else { continue };
            match left.as_slice() {
                [] => return Err(Contradiction),
                [only] => forced.push(*only),
                _ if left.len() < clause.len() => state.clauses.push(left.into()),
                _ => state.clauses.push(clause),
            }
        }
        Ok(if forced.is_empty() { None } else { Some(forced) })
    }

    /// The literals of a clause that are possible; `None` if one of them is certain.
    fn left_of(&mut self, state: &State, clause: &[Literal]) -> Option<Vec<Literal>> {
        let mut left = Vec::with_capacity(clause.len());
        for literal in clause {
            match self.worth(state, *literal, 4) {
                Worth::Certain => return None,
                Worth::Impossible => {}
                Worth::Open => left.push(*literal),
            }
        }
        Some(left)
    }

    fn worth(&mut self, state: &State, literal: Literal, depth: u32) -> Worth {
        let literal = self.canonical_literal(literal);
        let reach = self.reach(literal);
        if reach.all.meets(state.kind) || state.seen.contains_key(&literal) {
            return Worth::Certain;
        }
        if !reach.some.meets(state.kind) || state.seen.contains_key(&literal.negated()) {
            return Worth::Impossible;
        }
        if depth == 0 || self.is_paradox(literal.schema()) {
            return Worth::Open;
        }
        let positive = literal.is_positive();
        match self.lowering.schemas.get(literal.schema()) {
            Schema::Not(inner) => {
                let inner = Literal::new(*inner, !positive);
                self.worth(state, inner, depth - 1)
            }
            Schema::Reference(id) => {
                let id = *id;
                let target = self.lowering.target(id);
                self.worth(state, Literal::new(target, positive), depth - 1)
            }
            // Looking through a long list is work, and pays off seldom.
            Schema::All(parts) | Schema::Any(parts) if parts.len() > 256 => {
                let count = parts.len();
                self.spend(count / 4);
                Worth::Open
            }
            part @ (Schema::All(parts) | Schema::Any(parts)) => {
                let is_all = matches!(part, Schema::All(_));
                let decisive = if is_all == positive { Worth::Impossible } else { Worth::Certain };
                let parts = parts.clone();
                self.spend(parts.len() / 4);
                self.worth_of_parts(state, (&parts, positive), decisive, depth)
            }
            _ => Worth::Open,
        }
    }

    /// Parts of which one of this worth decides, and which together are else worth the opposite.
    fn worth_of_parts(
        &mut self,
        state: &State,
        (parts, positive): (&[SchemaId], bool),
        decisive: Worth,
        depth: u32,
    ) -> Worth {
        let opposite = if decisive == Worth::Certain { Worth::Impossible } else { Worth::Certain };
        let mut sum = opposite;
        for part in parts {
            let worth = self.worth(state, Literal::new(*part, positive), depth - 1);
            if worth == decisive {
                return decisive;
            }
            if worth == Worth::Open {
                sum = Worth::Open;
            }
        }
        sum
    }
}
