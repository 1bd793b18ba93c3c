//! Media types and ranges (RFC 9110 §8.3, §12.5.1).

use std::fmt;

/// A media type or range in one spelling: lower case, without what says nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MediaRange {
    /// `application`, or `*`.
    kind: String,
    /// `json`, or `*`.
    subtype: String,
    /// Parameters in the order of their names. JSON is UTF-8 anyway (RFC 8259 §8.1).
    parameters: Vec<(String, String)>,
}

impl MediaRange {
    /// Reads a key of `content`, or an item of `consumes`.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), "*"));
        let mut range = Self {
            kind: kind.trim().to_owned(),
            subtype: subtype.trim().to_owned(),
            parameters: Vec::new(),
        };
        range.parameters = parts.filter_map(parameter).filter(|it| range.keeps(it)).collect();
        range.parameters.sort();
        range
    }

    fn keeps(&self, (name, value): &(String, String)) -> bool {
        let is_utf8 = name == "charset" && value.eq_ignore_ascii_case("utf-8");
        // The boundary of a multipart body is made anew for each message.
        let is_boundary = name == "boundary";
        !(name == "q" || is_boundary || is_utf8 && self.is_json())
    }

    /// JSON, or a type whose syntax is JSON (RFC 6839 §3.1).
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.subtype == "json" || self.subtype.ends_with("+json")
    }

    /// JSON values in a row (OAS 3.2, sequential media types).
    #[must_use]
    pub fn is_json_sequence(&self) -> bool {
        matches!(self.subtype.as_str(), "jsonl" | "x-ndjson" | "json-seq")
            || self.subtype.ends_with("+json-seq")
    }

    /// Characters without structure that JSON Schema could speak of.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.kind == "text" && self.subtype != "*" && !self.is_xml() && !self.is_json()
    }

    /// XML, or a type whose syntax is XML (RFC 7303 §4.2): elements and attributes hold texts.
    #[must_use]
    pub fn is_xml(&self) -> bool {
        self.subtype == "xml" || self.subtype.ends_with("+xml")
    }

    /// Bytes without structure that JSON Schema could speak of.
    #[must_use]
    pub fn is_bytes(&self) -> bool {
        let is_file = ["octet-stream", "pdf", "zip", "gzip"].contains(&self.subtype.as_str());
        let is_kind = ["image", "audio", "video", "font"].contains(&self.kind.as_str());
        is_kind || self.kind == "application" && is_file
    }

    /// `application/x-www-form-urlencoded` or `multipart/form-data`.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.is_urlencoded() || self.kind == "multipart" && self.subtype == "form-data"
    }

    /// `application/x-www-form-urlencoded`
    #[must_use]
    pub fn is_urlencoded(&self) -> bool {
        self.kind == "application" && self.subtype == "x-www-form-urlencoded"
    }

    /// Is everything that `other` names also named here?
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let kind = self.kind == "*" || self.kind == other.kind;
        let subtype = self.subtype == "*" || self.subtype == other.subtype;
        kind && subtype && self.parameters.iter().all(|it| other.parameters.contains(it))
    }

    /// More is said: concrete over `type/*` over `*/*`, then the number of parameters.
    #[must_use]
    pub fn rank(&self) -> (u8, usize) {
        let named = u8::from(self.kind != "*") + u8::from(self.subtype != "*");
        (named, self.parameters.len())
    }

    /// The most special of some ranges that cover this one.
    pub fn best_of<'a, T>(&self, all: &'a [T], range: impl Fn(&T) -> &Self) -> Option<&'a T> {
        all.iter().filter(|it| range(it).covers(self)).max_by_key(|it| range(it).rank())
    }

    /// One media type that the range names and none of `taken` does.
    #[must_use]
    pub fn sample(&self, taken: &[&Self]) -> String {
        const KINDS: [&str; 6] = ["application", "text", "image", "audio", "video", "font"];
        const SUBTYPES: [&str; 7] = ["json", "xml", "plain", "png", "octet-stream", "pdf", "x-a"];
        let kinds = if self.kind == "*" { KINDS.to_vec() } else { vec![self.kind.as_str()] };
        let subtypes =
            if self.subtype == "*" { SUBTYPES.to_vec() } else { vec![self.subtype.as_str()] };
        let pairs = kinds.iter().flat_map(|kind| subtypes.iter().map(move |it| (kind, it)));
        let candidates = pairs.map(|(kind, subtype)| Self {
            kind: (*kind).to_owned(),
            subtype: (*subtype).to_owned(),
            parameters: self.parameters.clone(),
        });
        let mut free = candidates.filter(|it| !taken.iter().any(|other| other.covers(it)));
        free.next().unwrap_or_else(|| self.clone()).to_string()
    }
}

fn parameter(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()))
}

impl fmt::Display for MediaRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.kind, self.subtype)?;
        self.parameters.iter().try_for_each(|(name, value)| write!(out, ";{name}={value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_what_they_name() {
        let rows = [
            ("application/json", "application/json", true),
            ("application/*", "application/json", true),
            ("*/*", "image/png", true),
            ("application/json", "application/*", false),
            ("Application/JSON", "application/json; charset=UTF-8", true),
            ("application/json; charset=utf-8", "application/json", true),
            ("text/plain; charset=utf-8", "text/plain", false),
            ("text/plain", "text/plain; charset=utf-8", true),
            ("application/json;v=1", "application/json;v=2", false),
            ("application/json; v=\"1\"", "application/json;V=1", true),
            ("application/json", "application/problem+json", false),
            ("multipart/form-data; boundary=x", "multipart/form-data", true),
            ("image/*", "*/*", false),
        ];
        for (wide, narrow, expected) in rows {
            let covers = MediaRange::parse(wide).covers(&MediaRange::parse(narrow));
            assert_eq!(covers, expected, "{wide} covers {narrow}");
        }
    }

    #[test]
    fn a_sample_avoids_what_is_taken() {
        let json = MediaRange::parse("application/json");
        assert_eq!(MediaRange::parse("application/*").sample(&[&json]), "application/xml");
        let application = MediaRange::parse("application/*");
        assert_eq!(MediaRange::parse("*/*").sample(&[&application]), "text/json");
        assert_eq!(MediaRange::parse("a/b; V=1").sample(&[]), "a/b;v=1");
    }
}
