//! Which texts the parameters of a path take: all of them if they are few, or whether one is taken.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Direction, Formats, Located,
    compare::{
        question::Style,
        text::{decoded, encoded, line},
        values::Values,
    },
    operations::{Operation, Parameter, Place, Reading},
};

/// Schemas within schemas that are looked at for constants.
const DEEPEST: usize = 8;

/// More values than this are not told apart.
const MOST: usize = 256;

/// The texts of each path parameter that has only a few, as they stand in a path.
pub(crate) fn few(
    reading: Reading,
    operation: &Operation,
    formats: Formats,
) -> BTreeMap<String, Vec<String>> {
    let mut values = Values::of(reading, Direction::ToProvider, formats);
    let parameters = operation.parameters.iter();
    let plain = parameters.filter(|it| it.place == Place::Path && it.content.is_none());
    let texts = plain.filter_map(|it| {
        let schema = it.schema.as_ref()?;
        let mut all = constants(reading, schema, DEEPEST)?;
        // `null` has no characters.
        all.retain(|value| !value.is_null() && values.takes(schema, value) == Some(true));
        let is_flat = all.iter().all(|it| !it.is_array() && !it.is_object());
        let text = |value: &Value| line(&it.name, value, it.serialization, true);
        let texts: Vec<String> = all.iter().map(text).filter(|it| !it.is_empty()).collect();
        (is_flat && !texts.is_empty() && texts.len() <= MOST).then(|| (it.name.clone(), texts))
    });
    texts.collect()
}

/// The constants among which all values of a schema are.
fn constants(reading: Reading, schema: &Located, depth: usize) -> Option<Vec<Value>> {
    let here = reading.resolved(schema.clone());
    let value = |it: &Located| reading.store.value(it.node);
    if let Some(only) = reading.member(&here, "const") {
        return Some(vec![value(&only)]);
    }
    let listed = reading.items_of(&here, "enum");
    if !listed.is_empty() {
        return Some(listed.iter().map(value).collect());
    }
    if reading.text(&here, "type") == Some("boolean") {
        return Some(vec![Value::Bool(true), Value::Bool(false)]);
    }
    let deeper = depth.checked_sub(1)?;
    let branches = reading.items_of(&here, "allOf");
    if let Some(all) = branches.iter().find_map(|it| constants(reading, it, deeper)) {
        return Some(all);
    }
    ["oneOf", "anyOf"].iter().find_map(|keyword| {
        let branches = reading.items_of(&here, keyword);
        let all: Option<Vec<_>> =
            branches.iter().map(|it| constants(reading, it, deeper)).collect();
        all.filter(|it| !it.is_empty()).map(|it| it.into_iter().flatten().collect())
    })
}

/// Does the path parameter of an operation take a text? Nothing if that is not known.
pub(crate) fn admits(
    (reading, formats): (Reading, Formats),
    operation: &Operation,
    (name, text): (&str, &str),
) -> Option<bool> {
    let is_it = |it: &&Parameter| it.place == Place::Path && it.name == name;
    let Some(parameter) = operation.parameters.iter().find(is_it) else { return Some(true) };
    let Some(schema) = &parameter.schema else { return Some(true) };
    let text = decoded(text);
    let mut values = Values::of(reading, Direction::ToProvider, formats);
    let mut is_known = true;
    for value in meanings(parameter, &text) {
        match values.takes(schema, &value) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(false)
}

/// A text of a pattern that a path parameter does not take, if there is one; an error if that is not
/// known.
pub(crate) fn refused(
    (reading, formats): (Reading, Formats),
    (operation, name, schema): (&Operation, &str, &Located),
    pattern: &str,
) -> Result<Option<String>, ()> {
    /// Texts that are looked at because they are read as another value.
    const TRIES: usize = 16;
    let mut values = Values::of(reading, Direction::ToProvider, formats);
    let mut read = Vec::new();
    for _ in 0..TRIES {
        let Some(text) = values.other_text(schema, pattern, &read)? else { return Ok(None) };
        match admits((reading, formats), operation, (name, &encoded(&text))) {
            Some(true) => read.push(text),
            Some(false) => return Ok(Some(text)),
            None => return Err(()),
        }
    }
    Err(())
}

/// What the text of a path parameter can be read as.
fn meanings(parameter: &Parameter, text: &str) -> Vec<Value> {
    if parameter.content.as_ref().is_some_and(crate::operations::MediaRange::is_json) {
        return serde_json::from_str(text).into_iter().collect();
    }
    let own = match parameter.serialization.style {
        Style::Label => text.strip_prefix('.'),
        Style::Matrix => text.strip_prefix(&format!(";{}=", parameter.name)),
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::Cookie
        | Style::Tabs => Some(text),
    };
    let Some(own) = own else { return Vec::new() };
    let items: Vec<&str> = own.split(',').collect();
    let texts = items.iter().map(|it| Value::from(*it)).collect();
    let scalars = items.iter().filter_map(|it| scalar(it)).collect();
    let plain = [Some(Value::from(own)), scalar(own)];
    let lists = [Value::Array(texts), Value::Array(scalars)];
    plain.into_iter().flatten().chain(lists).collect()
}

/// A number or a truth value, if the text is one.
fn scalar(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_number() || value.is_boolean()).then_some(value)
}
