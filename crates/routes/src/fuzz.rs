//! Entry points for fuzzing: functions over bytes that must never panic.

use crate::{
    domain::{CustomDomain, HostPattern},
    intersection::{Intersection, contains, overlap},
    judge,
    pattern::Pattern,
    refusal::Refusal,
    request::Url,
};

/// Reads the bytes as lines (a pattern, a URL, a zone) and checks what must hold of every pattern.
///
/// # Panics
/// If something does not hold: then it is a bug.
pub fn fuzz_pattern(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.splitn(3, '\n');
    let raw = lines.next().unwrap_or_default();
    let url = lines.next().unwrap_or_default();
    let zone = lines.next();
    match Pattern::parse(raw, zone, &|_| false) {
        Ok(pattern) => {
            normal_form_is_stable(&pattern, zone);
            judge_agrees(&pattern, raw, zone, url);
            assert!(contains(&pattern, &pattern), "`{raw}` does not contain itself");
            assert!(overlap(&pattern, &pattern).is_some(), "`{raw}` does not meet itself");
        }
        Err(refusal) => refusal_shows(raw, refusal),
    }
    if let Err(refusal) = CustomDomain::parse(raw) {
        refusal_shows(raw, refusal);
    }
    if let Ok(hosts) = HostPattern::parse(raw) {
        assert!(!hosts.covers("[::1]") || raw == "*", "`{raw}` covers an address");
    }
}

fn normal_form_is_stable(pattern: &Pattern, zone: Option<&str>) {
    let again = Pattern::parse(pattern.text(), zone, &|_| false);
    let again = again.unwrap_or_else(|refusal| panic!("`{}`: {refusal}", pattern.text()));
    assert_eq!(again.text(), pattern.text());
    assert_eq!(again.specificity(), pattern.specificity());
    assert_eq!(Intersection::of(&again), Intersection::of(pattern));
}

fn judge_agrees(pattern: &Pattern, raw: &str, zone: Option<&str>, url: &str) {
    assert_eq!(judge::score(raw), pattern.specificity(), "`{raw}`");
    let witness = Intersection::of(pattern).witness_url();
    let parsed = Url::parse(&witness).unwrap_or_else(|why| panic!("`{raw}`: {why}"));
    assert!(pattern.takes(&parsed), "`{raw}` does not take its witness {witness}");
    assert!(judge::takes(raw, zone, &witness), "`{raw}` is judged not to take {witness}");
    for text in judge::boundary_urls(raw, zone, &[url]) {
        let parsed = Url::parse(&text).unwrap_or_else(|why| panic!("`{raw}`: {why}"));
        assert!(pattern.takes(&parsed), "`{raw}` does not take its boundary {text}");
    }
    if let Ok(parsed) = Url::parse(url) {
        assert_eq!(pattern.takes(&parsed), judge::takes(raw, zone, url), "`{raw}` and {url}");
    }
}

fn refusal_shows(raw: &str, refusal: Refusal) {
    assert!(judge::is_rejected(raw, refusal.code()), "`{raw}` is no `{}`", refusal.code());
}
