//! Characters of a query that were let in beside those of the style: reserved ones that come as
//! they are, and no characters at all.

use serde_json::Value;

use crate::{
    Located,
    compare::text::encoded,
    operations::{Parameter, Place, Reading},
};

/// A value that is written in a way which the receiver does not let in.
pub(crate) struct Lost {
    /// What is sent.
    pub value: Value,
    /// Does it come without percent-encoding?
    pub is_raw: bool,
    /// How it was and is, as a message says it.
    pub why: &'static str,
}

/// Members of a schema that leave a text with reserved characters as possible as any other.
const PLAIN: [&str; 15] = [
    // Of parameters of 2.0, which are schemas themselves.
    "name",
    "in",
    "required",
    "allowEmptyValue",
    "type",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "format",
    "minLength",
    "enum",
    "nullable",
];

/// What the sender's parameter lets in and the receiver's does not. Where the schema says more than
/// plain keywords, nothing is claimed.
pub(crate) fn lost(
    (sender, sent): (Reading, &Parameter),
    (receiver, read): (Reading, &Parameter),
) -> Option<Lost> {
    let is_query = sent.place == Place::Query && sent.content.is_none();
    if !is_query {
        return None;
    }
    // 2.0 does not tell reserved characters apart.
    if sent.allow_reserved && !read.allow_reserved && !receiver.is_swagger() {
        let value = reserved(sender, sent.schema.as_ref()?)?;
        let why = "reserved characters came as they are before, only percent-encoded now";
        return Some(Lost { value: Value::from(value), is_raw: true, why });
    }
    let is_empty = sent.allow_empty && !read.allow_empty;
    (is_empty && refuses_nothing(receiver, read.schema.as_ref()?)).then(|| Lost {
        value: Value::from(""),
        is_raw: false,
        why: "it could come without a value before",
    })
}

/// A text with reserved characters that the schema takes.
fn reserved(reading: Reading, schema: &Located) -> Option<String> {
    let schema = plain(reading, schema)?;
    if reading.member(&schema, "format").is_some() {
        return None;
    }
    let is_reserved = |it: &&str| it.contains([':', '/', '?', '@', '$', '\'', '(', ')', '*', ';']);
    let constants = reading.items_of(&schema, "enum");
    if !constants.is_empty() {
        let mut texts = constants.iter().filter_map(|it| reading.store.as_str(it.node));
        let is_safe = |it: &&str| !it.contains(['&', '#', '+', '%', '=', ' ']) && it.is_ascii();
        return texts.find(|it| is_reserved(it) && is_safe(it)).map(ToOwned::to_owned);
    }
    let least = reading.member(&schema, "minLength");
    let least = least.and_then(|it| reading.store.as_number(it.node)?.parse().ok());
    (reading.text(&schema, "type") == Some("string"))
        .then(|| "/".repeat(least.unwrap_or(1).clamp(1, 64)))
}

/// Is an empty text none of its values?
fn refuses_nothing(reading: Reading, schema: &Located) -> bool {
    let Some(schema) = plain(reading, schema) else { return false };
    let is_nullable = reading.member(&schema, "nullable").is_some();
    let kind = reading.text(&schema, "type").unwrap_or_default();
    !is_nullable && matches!(kind, "integer" | "number" | "boolean")
}

/// The schema behind references, if it only has plain keywords.
fn plain(reading: Reading, schema: &Located) -> Option<Located> {
    let has_siblings =
        reading.text(schema, "$ref").is_some() && reading.store.n_members(schema.node) > 1;
    let schema = reading.resolved(schema.clone());
    let is_plain = reading.store.members(schema.node).all(|(name, _)| PLAIN.contains(&name));
    (is_plain && !has_siblings).then_some(schema)
}

/// The URL with the parameter's value as it is.
pub(crate) fn raw(url: &str, name: &str, value: &str) -> String {
    let name = encoded(name);
    url.replace(&format!("{name}={}", encoded(value)), &format!("{name}={value}"))
}
