//! From bytes to a text, and the choice of its language.

use kernel::{LineIndex, Region, Span};

use crate::reading::problem::Problem;

/// The text of a file without its byte order mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    /// How many bytes of the file stand before the text.
    pub(crate) shift: usize,
}

/// The byte order marks of what is no UTF-8, the longer ones first.
const FOREIGN: [(&[u8], &str); 4] = [
    (&[0xFF, 0xFE, 0, 0], "UTF-32"),
    (&[0, 0, 0xFE, 0xFF], "UTF-32"),
    (&[0xFF, 0xFE], "UTF-16"),
    (&[0xFE, 0xFF], "UTF-16"),
];

const TO_UTF8: &str = "save the file as UTF-8";

impl<'a> Text<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, Problem> {
        if let Some((mark, name)) = FOREIGN.iter().find(|it| bytes.starts_with(it.0)) {
            let span = Span { start: 0, end: mark.len() };
            return Err(Problem::new(span, format!("the file is {name}, expected UTF-8"), TO_UTF8));
        }
        let text = std::str::from_utf8(bytes).map_err(|it| {
            let start = it.valid_up_to();
            let end = it.error_len().map_or(bytes.len(), |len| start + len);
            let byte = bytes.get(start).copied().unwrap_or_default();
            let message = format!("the byte 0x{byte:02X} is no UTF-8");
            Problem::new(Span { start, end }, message, TO_UTF8)
        })?;
        Ok(match text.strip_prefix('\u{FEFF}') {
            Some(text) => Self { text, shift: '\u{FEFF}'.len_utf8() },
            None => Self { text, shift: 0 },
        })
    }

    /// Is it meant as JSON? Anything else is read as YAML, also a mapping in braces whose names
    /// have no quotes.
    pub(crate) fn is_json(&self) -> bool {
        let rest = self.text.trim_start_matches(is_json_space);
        let (first, inside) = match rest.chars().next() {
            Some(first @ ('{' | '[')) => (first, rest.get(1..).unwrap_or_default()),
            _ => return false,
        };
        let second = inside.trim_start_matches(is_json_space).chars().next();
        match (first, second) {
            (_, None) | ('{', Some('"' | '}')) => true,
            ('[', Some(it)) => matches!(it, '"' | '{' | '[' | ']' | '-' | '0'..='9'),
            _ => false,
        }
    }
}

fn is_json_space(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\r')
}

/// Lines and columns of spans that are counted in bytes of a file, as all spans of this crate are.
/// A byte order mark takes no column; a file that is no UTF-8 is counted as far as it is.
#[must_use]
pub fn regions(bytes: &[u8], spans: &[Span]) -> Vec<Region> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(it) => std::str::from_utf8(bytes.get(..it.valid_up_to()).unwrap_or_default())
            .unwrap_or_default(),
    };
    let (text, shift) = match text.strip_prefix('\u{FEFF}') {
        Some(text) => (text, '\u{FEFF}'.len_utf8()),
        None => (text, 0),
    };
    let index = LineIndex::new(text);
    let without_mark = |it: usize| it.saturating_sub(shift);
    let moved = |it: &Span| Span { start: without_mark(it.start), end: without_mark(it.end) };
    spans.iter().map(|it| index.region(text, moved(it))).collect()
}
