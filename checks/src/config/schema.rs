//! The JSON Schema of `checks.toml`, written from the table of keys.

use serde_json::{Map, Value as Json, json};

use crate::config::{Key, ROOT, Shape};

/// The schema that editors complete by; `rule_ids` are the names that `[rules.…]` takes.
#[must_use]
pub fn json_schema(rule_ids: &[&str]) -> Json {
    let mut schema = schema_of(&ROOT);
    if let Some(members) = schema.as_object_mut() {
        members.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        members.insert("title".into(), json!("checks.toml"));
    }
    if let Some(rules) = schema.pointer_mut("/properties/rules").and_then(Json::as_object_mut) {
        rules.insert("propertyNames".into(), json!({"enum": rule_ids}));
    }
    schema
}

fn schema_of(key: &Key) -> Json {
    let mut schema = match &key.shape {
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Count => json!({"type": "integer", "minimum": 0}),
        Shape::Text => json!({"type": "string"}),
        Shape::Day => json!({"type": "string", "format": "date"}),
        Shape::Anything => json!({}),
        Shape::Choice(words) => json!({"enum": words}),
        Shape::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Shape::Table(keys) => table(keys, &[]),
        Shape::Tables(keys, required) => json!({"type": "array", "items": table(keys, required)}),
    };
    if let Some(members) = schema.as_object_mut() {
        members.insert("description".into(), json!(key.doc));
        if let Ok(default) = serde_json::from_str::<Json>(key.default) {
            members.insert("default".into(), default);
        }
    }
    schema
}

fn table(keys: &[Key], required: &[&str]) -> Json {
    let mut properties = Map::new();
    let mut others = json!(false);
    for key in keys {
        if key.name == "*" {
            others = schema_of(key);
        } else {
            properties.insert(key.name.to_owned(), schema_of(key));
        }
    }
    let mut schema = json!({"type": "object", "additionalProperties": others});
    if let Some(members) = schema.as_object_mut() {
        if !properties.is_empty() {
            members.insert("properties".into(), properties.into());
        }
        if !required.is_empty() {
            members.insert("required".into(), json!(required));
        }
    }
    schema
}
