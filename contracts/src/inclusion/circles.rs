//! Schemas that depend on themselves for the same value.
//!
//! JSON Schema gives no meaning to that. Most such circles do no harm: a base schema whose `oneOf`
//! lists what extends it by `allOf` can be read in one way only. But where a schema depends on its
//! own refusal (`not: {$ref: "#"}`, `oneOf: [{$ref: "#"}, …]`), some values can neither fit nor not
//! fit; nothing follows from what such a part says.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::collections::BTreeSet;

use crate::inclusion::{
    engine::Inclusion,
    schema::{Schema, SchemaId},
};

/// Parts that are looked through for one circle.
const LARGEST: usize = 20_000;

/// Which of the parts for the same value count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ways {
    /// Those that have to hold too.
    Conjuncts,
    /// All.
    All,
}

impl Inclusion<'_> {
    /// Does a part depend on its own refusal, so that it means nothing for some values?
    pub(super) fn is_paradox(&mut self, id: SchemaId) -> bool {
        let starts = match self.lowering.schemas.get(id) {
            Schema::Not(inner) => vec![*inner],
            Schema::If(condition, _, _) => vec![*condition],
            Schema::One(parts) => parts.to_vec(),
            _ => return false,
        };
        if !self.has_circle(id) {
            return false;
        }
        if let Some(known) = self.paradoxes.get(&id) {
            return *known;
        }
        let found = self.leads_to(&starts, id, Ways::All) && !self.is_harmless_union(id, &starts);
        self.paradoxes.insert(id, found);
        found
    }

    /// A `oneOf` that is as good as `anyOf`, or of which each branch asks for the `oneOf` itself: then
    /// at least the reading holds in which no value fits.
    fn is_harmless_union(&mut self, id: SchemaId, parts: &[SchemaId]) -> bool {
        matches!(self.lowering.schemas.get(id), Schema::One(_))
            && (self.are_disjoint(id)
                || parts.iter().all(|it| self.leads_to(&[*it], id, Ways::Conjuncts)))
    }

    fn leads_to(&mut self, starts: &[SchemaId], goal: SchemaId, ways: Ways) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = starts.to_vec();
        while let Some(part) = open.pop() {
            if part == goal {
                return true;
            }
            if seen.len() < LARGEST && seen.insert(part) {
                open.extend(self.parts_of_value(part, ways));
            }
        }
        false
    }

    /// Does a way through parts for the same value lead round?
    fn has_circle(&mut self, id: SchemaId) -> bool {
        let mut open = vec![(id, false)];
        let mut on_way = BTreeSet::new();
        while let Some((part, is_done)) = open.pop() {
            if is_done {
                on_way.remove(&part);
                self.circles.insert(part, false);
                continue;
            }
            let known = self.circles.get(&part).copied();
            if known == Some(true) || on_way.contains(&part) || on_way.len() > LARGEST {
                self.circles.extend(on_way.into_iter().map(|it| (it, true)));
                return true;
            }
            if known.is_none() {
                on_way.insert(part);
                open.push((part, true));
                let parts = self.parts_of_value(part, Ways::All);
                open.extend(parts.into_iter().map(|it| (it, false)));
            }
        }
        false
    }

    /// The parts that a part has for the same value.
    fn parts_of_value(&mut self, part: SchemaId, ways: Ways) -> Vec<SchemaId> {
        match self.lowering.schemas.get(part) {
            Schema::All(parts) => parts.to_vec(),
            Schema::UnevaluatedProperties(within, _) | Schema::UnevaluatedItems(within, _) => {
                vec![*within]
            }
            Schema::Reference(id) => {
                let id = *id;
                vec![self.lowering.target(id)]
            }
            _ if ways == Ways::Conjuncts => Vec::new(),
            Schema::Any(parts) | Schema::One(parts) => parts.to_vec(),
            Schema::Not(inner) => vec![*inner],
            Schema::If(condition, then, otherwise) => vec![*condition, *then, *otherwise],
            _ => Vec::new(),
        }
    }
}
