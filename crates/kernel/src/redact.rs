use std::borrow::Cow;

/// What stands in the place of a secret.
const MARK: &str = "<redacted>";

/// Beginnings of well-known tokens and keys, with the shortest tail that makes one.
const PREFIXES: &[(&str, usize)] = &[
    ("ghp_", 20),
    ("gho_", 20),
    ("ghu_", 20),
    ("ghs_", 20),
    ("ghr_", 20),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("npm_", 20),
    ("pypi-", 20),
    ("sk-", 20),
    ("sk_live_", 10),
    ("sk_test_", 10),
    ("rk_live_", 10),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("xoxa-", 10),
    ("xoxs-", 10),
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 30),
    ("ya29.", 20),
    ("dop_v1_", 20),
    ("whsec_", 16),
    ("SG.", 20),
    ("hf_", 20),
    ("v1.0-", 30),
];

/// Replaces words shaped like a token, a key or a JWT, and PEM blocks, by `<redacted>`.
///
/// Digests and commit ids (hex of 32, 40 or 64 digits) are kept: they are what reports are about.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let text = without_pem(text);
    if !words(&text).any(|(_, word)| looks_secret(word)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, word) in words(&text) {
        if looks_secret(word) {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(MARK);
            done = start + word.len();
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Is this word shaped like a token, a key or a JWT?
#[must_use]
pub fn looks_secret(word: &str) -> bool {
    has_known_prefix(word) || is_jwt(word) || is_random(word)
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word =
        |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.' | '+' | '=');
    text.split(move |it| !is_word(it))
        .filter(|it| it.len() >= 14)
        .map(|it| (it.as_ptr() as usize - text.as_ptr() as usize, it))
}

fn has_known_prefix(word: &str) -> bool {
    PREFIXES.iter().any(|(prefix, n_tail)| {
        word.strip_prefix(prefix).is_some_and(|tail| {
            tail.len() >= *n_tail
                && tail.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-.".contains(&it))
        })
    })
}

/// RFC 7519: three base64url parts, the first of which starts with `{"`.
fn is_jwt(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && word.starts_with("eyJ") && parts.iter().take(2).all(|it| it.len() >= 8)
}

/// Forty mixed characters in one piece, as API tokens are; or the 37 hex digits of a global key.
fn is_random(word: &str) -> bool {
    let is_piece = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'+' | b'=');
    if word.len() == 37 && word.bytes().all(|it| it.is_ascii_hexdigit()) {
        return true;
    }
    let count = |test: fn(&u8) -> bool| word.as_bytes().iter().filter(|it| test(it)).count();
    let n_digits = count(u8::is_ascii_digit);
    let n_upper = count(u8::is_ascii_uppercase);
    let n_lower = count(u8::is_ascii_lowercase);
    word.len() >= 32
        && word.bytes().all(is_piece)
        && n_digits >= 3
        && n_upper >= 3
        && n_lower >= 3
        && !word.split('-').all(|it| it.len() <= 14)
}

fn without_pem(text: &str) -> Cow<'_, str> {
    const BEGIN: &str = "-----BEGIN ";
    if !text.contains(BEGIN) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, block)) = rest.split_once(BEGIN) {
        out.push_str(before);
        out.push_str(MARK);
        let after = block.split_once("-----END ").and_then(|(_, it)| it.split_once("-----"));
        rest = after.map_or("", |(_, it)| it);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_get_through() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
        let token = format!("ghp_{}", "a1B2".repeat(9));
        let key = "Zx9_kQ2mVb7LpR4tYw8NcD3fGh6JsA1uEoIyTqXz";
        let pem = "-----BEGIN PRIVATE KEY-----\nMIIEv\n-----END PRIVATE KEY-----";
        for secret in [jwt, &token, key, pem, "0123456789abcdef0123456789abcdef01234"] {
            let text = format!("value `{secret}` at line 3");
            assert_eq!(redact(&text), "value `<redacted>` at line 3");
        }
        assert_eq!(redact("-----BEGIN RSA PRIVATE KEY-----\nMII"), "<redacted>");
    }

    #[test]
    fn what_reports_are_about_stays() {
        for text in [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "c61b6bbd6d1a3fbef0a1db9d1e1e9d8d0f6b7a1c",
            "https://jobs.customer-0123456789.example.com/Some/Long/Path/x*",
            "route-claimed-twice in Apps2024/Service-Number-42-Production/wrangler.toml",
            "`9a7b330c-c23f-4a0e-9c1a-0123456789AB`",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
