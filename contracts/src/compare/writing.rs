//! Values that travel as characters: still as the same ones, by a media type or by a style? And
//! if so, are they the same values?

use serde_json::Value;

use crate::{
    Direction, Formats, Located, Revision,
    compare::{
        question::{Carriage, SchemaQuestion, Serialization, Style},
        shape,
        text::{Shape, written_alike},
        values::Values,
        work::Work,
    },
    operations::{Header, MediaRange, Parameter, Place, Reading},
};

/// The values of a parameter or header, and how they become characters.
#[derive(Clone, Copy)]
pub(crate) struct Writing<'a> {
    /// The object that says all this.
    at: &'a Located,
    /// The schema of the values.
    schema: Option<&'a Located>,
    /// The media type, where `content` says how it travels.
    content: Option<&'a MediaRange>,
    /// The style, unless `content` says so.
    serialization: Serialization,
    /// Is it one text: a segment of a path, a header field?
    is_line: bool,
}

/// A shape of values that travels as other characters now.
pub(crate) struct Rewritten {
    /// The shape.
    pub shape: Shape,
    /// The value that shows it, if not any of the shape does.
    pub value: Option<Value>,
    /// How it was and is, as a message says it.
    pub why: String,
}

impl<'a> Writing<'a> {
    /// That of a parameter.
    pub(crate) fn of_parameter(parameter: &'a Parameter) -> Self {
        Self {
            at: &parameter.at,
            schema: parameter.schema.as_ref(),
            content: parameter.content.as_ref(),
            serialization: parameter.serialization,
            is_line: matches!(parameter.place, Place::Path | Place::Header),
        }
    }

    /// That of a header field.
    pub(crate) fn of_header(header: &'a Header) -> Self {
        Self {
            at: &header.at,
            schema: header.schema.as_ref(),
            content: header.content.as_ref(),
            serialization: header.serialization,
            is_line: true,
        }
    }
}

/// Where in which exchange values are.
pub(crate) struct Where<'a> {
    /// The operation or event.
    pub operation: &'a str,
    /// Who sends.
    pub direction: Direction,
    /// As witnesses have it: `query.NAME`.
    pub location: String,
    /// The status of a response.
    pub status: Option<String>,
}

/// Asks whether all values still fit, unless both sides say the same of them.
pub(crate) fn ask(work: &mut Work, at: Where, (base, head): (Writing, Writing)) {
    if work.same_option(base.schema, head.schema) {
        return;
    }
    let is_json = base.content.is_some_and(MediaRange::is_json);
    // Whoever reads a list says how it is cut.
    let reading = work.reading(Revision::Base);
    let is_plain = shape::shapes(reading, base.schema) == [Shape::Scalar];
    let by = if is_plain { head.serialization } else { base.serialization };
    work.questions.push(SchemaQuestion {
        operation: at.operation.to_owned(),
        direction: at.direction,
        location: at.location,
        media_type: base.content.map(ToString::to_string),
        status: at.status,
        base: base.schema.cloned(),
        head: head.schema.cloned(),
        base_holder: base.at.spot(),
        head_holder: head.at.spot(),
        carriage: if is_json { Carriage::Json } else { Carriage::Text(by) },
    });
}

/// What is written otherwise, of the values that the sender lets through.
pub(crate) fn rewritten(
    reading: Reading,
    (sent, read): (Writing, Writing),
    direction: Direction,
) -> Option<Rewritten> {
    let schema = sent.schema;
    let shapes = shape::shapes(reading, schema);
    let told = |shape, value, (sent, read): (String, String)| {
        let (base, head) = direction.sides(sent, read);
        Some(Rewritten { shape, value, why: format!("{base} before, {head} now") })
    };
    let (by, other) = (Way::of(sent.content), Way::of(read.content));
    match (by, other) {
        (Way::Style, Way::Style) => {}
        (Way::Json, Way::Json) | (Way::Text, Way::Text) => return None,
        // Of which nothing is said at all, everything may be.
        (Way::Style, _) if sent.schema.is_none() => return None,
        (_, Way::Style) if read.schema.is_none() => return None,
        (Way::Other(one), Way::Other(other)) if other.covers(one) => return None,
        (Way::Json, Way::Style | Way::Text) | (Way::Style | Way::Text, Way::Json)
            if has_no_quotes(reading, schema) =>
        {
            return None;
        }
        (Way::Style, Way::Text) | (Way::Text, Way::Style) if shapes == [Shape::Scalar] => {
            return None;
        }
        _ => {
            let shape = *shapes.last().unwrap_or(&Shape::Scalar);
            return told(shape, None, (content_name(sent.content), content_name(read.content)));
        }
    }
    let (one, other) = (sent.serialization, read.serialization);
    // One line or piece of whatever kind is read as one text.
    let is_piece = !one.explode && one.style != Style::DeepObject;
    let is_untyped =
        (sent.is_line || is_piece) && schema.is_none_or(|it| shape::is_untyped(reading, it));
    let shapes = if is_untyped { vec![Shape::Scalar] } else { shapes };
    let differs = |it: &Shape| !written_alike(*it, one, other, sent.is_line);
    for shape in shapes.into_iter().filter(differs) {
        let is_one = shape == Shape::Array && is_one_piece(reading, schema, (direction, other));
        let cut = is_one.then(|| cut_piece(reading, schema?, (direction, other))).flatten();
        if !is_one || cut.is_some() {
            return told(shape, cut, (way(one), way(other)));
        }
    }
    None
}

/// Is every list of a schema the same characters as its one item, which the other style reads so?
pub(crate) fn is_one_piece(
    reading: Reading,
    schema: Option<&Located>,
    (direction, other): (Direction, Serialization),
) -> bool {
    let Some(schema) = schema else { return false };
    let mut values = Values::of(reading, direction, Formats::None);
    other.style != Style::DeepObject && values.has_one_item(schema)
}

/// A list of one text that is several items to a style whose separators are codes themselves.
fn cut_piece(
    reading: Reading,
    schema: &Located,
    (direction, other): (Direction, Serialization),
) -> Option<Value> {
    let separators = match other.style {
        Style::SpaceDelimited if !other.explode => " ",
        Style::PipeDelimited if !other.explode => "|",
        Style::Tabs if !other.explode => "\\t",
        Style::Label => ".",
        Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::Tabs
        | Style::Simple
        | Style::Form
        | Style::Cookie
        | Style::Matrix
        | Style::DeepObject => return None,
    };
    Values::of(reading, direction, Formats::None).some_cut(schema, separators)
}

/// What makes characters of a value. The media type itself does not travel with a parameter.
enum Way<'a> {
    Style,
    Json,
    Text,
    Other(&'a MediaRange),
}

impl<'a> Way<'a> {
    fn of(content: Option<&'a MediaRange>) -> Self {
        match content {
            None => Self::Style,
            Some(range) if range.is_json() => Self::Json,
            Some(range) if range.is_text() => Self::Text,
            Some(range) => Self::Other(range),
        }
    }
}

/// Numbers and truth values are the same characters as JSON.
fn has_no_quotes(reading: Reading, schema: Option<&Located>) -> bool {
    let types = schema.and_then(|it| shape::types(reading, it, 16));
    let is_bare = |it: &String| matches!(it.as_str(), "integer" | "number" | "boolean");
    types.is_some_and(|it| it.iter().all(is_bare))
}

fn content_name(content: Option<&MediaRange>) -> String {
    content.map_or_else(|| "plain text".to_owned(), |it| format!("`{it}`"))
}

/// A style as a message names it.
fn way(it: Serialization) -> String {
    format!("`{}`{}", shape::style_name(it.style), if it.explode { " exploded" } else { "" })
}
