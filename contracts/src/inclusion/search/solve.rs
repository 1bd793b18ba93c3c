//! The choice among clauses, led by a value that fits what is certain.

use crate::inclusion::{
    constant::{Constant, ConstantId},
    engine::{Inclusion, Reason},
    schema::{Schema, SchemaId},
    search::{
        FREE, Literal, Outcome,
        state::{Clause, State},
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
            if let (Outcome::Empty(FREE), Some(_)) = (&outcome, &state.opaque) {
                return outcome;
            }
            if let (Outcome::Value(_), Some(reason)) = (&outcome, &state.opaque) {
                outcome = Outcome::Unknown(reason.clone());
            }
            let broken = match &outcome {
                Outcome::Empty(_) => return outcome,
                Outcome::Value(value) => self.broken(&state, *value),
                // Perhaps a choice brings out that there is no value at all.
                Outcome::Unknown(_) if !state.clauses.is_empty() => Broken::Clause(0),
                Outcome::Unknown(_) => return outcome,
            };
            match broken {
                Broken::Nothing(None) => return outcome,
                Broken::Nothing(Some(reason)) => return Outcome::Unknown(reason),
                Broken::Clause(idx) => {
                    let clause = state.clauses.remove(idx);
                    return self.branch(&state, &clause);
                }
                Broken::Found(clause) => match clause.as_ref() {
                    [only] => {
                        if self.assume(&mut state, [*only]).is_err() {
                            return Outcome::Empty(FREE);
                        }
                    }
                    _ => return self.branch(&state, &clause),
                },
            }
        }
    }

    fn branch(&mut self, state: &State, clause: &[Literal]) -> Outcome {
        if self.n_branches >= self.budgets().branches {
            return Outcome::Unknown(Reason::Budget("branches"));
        }
        if self.depth >= self.max_depth {
            return Outcome::Unknown(Reason::Budget("depth"));
        }
        self.n_branches += 1;
        self.depth += 1;
        let mut sum = Outcome::Empty(FREE);
        for literal in clause {
            let mut next = state.clone();
            if self.assume(&mut next, [*literal]).is_ok() {
                sum = sum.or(self.solve(next));
            }
            if matches!(sum, Outcome::Value(_) | Outcome::Unknown(Reason::Budget("steps"))) {
                break;
            }
        }
        self.depth -= 1;
        self.n_branches -= 1;
        sum
    }

    fn solve_values(&mut self, state: &State, values: &[ConstantId]) -> Outcome {
        let mut literals: Vec<_> = state.leaves.clone();
        let schemas = &mut self.lowering.schemas;
        for clause in &state.clauses {
            let parts: Vec<_> = clause
                .iter()
                .map(|it| if it.is_positive() { it.schema() } else { schemas.not(it.schema()) })
                .collect();
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
            let mut first: Option<(usize, SchemaId)> = None;
            for (idx, part) in parts.iter().enumerate() {
                if self.fits(*part, value) == Some(false) {
                    continue;
                }
                if let Some((other_idx, other)) = first {
                    let clause = [Literal::fits_not(other), Literal::fits_not(*part)];
                    if other == *part {
                        // The same branch twice: whatever fits it fits two.
                        return Some([clause[0]].into());
                    }
                    if !clause.iter().any(|it| state.seen.contains_key(it)) {
                        return Some(clause.into());
                    }
                    debug_assert_ne!(idx, other_idx, "branches come one after the other");
                }
                first = first.or(Some((idx, *part)));
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
