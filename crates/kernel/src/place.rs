use serde::Serialize;

use crate::RepoPath;

/// A range of bytes in one document; `end` is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// Lines and columns of a span: both count from 1, columns in characters; the end is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Region {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the character after the last one.
    pub end_line: usize,
    /// Column of the character after the last one.
    pub end_column: usize,
}

impl Region {
    /// The very start of a document, for a fault of the file as a whole.
    pub const START: Self = Self { line: 1, column: 1, end_line: 1, end_column: 1 };
}

/// Where in the repository something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file.
    pub path: RepoPath,
    /// The part of it.
    #[serde(flatten)]
    pub region: Region,
}

impl Place {
    /// The start of a file.
    #[must_use]
    pub fn start_of(path: &RepoPath) -> Self {
        Self { path: path.clone(), region: Region::START }
    }
}

/// Finds lines and columns in one text; a lone `\n` and `\r\n` both end a line.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Notes where each line of the text starts.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        // Most of a text is no line break: eight bytes are looked at together.
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for (idx, word) in words.iter().enumerate() {
            let mut breaks = line_breaks(u64::from_le_bytes(*word));
            while breaks != 0 {
                starts.push(idx * 8 + breaks.trailing_zeros() as usize / 8 + 1);
                breaks &= breaks - 1;
            }
        }
        let after_break = |(idx, byte): (usize, &u8)| (*byte == b'\n').then_some(idx + 1);
        let first = words.len() * 8;
        starts.extend(rest.iter().enumerate().filter_map(after_break).map(|it| first + it));
        Self { starts }
    }

    /// Line and column of a byte, which is moved into the text and to a character border.
    #[must_use]
    pub fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|it| *it <= byte);
        let start = line.checked_sub(1).and_then(|it| self.starts.get(it)).copied().unwrap_or(0);
        let before = text.get(start..byte).unwrap_or_default();
        (line.max(1), before.chars().count() + 1)
    }

    /// Lines and columns of a span.
    #[must_use]
    pub fn region(&self, text: &str, span: Span) -> Region {
        let (line, column) = self.position(text, span.start);
        let (end_line, end_column) = self.position(text, span.end.max(span.start));
        Region { line, column, end_line, end_column }
    }
}

/// Marks the line breaks among eight bytes by the highest bit of each.
fn line_breaks(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = ONES * 0x7F;
    let zero = word ^ (ONES * u64::from(b'\n'));
    !(((zero & LOW) + LOW) | zero | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_once() {
        let text = "aé\r\nb♫c\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap());
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("é"), (1, 2));
        assert_eq!(at("b"), (2, 1));
        assert_eq!(at("c"), (2, 3));
        assert_eq!(index.position(text, text.len()), (3, 1));
        assert_eq!(index.position(text, 9_999), (3, 1));
        assert_eq!(index.position(text, 2), (1, 2), "inside é is at é");
        assert_eq!(LineIndex::new("").position("", 0), (1, 1));
    }

    #[test]
    fn every_line_break_is_found_wherever_it_stands() {
        let text = "a\n\n\u{b}\n\u{8a}\n\r\n\n\n\n\n\n\n\n\n123456789abcde\nf\n\u{10a}\nz";
        for (start, _) in text.char_indices() {
            let text = &text[start..];
            let breaks = text.match_indices('\n').map(|it| it.0 + 1);
            let expected: Vec<usize> = std::iter::once(0).chain(breaks).collect();
            assert_eq!(LineIndex::new(text).starts, expected, "{text:?}");
        }
    }
}
