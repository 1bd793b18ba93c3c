use std::ops::Range;

/// A text and the replacements to make in it.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    splices: Vec<(Range<usize>, String)>,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, splices: Vec::new() }
    }

    pub(super) fn get(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn replace(&mut self, range: Range<usize>, by: impl Into<String>) {
        self.splices.push((range, by.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The text with all replacements made, those at one place in the order they were asked for.
    pub(super) fn finish(mut self) -> String {
        self.splices.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for (range, by) in &self.splices {
            out.push_str(self.get(done..range.start.max(done)));
            out.push_str(by);
            done = done.max(range.end);
        }
        out.push_str(self.get(done..self.text.len()));
        out
    }

    /// The line end that this text uses.
    pub(super) fn line_end(&self) -> &'static str {
        let first = self.text.find('\n').and_then(|at| at.checked_sub(1));
        let is_windows = first.is_some_and(|it| self.text.as_bytes().get(it) == Some(&b'\r'));
        if is_windows { "\r\n" } else { "\n" }
    }

    /// The first byte of the line.
    pub(super) fn start_of_line(&self, at: usize) -> usize {
        self.get(0..at).rfind('\n').map_or(0, |it| it + 1)
    }

    /// The byte after the line and its end.
    pub(super) fn after_line(&self, at: usize) -> usize {
        self.get(at..self.text.len()).find('\n').map_or(self.text.len(), |it| at + it + 1)
    }

    /// From here to the end of the line, without the line end.
    pub(super) fn rest_of_line(&self, at: usize) -> &'a str {
        self.get(at..self.after_line(at)).trim_end_matches(['\r', '\n'])
    }

    /// The white space that the line starts with, if nothing else stands before this byte.
    pub(super) fn indent_before(&self, at: usize) -> Option<&'a str> {
        let before = self.get(self.start_of_line(at)..at);
        before.chars().all(|it| matches!(it, ' ' | '\t')).then_some(before)
    }

    /// Where the white space before this byte starts, within its line.
    pub(super) fn before_blanks(&self, at: usize) -> usize {
        self.get(0..at).trim_end_matches([' ', '\t']).len()
    }

    /// Where the white space from this byte on ends, within its line.
    pub(super) fn after_blanks(&self, at: usize) -> usize {
        let rest = self.get(at..self.text.len());
        at + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
    }
}
