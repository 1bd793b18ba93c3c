//! A form of Swagger beside a form of a newer version: its fields are parameters there, and
//! members of a schema here. The newer form is taken apart into fields.

use crate::{
    Located,
    compare::encoding::{self, FORM},
    operations::{Media, Operation, Parameter, Place, Reading},
};

/// Takes the form of the one side apart if the other one has fields.
pub(crate) fn align(
    (base_reading, base): (Reading, &mut Operation),
    (head_reading, head): (Reading, &mut Operation),
) {
    let has_fields =
        |it: &Operation| it.body.iter().flat_map(|it| &it.contents).any(|it| it.has_fields);
    match (has_fields(base), has_fields(head)) {
        (true, false) => take_apart(head_reading, head),
        (false, true) => take_apart(base_reading, base),
        (true, true) | (false, false) => {}
    }
}

fn take_apart(reading: Reading, operation: &mut Operation) {
    let Some(body) = &mut operation.body else { return };
    let forms: Vec<&Media> = body.contents.iter().filter(|it| it.range.is_form()).collect();
    let Some(first) = forms.first() else { return };
    let fields = fields(reading, first);
    for media in &mut body.contents {
        media.has_fields = media.has_fields || media.range.is_form();
    }
    operation.parameters.extend(fields);
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

fn required(reading: Reading, schema: &Located, depth: usize, found: &mut Vec<String>) {
    let here = reading.resolved(schema.clone());
    found.extend(reading.texts(&here, "required").unwrap_or_default());
    if depth > 0 {
        for branch in reading.items_of(&here, "allOf") {
            required(reading, &branch, depth - 1, found);
        }
    }
}
