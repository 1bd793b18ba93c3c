//! Which members of a value a schema has names for: those a receiver reads.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Reads, Side, shape::Outline};
use crate::{
    Direction,
    judge::{dialect::Dialect, direction::Unsent, pointer, texts::At},
};

/// Values that are looked into; the rest of a huge message is taken for read as a whole.
const MAX_MEMBERS: usize = 10_000;

impl Side<'_> {
    /// Adds each declared member of a value to what is read, as `location#/pointer`.
    pub(super) fn members(
        self,
        (schema, direction): (&At, Direction),
        value: &Value,
        location: &str,
        reads: &mut Reads,
    ) {
        let mut open = vec![(BTreeSet::from([schema.clone()]), value, format!("{location}#"))];
        let mut n_members = 0;
        while let Some((schemas, value, here)) = open.pop() {
            n_members += 1;
            if n_members > MAX_MEMBERS {
                return;
            }
            match value {
                Value::Object(members) => {
                    let outline = self.outline_of(&schemas, (value, direction));
                    let unsent = self.unsent(&outline, direction);
                    let sent = members.iter().filter(|it| !unsent.contains(it.0));
                    let inner = sent.filter_map(|it| named(&outline, it, &here));
                    let inner: Vec<_> = inner.collect();
                    reads.extend(inner.iter().map(|it| (it.2.clone(), Value::Null)));
                    open.extend(inner);
                }
                Value::Array(items) => {
                    let inner: BTreeSet<At> =
                        self.outline_of(&schemas, (value, direction)).items.into_iter().collect();
                    let items = items.iter().enumerate();
                    open.extend(
                        items.map(|(idx, it)| (inner.clone(), it, format!("{here}/{idx}"))),
                    );
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }
}

impl Side<'_> {
    /// The members that a direction does not carry: nobody reads them there.
    fn unsent(self, outline: &Outline, direction: Direction) -> BTreeSet<String> {
        let unsent = Unsent::new(self.texts, Some(direction));
        let names = outline.seen.iter().filter_map(|at| {
            let dialect = Dialect::at(self.texts, at).ok()?;
            Some(unsent.names(self.texts.schema(at)?.as_object()?, at, dialect))
        });
        names.flatten().collect()
    }
}

/// The schemas of a member, if it is declared, and where it stands.
fn named<'v>(
    outline: &Outline,
    (name, member): (&String, &'v Value),
    here: &str,
) -> Option<(BTreeSet<At>, &'v Value, String)> {
    let mut schemas: BTreeSet<At> = outline.member(name).cloned().collect();
    let alike = outline.patterns.iter().filter(|it| has_pattern(&it.0, name));
    schemas.extend(alike.map(|it| it.1.clone()));
    if schemas.is_empty() {
        schemas.extend(outline.others.iter().cloned());
    }
    let there = format!("{here}/{}", pointer::escaped(name));
    (!schemas.is_empty()).then_some((schemas, member, there))
}

/// Does a name have a pattern? What is no pattern says nothing.
fn has_pattern(pattern: &str, name: &str) -> bool {
    let schema = serde_json::json!({ "pattern": pattern });
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(&schema);
    validator.is_ok_and(|it| it.is_valid(&Value::from(name)))
}
