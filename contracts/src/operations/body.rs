//! Request bodies and the contents of messages.

use crate::{
    Located, Pointer, Version,
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
    /// In 2.0 the list of all media types, of the operation or of the whole contract.
    pub listed: Option<Located>,
}

impl Media {
    /// Where it is said that the media type is one; the place of its schema may say it for one of
    /// many messages.
    pub(crate) fn said_at(&self) -> &Located {
        self.listed.as_ref().unwrap_or(&self.at)
    }

    /// What the list in which it stands is the list of, if there is one.
    pub(crate) fn list(&self, operation: &str) -> Option<String> {
        let pointer = &self.listed.as_ref()?.pointer;
        let name = pointer.names().last()?;
        let is_whole = pointer.parent()? == Pointer::root();
        Some(if is_whole { name } else { format!("{operation}#{name}") })
    }
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
            listed: None,
            at,
        }
    };
    reading.members_of(at, "content").into_iter().map(media).collect()
}

fn swagger_body(reading: Reading, listed: &Listed, fields: &[Parameter]) -> Option<Body> {
    let operation = &listed.at;
    let consumes = MediaTypes::of(reading, operation, "consumes");
    let owners = [operation, &listed.item].map(|it| reading.items_of(it, "parameters"));
    let mut all = owners.into_iter().flatten().map(|it| reading.resolved(it));
    if let Some(at) = all.find(|it| reading.text(it, "in") == Some("body")) {
        let schema = reading.member(&at, "schema");
        let contents = consumes.media(&at, schema.as_ref());
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
    let is_form = |it: &String| MediaRange::parse(it).is_form();
    let forms: Vec<_> = consumes.types.into_iter().filter(is_form).collect();
    let said = MediaTypes { types: forms, ..consumes }.or(form);
    let media = said.media(operation, None).into_iter();
    let contents = media.map(|it| Media { has_fields: true, ..it }).collect();
    Some(Body { at: operation.clone(), required, contents })
}

/// The contents of a response of 2.0.
pub(crate) fn swagger_contents(
    reading: Reading,
    operation: &Located,
    response: &Located,
) -> Vec<Media> {
    let Some(schema) = reading.member(response, "schema") else { return Vec::new() };
    MediaTypes::of(reading, operation, "produces").media(response, Some(&schema))
}

/// The media types that 2.0 lists for all messages of an operation, or of all operations.
struct MediaTypes {
    types: Vec<String>,
    listed: Option<Located>,
}

impl MediaTypes {
    fn of(reading: Reading, operation: &Located, name: &str) -> Self {
        let root = reading.contract.root();
        let holder = [operation, &root].into_iter().find(|it| reading.texts(it, name).is_some());
        let types = holder.and_then(|it| reading.texts(it, name)).unwrap_or_default();
        Self { types, listed: holder.and_then(|it| reading.member(it, name)) }
    }

    /// This one, if there are none.
    fn or(self, unsaid: &str) -> Self {
        if self.types.is_empty() {
            return Self { types: vec![unsaid.to_owned()], listed: None };
        }
        self
    }

    fn media(self, at: &Located, schema: Option<&Located>) -> Vec<Media> {
        let Self { types, listed } = self.or(UNSAID);
        let media = |it: &String| Media {
            range: MediaRange::parse(it),
            at: at.clone(),
            schema: schema.cloned(),
            item_schema: None,
            encoding: Vec::new(),
            has_fields: false,
            listed: listed.clone(),
        };
        types.iter().map(media).collect()
    }
}
