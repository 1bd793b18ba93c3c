//! Turns the bytes on disk into the bytes that git stores, as `git add` would, but without ever
//! running a filter program.

use std::borrow::Cow;

use crate::attributes::{Conversion, Lines};

/// The content as git stores it; `has_crlf_in_git` tells of git's copy of the file.
pub(crate) fn to_git<'a>(
    bytes: &'a [u8],
    conversion: &Conversion,
    has_crlf_in_git: impl FnOnce() -> bool,
) -> Cow<'a, [u8]> {
    let mut bytes = Cow::Borrowed(bytes);
    if let Some(encoding) = &conversion.encoding {
        bytes = decoded(&bytes, encoding).map_or(bytes, Cow::Owned);
    }
    let is_converted = match conversion.lines {
        Lines::Kept => false,
        Lines::Converted => true,
        // Git leaves a file alone whose stored copy has such line ends already.
        Lines::Guessed => Stats::of(&bytes).is_text() && !has_crlf_in_git(),
    };
    if is_converted && bytes.contains(&b'\r') {
        bytes = Cow::Owned(with_line_feeds(&bytes));
    }
    if conversion.is_ident && bytes.windows(4).any(|it| it == b"$Id:") {
        bytes = Cow::Owned(without_ident(&bytes));
    }
    bytes
}

/// Does git see line ends of Windows in this text?
pub(crate) fn has_crlf(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|it| it == b"\r\n") && Stats::of(bytes).is_text()
}

fn with_line_feeds(bytes: &[u8]) -> Vec<u8> {
    let followers = bytes.iter().skip(1).map(Some).chain([None]);
    let is_kept = |(byte, next): &(&u8, Option<&u8>)| **byte != b'\r' || *next != Some(&b'\n');
    bytes.iter().zip(followers).filter(is_kept).map(|(byte, _)| *byte).collect()
}

/// What git counts to tell text from other files (`gather_stats` in its `convert.c`).
#[derive(Default)]
struct Stats {
    lone_returns: usize,
    zeros: usize,
    printable: usize,
    others: usize,
}

impl Stats {
    fn of(bytes: &[u8]) -> Self {
        let mut stats = Self::default();
        let mut rest = bytes.iter().peekable();
        while let Some(byte) = rest.next() {
            match byte {
                b'\r' if rest.next_if_eq(&&b'\n').is_none() => stats.lone_returns += 1,
                b'\r' | b'\n' => {}
                0 => (stats.zeros, stats.others) = (stats.zeros + 1, stats.others + 1),
                8 | b'\t' | 27 | 12 => stats.printable += 1,
                1..32 | 127 => stats.others += 1,
                _ => stats.printable += 1,
            }
        }
        // The end-of-file character of DOS does not make a file binary.
        if bytes.last() == Some(&26) {
            stats.others -= 1;
        }
        stats
    }

    fn is_text(&self) -> bool {
        self.lone_returns == 0 && self.zeros == 0 && self.printable >> 7 >= self.others
    }
}

/// UTF-8 of a text in another encoding; none for an encoding or a text we cannot read.
fn decoded(bytes: &[u8], encoding: &str) -> Option<Vec<u8>> {
    let name = encoding.to_ascii_uppercase();
    let (order, rest) = match (name.strip_prefix("UTF-16")?, bytes) {
        ("" | "LE-BOM", [0xff, 0xfe, rest @ ..]) => {
            (u16::from_le_bytes as fn([u8; 2]) -> u16, rest)
        }
        ("" | "BE-BOM", [0xfe, 0xff, rest @ ..]) => {
            (u16::from_be_bytes as fn([u8; 2]) -> u16, rest)
        }
        ("LE", rest) => (u16::from_le_bytes as fn([u8; 2]) -> u16, rest),
        ("BE", rest) => (u16::from_be_bytes as fn([u8; 2]) -> u16, rest),
        _ => return None,
    };
    let (pairs, []) = rest.as_chunks::<2>() else { return None };
    let units = pairs.iter().map(|it| order(*it));
    let text: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
    Some(text.into_bytes())
}

/// Takes back what a checkout wrote into `$Id$`.
fn without_ident(bytes: &[u8]) -> Vec<u8> {
    const OPEN: &[u8] = b"$Id:";
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(start) = rest.windows(OPEN.len()).position(|it| it == OPEN) {
        let (before, from) = rest.split_at(start);
        let after = from.get(OPEN.len()..).unwrap_or_default();
        let end = after.iter().position(|it| matches!(it, b'$' | b'\n'));
        out.extend_from_slice(before);
        match end {
            Some(end) if after.get(end) == Some(&b'$') => {
                out.extend_from_slice(b"$Id$");
                rest = after.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.extend_from_slice(OPEN);
                rest = after;
            }
        }
    }
    out.extend_from_slice(rest);
    out
}
