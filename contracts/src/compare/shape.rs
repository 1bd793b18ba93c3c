//! Which shapes of values a schema lets through, as far as its types say.

use std::collections::BTreeSet;

use crate::{
    Located,
    compare::{question::Style, text::Shape},
    operations::Reading,
};

/// The shapes that a schema may take; all of them where it says nothing.
pub(crate) fn shapes(reading: Reading, schema: Option<&Located>) -> Vec<Shape> {
    let types = schema.and_then(|it| types(reading, it, 16));
    let all = [Shape::Scalar, Shape::Array, Shape::Object];
    let Some(types) = types else { return all.to_vec() };
    let lets = |shape: &Shape| {
        types.iter().any(|it| match it.as_str() {
            "array" => *shape == Shape::Array,
            "object" => *shape == Shape::Object,
            _ => *shape == Shape::Scalar,
        })
    };
    all.into_iter().filter(lets).collect()
}

/// Does a schema say nothing of the types of its values?
pub(crate) fn is_untyped(reading: Reading, schema: &Located) -> bool {
    types(reading, schema, 16).is_none()
}

/// The types that a value may have; nothing if there is no limit.
pub(crate) fn types(reading: Reading, schema: &Located, depth: usize) -> Option<BTreeSet<String>> {
    let here = reading.resolved(schema.clone());
    let mut found = reading.texts(&here, "type").filter(|it| !it.is_empty());
    if found.is_none() {
        found = reading.text(&here, "type").map(|it| vec![it.to_owned()]);
    }
    let mut found: Option<BTreeSet<String>> = found.map(|it| it.into_iter().collect());
    if depth == 0 {
        return found;
    }
    for branch in reading.items_of(&here, "allOf") {
        found = both(found, types(reading, &branch, depth - 1));
    }
    for keyword in ["oneOf", "anyOf"] {
        let branches = reading.items_of(&here, keyword);
        if branches.is_empty() {
            continue;
        }
        let all: Option<Vec<_>> = branches.iter().map(|it| types(reading, it, depth - 1)).collect();
        found = both(found, all.map(|it| it.into_iter().flatten().collect()));
    }
    found.or_else(|| constant_types(reading, &here))
}

fn both(
    one: Option<BTreeSet<String>>,
    other: Option<BTreeSet<String>>,
) -> Option<BTreeSet<String>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.intersection(&other).cloned().collect()),
        (one, other) => one.or(other),
    }
}

fn constant_types(reading: Reading, at: &Located) -> Option<BTreeSet<String>> {
    let constant = reading.member(at, "const");
    let mut constants = reading.items_of(at, "enum");
    constants.extend(constant);
    let name = |it: &Located| match reading.store.kind(it.node) {
        crate::Kind::Array => "array",
        crate::Kind::Object => "object",
        crate::Kind::Null | crate::Kind::Bool | crate::Kind::Number | crate::Kind::String => {
            "string"
        }
    };
    let names: BTreeSet<_> = constants.iter().map(|it| name(it).to_owned()).collect();
    (!names.is_empty()).then_some(names)
}

/// The name of a style, as a contract writes it.
pub(crate) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
        Style::Tabs => "tsv",
    }
}
