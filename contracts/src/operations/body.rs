//! Request bodies and the contents of messages.

use crate::{
    Located, Version,
    operations::{Listed, MediaRange, Parameter, Place, Reading},
};

/// What Swagger says of media types where it says nothing.
const UNSAID: &str = "application/json";

/// A request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The resolved object; in 2.0 the parameter `body`, or the operation with form fields.
    pub at: Located,
    /// Whether the call needs one.
    pub required: bool,
    /// One for each media type.
    pub contents: Vec<Media>,
}

/// One media type of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The type or range.
    pub range: MediaRange,
    /// The media type object; in 2.0 what holds the schema.
    pub at: Located,
    /// The schema of the whole.
    pub schema: Option<Located>,
    /// The schema of one item of a stream (3.2).
    pub item_schema: Option<Located>,
    /// The encoding objects of parts.
    pub encoding: Vec<(String, Located)>,
    /// In 2.0 the fields are parameters, and there is no schema of the whole.
    pub has_fields: bool,
}

/// The request body of an operation.
pub(crate) fn body(reading: Reading, listed: &Listed, fields: &[Parameter]) -> Option<Body> {
    if reading.is_swagger() {
        return swagger_body(reading, listed, fields);
    }
    // OAS 3.0, Operation Object: where HTTP defines no meaning for a body, it is ignored.
    let is_vague = matches!(listed.method.as_str(), "GET" | "HEAD" | "DELETE" | "TRACE");
    if is_vague && reading.contract.version == Version::V3_0 {
        return None;
    }
    let at = reading.resolved_member(&listed.at, "requestBody")?;
    let contents = contents(reading, &at);
    // A body that can have no form at all is none that a call could need.
    let required = reading.flag(&at, "required") == Some(true) && !contents.is_empty();
    Some(Body { at, required, contents })
}

/// The media types under `content`.
pub(crate) fn contents(reading: Reading, at: &Located) -> Vec<Media> {
    let media = |(name, at): (String, Located)| {
        let at = reading.resolved(at);
        Media {
            range: MediaRange::parse(&name),
            schema: reading.member(&at, "schema"),
            item_schema: reading.member(&at, "itemSchema"),
            encoding: reading.members_of(&at, "encoding"),
            has_fields: false,
            at,
        }
    };
    reading.members_of(at, "content").into_iter().map(media).collect()
}

fn swagger_body(reading: Reading, listed: &Listed, fields: &[Parameter]) -> Option<Body> {
    let operation = &listed.at;
    let consumes = media_types(reading, operation, "consumes");
    let owners = [operation, &listed.item].map(|it| reading.items_of(it, "parameters"));
    let mut all = owners.into_iter().flatten().map(|it| reading.resolved(it));
    if let Some(at) = all.find(|it| reading.text(it, "in") == Some("body")) {
        let types = consumes.unwrap_or_else(|| vec![UNSAID.to_owned()]);
        let schema = reading.member(&at, "schema");
        let contents = types.iter().map(|it| plain(it, &at, schema.clone())).collect();
        let required = reading.flag(&at, "required") == Some(true);
        return Some(Body { at, required, contents });
    }
    let mut fields = fields.iter().filter(|it| it.place == Place::Form).peekable();
    fields.peek()?;
    let is_file = |it: &Parameter| reading.text(&it.at, "type") == Some("file");
    let (has_file, required) = fields.fold((false, false), |(file, required), it| {
        (file || is_file(it), required || it.required)
    });
    let form = if has_file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    let said = consumes.unwrap_or_default();
    let mut forms: Vec<_> =
        said.iter().filter(|it| MediaRange::parse(it).is_form()).cloned().collect();
    if forms.is_empty() {
        forms.push(form.to_owned());
    }
    let media = |it: &String| Media { has_fields: true, ..plain(it, operation, None) };
    let contents = forms.iter().map(media).collect();
    Some(Body { at: operation.clone(), required, contents })
}

/// The contents of a response of 2.0.
pub(crate) fn swagger_contents(
    reading: Reading,
    operation: &Located,
    response: &Located,
) -> Vec<Media> {
    let Some(schema) = reading.member(response, "schema") else { return Vec::new() };
    let types = media_types(reading, operation, "produces");
    let types = types.unwrap_or_else(|| vec![UNSAID.to_owned()]);
    types.iter().map(|it| plain(it, response, Some(schema.clone()))).collect()
}

fn media_types(reading: Reading, operation: &Located, name: &str) -> Option<Vec<String>> {
    let own = reading.texts(operation, name);
    own.or_else(|| reading.texts(&reading.contract.root(), name)).filter(|it| !it.is_empty())
}

fn plain(range: &str, at: &Located, schema: Option<Located>) -> Media {
    Media {
        range: MediaRange::parse(range),
        at: at.clone(),
        schema,
        item_schema: None,
        encoding: Vec::new(),
        has_fields: false,
    }
}
