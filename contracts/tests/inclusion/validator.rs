//! The outside judge: the crate `jsonschema` alone.

use contracts::Dialect;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// A validator of a bare schema.
pub(crate) fn validator(dialect: Dialect, schema: &Value) -> Validator {
    let draft = match dialect {
        Dialect::Oas20 | Dialect::Oas30 | Dialect::Draft4 => Draft::Draft4,
        Dialect::Draft6 => Draft::Draft6,
        Dialect::Draft7 => Draft::Draft7,
        Dialect::Draft2019 => Draft::Draft201909,
        Dialect::Draft2020 => Draft::Draft202012,
    };
    let schema = if dialect == Dialect::Oas30 { with_null(schema) } else { schema.clone() };
    let options = jsonschema::options().with_draft(draft).should_validate_formats(false);
    options.build(&schema).unwrap_or_else(|it| panic!("{it}: {schema}"))
}

/// OpenAPI 3.0 as draft 4: `nullable` beside `type` adds null.
fn with_null(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut rewritten: Map<_, _> =
                members.iter().map(|(name, it)| (name.clone(), with_null(it))).collect();
            if let (Some(Value::String(kind)), Some(Value::Bool(true))) =
                (members.get("type"), members.get("nullable"))
            {
                rewritten.insert("type".to_owned(), json!([kind, "null"]));
            }
            Value::Object(rewritten)
        }
        Value::Array(items) => items.iter().map(with_null).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}
