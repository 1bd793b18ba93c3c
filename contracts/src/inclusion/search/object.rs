//! Objects: which members there have to be, and under which names.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::collections::BTreeMap;

use crate::{
    inclusion::{
        constant::{Constant, ConstantId, TextId},
        engine::{Inclusion, Reason},
        schema::{Schema, SchemaId},
        search::{
            FREE, Literal, Outcome,
            members::{Members, Names, Wanted},
            state::State,
        },
        types::TypeSet,
    },
    pattern::classes,
};

/// Names that nobody mentions and that all patterns treat alike.
#[derive(Debug, Clone)]
struct Fresh {
    /// What its name has to fit, besides being none that is mentioned.
    name: Vec<Literal>,
    /// Which patterns it has.
    patterns: Vec<TextId>,
    /// What its value has to fit.
    value: Vec<Literal>,
}

/// The members chosen so far: what each has to fit.
type Chosen = BTreeMap<TextId, Vec<Literal>>;

/// Members that are as good as one step.
const MANY: usize = 8;

/// One way to go on.
enum Place {
    Named(TextId, Vec<Literal>),
    Fresh(usize),
}

/// An attempt to build one object.
struct Attempt<'m> {
    members: &'m Members,
    fresh: Option<Vec<Fresh>>,
    /// What is the case where the search does not find an object.
    sum: Outcome,
}

impl Inclusion<'_> {
    pub(super) fn object(&mut self, state: &State) -> Outcome {
        let members = self.members_of(state);
        if members.max.is_some_and(|it| it < members.min.max(members.required.len() as u64)) {
            return Outcome::Empty(FREE);
        }
        let mut attempt = Attempt { members: &members, fresh: None, sum: Outcome::Empty(FREE) };
        let mut chosen = Chosen::new();
        let required = members.required.clone();
        for name in required {
            match self.demand_of(&members, name) {
                Ok(Some(literals)) => {
                    chosen.insert(name, literals);
                }
                Ok(None) => return Outcome::Empty(FREE),
                Err(reason) => attempt.sum = Outcome::Unknown(reason),
            }
        }
        // Those with something refused are the likely ones to have no value.
        let mut order: Vec<_> = chosen.keys().copied().collect();
        order.sort_by_key(|it| {
            chosen.get(it).is_none_or(|it| it.iter().all(|literal| literal.is_positive()))
        });
        for name in order {
            let literals = chosen.get(&name).cloned().unwrap_or_default();
            match self.inhabitant(literals) {
                Outcome::Value(_) => {}
                Outcome::Empty(low) => return Outcome::Empty(low),
                unknown @ Outcome::Unknown(_) => attempt.sum = attempt.sum.or(unknown),
            }
        }
        if matches!(attempt.sum, Outcome::Unknown(_)) {
            return attempt.sum;
        }
        // Several names that must not fit could be one; that is not tried.
        let n_unfit =
            members.wanted.iter().filter(|it| matches!(it.names, Names::Unfit(_))).count();
        if n_unfit > 1 && members.max.is_some() {
            attempt.sum = Outcome::Unknown(Reason::Budget("names"));
        }
        match self.place(&mut attempt, &chosen, 0) {
            Some(object) => Outcome::Value(object),
            None => attempt.sum,
        }
    }

    /// Places what is wanted, from an index on, then fills up.
    fn place(
        &mut self,
        attempt: &mut Attempt<'_>,
        chosen: &Chosen,
        idx: usize,
    ) -> Option<ConstantId> {
        if !self.spend(1) {
            attempt.sum = Outcome::Unknown(Reason::Budget("steps"));
            return None;
        }
        let members = attempt.members;
        if members.max.is_some_and(|max| chosen.len() as u64 > max) {
            return None;
        }
        let Some(wanted) = members.wanted.get(idx) else {
            return self.fill(attempt, chosen.clone());
        };
        for place in self.places(attempt, chosen, wanted) {
            let mut next = chosen.clone();
            let (name, mut literals) = match place {
                Place::Named(name, literals) => (name, literals),
                Place::Fresh(fresh) => {
                    match self.fresh_name(attempt, chosen, fresh, Some(wanted)) {
                        Some(found) => found,
                        None => continue,
                    }
                }
            };
            literals.extend(wanted.value);
            match self.inhabitant(literals.clone()) {
                Outcome::Value(_) => {}
                other => {
                    attempt.missed(other);
                    continue;
                }
            }
            if !self.has_room() {
                attempt.missed(Outcome::Unknown(Reason::Budget("depth")));
                return None;
            }
            next.insert(name, literals);
            self.depth += 1;
            let found = self.place(attempt, &next, idx + 1);
            self.depth -= 1;
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Where something wanted may be: at members that are there anyway, at new ones, at others that
    /// are mentioned.
    fn places(
        &mut self,
        attempt: &mut Attempt<'_>,
        chosen: &Chosen,
        wanted: &Wanted,
    ) -> Vec<Place> {
        let members = attempt.members;
        let mut places = Vec::new();
        for (name, literals) in chosen {
            match self.is_meant(&wanted.names, *name) {
                Ok(true) => places.push(Place::Named(*name, literals.clone())),
                Ok(false) => {}
                Err(reason) => attempt.missed(Outcome::Unknown(reason)),
            }
        }
        let n_fresh = self.fresh(attempt);
        for idx in 0..n_fresh {
            let meant =
                attempt.fresh.as_ref().and_then(|it| it.get(idx)).is_some_and(
                    |fresh| match &wanted.names {
                        Names::Pattern(pattern) => fresh.patterns.contains(pattern),
                        Names::Others(others) => {
                            !others.patterns.iter().any(|it| fresh.patterns.contains(it))
                        }
                        Names::Unfit(_) => true,
                    },
                );
            if meant {
                places.push(Place::Fresh(idx));
            }
        }
        for name in members.mentioned.iter().filter(|it| !chosen.contains_key(it)) {
            match self
                .is_meant(&wanted.names, *name)
                .and_then(|it| if it { self.demand_of(members, *name) } else { Ok(None) })
            {
                Ok(Some(literals)) => places.push(Place::Named(*name, literals)),
                Ok(None) => {}
                Err(reason) => attempt.missed(Outcome::Unknown(reason)),
            }
        }
        places
    }

    /// Adds members until there are enough.
    fn fill(&mut self, attempt: &mut Attempt<'_>, mut chosen: Chosen) -> Option<ConstantId> {
        let members = attempt.members;
        if members.min > self.budgets().witness_bytes as u64 {
            attempt.missed(Outcome::Unknown(Reason::Budget("witness")));
            return None;
        }
        let missing = |chosen: &Chosen| (chosen.len() as u64) < members.min;
        for name in &members.mentioned {
            if !missing(&chosen) {
                break;
            }
            if chosen.contains_key(name) {
                continue;
            }
            match self.demand_of(members, *name) {
                Ok(Some(literals)) => match self.inhabitant(literals.clone()) {
                    Outcome::Value(_) => {
                        chosen.insert(*name, literals);
                    }
                    other => attempt.missed(other),
                },
                Ok(None) => {}
                Err(reason) => attempt.missed(Outcome::Unknown(reason)),
            }
        }
        let n_fresh = if missing(&chosen) { self.fresh(attempt) } else { 0 };
        for idx in 0..n_fresh {
            while missing(&chosen)
                && let Some((name, literals)) = self.fresh_member(attempt, &chosen, idx)
            {
                chosen.insert(name, literals);
                self.affords(attempt, &chosen)?;
            }
        }
        if missing(&chosen) {
            return None;
        }
        self.affords(attempt, &chosen)?;
        self.build(chosen)
    }

    /// Each member has to differ from all others: many cost more than one step.
    fn affords(&mut self, attempt: &mut Attempt<'_>, chosen: &Chosen) -> Option<()> {
        if self.spend(chosen.len() / MANY) {
            return Some(());
        }
        attempt.missed(Outcome::Unknown(Reason::Budget("steps")));
        None
    }

    fn fresh_member(
        &mut self,
        attempt: &mut Attempt<'_>,
        chosen: &Chosen,
        idx: usize,
    ) -> Option<(TextId, Vec<Literal>)> {
        let (name, literals) = self.fresh_name(attempt, chosen, idx, None)?;
        match self.inhabitant(literals.clone()) {
            Outcome::Value(_) => Some((name, literals)),
            other => {
                attempt.missed(other);
                None
            }
        }
    }

    fn build(&mut self, chosen: Chosen) -> Option<ConstantId> {
        let mut members = Vec::with_capacity(chosen.len());
        for (name, literals) in chosen {
            let Outcome::Value(value) = self.inhabitant(literals) else { return None };
            members.push((name, value));
        }
        Some(self.lowering.schemas.constants.object(members))
    }

    /// The classes of names that nobody mentions; how many there are.
    fn fresh(&mut self, attempt: &mut Attempt<'_>) -> usize {
        if let Some(fresh) = &attempt.fresh {
            return fresh.len();
        }
        let fresh = self.fresh_classes(attempt.members);
        let fresh = match fresh {
            Ok(fresh) => fresh,
            Err(reason) => {
                attempt.missed(Outcome::Unknown(reason));
                Vec::new()
            }
        };
        attempt.fresh.insert(fresh).len()
    }

    fn fresh_classes(&mut self, members: &Members) -> Result<Vec<Fresh>, Reason> {
        let patterns = members.patterns.clone();
        let mut all_matches = vec![Vec::new()];
        if !patterns.is_empty() {
            let languages =
                patterns.iter().map(|it| self.language(*it)).collect::<Result<Vec<_>, _>>()?;
            let budget = self.budgets().automaton_states;
            let found = classes(&[], &languages, 1, budget)
                .map_err(|_| Reason::Budget("automaton-states"))?;
            all_matches = found.into_iter().map(|it| it.matches).collect();
        }
        let mut fresh = Vec::new();
        for matches in all_matches {
            let mut class = Fresh { name: Vec::new(), patterns: Vec::new(), value: Vec::new() };
            class.name.extend(members.names.iter().map(|it| Literal::fits(*it)));
            for (pattern, matches) in patterns.iter().zip(matches) {
                let part = self.lowering.schemas.keep(Schema::Pattern(*pattern));
                class.name.push(Literal::new(part, matches));
                class.patterns.extend(matches.then_some(*pattern));
            }
            let has = |pattern: &TextId| class.patterns.contains(pattern);
            let by_pattern = members.by_pattern.iter().filter(|it| has(&it.0)).map(|it| it.1);
            let by_others = members.by_others.iter();
            let by_others = by_others.filter(|it| !it.0.patterns.iter().any(has)).map(|it| it.1);
            class.value = by_pattern.chain(by_others).map(Literal::fits).collect();
            if !class.value.contains(&Literal::fits(SchemaId::FALSE)) {
                fresh.push(class);
            }
        }
        Ok(fresh)
    }

    /// A name of a class that is not taken yet.
    fn fresh_name(
        &mut self,
        attempt: &mut Attempt<'_>,
        chosen: &Chosen,
        idx: usize,
        wanted: Option<&Wanted>,
    ) -> Option<(TextId, Vec<Literal>)> {
        let fresh = attempt.fresh.as_ref()?.get(idx)?.clone();
        let taken = attempt.members.mentioned.iter().chain(chosen.keys()).copied();
        let unfit = match wanted.map(|it| &it.names) {
            Some(Names::Unfit(schema)) => Some(Literal::fits_not(*schema)),
            _ => None,
        };
        if fresh.name.is_empty() && unfit.is_none() {
            let taken: std::collections::BTreeSet<_> = taken.collect();
            return Some((self.plain_name(&taken), fresh.value));
        }
        let mut taken: Vec<_> = taken.collect();
        taken.sort_unstable();
        taken.dedup();
        let schemas = &mut self.lowering.schemas;
        let taken =
            taken.into_iter().map(|it| schemas.constants.keep(Constant::Text(it))).collect();
        let taken = schemas.constants(taken);
        let texts = schemas.types(TypeSet::STRING);
        let mut literals = fresh.name;
        literals.extend(unfit);
        literals.push(Literal::fits(texts));
        literals.push(Literal::fits_not(taken));
        match self.inhabitant(literals) {
            Outcome::Value(name) => match self.lowering.schemas.constants.get(name) {
                Constant::Text(name) => Some((*name, fresh.value)),
                _ => None,
            },
            other => {
                attempt.missed(other);
                None
            }
        }
    }

    fn plain_name(&mut self, taken: &std::collections::BTreeSet<TextId>) -> TextId {
        let plain = ["x", "y", "z"].into_iter().map(str::to_owned);
        for name in plain.chain((1_u32..).map(|it| format!("x{it}"))) {
            let name = self.lowering.schemas.text(&name);
            if !taken.contains(&name) {
                return name;
            }
        }
        self.lowering.schemas.text("x")
    }
}

impl Attempt<'_> {
    /// A way that was not open.
    fn missed(&mut self, outcome: Outcome) {
        let sum = std::mem::replace(&mut self.sum, Outcome::Empty(FREE));
        self.sum = sum.or(outcome);
    }
}
