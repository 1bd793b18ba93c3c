//! Parameters with everything that is inherited or left out filled in.

use crate::{
    Located,
    compare::question::{Serialization, Style},
    operations::{MediaRange, Reading},
};

/// Where a parameter is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path template.
    Path,
    /// One name of the query.
    Query,
    /// The whole query (3.2).
    Querystring,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// A field of a form (2.0).
    Form,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// As written; names of header fields compare without case.
    pub name: String,
    /// Where it is read.
    pub place: Place,
    /// Whether the call needs it.
    pub required: bool,
    /// The resolved object.
    pub at: Located,
    /// The schema: the parameter itself in 2.0.
    pub schema: Option<Located>,
    /// The media type, where `content` says how it travels.
    pub content: Option<MediaRange>,
    /// How it becomes characters, unless `content` says so.
    pub serialization: Serialization,
    /// Whether reserved characters come as they are.
    pub allow_reserved: bool,
    /// Whether an empty value is fine whatever the schema says.
    pub allow_empty: bool,
}

impl Place {
    /// As witnesses write it: `query.NAME`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Form => "form",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "path" => Self::Path,
            "query" => Self::Query,
            "querystring" => Self::Querystring,
            "header" => Self::Header,
            "cookie" => Self::Cookie,
            "formData" => Self::Form,
            _ => return None,
        })
    }

    fn style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::Querystring | Self::Cookie | Self::Form => Style::Form,
        }
    }
}

impl Parameter {
    /// What makes two parameters the same one.
    #[must_use]
    pub fn key(&self) -> (Place, String) {
        let name = match self.place {
            Place::Header => self.name.to_ascii_lowercase(),
            Place::Querystring => String::new(),
            Place::Path | Place::Query | Place::Cookie | Place::Form => self.name.clone(),
        };
        (self.place, name)
    }

    /// As witnesses write it: `query.limit`.
    #[must_use]
    pub fn location(&self) -> String {
        format!("{}.{}", self.place.word(), self.name)
    }
}

/// The header parameters that OAS ignores: they are said elsewhere.
pub(crate) fn ignored_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// The parameters of an operation, those of its path inherited or overridden.
pub(crate) fn parameters(reading: Reading, item: &Located, operation: &Located) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let mut owners = reading.chain(item);
    owners.reverse();
    owners.push(operation.clone());
    for at in owners.iter().flat_map(|it| reading.items_of(it, "parameters")) {
        let Some(parameter) = parameter(reading, reading.resolved(at)) else { continue };
        let key = parameter.key();
        found.retain(|it| it.key() != key);
        found.push(parameter);
    }
    found.retain(|it| it.place != Place::Header || !ignored_header(&it.name));
    found
}

fn parameter(reading: Reading, at: Located) -> Option<Parameter> {
    let place = Place::named(reading.text(&at, "in")?)?;
    let name = reading.text(&at, "name").unwrap_or_default().to_owned();
    let flag = |name| reading.flag(&at, name) == Some(true);
    let (schema, content) = schema(reading, &at);
    Some(Parameter {
        name,
        place,
        required: place == Place::Path || flag("required"),
        schema,
        content,
        serialization: serialization(reading, &at, place.style()),
        allow_reserved: flag("allowReserved"),
        allow_empty: flag("allowEmptyValue") && matches!(place, Place::Query | Place::Form),
        at,
    })
}

/// The schema of a parameter or header, and its media type if `content` gives one.
pub(crate) fn schema(reading: Reading, at: &Located) -> (Option<Located>, Option<MediaRange>) {
    if reading.is_swagger() {
        return (Some(at.clone()), None);
    }
    let mut contents = reading.members_of(at, "content").into_iter();
    match contents.next() {
        Some((name, media)) => {
            let media = reading.resolved(media);
            (reading.member(&media, "schema"), Some(MediaRange::parse(&name)))
        }
        None => (reading.member(at, "schema"), None),
    }
}

/// Style and explode, with the defaults of the place filled in.
pub(crate) fn serialization(reading: Reading, at: &Located, default: Style) -> Serialization {
    if reading.is_swagger() {
        return collection_format(reading.text(at, "collectionFormat"), default);
    }
    let style = reading.text(at, "style").and_then(style_named).unwrap_or(default);
    let is_exploded = matches!(style, Style::Form | Style::Cookie);
    Serialization { style, explode: reading.flag(at, "explode").unwrap_or(is_exploded) }
}

/// What a name of a style means.
pub(crate) fn style_named(name: &str) -> Option<Style> {
    Some(match name {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        "cookie" => Style::Cookie,
        _ => return None,
    })
}

/// The notions of 3.x that a `collectionFormat` of 2.0 stands for.
fn collection_format(format: Option<&str>, default: Style) -> Serialization {
    let (style, explode) = match format {
        Some("ssv") => (Style::SpaceDelimited, false),
        Some("tsv") => (Style::Tabs, false),
        Some("pipes") => (Style::PipeDelimited, false),
        Some("multi") => (default, true),
        _ => (default, false),
    };
    Serialization { style, explode }
}
