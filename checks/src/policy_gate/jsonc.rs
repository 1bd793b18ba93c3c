//! Accepts JSON with comments and trailing commas, by the letter of RFC 8259 and no library.

use std::collections::BTreeSet;

/// Deeper than any document that is taken apart.
const DEEPEST: usize = 1_000;

/// Is the text one value, with names that occur once in each object?
pub(crate) fn accepts(text: &str) -> bool {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, depth: 0 };
    let document = reader.blanks().and_then(|()| reader.value()).and_then(|()| reader.blanks());
    document.is_some() && reader.at == reader.bytes.len()
}

/// Each method takes what it is named after, or gives nothing.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.bytes.get(self.at..)?.starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    /// White space and comments.
    fn blanks(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') => self.comment()?,
                _ => return Some(()),
            }
        }
    }

    fn comment(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        let length = if rest.starts_with(b"//") {
            let length = rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len());
            let line = rest.get(..length)?;
            // Some readers end a line at a lone carriage return, so such a comment is refused.
            if line.strip_suffix(b"\r").unwrap_or(line).contains(&b'\r') {
                return None;
            }
            length
        } else if rest.starts_with(b"/*") {
            rest.get(2..)?.windows(2).position(|it| it == b"*/")? + 4
        } else {
            return None;
        };
        self.at += length;
        Some(())
    }

    fn value(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Option<()>) -> Option<()> {
        self.depth += 1;
        self.at += 1;
        let inside = (self.depth <= DEEPEST).then(|| inner(self)).flatten();
        self.depth -= 1;
        inside
    }

    fn array(&mut self) -> Option<()> {
        loop {
            self.blanks()?;
            if self.take(b']').is_some() {
                return Some(());
            }
            self.value()?;
            self.end_of_item(b']')?;
        }
    }

    fn object(&mut self) -> Option<()> {
        let mut names = BTreeSet::new();
        loop {
            self.blanks()?;
            if self.take(b'}').is_some() {
                return Some(());
            }
            if !names.insert(self.string()?) {
                return None;
            }
            self.blanks()?;
            self.take(b':')?;
            self.blanks()?;
            self.value()?;
            self.end_of_item(b'}')?;
        }
    }

    /// A comma, which may be the last one, or the end, which is left for the caller.
    fn end_of_item(&mut self, end: u8) -> Option<()> {
        self.blanks()?;
        if self.peek()? == end { Some(()) } else { self.take(b',') }
    }

    /// A string with its escapes resolved, as code units.
    fn string(&mut self) -> Option<Vec<u16>> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
        let raw = str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
        self.at += 1;
        let units = resolved(raw)?;
        let is_text = char::decode_utf16(units.iter().copied()).all(|it| it.is_ok());
        is_text.then_some(units)
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.take(b'-');
        if self.take(b'0').is_none() {
            self.digits()?;
        }
        if self.take(b'.').is_some() {
            self.digits()?;
        }
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            let _ = self.take(b'+').or_else(|| self.take(b'-'));
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|it| it.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

fn resolved(raw: &str) -> Option<Vec<u16>> {
    let mut units = Vec::new();
    let mut chars = raw.chars();
    while let Some(next) = chars.next() {
        let plain = match next {
            '\\' => match chars.next()? {
                'u' => {
                    let digits = chars.as_str().get(..4)?;
                    if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
                        return None;
                    }
                    units.push(u16::from_str_radix(digits, 16).ok()?);
                    chars = chars.as_str().get(4..)?.chars();
                    continue;
                }
                it @ ('"' | '\\' | '/') => it,
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => return None,
            },
            it => it,
        };
        units.extend_from_slice(plain.encode_utf16(&mut [0; 2]));
    }
    Some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_comments_and_last_commas_are_accepted() {
        for text in [
            "{}",
            " [1, -0.5e+3, \"a\\u00e9\\ud83d\\ude00\", true, null,] // end",
            "/* a */ {\"a\": {\"b\": [] /* c */,},}",
            "0",
        ] {
            assert!(accepts(text), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            " ",
            "{",
            "}",
            "[,]",
            "{,}",
            "[1,,2]",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{'a':1}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "0x1",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"a\nb\"",
            "\"",
            "tru",
            "/* ",
            "/",
            "{} {}",
            "{\"a\":1,\"\\u0061\":2}",
            "\u{feff}{}",
            "nul",
            "NaN",
            "[1 2]",
            "{\"a\":}",
            "\"\\u12\"",
        ] {
            assert!(!accepts(text), "{text}");
        }
        assert!(!accepts(&"[".repeat(100_000)));
    }
}
