//! Parts that say the same once their references are written out.
//!
//! Two contracts of which one has written out what the other refers to share little by themselves,
//! and a question between them leads through all pairs of branches. So where a budget ran out, the
//! parts in question are sorted into classes of equal unfoldings (by refinement, as states of an
//! automaton are), one of each class stands for all of it, and the question is asked again.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::collections::{BTreeMap, BTreeSet};

use crate::inclusion::{
    Table,
    engine::Inclusion,
    schema::{Schema, SchemaId},
    search::Literal,
};

/// More parts than these are left as they are.
const LARGEST: usize = 200_000;
/// References in a row.
const LONGEST_CHAIN: usize = 64;

/// Parts with what they are made of, references left out.
type Parts = BTreeMap<SchemaId, Schema>;

impl Inclusion<'_> {
    /// The part that stands for all that say the same.
    pub(super) fn canonical(&self, id: SchemaId) -> SchemaId {
        self.alike.get(&id).copied().unwrap_or(id)
    }

    /// The literal about the part that stands for its like.
    pub(super) fn canonical_literal(&self, literal: Literal) -> Literal {
        Literal::new(self.canonical(literal.schema()), literal.is_positive())
    }

    /// Finds out which of the parts of a question say the same; tells whether any was new.
    pub(super) fn find_alike(&mut self, literals: &[Literal]) -> bool {
        let starts = literals.iter().map(|it| it.schema()).collect();
        let Some((parts, references)) = self.parts_within(starts) else { return false };
        let classes = refined(&parts);
        let mut first: BTreeMap<u32, SchemaId> = BTreeMap::new();
        for (id, class) in &classes {
            first.entry(*class).or_insert(*id);
        }
        let n_known = self.alike.len();
        let of_class = |it: &SchemaId| first.get(classes.get(it)?).copied();
        let own = parts.keys().map(|it| (*it, *it));
        for (id, target) in own.chain(references) {
            let like = of_class(&target).filter(|it| *it != id);
            self.alike.extend(like.map(|like| (id, like)));
        }
        // What was written out before was written out of parts that were not yet alike.
        self.expansions.clear();
        self.alike.len() > n_known
    }

    /// All parts that some are made of, and where references lead; `None` if they are too many.
    fn parts_within(
        &mut self,
        mut open: Vec<SchemaId>,
    ) -> Option<(Parts, Vec<(SchemaId, SchemaId)>)> {
        let mut parts = Parts::new();
        let mut references = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            if seen.len() > LARGEST {
                return None;
            }
            let target = self.unfolded(id);
            if target != id {
                references.push((id, target));
                open.push(target);
                continue;
            }
            let part = self.lowering.schemas.get(id).clone();
            let part = match part {
                // What a part refers to is as good as its own.
                Schema::All(_) => Schema::All(self.conjuncts(id).into()),
                other => other.with_parts(|it| self.unfolded(it)),
            };
            part.clone().with_parts(|it| {
                open.push(it);
                it
            });
            parts.insert(id, part);
        }
        Some((parts, references))
    }

    /// What stands behind a chain of references.
    fn unfolded(&mut self, id: SchemaId) -> SchemaId {
        let mut here = id;
        for _ in 0..LONGEST_CHAIN {
            let Schema::Reference(reference) = *self.lowering.schemas.get(here) else {
                return here;
            };
            here = self.lowering.target(reference);
        }
        id
    }

    /// All that has to hold where a part does, also behind references.
    fn conjuncts(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let here = self.unfolded(id);
            match self.lowering.schemas.get(here) {
                Schema::All(parts) => open.extend(parts.iter().copied()),
                Schema::True => {}
                _ => drop(found.insert(here)),
            }
        }
        found.into_iter().collect()
    }
}

/// The coarsest sorting in which parts of one class are made of parts of the same classes.
fn refined(parts: &Parts) -> BTreeMap<SchemaId, u32> {
    let mut classes: BTreeMap<SchemaId, u32> = parts.keys().map(|it| (*it, 0)).collect();
    let mut n_classes = 1;
    loop {
        let mut known: Table<Schema, u32> = Table::default();
        let mut next = BTreeMap::new();
        for (id, part) in parts {
            let class_of = |it: SchemaId| SchemaId(classes.get(&it).copied().unwrap_or(u32::MAX));
            let shape = sorted(part.clone().with_parts(class_of));
            let fresh = u32::try_from(known.len()).unwrap_or(u32::MAX);
            next.insert(*id, *known.entry(shape).or_insert(fresh));
        }
        classes = next;
        if known.len() == n_classes {
            return classes;
        }
        n_classes = known.len();
    }
}

/// The order of parts says nothing; in some, neither does how often one comes.
fn sorted(part: Schema) -> Schema {
    let listed = |parts: Box<[SchemaId]>, is_set: bool| {
        let mut parts = parts.into_vec();
        parts.sort_unstable();
        if is_set {
            parts.dedup();
        }
        parts.into_boxed_slice()
    };
    match part {
        Schema::All(parts) => Schema::All(listed(parts, true)),
        Schema::Any(parts) => Schema::Any(listed(parts, true)),
        Schema::One(parts) => Schema::One(listed(parts, false)),
        Schema::Known(sending, receiving) => {
            Schema::Known(listed(sending, true), listed(receiving, true))
        }
        other => other,
    }
}
