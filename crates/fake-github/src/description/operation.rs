//! One method at one path: what it takes, and what it answers.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;

use crate::description::Description;

/// What is known of one operation.
pub(crate) struct Operation {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: BTreeMap<u16, Response>,
}

/// A parameter of path or query.
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) is_query: bool,
    pub(crate) is_required: bool,
    /// The type of its schema, which says how its text is read.
    pub(crate) kind: String,
    pub(crate) validator: Option<Validator>,
}

/// The body of a request.
pub(crate) struct Body {
    pub(crate) is_required: bool,
    /// The members that it may have; nothing where the schema leaves that open.
    pub(crate) members: Option<Vec<String>>,
    pub(crate) validator: Option<Validator>,
}

/// The answer of one status.
pub(crate) struct Response {
    pub(crate) example: Option<Value>,
    /// Asked by tests only, and long: so it is made ready by them.
    pub(crate) schema: Option<Value>,
}

impl Operation {
    pub(super) fn of(description: &Description, item: &Value, operation: &Value) -> Self {
        let own = list(operation, "parameters").chain(list(item, "parameters"));
        let responses = operation.get("responses").and_then(Value::as_object);
        let responses = responses.into_iter().flatten();
        Self {
            parameters: own.map(|it| parameter(description, &description.resolved(it))).collect(),
            body: operation
                .get("requestBody")
                .map(|it| body(description, &description.resolved(it))),
            responses: responses
                .filter_map(|(status, it)| {
                    Some((status.parse().ok()?, response(description, &description.resolved(it))))
                })
                .collect(),
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn is_true(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}

fn parameter(description: &Description, parameter: &Value) -> Parameter {
    let schema = description.resolved(parameter.get("schema").unwrap_or(&Value::Null));
    Parameter {
        name: text(parameter, "name"),
        is_query: text(parameter, "in") == "query",
        is_required: is_true(parameter, "required"),
        kind: text(&schema, "type"),
        validator: description.validator(&schema),
    }
}

fn json_content(value: &Value) -> Option<&Value> {
    value.get("content")?.get("application/json")
}

fn body(description: &Description, body: &Value) -> Body {
    let schema = json_content(body).and_then(|it| it.get("schema"));
    let schema = schema.map(|it| description.resolved(it));
    Body {
        is_required: is_true(body, "required"),
        members: schema.as_ref().and_then(members),
        validator: schema.and_then(|it| description.validator(&it)),
    }
}

/// The names of an object's properties, if nothing else says more about them.
fn members(schema: &Value) -> Option<Vec<String>> {
    let schema = schema.as_object()?;
    let is_open = ["additionalProperties", "allOf", "anyOf", "oneOf"]
        .iter()
        .any(|it| schema.get(*it).is_some_and(|it| *it != Value::Bool(false)));
    let properties = schema.get("properties")?.as_object()?;
    (!is_open).then(|| properties.keys().cloned().collect())
}

fn response(description: &Description, response: &Value) -> Response {
    let content = json_content(response);
    let examples = content.and_then(|it| it.get("examples")).and_then(Value::as_object);
    let first = examples.and_then(|it| it.get("default").or_else(|| it.values().next()));
    let single = content.and_then(|it| it.get("example")).cloned();
    Response {
        example: first.and_then(|it| example(description, it)).or(single),
        schema: content.and_then(|it| it.get("schema")).cloned(),
    }
}

/// The value of an example; sometimes that is a reference to another one.
fn example(description: &Description, example: &Value) -> Option<Value> {
    let value = description.resolved(example).get("value").cloned()?;
    if value.get("$ref").is_some() { self::example(description, &value) } else { Some(value) }
}
