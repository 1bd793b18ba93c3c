//! Members that a direction does not carry: `readOnly` ones to the provider, `writeOnly` ones
//! from it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    dialect::Dialect,
    texts::{At, Texts},
};
use crate::Direction;

/// Finds the members of a schema that are not sent, also through references and `allOf`.
pub(super) struct Unsent<'a> {
    texts: &'a Texts,
    /// The keyword that takes a member out, if any text mentions it.
    keyword: Option<&'static str>,
}

impl<'a> Unsent<'a> {
    pub(super) fn new(texts: &'a Texts, direction: Option<Direction>) -> Self {
        let keyword = match direction {
            Some(Direction::ToProvider) if texts.has_read_only() => Some("readOnly"),
            Some(Direction::FromProvider) if texts.has_write_only() => Some("writeOnly"),
            _ => None,
        };
        Self { texts, keyword }
    }

    /// The members that the schema, or one that holds besides it, keeps from being sent.
    pub(super) fn names(
        &self,
        schema: &Map<String, Value>,
        at: &At,
        dialect: Dialect,
    ) -> BTreeSet<String> {
        let Some(keyword) = self.keyword else { return BTreeSet::new() };
        let (seen, names) = (BTreeSet::new(), BTreeSet::new());
        let mut walk = Walk { texts: self.texts, keyword, dialect, seen, names };
        walk.collect(schema, at);
        walk.names
    }
}

struct Walk<'a> {
    texts: &'a Texts,
    keyword: &'static str,
    dialect: Dialect,
    seen: BTreeSet<At>,
    names: BTreeSet<String>,
}

impl Walk<'_> {
    fn collect(&mut self, schema: &Map<String, Value>, at: &At) {
        if !self.seen.insert(at.clone()) {
            return;
        }
        if let Some(target) = self.target(schema.get("$ref"), at) {
            let schema = self.texts.schema(&target);
            if let Some(schema) = schema.as_ref().and_then(|it| it.as_object()) {
                self.collect(schema, &target);
            }
            if self.dialect.drops_siblings() {
                return;
            }
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let at = at.child("properties").child(name);
            if self.is_marked(property, &at, &mut BTreeSet::new()) {
                self.names.insert(name.clone());
            }
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        for (idx, part) in parts.into_iter().flatten().enumerate() {
            if let Some(part) = part.as_object() {
                self.collect(part, &at.child("allOf").child(&idx.to_string()));
            }
        }
    }

    /// Does the schema carry the keyword, or one that it stands for?
    fn is_marked(&self, schema: &Value, at: &At, seen: &mut BTreeSet<At>) -> bool {
        if !seen.insert(at.clone()) {
            return false;
        }
        if let Some(target) = self.target(schema.get("$ref"), at) {
            let value = self.texts.schema(&target);
            if value.is_some_and(|it| self.is_marked(&it, &target, seen)) {
                return true;
            }
            if self.dialect.drops_siblings() {
                return false;
            }
        }
        if schema.get(self.keyword) == Some(&Value::Bool(true)) {
            return true;
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        parts.into_iter().flatten().enumerate().any(|(idx, part)| {
            self.is_marked(part, &at.child("allOf").child(&idx.to_string()), seen)
        })
    }

    fn target(&self, reference: Option<&Value>, at: &At) -> Option<At> {
        self.texts.follow(at, reference?.as_str()?)
    }
}
