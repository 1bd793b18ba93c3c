use std::{borrow::Cow, fmt::Write};

use kernel::Span;

/// A text between its quotes, whose escapes are known to be well formed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Literal<'a> {
    pub(super) raw: &'a str,
    pub(super) has_escapes: bool,
    /// With the quotes.
    pub(crate) span: Span,
}

impl<'a> Literal<'a> {
    /// The text, and whether lone surrogates are in it: these are no Unicode text, so they stand
    /// as escapes then, and every backslash twice.
    pub(crate) fn decoded(&self) -> (Cow<'a, str>, bool) {
        if !self.has_escapes {
            return (Cow::Borrowed(self.raw), false);
        }
        match decode(self.raw, false) {
            Some(text) => (Cow::Owned(text), false),
            None => (Cow::Owned(decode(self.raw, true).unwrap_or_default()), true),
        }
    }
}

/// Resolves the escapes, or none if there is a lone surrogate that may not be kept.
pub(crate) fn decode(raw: &str, keeps_surrogates: bool) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let letter = escape.chars().next()?;
        rest = escape.get(letter.len_utf8()..)?;
        match letter {
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            '\\' if keeps_surrogates => text.push_str("\\\\"),
            'u' => match unicode(&mut rest)? {
                Ok('\\') if keeps_surrogates => text.push_str("\\\\"),
                Ok(it) => text.push(it),
                Err(unit) if keeps_surrogates => write!(text, "\\u{unit:04x}").ok()?,
                Err(_) => return None,
            },
            other => text.push(other),
        }
    }
    text.push_str(rest);
    Some(text)
}

/// The character of an escape behind its `\u`, or the unit of a lone surrogate.
fn unicode(rest: &mut &str) -> Option<Result<char, u32>> {
    let unit = take_unit(rest)?;
    if !(0xD800..0xE000).contains(&unit) {
        return Some(char::from_u32(unit).ok_or(unit));
    }
    let mut ahead = rest.strip_prefix("\\u").unwrap_or_default();
    let second = take_unit(&mut ahead).filter(|it| (0xDC00..0xE000).contains(it));
    match second {
        Some(second) if unit < 0xDC00 => {
            *rest = ahead;
            let code = 0x1_0000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
            Some(char::from_u32(code).ok_or(unit))
        }
        _ => Some(Err(unit)),
    }
}

fn take_unit(rest: &mut &str) -> Option<u32> {
    let (digits, after) = rest.split_at_checked(4)?;
    *rest = after;
    u32::from_str_radix(digits, 16).ok()
}
