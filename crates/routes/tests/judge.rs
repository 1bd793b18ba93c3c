//! The judge refutes what does not hold.

use routes::{
    Pattern, Url,
    judge::{Claim, boundary_urls, has_two_owners, is_before_domain, is_never_delivered, takes},
};

/// `owner pattern` or `owner pattern zone`.
fn claim(text: &str) -> Claim<'_> {
    let mut words = text.split(' ');
    let mut word = || words.next();
    Claim { owner: word().unwrap_or_default(), pattern: word().unwrap_or_default(), zone: word() }
}

fn claims<'a>(texts: &[&'a str]) -> Vec<Claim<'a>> {
    texts.iter().map(|it| claim(it)).collect()
}

#[test]
fn two_owners_need_a_url_that_all_take() {
    for (url, winner, texts, expected) in [
        ("https://a.example/", None, &["A a.example/*", "B A.example/*"][..], true),
        ("https://a.example/", None, &["A a.example/*", "B *a.example/*"], true),
        ("https://a.example/x", Some("B"), &["A a.example/*", "B a.example/x"], true),
        ("https://a.example/x", Some("A"), &["A a.example/*", "B a.example/x"], false),
        ("https://a.example/x", None, &["A a.example/*", "B a.example/x"], false),
        ("https://a.example/", Some("A"), &["A a.example/*", "B a.example/*"], false),
        ("https://a.example/", None, &["A a.example/*", "A a.example/*"], false),
        ("https://a.example/", None, &["A a.example/*"], false),
        ("https://b.example/", None, &["A a.example/*", "B a.example/*"], false),
        ("https://a.example/", None, &["A */* a.example", "B */* b.example"], false),
        ("https://a.example/", None, &["A */* a.example", "B */*"], true),
        ("https://b.a.example/", None, &["A */* a.example", "B */* b.a.example"], false),
        ("a.example", None, &["A a.example/*", "B a.example/*"], false),
        ("https://a.example/", None, &[], false),
    ] {
        assert_eq!(has_two_owners(url, winner, &claims(texts)), expected, "{url} {texts:?}");
    }
}

#[test]
fn a_claim_on_all_urls_is_tried_at_its_boundary() {
    for (url, dead, killers, others, expected) in [
        ("https://a.example/x/", "B a.example/x/*", &["A a.example/x*"][..], &[][..], true),
        // The killer takes the URL, but not its neighbours.
        ("https://a.example/x/", "B a.example/x/*", &["A https://a.example/x*"], &[], false),
        ("https://a.example/x/", "B a.example/x*", &["A a.example/x/"], &[], false),
        ("https://a.example/", "B *a.example/*", &["A a.example/**"], &[], false),
        ("https://a.example/x/", "B *a.example/x/*", &["A a.example/x*"], &[], false),
        // A URL of the other pattern shows what the fresh characters do not.
        (
            "https://a.example/x/",
            "B a.example/x/*",
            &["A a.example/x/", "A a.example/x/~*", "A a.example/x/?*", "A a.example/x/0*"],
            &["a.example/x/y*"],
            false,
        ),
        // It does not outrank, belongs elsewhere, or the URL is not of the dead one.
        ("https://a.example/x", "B a.example/x*", &["A *a.example/x*"], &[], false),
        ("https://a.example/x/", "B */x/* a.example", &["A *example/x* example"], &[], false),
        ("https://a.example/y", "B a.example/x/*", &["A a.example/*"], &[], false),
        ("https://a.example/x/", "B a.example/x/*", &[], &[], false),
    ] {
        let found = is_never_delivered(url, &claim(dead), &claims(killers), others);
        assert_eq!(found, expected, "{dead} by {killers:?}");
    }
}

#[test]
fn boundary_urls_are_few_legal_and_taken() {
    let others: Vec<String> = (0..500).map(|at| format!("h{at}.a.example/x/{at}/*")).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    for (pattern, zone) in [
        ("*.a.example/x*", None),
        ("*a.example/*", Some("a.example")),
        ("*/*", None),
        ("http://a.example", None),
        ("*b\u{fc}cher.example/x%*", None),
    ] {
        let urls = boundary_urls(pattern, zone, &others);
        assert!(!urls.is_empty() && urls.len() <= 64, "`{pattern}`: {}", urls.len());
        assert!(urls.iter().all(|it| takes(pattern, zone, it)), "`{pattern}`");
    }
    let urls = boundary_urls("*.a.example/x*", None, &others);
    assert_eq!(urls.len(), 64);
    assert!(urls.iter().any(|it| it.contains("//h0.a.example/")), "{urls:?}");
    assert!(urls.iter().any(|it| it.ends_with("/x/0/")), "{urls:?}");
}

#[test]
fn a_route_runs_before_the_domain_of_another_owner() {
    for (url, route, host, owner, expected) in [
        ("https://a.example/x", "A a.example/*", "A.example", "B", true),
        ("https://a.example/x", "A *.example/*", "a.example", "B", true),
        ("https://a.example/x", "A a.example/*", "a.example", "A", false),
        ("https://a.example/x", "A a.example/y", "a.example", "B", false),
        ("https://b.example/x", "A *.example/*", "a.example", "B", false),
    ] {
        assert_eq!(is_before_domain(url, &claim(route), host, owner), expected, "{route} {host}");
    }
}

#[test]
fn a_zone_with_a_star_is_no_zone() {
    for zone in ["*shop.example", "*.shop.example", "*"] {
        let url = "https://other.example/x";
        let pattern = Pattern::parse("*/x", Some(zone), &|_| false);
        assert!(pattern.is_ok_and(|it| Url::parse(url).is_ok_and(|url| it.takes(&url))), "{zone}");
        assert!(takes("*/x", Some(zone), url), "{zone}");
    }
}
