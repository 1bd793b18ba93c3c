//! The assumption that a sender never uses a member name that only the receiving side declares.
//!
//! It is a part like any other ([`Schema::Known`]), written out one level at a time: of each side,
//! it keeps the schemas that say something about the value at this position, in whatever branch.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step concerns few of the many kinds of parts"
)]

use std::collections::{BTreeMap, BTreeSet};

use crate::inclusion::{
    constant::{Constant, ConstantId, TextId},
    engine::Inclusion,
    schema::{Others, Schema, SchemaId},
};

/// What one side says about the inside of a value, in any branch.
#[derive(Default)]
struct Said {
    members: BTreeMap<TextId, Vec<SchemaId>>,
    /// Names that are mentioned without a schema.
    mentioned: BTreeSet<TextId>,
    patterns: Vec<(TextId, SchemaId)>,
    others: Vec<(Others, SchemaId)>,
    items: Vec<(u64, SchemaId)>,
    items_from: Vec<(u64, SchemaId)>,
}

impl Inclusion<'_> {
    pub(super) fn expand_known(
        &mut self,
        sending: &[SchemaId],
        receiving: &[SchemaId],
    ) -> SchemaId {
        let canonical = |it: &SchemaId| self.canonical(*it);
        let [sending, receiving]: [Vec<_>; 2] =
            [sending, receiving].map(|it| it.iter().map(canonical).collect());
        if receiving.iter().all(|it| sending.contains(it)) {
            return SchemaId::TRUE;
        }
        let sending = self.said(&sending);
        let receiving = self.said(&receiving);
        let mut parts = Vec::new();
        let names: BTreeSet<_> =
            sending.members.keys().chain(receiving.members.keys()).copied().collect();
        for name in &names {
            let part = if self.knows(&sending, *name) {
                let sent = self.said_of_member(&sending, *name);
                let received = self.said_of_member(&receiving, *name);
                self.lowering.schemas.known(sent, received)
            } else {
                SchemaId::FALSE
            };
            if part != SchemaId::TRUE {
                parts.push(self.lowering.schemas.property_of(*name, part));
            }
        }
        let rest = |said: &Said| {
            let patterns = said.patterns.iter().map(|it| it.1);
            patterns.chain(said.others.iter().map(|it| it.1)).collect::<Vec<_>>()
        };
        let part = self.lowering.schemas.known(rest(&sending), rest(&receiving));
        if part != SchemaId::TRUE {
            let names = names.into_iter().collect();
            parts.push(self.lowering.schemas.other_properties(names, Vec::new(), part));
        }
        self.known_items(&sending, &receiving, &mut parts);
        self.lowering.schemas.all(parts)
    }

    fn known_items(&mut self, sending: &Said, receiving: &Said, parts: &mut Vec<SchemaId>) {
        let both = [sending, receiving];
        let last = both.iter().flat_map(|it| it.items.iter().map(|it| it.0.saturating_add(1)));
        let from = both.iter().flat_map(|it| it.items_from.iter().map(|it| it.0));
        let first_alike = last.chain(from).max().unwrap_or(0).min(1_000);
        for idx in 0..=first_alike {
            let part = self.lowering.schemas.known(sending.at(idx), receiving.at(idx));
            if part == SchemaId::TRUE {
                continue;
            }
            let schemas = &mut self.lowering.schemas;
            parts.push(if idx < first_alike {
                schemas.item(idx, part)
            } else {
                schemas.items_from(idx, part)
            });
        }
    }

    fn knows(&mut self, said: &Said, name: TextId) -> bool {
        said.members.contains_key(&name)
            || said.mentioned.contains(&name)
            || said.patterns.iter().any(|it| self.name_matches(it.0, name).unwrap_or(true))
    }

    fn said_of_member(&mut self, said: &Said, name: TextId) -> Vec<SchemaId> {
        let mut found = said.members.get(&name).cloned().unwrap_or_default();
        for (pattern, schema) in &said.patterns {
            if self.name_matches(*pattern, name).unwrap_or(true) {
                found.push(*schema);
            }
        }
        for (others, schema) in &said.others {
            if self.is_other(others, name).unwrap_or(true) {
                found.push(*schema);
            }
        }
        found
    }

    fn said(&mut self, schemas: &[SchemaId]) -> Said {
        let mut said = Said::default();
        let mut open = schemas.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(schema) = open.pop() {
            if !seen.insert(schema) {
                continue;
            }
            self.spend(1);
            match self.lowering.schemas.get(schema).clone() {
                Schema::Property(name, inner) => said.members.entry(name).or_default().push(inner),
                Schema::PatternProperty(pattern, inner) => said.patterns.push((pattern, inner)),
                Schema::OtherProperties(others, inner) => said.others.push((others, inner)),
                Schema::Required(name) => {
                    said.mentioned.insert(name);
                }
                Schema::Item(idx, inner) => said.items.push((idx, inner)),
                Schema::ItemsFrom(idx, inner) => said.items_from.push((idx, inner)),
                Schema::AtLeast(_, inner) | Schema::AtMost(_, inner) => {
                    said.items_from.push((0, inner));
                }
                Schema::Not(inner) => open.push(inner),
                Schema::All(parts) | Schema::Any(parts) | Schema::One(parts) => open.extend(parts),
                Schema::If(condition, then, otherwise) => open.extend([condition, then, otherwise]),
                Schema::UnevaluatedProperties(within, rest) => {
                    open.push(within);
                    said.others.push((Others::default(), rest));
                }
                Schema::UnevaluatedItems(within, rest) => {
                    open.push(within);
                    said.items_from.push((0, rest));
                }
                Schema::Reference(id) => open.push(self.lowering.target(id)),
                Schema::Constants(values) => {
                    values.iter().for_each(|it| self.mention(&mut said, *it));
                }
                _ => {}
            }
        }
        said
    }

    /// A listed value is known with everything in it.
    fn mention(&mut self, said: &mut Said, value: ConstantId) {
        match self.lowering.schemas.constants.get(value).clone() {
            Constant::Object(members) => {
                for (name, value) in members {
                    let exact = self.lowering.schemas.constants(vec![value]);
                    said.members.entry(name).or_default().push(exact);
                }
            }
            Constant::Array(items) => {
                for (idx, value) in (0..).zip(items) {
                    let exact = self.lowering.schemas.constants(vec![value]);
                    said.items.push((idx, exact));
                }
            }
            Constant::Null
            | Constant::Bool(_)
            | Constant::Number(_)
            | Constant::Huge(_)
            | Constant::Text(_) => {}
        }
    }
}

impl Said {
    fn at(&self, idx: u64) -> Vec<SchemaId> {
        let items = self.items.iter().filter(|it| it.0 == idx).map(|it| it.1);
        let from = self.items_from.iter().filter(|it| it.0 <= idx).map(|it| it.1);
        items.chain(from).collect()
    }
}
