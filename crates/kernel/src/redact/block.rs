//! Secrets that are known by what stands around them.

use crate::Span;

/// PEM and SSH2 blocks, from the first line to the last; without a last line, to the end.
pub(super) fn pem(text: &str) -> Vec<Span> {
    let mut found = blocks(text, "-----BEGIN ", "-----END ", "-----");
    found.extend(blocks(text, "---- BEGIN ", "---- END ", "----"));
    found
}

fn blocks(text: &str, first: &str, last: &str, rim: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(start) = find(text, done, first) {
        let name = find(text, start, last).map(|it| it + last.len());
        let end = name.and_then(|it| find(text, it, rim)).map(|it| it + rim.len());
        let end = end.unwrap_or(text.len());
        found.push(Span { start, end });
        done = end;
    }
    found
}

/// User and password of `https://user:password@host`; a user alone is no secret.
pub(super) fn url_passwords(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(colon) = find(text, done, "://") {
        let start = colon + "://".len();
        let rest = text.get(start..).unwrap_or_default();
        let is_rim =
            |it: char| it.is_whitespace() || matches!(it, '/' | '?' | '#' | '"' | '`' | '<' | '>');
        let end = rest.find(is_rim).unwrap_or(rest.len());
        let authority = rest.get(..end).unwrap_or_default();
        let user = authority.rfind('@').and_then(|it| authority.get(..it)).unwrap_or_default();
        if user.split_once(':').is_some_and(|(_, password)| !password.is_empty()) {
            found.push(Span { start, end: start + user.len() });
        }
        done = start + end;
    }
    found
}

/// What follows `Bearer` and `Basic`, if it looks like more than a word of a sentence.
pub(super) fn credentials(text: &str) -> Vec<Span> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for scheme in ["bearer", "basic"] {
        let mut done = 0;
        while let Some(at) = find(&lower, done, scheme) {
            done = at + scheme.len();
            let rest = text.get(done..).unwrap_or_default();
            let trimmed = rest.trim_start_matches([' ', '\t', ':']);
            let start = text.len() - trimmed.len();
            if start == done {
                continue;
            }
            let end = start + trimmed.bytes().take_while(|it| is_token68(*it)).count();
            let word = text.get(start..end).unwrap_or_default().trim_end_matches('.');
            if is_credential(word) {
                found.push(Span { start, end: start + word.len() });
                done = start + word.len();
            }
        }
    }
    found
}

/// RFC 9110: the characters of a credential.
fn is_token68(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
}

fn is_credential(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_bare_word = word.bytes().skip(1).all(|it| it.is_ascii_lowercase());
    word.len() >= 6 && (has(u8::is_ascii_digit) || word.len() >= 12 && is_mixed && !is_bare_word)
}

/// The first occurrence from a byte on.
fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|it| it + from)
}
