//! Edits of one schema whose effect is known: fewer values, more, others, or the same.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// What an edit does to the values of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The second form takes fewer values.
    Narrower,
    /// Each form takes values that the other one refuses.
    Other,
    /// Both take the same values, but for names that only one of them declares.
    Same,
}

/// Two forms of one schema.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
    pub(crate) forms: [Value; 2],
    /// The rules that may tell it, for what is sent and for what comes back.
    pub(crate) rules: [&'static str; 2],
}

/// The words of one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    V2_0,
    V3_0,
    V3_1,
}

impl Words {
    pub(crate) fn of(document: &Value) -> Self {
        match document["openapi"].as_str() {
            None => Self::V2_0,
            Some(it) if it.starts_with("3.0") => Self::V3_0,
            Some(_) => Self::V3_1,
        }
    }
}

type Members = Map<String, Value>;

/// Keywords beside which an edit could be of no effect.
const UNSURE: &[&str] = &[
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "const",
    "discriminator",
    "multipleOf",
    "pattern",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minProperties",
    "maxProperties",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "unevaluatedProperties",
    "x-nullable",
];

const VALUE: [&str; 2] = ["input-value-forbidden", "output-value-unannounced"];
const TYPE: [&str; 2] = ["input-type-narrowed", "output-type-widened"];
const STRING: [&str; 2] = ["input-string-narrowed", "output-string-widened"];
const NUMBER: [&str; 2] = ["input-number-narrowed", "output-number-widened"];
const ARRAY: [&str; 2] = ["input-array-narrowed", "output-array-widened"];
const NEEDED: [&str; 2] = ["input-property-required", "output-property-not-guaranteed"];
const CLOSED: [&str; 2] = ["input-property-refused", "output-property-unannounced"];

fn with(schema: &Members, name: &str, value: impl Into<Value>) -> Value {
    let mut schema = schema.clone();
    schema.insert(name.to_owned(), value.into());
    Value::Object(schema)
}

fn edit(name: &'static str, effect: Effect, rules: [&'static str; 2], forms: [Value; 2]) -> Edit {
    Edit { name, effect, forms, rules }
}

/// A number that the schema names, or another one.
fn count(schema: &Members, name: &str, otherwise: u64) -> Option<u64> {
    schema.get(name).map_or(Some(otherwise), Value::as_u64)
}

/// Every edit that makes sense for this schema. `is_plain` says of a member that it travels both
/// ways.
pub(crate) fn edits(
    random: &mut Random,
    words: Words,
    schema: &Members,
    is_plain: impl Fn(&str) -> bool,
) -> Vec<Edit> {
    let mut edits = same(schema);
    if UNSURE.iter().any(|it| schema.contains_key(*it)) {
        return edits;
    }
    let Some(kind) = schema.get("type").and_then(Value::as_str) else { return edits };
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        edits.extend(fewer_values(random, schema, values));
        return edits;
    }
    edits.extend(null(words, schema, kind));
    match kind {
        "string" => edits.extend(strings(schema)),
        "integer" | "number" => edits.extend(numbers(schema)),
        "array" => edits.extend(arrays(schema)),
        "object" => edits.extend(objects(random, schema, is_plain)),
        _ => {}
    }
    edits
}

fn same(schema: &Members) -> Vec<Edit> {
    let whole = Value::Object(schema.clone());
    let mut found = vec![edit(
        "words",
        Effect::Same,
        [""; 2],
        [whole.clone(), with(schema, "x-note", "a note")],
    )];
    // Tags, marks and `$ref` mean more than values.
    let marks = ["$ref", "discriminator", "readOnly", "writeOnly", "$id", "$anchor", "xml"];
    if !marks.iter().any(|it| schema.contains_key(*it)) {
        let wrapped = json!({"allOf": [whole]});
        found.push(edit("wrapped", Effect::Same, [""; 2], [whole, wrapped]));
    }
    found
}

fn fewer_values(random: &mut Random, schema: &Members, values: &[Value]) -> Option<Edit> {
    let texts: Vec<_> = values.iter().filter(|it| it.is_string()).collect();
    if schema["type"] != "string" || texts.len() != values.len() || texts.len() < 2 {
        return None;
    }
    if schema.contains_key("maxLength") || schema.contains_key("minLength") {
        return None;
    }
    let gone = *random.pick(&texts);
    let kept: Vec<_> = values.iter().filter(|it| *it != gone).cloned().collect();
    let whole = Value::Object(schema.clone());
    Some(edit("enum", Effect::Narrower, VALUE, [whole, with(schema, "enum", kept)]))
}

fn null(words: Words, schema: &Members, kind: &str) -> Option<Edit> {
    let wide = match words {
        Words::V3_1 => with(schema, "type", json!([kind, "null"])),
        Words::V3_0 => with(schema, "nullable", true),
        Words::V2_0 => return None,
    };
    let mut narrow = schema.clone();
    if words == Words::V3_0 {
        narrow.remove("nullable");
    }
    Some(edit("null", Effect::Narrower, TYPE, [wide, Value::Object(narrow)]))
}

fn strings(schema: &Members) -> Vec<Edit> {
    let (Some(least), Some(most)) = (count(schema, "minLength", 0), count(schema, "maxLength", 64))
    else {
        return Vec::new();
    };
    let whole = Value::Object(schema.clone());
    let mut found = Vec::new();
    if least < most {
        let narrow = with(schema, "maxLength", most - 1);
        found.push(edit("maxLength", Effect::Narrower, STRING, [whole.clone(), narrow]));
        let narrow = with(schema, "minLength", least + 1);
        found.push(edit("minLength", Effect::Narrower, STRING, [whole.clone(), narrow]));
    }
    // In another type neither the lengths nor the format mean anything.
    let mut other = schema.clone();
    other.remove("format");
    let other = with(&other, "type", "boolean");
    found.push(edit("type", Effect::Other, TYPE, [whole.clone(), other]));
    if least < 4 && most >= 5 {
        let values = with(schema, "enum", json!(["aaaaa", "bbbbb"]));
        found.push(edit("values", Effect::Narrower, VALUE, [whole, values]));
    }
    found
}

fn numbers(schema: &Members) -> Vec<Edit> {
    let whole = Value::Object(schema.clone());
    let small = |name| schema.get(name).map_or(Some(None), |it| it.as_i64().map(Some));
    let (Some(least), Some(most)) = (small("minimum"), small("maximum")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let is_unsigned =
        schema.get("format").and_then(Value::as_str).is_some_and(|it| it.starts_with("uint"));
    let least = least.unwrap_or(-1).max(if is_unsigned { 0 } else { i64::MIN });
    let raised = least.saturating_add(1);
    if most.is_none_or(|it| it >= raised) && raised.abs() < 1_000_000 {
        let narrow = with(schema, "minimum", raised);
        found.push(edit("minimum", Effect::Narrower, NUMBER, [whole.clone(), narrow]));
    }
    let mut other = schema.clone();
    other.remove("format");
    let other = with(&other, "type", "string");
    found.push(edit("type", Effect::Other, TYPE, [whole, other]));
    found
}

fn arrays(schema: &Members) -> Vec<Edit> {
    let whole = Value::Object(schema.clone());
    let mut found = Vec::new();
    if !schema.contains_key("minItems") && count(schema, "maxItems", 9) > Some(0) {
        let narrow = with(schema, "minItems", 1);
        found.push(edit("minItems", Effect::Narrower, ARRAY, [whole, narrow]));
    }
    found
}

fn objects(random: &mut Random, schema: &Members, is_plain: impl Fn(&str) -> bool) -> Vec<Edit> {
    let whole = Value::Object(schema.clone());
    let mut found = Vec::new();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return found;
    };
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_free = |it: &&String| !required.contains(&json!(it)) && is_plain(it);
    let optional: Vec<_> = properties.keys().filter(is_free).collect();
    if !optional.is_empty() {
        let mut names = required.clone();
        names.push(json!(random.pick(&optional)));
        let narrow = with(schema, "required", names);
        found.push(edit("required", Effect::Narrower, NEEDED, [whole.clone(), narrow]));
    }
    let mut more = properties.clone();
    more.insert("zz-new".to_owned(), json!({"type": "string"}));
    let more = with(schema, "properties", more);
    match schema.get("additionalProperties") {
        None => {
            let narrow = with(schema, "additionalProperties", false);
            found.push(edit("closed", Effect::Narrower, CLOSED, [whole.clone(), narrow]));
            found.push(edit("member", Effect::Same, [""; 2], [whole, more]));
        }
        Some(Value::Bool(false)) => {
            found.push(edit("member", Effect::Narrower, CLOSED, [more, whole]));
        }
        Some(_) => {}
    }
    found
}
