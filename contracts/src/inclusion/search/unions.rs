//! Two unions (`oneOf`) that are nearly the same.

use crate::inclusion::{
    engine::Inclusion,
    schema::{Schema, SchemaId},
    search::{FREE, Literal, Outcome, state::Clause},
};

/// Longer unions are left to the search.
const LONGEST: usize = 1_024;

impl Inclusion<'_> {
    /// What must have changed where a value fits exactly one part of the first union, and not
    /// exactly one of the second: its part lost it, or another one gained it. However the parts are
    /// paired, this is true; where parts are paired with what became of them, little is left.
    pub(super) fn changes(&mut self, chosen: SchemaId, refused: SchemaId) -> Option<Clause> {
        let (before, after) = (self.parts_of_union(chosen)?, self.parts_of_union(refused)?);
        // A part that stands there twice has two partners, or gains what it says.
        let (mut lost, mut gained) = (Vec::new(), after);
        for part in before {
            match gained.iter().position(|it| *it == part) {
                Some(idx) => drop(gained.remove(idx)),
                None => lost.push(part),
            }
        }
        let mut clause = Vec::new();
        for idx in 0..lost.len().max(gained.len()) {
            let (one, other) = (lost.get(idx).copied(), gained.get(idx).copied());
            clause.extend(self.change(one, other));
            clause.extend(self.change(other, one));
        }
        Some(clause.into())
    }

    /// What stands behind the references of both sides may be the same.
    fn parts_of_union(&mut self, union: SchemaId) -> Option<Vec<SchemaId>> {
        let Schema::One(parts) = self.lowering.schemas.get(union).clone() else { return None };
        (parts.len() <= LONGEST).then(|| parts.iter().map(|it| self.behind(*it)).collect())
    }

    fn behind(&mut self, part: SchemaId) -> SchemaId {
        let behind = match *self.lowering.schemas.get(part) {
            Schema::Reference(id) => self.lowering.target(id),
            _ => part,
        };
        self.canonical(behind)
    }

    /// The values of one part that another one does not have, if there may be any.
    fn change(&mut self, part: Option<SchemaId>, other: Option<SchemaId>) -> Option<Literal> {
        let part = part?;
        let denied = other.map(Literal::fits_not);
        let literals: Vec<_> = [Literal::fits(part)].into_iter().chain(denied).collect();
        if let Outcome::Empty(FREE) = self.inhabitant(literals) {
            return None;
        }
        let schemas = &mut self.lowering.schemas;
        let denied = other.map_or(SchemaId::TRUE, |it| schemas.not(it));
        Some(Literal::fits(schemas.all([part, denied])))
    }
}
