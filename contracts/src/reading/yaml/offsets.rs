use kernel::Span;

/// Turns places counted in characters into places counted in bytes.
pub(crate) struct Offsets<'a> {
    pub(crate) text: &'a str,
    /// The byte of every 32nd character; empty if all characters are single bytes.
    every: Vec<usize>,
}

const STEP: usize = 32;

impl<'a> Offsets<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let starts = || text.char_indices().map(|(byte, _)| byte).step_by(STEP).collect();
        Self { text, every: if text.is_ascii() { Vec::new() } else { starts() } }
    }

    pub(crate) fn byte(&self, character: usize) -> usize {
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
