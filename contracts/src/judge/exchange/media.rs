//! Media types and ranges (RFC 9110 §8.3, §12.5.1).

/// A media type or range: lower case, without parameters that say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::judge) struct Media {
    kind: String,
    subtype: String,
    parameters: Vec<(String, String)>,
}

impl Media {
    pub(in crate::judge) fn parse(text: &str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let (kind, subtype) = name.split_once('/').unwrap_or((&name, "*"));
        let mut media =
            Self { kind: kind.to_owned(), subtype: subtype.to_owned(), parameters: Vec::new() };
        media.parameters = parts.filter_map(|it| media.parameter(it)).collect();
        media.parameters.sort();
        media
    }

    fn parameter(&self, text: &str) -> Option<(String, String)> {
        let (name, value) = text.split_once('=')?;
        let name = name.trim().to_ascii_lowercase();
        let value = value.trim().trim_matches('"').to_owned();
        // RFC 8259 §8.1: JSON is UTF-8 anyway. A boundary is made anew for each message.
        let is_plain = name == "charset" && value.eq_ignore_ascii_case("utf-8") && self.is_json();
        (!is_plain && name != "boundary" && name != "q").then_some((name, value))
    }

    /// As it is written, without parameters.
    pub(super) fn name(&self) -> String {
        format!("{}/{}", self.kind, self.subtype)
    }

    /// Does the range name all that the other one names?
    pub(super) fn covers(&self, other: &Self) -> bool {
        let is_named = |range: &str, name: &str| range == "*" || range == name;
        is_named(&self.kind, &other.kind)
            && is_named(&self.subtype, &other.subtype)
            && self.parameters.iter().all(|it| other.parameters.contains(it))
    }

    /// More is said: a type over a range, then the number of parameters.
    pub(super) fn rank(&self) -> (u8, usize) {
        (u8::from(self.kind != "*") + u8::from(self.subtype != "*"), self.parameters.len())
    }

    /// JSON, or a type whose syntax is JSON (RFC 6839 §3.1).
    pub(super) fn is_json(&self) -> bool {
        self.subtype == "json" || self.subtype.ends_with("+json")
    }

    /// JSON values in a row (OAS 3.2, sequential media types).
    pub(super) fn is_json_sequence(&self) -> bool {
        matches!(self.subtype.as_str(), "jsonl" | "x-ndjson" | "json-seq")
            || self.subtype.ends_with("+json-seq")
    }

    /// Characters without structure: a value without parts is its text.
    pub(in crate::judge) fn is_text(&self) -> bool {
        self.kind == "text" && self.subtype != "*" && !self.is_xml() && !self.is_json()
    }

    /// Elements and attributes, which have no types: values without parts are texts.
    pub(in crate::judge) fn is_xml(&self) -> bool {
        self.subtype == "xml" || self.subtype.ends_with("+xml")
    }

    pub(super) fn is_urlencoded(&self) -> bool {
        self.kind == "application" && self.subtype == "x-www-form-urlencoded"
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.kind == "multipart"
    }
}

/// The most special of some ranges that names a media type.
pub(super) fn best<'r, T>(
    ranges: &'r [T],
    name: &Media,
    range: impl Fn(&T) -> Media,
) -> Option<&'r T> {
    let fitting = ranges.iter().filter(|it| range(it).covers(name));
    fitting.max_by_key(|it| range(it).rank())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_special_range_that_names_a_type_wins() {
        let ranges =
            ["*/*", "application/*", "application/json", "text/plain;charset=utf-16", "text/plain"];
        for (name, expected) in [
            ("application/json", Some("application/json")),
            ("Application/JSON; charset=UTF-8", Some("application/json")),
            ("application/xml", Some("application/*")),
            ("image/png", Some("*/*")),
            ("text/plain", Some("text/plain")),
            ("text/plain; charset=utf-16", Some("text/plain;charset=utf-16")),
        ] {
            let found = best(&ranges, &Media::parse(name), |it| Media::parse(it));
            assert_eq!(found.copied(), expected, "{name}");
        }
        let only = ["application/json; version=2"];
        assert_eq!(best(&only, &Media::parse("application/json"), |it| Media::parse(it)), None);
    }
}
