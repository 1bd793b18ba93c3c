//! Keeps secrets out of everything that is told: reports, errors, caches and proofs.

mod block;
mod shape;

use std::borrow::Cow;

use crate::Span;

/// What stands in the place of a secret.
const MARK: &str = "<redacted>";

/// Replaces words shaped like a token, a key or a JWT, PEM blocks and passwords in URLs by
/// `<redacted>`.
///
/// Digests, commits and ids (hex, UUIDs) are kept: they are what reports are about.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let secrets = secrets(text);
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for secret in secrets {
        out.push_str(text.get(done..secret.start).unwrap_or_default());
        out.push_str(MARK);
        done = secret.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Is there anything in this word that [`redact`] would hide?
#[must_use]
pub fn looks_secret(word: &str) -> bool {
    !secrets(word).is_empty()
}

/// Where the secrets of a text stand, in order and apart from each other.
///
/// Each search walks the text once, so that the time is linear in its length.
#[must_use]
pub fn secrets(text: &str) -> Vec<Span> {
    let mut found = block::pem(text);
    found.extend(block::url_passwords(text));
    found.extend(block::credentials(text));
    found.extend(shape::words(text));
    found.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(found.len());
    for span in found {
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

#[cfg(test)]
mod tests;
