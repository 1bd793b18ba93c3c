//! How the members of a form travel (OAS, Encoding Object).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Direction, Located,
    compare::{
        question::{Serialization, Style},
        shape,
        text::{Shape, written_alike},
        writing::is_one_piece,
    },
    operations::{Header, Media, MediaRange, Reading, headers},
};

/// How one member travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The media types that the part may have.
    pub types: Vec<MediaRange>,
    /// Whether its encoding names them.
    pub is_said: bool,
    /// How it becomes characters, where that is asked for.
    pub serialization: Option<Serialization>,
    /// The encoding object.
    pub at: Option<Located>,
    /// The schema of the member.
    pub property: Located,
    /// Shapes of the member's values.
    pub shapes: Vec<Shape>,
    /// The header fields of the part, in multipart bodies.
    pub headers: Vec<Header>,
}

/// A member whose encoding changed so that what is sent is not read.
pub(crate) struct Changed {
    /// The member.
    pub name: String,
    /// The media type that is not read, if that is it.
    pub refused: Option<String>,
    /// How it changed.
    pub why: String,
    /// The encoding object at base.
    pub base: Option<Located>,
    /// The encoding object at head.
    pub head: Option<Located>,
}

/// How members travel of which nothing is said.
pub(crate) const FORM: Serialization = Serialization { style: Style::Form, explode: true };

/// How members travel that do not travel by the default.
pub(crate) fn fields(
    base: (Reading, &Media),
    head: (Reading, &Media),
) -> Vec<(String, Option<Serialization>)> {
    let (one, other) = (parts(base), parts(head));
    let names: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    let field = |name: &String| {
        let part = one.get(name).or_else(|| other.get(name))?;
        if part.types.iter().any(MediaRange::is_json) {
            return Some((name.clone(), None));
        }
        let by = part.serialization.filter(|it| *it != FORM)?;
        Some((name.clone(), Some(by)))
    };
    names.into_iter().filter_map(field).collect()
}

/// The members that are sent in a way that is not read.
pub(crate) fn changes(
    sent: (Reading, &Media),
    read: (Reading, &Media),
    direction: Direction,
) -> Vec<Changed> {
    let reading = sent.0;
    let (sent, read) = (parts(sent), parts(read));
    let changed = |(name, one): (&String, &Part)| {
        let other = read.get(name)?;
        let (refused, why) = difference((reading, direction), (one, other))?;
        let (base, head) = (one.at.clone(), other.at.clone());
        Some(Changed { name: name.clone(), refused, why, base, head })
    };
    sent.iter().filter_map(changed).collect()
}

/// The media type that is refused, if it is one, and how the two differ.
fn difference(
    (reading, direction): (Reading, Direction),
    (sent, read): (&Part, &Part),
) -> Option<(Option<String>, String)> {
    let (by, other) = (sent.serialization, read.serialization);
    if by.is_some() || other.is_some() {
        let (by, other) = (by.unwrap_or(FORM), other.unwrap_or(FORM));
        let differs = |it: &Shape| {
            let is_one = *it == Shape::Array
                && is_one_piece(reading, Some(&sent.property), (direction, other));
            !written_alike(*it, by, other, false) && !is_one
        };
        let way = |it: Serialization| {
            let exploded = if it.explode { " exploded" } else { "" };
            format!("`{}`{exploded}", shape::style_name(it.style))
        };
        let is_changed = sent.shapes.iter().any(differs);
        return is_changed.then(|| (None, format!("{} and {}", way(by), way(other))));
    }
    // Where the reader names no type, it reads what comes.
    if !read.is_said {
        return None;
    }
    let is_read = |it: &&MediaRange| read.types.iter().any(|other| other.covers(it));
    let refused = sent.types.iter().find(|it| !is_read(it))?;
    let types: Vec<_> = read.types.iter().map(|it| format!("`{it}`")).collect();
    let taken: Vec<_> = read.types.iter().collect();
    Some((Some(refused.sample(&taken)), format!("`{refused}` is not among {}", types.join(", "))))
}

impl Part {
    /// The media type that the part has to name.
    pub(crate) fn said_type(&self) -> Option<String> {
        self.types.first().filter(|_| self.is_said).map(|it| it.sample(&[]))
    }
}

/// The members of a form by name.
pub(crate) fn parts((reading, media): (Reading, &Media)) -> BTreeMap<String, Part> {
    let schema = media.schema.as_ref();
    let mut members = BTreeMap::new();
    if let Some(schema) = schema {
        properties(reading, schema, 8, &mut members);
    }
    let mut found = BTreeMap::new();
    for (name, property) in &members {
        let encoding = media.encoding.iter().find(|it| it.0 == *name).map(|it| &it.1);
        found.insert(name.clone(), part(reading, property, encoding, &media.range));
    }
    found
}

/// The members that a schema and the parts of its `allOf` declare.
pub(crate) fn properties(
    reading: Reading,
    schema: &Located,
    depth: usize,
    found: &mut BTreeMap<String, Located>,
) {
    let here = reading.resolved(schema.clone());
    found.extend(reading.members_of(&here, "properties"));
    if depth > 0 {
        for branch in reading.items_of(&here, "allOf") {
            properties(reading, &branch, depth - 1, found);
        }
    }
}

fn part(
    reading: Reading,
    property: &Located,
    encoding: Option<&Located>,
    range: &MediaRange,
) -> Part {
    let text = |name| encoding.and_then(|it| reading.text(it, name));
    let flag = |name| encoding.and_then(|it| reading.flag(it, name));
    let is_styled = text("style").is_some() || flag("explode").is_some();
    // Version 3.0 reads `style` only in urlencoded bodies; newer ones in both forms.
    let is_styled =
        is_styled && (range.is_urlencoded() || reading.contract.version > crate::Version::V3_0);
    let serialization = is_styled.then(|| {
        encoding.map_or(FORM, |it| crate::operations::serialization(reading, it, Style::Form))
    });
    // OAS, Encoding Object: `headers` is ignored outside of multipart bodies.
    let has_headers = !range.is_urlencoded();
    let said = text("contentType").filter(|_| !is_styled);
    let list = |it: &str| it.split(',').map(|it| MediaRange::parse(it.trim())).collect();
    let types = said.map_or_else(|| vec![usual_type(reading, property, 4)], list);
    Part {
        types,
        is_said: said.is_some(),
        serialization,
        at: encoding.cloned(),
        property: property.clone(),
        shapes: shape::shapes(reading, Some(property)),
        headers: encoding.filter(|_| has_headers).map_or_else(Vec::new, |it| headers(reading, it)),
    }
}

/// The content type of a part that nobody names (OAS 3.0.4 and 3.1.1, Encoding Object).
fn usual_type(reading: Reading, property: &Located, depth: usize) -> MediaRange {
    let here = reading.resolved(property.clone());
    let types = shape::types(reading, &here, 8).unwrap_or_default();
    let format = reading.text(&here, "format");
    let is_list = types.contains("array") && depth > 0;
    if let Some(items) = reading.member(&here, "items").filter(|_| is_list) {
        return usual_type(reading, &items, depth - 1);
    }
    let is_bytes = format == Some("binary")
        || types.contains("string") && reading.member(&here, "contentEncoding").is_some();
    MediaRange::parse(match () {
        () if types.contains("object") => "application/json",
        () if is_bytes || types.is_empty() => "application/octet-stream",
        () => "text/plain",
    })
}
