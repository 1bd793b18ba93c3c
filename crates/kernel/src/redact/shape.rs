//! Secrets that are known by their own shape.

use crate::Span;

/// Beginnings that nothing but a token has, with the shortest tail that makes one.
const PREFIXES: &[(&str, usize)] = &[
    ("ghp_", 20),
    ("gho_", 20),
    ("ghu_", 20),
    ("ghs_", 20),
    ("ghr_", 20),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("sk_live_", 10),
    ("sk_test_", 10),
    ("rk_live_", 10),
    ("rk_test_", 10),
    ("whsec_", 16),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("xoxa-", 10),
    ("xoxr-", 10),
    ("xoxs-", 10),
    ("xoxe-", 10),
    ("xoxe.", 10),
    ("xapp-", 10),
    ("pypi-Ag", 16),
    ("AIza", 30),
    ("dop_v1_", 20),
];

/// Beginnings that a plain name may have too (`sk-worker-production`, `npm_config_registry`), with
/// the shortest run of letters and digits behind them, a digit among them, that makes a token.
const AMBIGUOUS: &[(&str, usize)] =
    &[("sk-", 16), ("npm_", 20), ("hf_", 20), ("ya29.", 20), ("SG.", 16), ("pypi-", 20)];

/// The words of a text that are shaped like a secret.
pub(super) fn words(text: &str) -> Vec<Span> {
    let is_base64_part = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    let mut found = runs(text, is_base64_part, 40);
    found.retain(|it| text.get(it.start..it.end).is_some_and(is_base64));
    for word in runs(text, is_word, 14) {
        found.extend(secret_of(text, word));
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.+".contains(&byte)
}

/// The longest runs of such bytes with at least `shortest` of them.
fn runs(text: &str, is_part: impl Fn(u8) -> bool, shortest: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (end, byte) in text.bytes().chain([b' ']).enumerate() {
        // The space behind the text ends the last run.
        if end < text.len() && is_part(byte) {
            continue;
        }
        if end - start >= shortest {
            found.push(Span { start, end });
        }
        start = end + 1;
    }
    found
}

/// The part of one word that is secret: from a known beginning on, or a random piece of it.
fn secret_of(text: &str, word: Span) -> Vec<Span> {
    let inside = text.get(word.start..word.end).unwrap_or_default();
    let trimmed = inside.trim_end_matches(['.', '-']);
    let mut previous = b' ';
    for (idx, byte) in trimmed.bytes().enumerate() {
        let is_border = !previous.is_ascii_alphanumeric();
        previous = byte;
        if is_border && trimmed.get(idx..).is_some_and(has_known_beginning) {
            return vec![Span { start: word.start + idx, end: word.start + trimmed.len() }];
        }
    }
    let mut found = runs(trimmed, |it| it != b'.', 32);
    found.retain(|it| trimmed.get(it.start..it.end).is_some_and(is_random));
    let moved = |it: Span| Span { start: it.start + word.start, end: it.end + word.start };
    found.into_iter().map(moved).collect()
}

fn has_known_beginning(word: &str) -> bool {
    // A token shows what it is soon; without a bound, `sk-sk-sk-…` would take quadratic time.
    let word = word.get(..160).unwrap_or(word);
    let tail = |prefix: &str| word.strip_prefix(prefix).unwrap_or_default();
    PREFIXES.iter().any(|(prefix, shortest)| tail(prefix).len() >= *shortest)
        || AMBIGUOUS.iter().any(|(prefix, shortest)| has_run(tail(prefix), *shortest))
        || is_aws_id(word)
        || is_origin_ca(word)
        || is_jwt(word)
}

fn has_run(tail: &str, shortest: usize) -> bool {
    let mut pieces = tail.split(|it: char| !it.is_ascii_alphanumeric());
    pieces.any(|it| it.len() >= shortest && it.bytes().any(|it| it.is_ascii_digit()))
}

/// An access key id of AWS: twenty capitals and digits.
fn is_aws_id(word: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.bytes().take_while(|it| is_part(*it)).count() == 20
        && word.as_bytes().get(20).is_none_or(|it| !it.is_ascii_alphanumeric())
}

/// Cloudflare's Origin CA key: `v1.0-` and two long pieces of hex.
fn is_origin_ca(word: &str) -> bool {
    word.strip_prefix("v1.0-").is_some_and(|tail| {
        tail.len() >= 30 && tail.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
    })
}

/// RFC 7519: parts of base64url, the first of which starts with `{"`.
fn is_jwt(word: &str) -> bool {
    let mut parts = word.splitn(3, '.').map(str::len);
    word.starts_with("eyJ") && parts.next() >= Some(8) && parts.next() >= Some(8)
}

/// Mixed characters in one piece, as API tokens are; or the 37 hex digits of a global key.
///
/// Names change between capitals, small letters and digits now and then, random text all the time:
/// in 45 of 100 places, where `InternationalizationWorker2024Prod` does so in 12.
fn is_random(piece: &str) -> bool {
    let count = |test: fn(&u8) -> bool| piece.as_bytes().iter().filter(|it| test(it)).count();
    if count(u8::is_ascii_hexdigit) == piece.len() {
        return piece.len() == 37;
    }
    if is_uuid(piece) || count(u8::is_ascii_digit) == 0 {
        return false;
    }
    let (n_upper, n_lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let is_one_case = n_upper == 0 || n_lower == 0;
    if is_one_case {
        let is_solid = count(u8::is_ascii_alphanumeric) == piece.len();
        return is_solid && count(u8::is_ascii_digit) >= 4 && changes(piece) * 4 >= piece.len();
    }
    n_upper >= 2 && n_lower >= 2 && changes(piece) * 5 >= piece.len()
}

/// Base64 with a `/` or `+`, as the secret keys of AWS are; paths change their case less often.
fn is_base64(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    has(|it| matches!(it, b'+' | b'/'))
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && changes(word) * 5 >= word.len()
}

/// How often neighbours differ in kind, in a way that words do not: `aB`, `a1`, `1a`.
fn changes(piece: &str) -> usize {
    let is_change = |pair: (u8, u8)| match pair {
        (left, right) if !left.is_ascii_alphanumeric() || !right.is_ascii_alphanumeric() => false,
        (left, right) if left.is_ascii_lowercase() => !right.is_ascii_lowercase(),
        (left, right) => left.is_ascii_digit() != right.is_ascii_digit(),
    };
    piece.bytes().zip(piece.bytes().skip(1)).filter(|it| is_change(*it)).count()
}

fn is_uuid(piece: &str) -> bool {
    let is_hex = |it: &str| it.bytes().all(|it| it.is_ascii_hexdigit());
    piece.len() == 36
        && piece.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && piece.split('-').all(is_hex)
}
