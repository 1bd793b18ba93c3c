//! Schemas of OpenAPI 3.0 as JSON Schema.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::description::Description;

/// Keywords whose value is a schema.
const ONE: &[&str] = &["items", "not", "additionalProperties"];
/// Keywords whose value is a list of schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];
/// Keywords that mean the same in both.
const SAME: &[&str] = &[
    "$ref",
    "enum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

impl Description {
    /// A validator for one schema of the description, with all schemas that it needs.
    pub(crate) fn validator(&self, schema: &Value) -> Option<Validator> {
        let mut found = BTreeMap::new();
        let root = meant(schema);
        let mut open = references(&root);
        while let Some(reference) = open.pop() {
            let Some(name) = reference.strip_prefix("#/components/schemas/") else { continue };
            if !found.contains_key(name) {
                let schema = meant(&self.component(&reference)?);
                open.extend(references(&schema));
                found.insert(name.to_owned(), schema);
            }
        }
        let whole = json!({"allOf": [root], "components": {"schemas": found}});
        jsonschema::draft202012::options().should_validate_formats(true).build(&whole).ok()
    }
}

/// The same promise in the words of JSON Schema 2020-12.
fn meant(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else { return schema.clone() };
    let mut kept = Map::new();
    for (keyword, value) in members {
        let value = match keyword.as_str() {
            it if SAME.contains(&it) => value.clone(),
            it if ONE.contains(&it) => meant(value),
            it if LISTS.contains(&it) => {
                value.as_array().into_iter().flatten().map(meant).collect()
            }
            "properties" => {
                let named = value.as_object().into_iter().flatten();
                Value::Object(named.map(|(name, it)| (name.clone(), meant(it))).collect())
            }
            _ => continue,
        };
        kept.insert(keyword.clone(), value);
    }
    match members.get("nullable") {
        Some(Value::Bool(true)) => json!({"anyOf": [{"type": "null"}, kept]}),
        _ => Value::Object(kept),
    }
}

/// All references in a schema.
fn references(schema: &Value) -> Vec<String> {
    let own = schema.get("$ref").and_then(Value::as_str).map(str::to_owned);
    let members = schema.as_object().into_iter().flat_map(Map::values);
    let entries = schema.as_array().into_iter().flatten();
    own.into_iter().chain(members.chain(entries).flat_map(references)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::meant;

    #[test]
    fn null_is_one_of_the_types() {
        let schema = json!({"type": "object", "example": 1, "properties": {
            "nullable": {"type": "string", "nullable": true},
            "link": {"$ref": "#/components/schemas/a"},
        }});
        let expected = json!({"type": "object", "properties": {
            "nullable": {"anyOf": [{"type": "null"}, {"type": "string"}]},
            "link": {"$ref": "#/components/schemas/a"},
        }});
        assert_eq!(meant(&schema), expected);
    }
}
