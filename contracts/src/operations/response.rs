//! Responses: statuses, headers and contents.

use std::fmt;

use crate::{
    Kind, Located,
    compare::question::{Serialization, Style},
    operations::{Listed, MediaRange, Reading, body, body::Media, parameter},
};

/// A key of `responses`. The order is the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `404`
    Code(u16),
    /// `4XX`
    Class(u16),
    /// `default`
    Default,
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its key.
    pub status: Status,
    /// The resolved object.
    pub at: Located,
    /// One for each media type.
    pub contents: Vec<Media>,
    /// The header fields.
    pub headers: Vec<Header>,
}

/// A header field of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// In lower case.
    pub name: String,
    /// The resolved object.
    pub at: Located,
    /// Whether it always comes.
    pub required: bool,
    /// The schema: the header itself in 2.0.
    pub schema: Option<Located>,
    /// The media type, where `content` says how it travels.
    pub content: Option<MediaRange>,
    /// How it becomes characters.
    pub serialization: Serialization,
}

impl Status {
    /// Reads a key of `responses`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        let class = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx"));
        match class {
            Some(digit) => digit.parse().ok().filter(|it| (1..=5).contains(it)).map(Self::Class),
            None => text.parse().ok().filter(|it| (100..600).contains(it)).map(Self::Code),
        }
    }

    /// Does it say something about this code?
    #[must_use]
    pub fn names(self, code: u16) -> bool {
        match self {
            Self::Code(it) => it == code,
            Self::Class(it) => it == code / 100,
            Self::Default => true,
        }
    }

    /// Never a body, whatever is written (RFC 9110 §6.4.1).
    fn has_no_body(self) -> bool {
        match self {
            Self::Code(code) => code < 200 || matches!(code, 204 | 205 | 304),
            Self::Class(class) => class == 1,
            Self::Default => false,
        }
    }

    /// Is success possible with it? `default` too speaks of success where nothing else does.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(it) => it / 100 == 2,
            Self::Class(it) => it == 2,
            Self::Default => false,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(it) => write!(out, "{it}"),
            Self::Class(it) => write!(out, "{it}XX"),
            Self::Default => out.write_str("default"),
        }
    }
}

/// The responses of an operation, by precedence.
pub(crate) fn responses(reading: Reading, listed: &Listed) -> Vec<Response> {
    let operation = &listed.at;
    let response = |(name, at): (String, Located)| {
        let status = Status::parse(&name)?;
        let at = reading.resolved(at);
        let contents = if listed.method == "HEAD" || status.has_no_body() {
            Vec::new()
        } else if reading.is_swagger() {
            body::swagger_contents(reading, operation, &at)
        } else {
            body::contents(reading, &at)
        };
        Some(Response { status, contents, headers: headers(reading, &at), at })
    };
    let written = reading.members_of(operation, "responses");
    let mut found: Vec<_> = written.into_iter().filter_map(response).collect();
    found.sort_by_key(|it| it.status);
    found
}

/// The header fields of a response, or of a part of a form.
#[must_use]
pub fn headers(reading: Reading, response: &Located) -> Vec<Header> {
    let header = |(name, at): (String, Located)| {
        let at = reading.resolved(at);
        let (schema, content) = parameter::schema(reading, &at);
        Header {
            name: name.to_ascii_lowercase(),
            required: reading.flag(&at, "required") == Some(true),
            schema,
            content,
            serialization: parameter::serialization(reading, &at, Style::Simple),
            at,
        }
    };
    let all = reading.members_of(response, "headers").into_iter().map(header);
    // What is no object says nothing.
    let all = all.filter(|it| reading.store.kind(it.at.node) == Kind::Object);
    // OAS, Response Object: a header named `Content-Type` is ignored.
    all.filter(|it| it.name != "content-type").collect()
}
