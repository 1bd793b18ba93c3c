//! Schemas of older dialects in the words of 2020-12, for peers that read no other.

use contracts::Dialect;
use serde_json::{Map, Value, json};

/// A schema that means the same in 2020-12.
pub(crate) fn modern(dialect: Dialect, schema: &Value) -> Value {
    match dialect {
        Dialect::Draft2020 => schema.clone(),
        Dialect::Oas20 | Dialect::Oas30 | Dialect::Draft4 => rewritten(dialect, schema),
        Dialect::Draft6 | Dialect::Draft7 | Dialect::Draft2019 => panic!("{dialect:?}"),
    }
}

fn rewritten(dialect: Dialect, schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(|it| rewritten(dialect, it)).collect(),
        Value::Object(members) => object(dialect, members),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}

fn object(dialect: Dialect, members: &Map<String, Value>) -> Value {
    let is_reference = members.get("$ref").is_some_and(Value::is_string);
    let mut schema = Map::new();
    for (name, member) in members {
        let is_container = matches!(name.as_str(), "$ref" | "definitions" | "components");
        match name.as_str() {
            // Siblings of a reference mean nothing.
            _ if is_reference && !is_container => {}
            "enum" | "required" | "$ref" => {
                schema.insert(name.clone(), member.clone());
            }
            _ => {
                schema.insert(name.clone(), rewritten(dialect, member));
            }
        }
    }
    if !is_reference {
        bounds(&mut schema);
        items(&mut schema);
        null(dialect, members, &mut schema);
    }
    Value::Object(schema)
}

/// `exclusiveMinimum: true` beside `minimum`.
fn bounds(schema: &mut Map<String, Value>) {
    for (plain, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let Some(Value::Bool(is_exclusive)) = schema.get(exclusive).cloned() else { continue };
        schema.remove(exclusive);
        if is_exclusive && let Some(bound) = schema.remove(plain) {
            schema.insert(exclusive.to_owned(), bound);
        }
    }
}

/// `items` as a list.
fn items(schema: &mut Map<String, Value>) {
    let rest = schema.remove("additionalItems");
    if schema.get("items").is_some_and(Value::is_array) {
        let first = schema.remove("items").unwrap_or_default();
        schema.insert("prefixItems".to_owned(), first);
        schema.extend(rest.map(|it| ("items".to_owned(), it)));
    }
}

fn null(dialect: Dialect, members: &Map<String, Value>, schema: &mut Map<String, Value>) {
    let is_nullable = members.get("nullable") == Some(&json!(true));
    if let (Dialect::Oas30, true, Some(Value::String(kind))) =
        (dialect, is_nullable, members.get("type"))
    {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
}
