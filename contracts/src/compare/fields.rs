//! A form of Swagger beside a form of a newer version: its fields are parameters there, and
//! members of a schema here. The newer form is taken apart into fields.

use crate::{
    Located, UndecidedPart,
    compare::encoding::{self, FORM},
    operations::{Media, Operation, Parameter, Place, Reading},
};

/// Keywords of the schema of a form that say no more than its fields do.
const OF_FIELDS: [&str; 13] = [
    "$ref",
    "type",
    "properties",
    "required",
    "allOf",
    "title",
    "description",
    "example",
    "examples",
    "externalDocs",
    "default",
    "deprecated",
    "xml",
];

/// Takes the form of the one side apart if the other one has fields. Tells what fields cannot say.
pub(crate) fn align(
    (base_reading, base): (Reading, &mut Operation),
    (head_reading, head): (Reading, &mut Operation),
) -> Option<UndecidedPart> {
    let has_fields =
        |it: &Operation| it.body.iter().flat_map(|it| &it.contents).any(|it| it.has_fields);
    match (has_fields(base), has_fields(head)) {
        (true, false) => take_apart(head_reading, head, base),
        (false, true) => take_apart(base_reading, base, head),
        (true, true) | (false, false) => None,
    }
}

fn take_apart(
    reading: Reading,
    operation: &mut Operation,
    other: &Operation,
) -> Option<UndecidedPart> {
    let body = operation.body.as_mut()?;
    let first = body.contents.iter().find(|it| it.range.is_form())?;
    let fields = fields(reading, first);
    let knows = |it: &Parameter| fields.iter().any(|own| own.name == it.name);
    let mut others = other.parameters.iter().filter(|it| it.place == Place::Form);
    let is_closed_to = !others.all(knows);
    let keyword = first.schema.as_ref().and_then(|it| beyond(reading, it, is_closed_to, 8));
    let left = keyword.map(|keyword| UndecidedPart {
        subject: format!("{} body", operation.listed.label()),
        reason: "form-of-two-versions".to_owned(),
        detail: format!("`{keyword}` of the form has no counterpart among the fields of 2.0"),
    });
    for media in &mut body.contents {
        media.has_fields = media.has_fields || media.range.is_form();
    }
    operation.parameters.extend(fields);
    left
}

/// A keyword that says more than fields can.
pub(crate) fn beyond(
    reading: Reading,
    schema: &Located,
    is_closed_to: bool,
    depth: usize,
) -> Option<String> {
    let here = reading.resolved(schema.clone());
    let is_closed = |it: &Located| reading.store.as_bool(it.node) == Some(false);
    for (name, at) in reading.members(&here) {
        let is_plain = OF_FIELDS.contains(&name.as_str()) || name.starts_with("x-");
        let lets_in = name == "additionalProperties" && (!is_closed(&at) || !is_closed_to);
        if !is_plain && !lets_in {
            return Some(name);
        }
    }
    let deeper = depth.checked_sub(1)?;
    let branches = reading.items_of(&here, "allOf");
    branches.iter().find_map(|it| beyond(reading, it, is_closed_to, deeper))
}

fn fields(reading: Reading, media: &Media) -> Vec<Parameter> {
    let mut needed = Vec::new();
    if let Some(schema) = &media.schema {
        required(reading, schema, 8, &mut needed);
    }
    let field = |(name, part): (String, encoding::Part)| Parameter {
        required: needed.contains(&name),
        name,
        place: Place::Form,
        at: part.property.clone(),
        schema: Some(part.property),
        content: None,
        serialization: part.serialization.unwrap_or(FORM),
        allow_reserved: false,
        allow_empty: false,
    };
    encoding::parts((reading, media)).into_iter().map(field).collect()
}

/// The members that a schema and the parts of its `allOf` need.
pub(crate) fn required(reading: Reading, schema: &Located, depth: usize, found: &mut Vec<String>) {
    let here = reading.resolved(schema.clone());
    found.extend(reading.texts(&here, "required").unwrap_or_default());
    if depth > 0 {
        for branch in reading.items_of(&here, "allOf") {
            required(reading, &branch, depth - 1, found);
        }
    }
}
