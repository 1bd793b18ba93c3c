use kernel::Span;

use crate::reading::{json::string::Literal, problem::Problem};

/// Reads the words of RFC 8259 from a text, one after the other.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

const REPAIR: &str = "repair the JSON at this place";

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0 }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn skip_byte(&mut self) {
        self.at += 1;
    }

    pub(crate) fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Skips space, and the byte if it comes then.
    pub(crate) fn take_after_space(&mut self, byte: u8) -> bool {
        self.skip_space();
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    /// Is there a comma? Otherwise the value has to end.
    pub(crate) fn comma_or(&mut self, close: u8) -> Result<bool, Problem> {
        if self.take_after_space(close) {
            return Ok(false);
        }
        if self.peek() != Some(b',') {
            return Err(self.unexpected(&format!("`,` or `{}`", char::from(close))));
        }
        let comma = self.here();
        self.skip_byte();
        self.skip_space();
        if self.peek() == Some(close) {
            let message = format!("a comma stands before `{}`", char::from(close));
            return Err(Problem::new(comma, message, "remove the comma"));
        }
        Ok(true)
    }

    /// Reads the name of a member, and its colon.
    pub(crate) fn name(&mut self) -> Result<Literal<'a>, Problem> {
        self.skip_space();
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a name in double quotes"));
        }
        let name = self.string()?;
        if !self.take_after_space(b':') {
            return Err(self.unexpected("`:` after the name"));
        }
        Ok(name)
    }

    /// Reads a text, from its opening quote.
    pub(crate) fn string(&mut self) -> Result<Literal<'a>, Problem> {
        let start = self.at;
        let mut at = start + 1;
        let mut has_escapes = false;
        loop {
            at = skip_plain(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    at = self.escape(at)?;
                }
                Some(_) => return Err(self.control(at)),
                None => return Err(self.cut_off("a text")),
            }
        }
        let raw = self.text.get(start + 1..at).unwrap_or_default();
        self.at = at + 1;
        Ok(Literal { raw, has_escapes, span: Span { start, end: self.at } })
    }

    /// The text that was read at this byte before, with its quotes.
    pub(crate) fn string_at(&self, start: usize) -> Span {
        let mut again = Scanner { text: self.text, bytes: self.bytes, at: start };
        let end = again.string().map_or(start, |it| it.span.end);
        Span { start, end }
    }

    /// Checks an escape; returns where it ends.
    fn escape(&self, at: usize) -> Result<usize, Problem> {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => {
                let digits = self.bytes.get(at + 2..at + 6).unwrap_or_default();
                if digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit) {
                    return Ok(at + 6);
                }
                let end = self.text.ceil_char_boundary((at + 6).min(self.text.len()));
                let message = "`\\u` needs four digits of base 16";
                Err(Problem::new(Span { start: at, end }, message, REPAIR))
            }
            Some(_) => {
                let end = self.text.ceil_char_boundary(at + 2);
                let message = "JSON has no such escape";
                let remedy = "write a backslash as `\\\\`";
                Err(Problem::new(Span { start: at, end }, message, remedy))
            }
            None => Err(self.cut_off("a text")),
        }
    }

    fn control(&self, at: usize) -> Problem {
        let byte = self.bytes.get(at).copied().unwrap_or_default();
        let message = format!("a control character (U+{byte:04X}) stands inside a text");
        let remedy = format!("write it as `\\u{byte:04x}`, or close the text before it");
        Problem::new(Span { start: at, end: at + 1 }, message, remedy)
    }

    /// Reads a number, and keeps its text.
    pub(crate) fn number(&mut self) -> Result<&'a str, Problem> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let whole = self.at;
        self.digits()?;
        if self.bytes.get(whole) == Some(&b'0') && self.at > whole + 1 {
            let span = Span { start, end: self.at };
            return Err(Problem::new(span, "a number starts with a zero", "remove the zero"));
        }
        if self.peek() == Some(b'.') {
            self.skip_byte();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.skip_byte();
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> Result<(), Problem> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    /// Reads `true`, `false` or `null`.
    pub(crate) fn word(&mut self, word: &str) -> Result<(), Problem> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(if word.as_bytes().starts_with(rest) {
                self.cut_off("a value")
            } else {
                self.unexpected("a value")
            });
        }
        self.at += word.len();
        Ok(())
    }

    /// Skips a value that nobody wants to know, without a look at its grammar.
    pub(crate) fn skip_value(&mut self) -> Option<()> {
        self.skip_space();
        match self.peek()? {
            b'{' | b'[' => return self.skip_collection(),
            b'}' | b']' => return None,
            b'"' => drop(self.string().ok()?),
            b',' | b':' => self.at += 1,
            _ => self.skip_word(),
        }
        Some(())
    }

    /// Goes from a bracket behind the one that closes it: only texts may hide others.
    fn skip_collection(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.at = skip_to_bracket(self.bytes, self.at);
            match self.peek()? {
                b'"' => drop(self.string().ok()?),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                _ => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn skip_word(&mut self) {
        let ends = |it: &u8| matches!(it, b' ' | b'\n' | b'\r' | b'\t' | b',' | b']' | b'}' | b':');
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(ends).unwrap_or(rest.len()).max(1);
    }

    /// Nothing but space may follow.
    pub(crate) fn end(&mut self) -> Result<(), Problem> {
        self.skip_space();
        if self.peek().is_none() { Ok(()) } else { Err(self.unexpected("the end of the file")) }
    }

    /// The character that comes next.
    pub(crate) fn here(&self) -> Span {
        let start = self.at.min(self.text.len());
        let end = self.text.ceil_char_boundary((start + 1).min(self.text.len()));
        Span { start, end }
    }

    pub(crate) fn unexpected(&self, wanted: &str) -> Problem {
        let span = self.here();
        let found = self.text.get(span.start..span.end).and_then(|it| it.chars().next());
        let found = match found {
            None => return self.cut_off(wanted),
            Some('`') => "a backquote".to_owned(),
            Some(it) if it.is_control() => format!("a control character (U+{:04X})", u32::from(it)),
            Some(it) => format!("`{it}`"),
        };
        let remedy = match (self.peek(), wanted) {
            (Some(b'/' | b'#'), _) => "remove the comment: JSON has none",
            (Some(b'\''), _) => "use double quotes",
            (_, "the end of the file") => "remove what follows the value",
            _ => REPAIR,
        };
        Problem::new(span, format!("expected {wanted}, found {found}"), remedy)
    }

    fn cut_off(&self, wanted: &str) -> Problem {
        let end = self.text.len();
        let message = match wanted {
            "a text" => "the file ends inside a text".to_owned(),
            _ => format!("the file ends where {wanted} was expected"),
        };
        let remedy = "complete the file: its end may have been cut off";
        Problem::new(Span { start: end, end }, message, remedy)
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The next quote or bracket, eight bytes at a time; the end if there is none.
fn skip_to_bracket(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|it| it.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        // Brackets of both kinds differ in one bit.
        let alike = word | (ONES * 0x20);
        let quote = word ^ (ONES * u64::from(b'"'));
        let open = alike ^ (ONES * u64::from(b'{'));
        let close = alike ^ (ONES * u64::from(b'}'));
        let zero = |it: u64| it.wrapping_sub(ONES) & !it;
        let special = (zero(quote) | zero(open) | zero(close)) & HIGH;
        if special != 0 {
            // The lowest mark is exact; only marks above it may be false.
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let other = rest.iter().take_while(|it| !matches!(it, b'"' | b'{' | b'[' | b'}' | b']'));
    at + other.count()
}

/// The next byte that ends a run of plain text, eight at a time: quote, backslash or control.
fn skip_plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|it| it.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let special = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let special = special & HIGH;
        if special != 0 {
            // The lowest mark is exact; only marks above it may be false.
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let plain = rest.iter().take_while(|it| !matches!(it, b'"' | b'\\' | 0..0x20));
    at + plain.count()
}
