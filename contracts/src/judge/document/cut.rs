//! Where the members and items of a JSON value stand.
//!
//! The text was read as JSON before, so that nothing is checked here: only quotes and brackets
//! are looked at.

use std::collections::BTreeMap;

use super::{Children, Part};

/// The parts of a value, which starts so far into its file.
pub(super) fn children(text: &[u8], offset: usize) -> Children {
    let mut cutter = Cutter { text, at: 0 };
    match cutter.next_sign() {
        Some(b'{') => cutter.members(offset).map_or(Children::None, Children::Members),
        Some(b'[') => Children::Items(cutter.items(offset)),
        _ => Children::None,
    }
}

struct Cutter<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cutter<'t> {
    /// The members after a brace; nothing if a name is no Unicode text.
    fn members(&mut self, offset: usize) -> Option<BTreeMap<String, Part>> {
        let mut members = BTreeMap::new();
        while self.next_sign() == Some(b'"') {
            let name = self.name()?;
            self.next_sign();
            self.skip_space();
            members.insert(name, self.part(offset));
            if self.next_sign() != Some(b',') {
                break;
            }
        }
        Some(members)
    }

    /// The items after a bracket.
    fn items(&mut self, offset: usize) -> Vec<Part> {
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            return items;
        }
        loop {
            self.skip_space();
            items.push(self.part(offset));
            if self.next_sign() != Some(b',') {
                return items;
            }
        }
    }

    fn part(&mut self, offset: usize) -> Part {
        let start = self.at;
        self.skip_value();
        Part::new(offset + start, offset + self.at)
    }

    /// The name whose first quote was passed.
    fn name(&mut self) -> Option<String> {
        let start = self.at - 1;
        self.skip_text();
        let text = self.text.get(start..self.at)?;
        let plain = text.get(1..text.len().saturating_sub(1))?;
        if plain.contains(&b'\\') {
            return serde_json::from_slice(text).ok();
        }
        std::str::from_utf8(plain).ok().map(ToOwned::to_owned)
    }

    fn skip_value(&mut self) {
        match self.next_sign() {
            Some(b'"') => self.skip_text(),
            Some(b'{' | b'[') => self.skip_collection(),
            _ => {
                let is_end =
                    |it: &u8| matches!(it, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
                self.at += self.rest().iter().position(is_end).unwrap_or(self.rest().len());
            }
        }
    }

    /// Goes behind the bracket that closes the one that was passed.
    fn skip_collection(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 {
            self.at = next(self.text, self.at, brackets);
            let sign = self.peek();
            self.at += 1;
            match sign {
                Some(b'"') => self.skip_text(),
                Some(b'{' | b'[') => depth += 1,
                Some(_) => depth -= 1,
                None => return,
            }
        }
    }

    /// Goes behind the quote that ends the text whose first quote was passed.
    fn skip_text(&mut self) {
        loop {
            self.at = next(self.text, self.at, quotes);
            let is_escape = self.peek() == Some(b'\\');
            self.at = self.text.len().min(self.at + 1 + usize::from(is_escape));
            if !is_escape {
                return;
            }
        }
    }

    fn skip_space(&mut self) {
        let is_space = |it: &u8| matches!(it, b' ' | b'\n' | b'\r' | b'\t');
        self.at += self.rest().iter().take_while(|it| is_space(it)).count();
    }

    /// Passes space and what follows it.
    fn next_sign(&mut self) -> Option<u8> {
        self.skip_space();
        let sign = self.peek()?;
        self.at += 1;
        Some(sign)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Marks the bytes of eight that are this one. The lowest mark is exact.
fn marks(eight: u64, byte: u8) -> u64 {
    let zero = eight ^ (ONES * u64::from(byte));
    zero.wrapping_sub(ONES) & !zero
}

/// Quotes and backslashes.
fn quotes(eight: u64) -> u64 {
    marks(eight, b'"') | marks(eight, b'\\')
}

/// Quotes, and brackets of both kinds, which differ in one bit.
fn brackets(eight: u64) -> u64 {
    let alike = eight | (ONES * 0x20);
    marks(eight, b'"') | marks(alike, b'{') | marks(alike, b'}')
}

/// The next byte that is marked, eight looked at together; the end if there is none.
fn next(text: &[u8], mut at: usize, marks: fn(u64) -> u64) -> usize {
    while let Some(eight) = text.get(at..).and_then(|it| it.first_chunk::<8>()) {
        let found = marks(u64::from_le_bytes(*eight)) & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_marked = |it: &u8| marks(u64::from(*it)) & 0x80 != 0;
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(is_marked).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let shown = |it: &Part| text.get(it.start - 7..it.end - 7).unwrap().to_owned();
        let found: Vec<(String, String)> = match children(text.as_bytes(), 7) {
            Children::Members(members) => {
                members.iter().map(|(name, it)| (name.clone(), shown(it))).collect()
            }
            Children::Items(items) => {
                items.iter().enumerate().map(|(idx, it)| (idx.to_string(), shown(it))).collect()
            }
            Children::None => Vec::new(),
        };
        let expected = expected.iter().map(|it| (it.0.to_owned(), it.1.to_owned()));
        assert_eq!(found, expected.collect::<Vec<_>>(), "{text}");
        let parses = |it: &(String, String)| serde_json::from_str::<Value>(&it.1).is_ok();
        assert!(found.iter().all(parses), "{text}");
    }

    #[test]
    fn parts_are_cut_out_whole() {
        check(
            r#" { "a" : [1, {"b": "}]\\\""}] ,"b":-1.5e3,"c" :null } "#,
            &[("a", r#"[1, {"b": "}]\\\""}]"#), ("b", "-1.5e3"), ("c", "null")],
        );
        check(r#"{"\u0061\n\"":"","":{},"ä":[]}"#, &[("", "{}"), ("a\n\"", r#""""#), ("ä", "[]")]);
        check(r#"{"a":1,"a":"\\"}"#, &[("a", r#""\\""#)]);
        check("[ \"a\\\\\" , [[],{}],\n3]", &[("0", r#""a\\""#), ("1", "[[],{}]"), ("2", "3")]);
        check(r#"{"a":1,"\ud800":2}"#, &[]);
        for text in ["{}", " [ ] ", "{ }", "12", "\"[1]\"", "true", " null "] {
            check(text, &[]);
        }
    }
}
