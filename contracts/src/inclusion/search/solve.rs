//! The choice among clauses, led by a value that fits what is certain.

use crate::inclusion::{
    constant::{Constant, ConstantId},
    engine::{Inclusion, Reason},
    schema::{Schema, SchemaId},
    search::{
        FREE, Literal, Outcome,
        members::Members,
        state::{Clause, Contradiction, State},
    },
    types::TypeSet,
};

/// What a value that fits everything certain still breaks.
enum Broken {
    /// The clause with this index.
    Clause(usize),
    /// Something that was not written down as a clause yet.
    Found(Clause),
    /// Nothing, or nothing that a choice could mend.
    Nothing(Option<Reason>),
}

impl Inclusion<'_> {
    /// A value of one kind for which all literals hold.
    pub(super) fn inhabitant_of_kind(&mut self, literals: &[Literal], kind: TypeSet) -> Outcome {
        let mut state = State::new(kind);
        if self.assume(&mut state, literals.iter().copied()).is_err() {
            return Outcome::Empty(FREE);
        }
        if let Some(values) = &state.values {
            return self.first_holding(literals, &values.clone());
        }
        self.solve(state)
    }

    fn solve(&mut self, mut state: State) -> Outcome {
        loop {
            if !self.spend(1 + state.clauses.len()) {
                return Outcome::Unknown(Reason::Budget("steps"));
            }
            if let Some(values) = state.values.take() {
                return self.solve_values(&state, &values);
            }
            let mut outcome = self.solve_certain(&state);
            if let (Outcome::Value(_), Some(reason)) = (&outcome, &state.opaque) {
                outcome = Outcome::Unknown(reason.clone());
            }
            let broken = match &outcome {
                Outcome::Value(value) => self.broken(&state, *value),
                // Perhaps a choice brings out that there is no value at all.
                Outcome::Unknown(_) if !state.clauses.is_empty() => Broken::Clause(0),
                Outcome::Empty(_) | Outcome::Unknown(_) => return outcome,
            };
            match broken {
                Broken::Nothing(None) => return outcome,
                Broken::Nothing(Some(reason)) => return Outcome::Unknown(reason),
                Broken::Clause(idx) => {
                    let clause = state.clauses.remove(idx);
                    return self.branch(&state, &clause);
                }
                Broken::Found(clause) if clause.len() > 1 => return self.branch(&state, &clause),
                Broken::Found(clause) => match self.assume(&mut state, clause) {
                    Ok(()) => {}
                    Err(Contradiction) => return Outcome::Empty(FREE),
                },
            }
        }
    }

    fn branch(&mut self, state: &State, clause: &[Literal]) -> Outcome {
        if self.n_branches >= self.budgets().branches {
            return Outcome::Unknown(Reason::Budget("branches"));
        }
        if !self.has_room() {
            return Outcome::Unknown(Reason::Budget("depth"));
        }
        self.n_branches += 1;
        self.depth += 1;
        let members = (state.kind == TypeSet::OBJECT).then(|| self.members_of(state));
        let mut sum = Outcome::Empty(FREE);
        for literal in clause {
            sum = sum.or(self.alternative(state, members.as_ref(), *literal));
            if matches!(sum, Outcome::Value(_) | Outcome::Unknown(Reason::Budget("steps"))) {
                break;
            }
        }
        self.depth -= 1;
        self.n_branches -= 1;
        sum
    }

    fn alternative(
        &mut self,
        state: &State,
        members: Option<&Members>,
        literal: Literal,
    ) -> Outcome {
        // Most alternatives fail at the one member that they are about; then nothing is copied.
        if let Some(members) = members
            && let Some(outcome) = self.fails_at_member(members, literal)
        {
            return outcome;
        }
        // A copy costs as much as looking at all of it.
        if !self.spend(1 + (state.seen.len() + state.clauses.len()) / 8) {
            return Outcome::Unknown(Reason::Budget("steps"));
        }
        let mut next = state.clone();
        if self.assume(&mut next, [literal]).is_err() {
            return Outcome::Empty(FREE);
        }
        self.solve(next)
    }

    /// Why there is no object in which a member does not fit, if there is none.
    fn fails_at_member(&mut self, members: &Members, literal: Literal) -> Option<Outcome> {
        let mut literal = literal;
        while let Schema::Not(inner) = self.lowering.schemas.get(literal.schema()) {
            literal = Literal::new(*inner, !literal.is_positive());
        }
        let Schema::Property(name, schema) = *self.lowering.schemas.get(literal.schema()) else {
            return None;
        };
        if literal.is_positive() {
            return None;
        }
        match self.demand_of(members, name).ok()? {
            None => Some(Outcome::Empty(FREE)),
            Some(mut demand) => {
                demand.push(Literal::fits_not(schema));
                match self.inhabitant(demand) {
                    outcome @ Outcome::Empty(_) => Some(outcome),
                    Outcome::Value(_) | Outcome::Unknown(_) => None,
                }
            }
        }
    }

    fn solve_values(&mut self, state: &State, values: &[ConstantId]) -> Outcome {
        let mut literals: Vec<_> = state.leaves.clone();
        let schemas = &mut self.lowering.schemas;
        for clause in &state.clauses {
            let parts: Vec<_> = clause.iter().map(|it| schemas.of_literal(*it)).collect();
            literals.push(Literal::fits(schemas.any(parts)));
        }
        literals.extend(state.exclusive.iter().map(|it| Literal::fits(*it)));
        match (self.first_holding(&literals, values), &state.opaque) {
            (Outcome::Value(_), Some(reason)) => Outcome::Unknown(reason.clone()),
            (outcome, _) => outcome,
        }
    }

    /// A value that fits what is certain, whatever the clauses say.
    fn solve_certain(&mut self, state: &State) -> Outcome {
        match state.kind {
            TypeSet::INTEGER | TypeSet::FRACTION => self.number(state),
            TypeSet::STRING => self.text(state),
            TypeSet::ARRAY => self.array(state),
            _ => self.object(state),
        }
    }

    fn broken(&mut self, state: &State, value: ConstantId) -> Broken {
        self.spend(state.clauses.len() / 4);
        let mut unknown = None;
        let mut best: Option<(usize, usize)> = None;
        for (idx, clause) in state.clauses.iter().enumerate() {
            match self.any_holds(clause, value) {
                Some(true) => continue,
                Some(false) => {}
                None => unknown = Some(idx),
            }
            if best.is_none_or(|it| clause.len() < it.1) {
                best = Some((idx, clause.len()));
            }
            // A short one is good enough; the others may never be looked into.
            if clause.len() <= 2 {
                break;
            }
        }
        if let Some((idx, _)) = best {
            return Broken::Clause(idx);
        }
        if let Some(idx) = unknown {
            return Broken::Clause(idx);
        }
        if let Some(clause) = self.two_branches(state, value) {
            return Broken::Found(clause);
        }
        self.excluded(state, value)
    }

    fn any_holds(&mut self, clause: &[Literal], value: ConstantId) -> Option<bool> {
        let mut sum = Some(false);
        for literal in clause {
            match self.holds(*literal, value) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => sum = None,
            }
        }
        sum
    }

    /// Two branches of a `oneOf` that both hold: one of them must not.
    fn two_branches(&mut self, state: &State, value: ConstantId) -> Option<Clause> {
        for id in &state.exclusive {
            let Schema::One(parts) = self.lowering.schemas.get(*id).clone() else { continue };
            self.spend(parts.len() / 4);
            let fitting = parts.iter().filter(|it| self.fits(**it, value) != Some(false)).take(2);
            if let [one, other] = fitting.copied().collect::<Vec<_>>().as_slice() {
                // If it is the same branch twice, then one literal says all.
                let mut clause = vec![Literal::fits_not(*one), Literal::fits_not(*other)];
                clause.dedup();
                return Some(clause.into());
            }
        }
        None
    }

    /// A list or object that is excluded by itself has to differ somewhere.
    fn excluded(&mut self, state: &State, value: ConstantId) -> Broken {
        let hit = state.leaves.iter().any(|it| {
            let part = self.lowering.schemas.get(it.schema());
            matches!(part, Schema::Constants(values) if values.binary_search(&value).is_ok())
        });
        if !hit {
            return Broken::Nothing(None);
        }
        let Some(structure) = self.structure(value) else {
            return Broken::Nothing(Some(Reason::Unconfirmed));
        };
        Broken::Found([Literal::fits_not(structure)].into())
    }

    /// A list or object as the parts that only it fits.
    fn structure(&mut self, value: ConstantId) -> Option<SchemaId> {
        let schemas = &mut self.lowering.schemas;
        let mut parts = Vec::new();
        match schemas.constants.get(value).clone() {
            Constant::Array(items) => {
                let count = items.len() as u64;
                parts.push(schemas.item_count(count, Some(count)));
                for (idx, item) in (0..).zip(items) {
                    let item = schemas.constants(vec![item]);
                    parts.push(schemas.item(idx, item));
                }
            }
            Constant::Object(members) => {
                let names = members.iter().map(|it| it.0).collect();
                parts.push(schemas.other_properties(names, Vec::new(), SchemaId::FALSE));
                for (name, value) in members {
                    let value = schemas.constants(vec![value]);
                    parts.push(schemas.property_of(name, value));
                    parts.push(schemas.keep(Schema::Required(name)));
                }
            }
            Constant::Null
            | Constant::Bool(_)
            | Constant::Number(_)
            | Constant::Huge(_)
            | Constant::Text(_) => return None,
        }
        Some(schemas.all(parts))
    }
}
