use std::sync::Arc;

use kernel::{RepoPath, Witness};
use serde::Serialize;
use snapshot::Format;

use crate::policy_gate::acceptor::accepts;

/// A place at which a document stops to be one.
#[derive(Debug, Serialize)]
pub(crate) struct Unreadable {
    /// The document.
    pub(crate) path: RepoPath,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column, from 1, in characters.
    pub(crate) column: usize,
    /// What is wrong or expected there, in the words of the parser.
    pub(crate) expected: String,
}

/// The document as git stores it.
pub(crate) struct Bytes {
    /// Its content.
    pub(crate) bytes: Arc<[u8]>,
    /// What it should be.
    pub(crate) format: Format,
}

impl Witness for Unreadable {
    const KIND: &'static str = "unreadable";
    type World = Bytes;

    fn replay(&self, world: &Bytes) -> bool {
        match str::from_utf8(&world.bytes) {
            Err(err) => {
                let good = world.bytes.get(..err.valid_up_to()).unwrap_or_default();
                self.expected == "UTF-8" && end_of(good) == (self.line, self.column)
            }
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                let (last_line, _) = end_of(text.as_bytes());
                let is_inside = (1..=last_line).contains(&self.line) && self.column > 0;
                is_inside && !self.expected.is_empty() && !accepts(text, world.format)
            }
        }
    }
}

/// Line and column after these bytes, which are UTF-8; a byte order mark has no column.
fn end_of(bytes: &[u8]) -> (usize, usize) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines: Vec<&[u8]> = bytes.split(|it| *it == b'\n').collect();
    let last = lines.last().copied().unwrap_or_default();
    let is_start = |it: &&u8| **it & 0b1100_0000 != 0b1000_0000;
    (lines.len(), last.iter().filter(is_start).count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], format: Format, at: (usize, usize), expected: &str) -> bool {
        let path = RepoPath::new("a").unwrap();
        let witness = Unreadable { path, line: at.0, column: at.1, expected: expected.to_owned() };
        witness.replay(&Bytes { bytes: bytes.into(), format })
    }

    #[test]
    fn only_what_is_no_document_is_confirmed() {
        assert!(check(b"a = ", Format::Toml, (1, 5), "a value"));
        assert!(!check(b"a = 1", Format::Toml, (1, 5), "a value"));
        assert!(!check(b"a = ", Format::Toml, (2, 1), "a value"), "no such line");
        assert!(check(b"a = 1\na = 2", Format::Toml, (2, 1), "another name"));
        assert!(check(b"{", Format::Jsonc, (1, 2), "a name"));
        assert!(!check(b"\xef\xbb\xbf{}", Format::Jsonc, (1, 2), "a name"));
        assert!(check(b"a: [1\n", Format::Yaml, (2, 1), "a bracket"));
        assert!(check(b"a: 1\na: 2\n", Format::Yaml, (2, 1), "another name"));
        assert!(!check(b"a: {b: [1, 2], c: 1}\nb: 2\n", Format::Yaml, (1, 1), "another"));
    }

    #[test]
    fn the_place_of_a_bad_byte_is_counted_in_characters() {
        let bytes = b"\xef\xbb\xbfa\n\xc3\xa9b\xff";
        assert!(check(bytes, Format::Toml, (2, 3), "UTF-8"));
        assert!(!check(bytes, Format::Toml, (2, 4), "UTF-8"));
        assert!(!check(b"a = 1", Format::Toml, (1, 1), "UTF-8"));
    }
}
