//! Bodies by media type: in which form they travel, and what they hold.

use contracts::operations::{Media, MediaRange};

use crate::model::UnitId;

/// How a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// JSON, or a syntax that is JSON.
    Json,
    /// Text.
    Text,
    /// XML, which stays text.
    Xml,
    /// `application/x-www-form-urlencoded`
    Urlencoded,
    /// `multipart/…`
    Multipart,
    /// Bytes.
    Bytes,
    /// `text/event-stream`
    Events,
    /// JSON values in a row.
    Sequence,
    /// A range such as `*/*`.
    Range,
    /// A media type that nothing is known of.
    Unknown,
}

/// One media type of a body.
pub(crate) struct Content {
    /// What the contract says.
    pub source: Media,
    /// How it travels.
    pub form: Form,
    /// The schema of the whole, or of an item of a stream.
    pub unit: Option<UnitId>,
    /// May it have an integer that a number does not hold?
    pub may_lose_digits: bool,
    /// The declared members of a form of parts.
    pub parts: Vec<Part>,
}

/// A declared member of a form of parts.
pub(crate) struct Part {
    /// Its name.
    pub name: String,
    /// What it is.
    pub of: PartOf,
    /// Has it to be there?
    pub is_required: bool,
}

/// What a part of a form holds.
pub(crate) enum PartOf {
    /// A value, with its schema.
    Value(Option<UnitId>),
    /// Bytes.
    File,
    /// Bytes, as often as they are there.
    Files,
}

impl Form {
    /// The form of a media type.
    pub(crate) fn of(range: &MediaRange) -> Self {
        let essence = essence(range);
        if essence == "text/event-stream" {
            Self::Events
        } else if range.is_json_sequence() {
            Self::Sequence
        } else if essence.contains('*') {
            Self::Range
        } else if range.is_json() {
            Self::Json
        } else if range.is_urlencoded() {
            Self::Urlencoded
        } else if essence.starts_with("multipart/") {
            Self::Multipart
        } else if essence.ends_with("/xml") || essence.ends_with("+xml") {
            Self::Xml
        } else if range.is_text() {
            Self::Text
        } else if range.is_bytes() {
            Self::Bytes
        } else {
            Self::Unknown
        }
    }

    /// One value after another?
    pub(crate) fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::Sequence)
    }
}

impl Content {
    /// The media type without parameters, in lower case.
    pub(crate) fn essence(&self) -> String {
        essence(&self.source.range)
    }
}

/// A media type without its parameters.
pub(crate) fn essence(range: &MediaRange) -> String {
    let text = range.to_string();
    text.split(';').next().unwrap_or_default().to_owned()
}
