use kernel::Span;

use crate::reading::yaml::mended::Mended;

/// Turns places that the parser counts in characters into places counted in bytes.
pub(crate) struct Offsets<'a> {
    pub(crate) text: &'a str,
    mended: &'a Mended<'a>,
    /// The byte of every 32nd character; empty if all characters are single bytes.
    every: Vec<usize>,
}

const STEP: usize = 32;

impl<'a> Offsets<'a> {
    /// The places of a text as it is written, for a parser of the mended one.
    pub(crate) fn new(text: &'a str, mended: &'a Mended<'a>) -> Self {
        let starts = || text.char_indices().map(|(byte, _)| byte).step_by(STEP).collect();
        Self { text, mended, every: if text.is_ascii() { Vec::new() } else { starts() } }
    }

    /// The text that a parser takes.
    pub(crate) fn parsed(&self) -> &'a str {
        self.mended.text()
    }

    pub(crate) fn byte(&self, character: usize) -> usize {
        let character = self.mended.as_written(character);
        if self.every.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.every.get(character / STEP) else { return self.text.len() };
        let rest = self.text.get(*start..).unwrap_or_default();
        let within = rest.char_indices().nth(character % STEP);
        within.map_or(self.text.len(), |(byte, _)| start + byte)
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(span.start.index());
        Span { start, end: self.byte(span.end.index()).max(start) }
    }

    /// The white space before a place, if nothing else stands before it in its line.
    pub(super) fn indentation(&self, byte: usize) -> Option<&'a str> {
        let before = self.text.get(..byte)?;
        let trimmed = before.trim_end_matches([' ', '\t']);
        let starts_line = trimmed.is_empty() || trimmed.ends_with(['\n', '\r']);
        if starts_line { before.get(trimmed.len()..) } else { None }
    }
}
