//! Can two branches of a `oneOf` hold for one value?
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::collections::{BTreeMap, BTreeSet};

use crate::inclusion::{
    constant::{ConstantId, TextId},
    engine::Inclusion,
    schema::{Schema, SchemaId},
    search::Literal,
    types::TypeSet,
};

/// What is certain about the values of a branch.
struct Branch {
    kinds: TypeSet,
    required: BTreeSet<TextId>,
    /// The values that members may have.
    tags: BTreeMap<TextId, BTreeSet<ConstantId>>,
    /// The values there are, if there is a list of them.
    values: Option<BTreeSet<ConstantId>>,
}

impl Inclusion<'_> {
    /// Are the branches of a `oneOf` disjoint by kinds, or by a member that tells them apart?
    pub(super) fn are_disjoint(&mut self, one: SchemaId) -> bool {
        if let Some(known) = self.disjoint.get(&one) {
            return *known;
        }
        let Schema::One(parts) = self.lowering.schemas.get(one).clone() else { return false };
        let branches: Vec<_> = parts.iter().map(|it| self.branch_of(*it)).collect();
        self.spend(branches.len());
        let found = no_kind_twice(&branches)
            || is_told_by_values(&branches)
            || (no_kind_twice_but_objects(&branches) && is_told_by_tag(&branches));
        self.disjoint.insert(one, found);
        found
    }

    fn branch_of(&mut self, part: SchemaId) -> Branch {
        let mut branch = Branch {
            kinds: TypeSet::ALL,
            required: BTreeSet::new(),
            tags: BTreeMap::new(),
            values: None,
        };
        let mut open = vec![part];
        let mut seen = BTreeSet::new();
        while let Some(part) = open.pop() {
            if !seen.insert(part) || seen.len() > 2_000 {
                continue;
            }
            branch.kinds = branch.kinds & self.reach(Literal::fits(part)).some;
            match self.lowering.schemas.get(part).clone() {
                Schema::All(parts) => open.extend(parts),
                Schema::Reference(id) => open.push(self.lowering.target(id)),
                Schema::Required(name) => {
                    branch.required.insert(name);
                }
                Schema::Property(name, schema) => {
                    branch.tags.extend(self.values_of(schema).map(|values| (name, values)));
                }
                Schema::Constants(values) => branch.values = Some(values.iter().copied().collect()),
                _ => {}
            }
        }
        branch
    }

    fn values_of(&mut self, schema: SchemaId) -> Option<BTreeSet<ConstantId>> {
        let mut open = vec![schema];
        for _ in 0..64 {
            match self.lowering.schemas.get(open.pop()?).clone() {
                Schema::Constants(values) => return Some(values.iter().copied().collect()),
                Schema::All(parts) => open.extend(parts),
                Schema::Reference(id) => open.push(self.lowering.target(id)),
                _ => {}
            }
        }
        None
    }
}

fn no_kind_twice(branches: &[Branch]) -> bool {
    let mut seen = TypeSet::NONE;
    branches.iter().all(|it| {
        let free = !seen.meets(it.kinds);
        seen = seen | it.kinds;
        free
    })
}

fn no_kind_twice_but_objects(branches: &[Branch]) -> bool {
    let mut seen = TypeSet::NONE;
    branches.iter().all(|it| {
        let kinds = it.kinds & !TypeSet::OBJECT;
        let free = !seen.meets(kinds);
        seen = seen | kinds;
        free
    })
}

fn is_told_by_values(branches: &[Branch]) -> bool {
    let mut seen = BTreeSet::new();
    branches.iter().all(|it| {
        it.values.as_ref().is_some_and(|values| values.iter().all(|value| seen.insert(*value)))
    })
}

fn is_told_by_tag(branches: &[Branch]) -> bool {
    let mut objects = branches.iter().filter(|it| it.kinds.meets(TypeSet::OBJECT));
    let Some(first) = objects.next() else { return true };
    first.tags.keys().any(|tag| {
        let mut seen = BTreeSet::new();
        branches.iter().filter(|it| it.kinds.meets(TypeSet::OBJECT)).all(|it| {
            let values = it.tags.get(tag).filter(|_| it.required.contains(tag));
            values.is_some_and(|values| values.iter().all(|value| seen.insert(*value)))
        })
    })
}
