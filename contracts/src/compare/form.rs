//! The text of a form: what its members become on the wire.

use serde_json::{Map, Value};

use crate::{
    Content, HttpBody,
    compare::{
        encoding::{self, FORM, Part},
        exchange::header_text,
        question::Serialization,
        sample::Sampler,
        text::{encoded, line, pieces, scalar},
    },
    operations::{Media, MediaRange, Parameter, Place},
};

/// Between the parts of a multipart body.
const BOUNDARY: &str = "boundary";

/// A member that is there though it need not be.
#[derive(Default, Clone)]
pub(crate) struct Member {
    /// Its name.
    pub name: String,
    /// Its media type, if that is what matters.
    pub media: Option<String>,
    /// A header field of its part, and the text of it.
    pub header: Option<(String, String)>,
}

/// One piece of a form, as it is written; percent-encoded if the form is.
struct Piece {
    name: String,
    value: String,
    headers: Vec<(String, String)>,
}

/// A form of a value and one member more.
pub(crate) fn body(
    sampler: Sampler,
    (media, name): (&Media, &str),
    value: &Value,
    extra: Option<&Member>,
) -> HttpBody {
    let mut members = value.as_object().cloned().unwrap_or_default();
    let parts = encoding::parts((sampler.reading, media));
    if let Some((name, part)) = extra.and_then(|it| Some((&it.name, parts.get(&it.name)?))) {
        let shape = part.shapes.last().copied();
        let sample = shape.map(|it| sampler.shaped(Some(&part.property), it));
        members.insert(name.clone(), sample.unwrap_or_else(|| Value::from("a")));
    }
    let pieces: Vec<_> = members
        .iter()
        .flat_map(|(name, value)| {
            let extra = extra.filter(|it| it.name == *name);
            let by = parts.get(name).and_then(|it| it.serialization);
            let mut pieces = member((name, value), by, media.range.is_urlencoded());
            for piece in &mut pieces {
                piece.headers = headers(sampler, parts.get(name), extra);
            }
            pieces
        })
        .collect();
    written(&media.range, name, &pieces)
}

/// A form of fields, as Swagger has it.
pub(crate) fn fields(range: &MediaRange, name: &str, values: &[(&Parameter, Value)]) -> HttpBody {
    let pieces: Vec<_> = values
        .iter()
        .filter(|it| it.0.place == Place::Form)
        .flat_map(|(field, value)| {
            plain(&field.name, value, field.serialization, range.is_urlencoded())
        })
        .collect();
    written(range, name, &pieces)
}

/// The text of an object that is a whole query.
pub(crate) fn query(value: &Value) -> String {
    let none = Map::new();
    let members = value.as_object().unwrap_or(&none);
    let pieces = members.iter().flat_map(|(name, it)| pieces(name, it, FORM));
    pieces.map(|(name, it)| format!("{name}={it}")).collect::<Vec<_>>().join("&")
}

/// The header fields of a part: what is said of its media type, and what is required.
fn headers(sampler: Sampler, part: Option<&Part>, extra: Option<&Member>) -> Vec<(String, String)> {
    let media = extra.and_then(|it| it.media.clone()).or_else(|| part.and_then(Part::said_type));
    let mut found: Vec<_> = media.map(|it| ("content-type".to_owned(), it)).into_iter().collect();
    let shown = extra.and_then(|it| it.header.as_ref());
    for header in part.into_iter().flat_map(|it| &it.headers).filter(|it| it.required) {
        if shown.is_none_or(|it| it.0 != header.name) {
            let value = sampler.present(header.schema.as_ref());
            found.push((header.name.clone(), header_text(header, &value)));
        }
    }
    found.extend(shown.cloned());
    found
}

fn member(
    (name, value): (&String, &Value),
    by: Option<Serialization>,
    is_encoded: bool,
) -> Vec<Piece> {
    // An object travels as JSON unless a style is asked for.
    if by.is_none() && value.is_object() {
        let text = scalar(value);
        let value = if is_encoded { encoded(&text) } else { text };
        return vec![Piece { name: name.clone(), value, headers: Vec::new() }];
    }
    plain(name, value, by.unwrap_or(FORM), is_encoded)
}

fn plain(name: &str, value: &Value, by: Serialization, is_encoded: bool) -> Vec<Piece> {
    let piece = |(name, value)| Piece { name, value, headers: Vec::new() };
    if is_encoded {
        return pieces(name, value, by).into_iter().map(piece).collect();
    }
    match value {
        Value::Array(items) if by.explode => {
            items.iter().map(|it| piece((name.to_owned(), scalar(it)))).collect()
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => vec![piece((name.to_owned(), line(name, value, by, false)))],
    }
}

fn written(range: &MediaRange, name: &str, pieces: &[Piece]) -> HttpBody {
    if range.is_urlencoded() {
        let all = pieces.iter().map(|it| format!("{}={}", it.name, it.value));
        let text = all.collect::<Vec<_>>().join("&");
        return HttpBody { media_type: name.to_owned(), content: Content::Text(text) };
    }
    let part = |it: &Piece| {
        let headers = it.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers: String = headers.collect();
        let Piece { name, value, .. } = it;
        format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n{headers}\r\n{value}\r\n"
        )
    };
    let text = format!("{}--{BOUNDARY}--\r\n", pieces.iter().map(part).collect::<String>());
    let media_type = format!("{name}; boundary={BOUNDARY}");
    HttpBody { media_type, content: Content::Text(text) }
}
