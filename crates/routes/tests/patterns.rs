//! What a pattern text becomes, or why it is refused.

use routes::{
    CustomDomain, HostPattern, HostSet, Intersection, PathSet, Pattern, Refusal, Schemes, Url,
    judge, lies_in_zone, overlap,
};

/// Patterns and their normal form.
const NORMAL: [(&str, &str); 32] = [
    ("example.com", "example.com/"),
    ("Example.COM/A*", "example.com/A*"),
    ("HTTPS://*.Example.com/", "https://*.example.com/"),
    ("hTTp://*example.com/x", "http://*example.com/x"),
    ("*/*", "*/*"),
    ("b\u{fc}cher.example/*", "xn--bcher-kva.example/*"),
    ("*.B\u{dc}CHER.example/*", "*.xn--bcher-kva.example/*"),
    ("*b\u{fc}cher.example/*", "*xn--bcher-kva.example/*"),
    ("XN--BCHER-KVA.example/*", "xn--bcher-kva.example/*"),
    ("stra\u{df}e.example/", "xn--strae-oqa.example/"),
    ("\u{ff25}xample\u{3002}com/*", "example.com/*"),
    ("_dmarc.example/*", "_dmarc.example/*"),
    ("*-s.example/*", "*-s.example/*"),
    ("*2.example/*", "*2.example/*"),
    ("*2/*", "*2/*"),
    ("*xn--a.example/*", "*xn--a.example/*"),
    ("example.com/\u{fc}*", "example.com/%C3%BC*"),
    ("example.com/a b*", "example.com/a%20b*"),
    ("example.com/%61*", "example.com/%61*"),
    ("example.com/%*", "example.com/%*"),
    ("example.com/a/../b*", "example.com/b*"),
    ("example.com/a/%2E%2e/b", "example.com/b"),
    ("example.com/a/./b", "example.com/a/b"),
    ("example.com/../../x", "example.com/x"),
    ("example.com/a//b*", "example.com/a//b*"),
    ("example.com//", "example.com//"),
    ("example.com/a\\b", "example.com/a/b"),
    ("example.com/a\tb", "example.com/ab"),
    ("example.com/.well-known/*", "example.com/.well-known/*"),
    ("example.com/a://b", "example.com/a://b"),
    ("example.com/* ", "example.com/*"),
    ("example.com/a:b@c", "example.com/a:b@c"),
];

/// Patterns that are refused, and the code.
const REFUSED: [(&str, &str); 62] = [
    ("", "empty"),
    (" \t", "empty"),
    ("ftp://example.com/*", "scheme"),
    ("://example.com/*", "scheme"),
    ("wss://example.com/*", "scheme"),
    ("*://example.com/*", "scheme"),
    ("example.com/?a=1", "query"),
    ("example.com?a", "query"),
    ("example.com/*?", "query"),
    ("example.com/a#b", "fragment"),
    ("example.com#", "fragment"),
    ("example.com/#?", "fragment"),
    ("user@example.com/*", "userinfo"),
    ("https://user:secret@example.com/*", "userinfo"),
    ("example.com:8080/*", "port"),
    ("*:80/*", "port"),
    ("[::1]:80/*", "port"),
    ("localhost:8787", "port"),
    ("[::1]/*", "ip-literal"),
    ("1.2.3.4/*", "ip-literal"),
    ("127.1/*", "ip-literal"),
    ("0x7f.1/*", "ip-literal"),
    ("*.1.2.3.4/*", "ip-literal"),
    ("*1.2.3.4/*", "ip-literal"),
    ("example.0x1f/*", "ip-literal"),
    ("example.0X1F/*", "ip-literal"),
    ("o[`[hop.0XA", "ip-literal"),
    ("\u{ff11}.\u{ff12}.\u{ff13}.\u{ff14}/*", "ip-literal"),
    ("example.com./*", "trailing-dot"),
    ("example.com\u{3002}/*", "trailing-dot"),
    ("*./*", "trailing-dot"),
    (".", "trailing-dot"),
    ("/*", "host-empty"),
    ("//example.com/*", "host-empty"),
    ("https://", "host-empty"),
    ("https:///*", "host-empty"),
    ("*", "host-bare-wildcard"),
    ("http://*", "host-bare-wildcard"),
    ("**", "host-wildcard-infix"),
    ("**/*", "host-wildcard-infix"),
    ("*.*.example.com/*", "host-wildcard-infix"),
    ("a*.example.com/*", "host-wildcard-infix"),
    ("example.*/*", "host-wildcard-infix"),
    ("example.com*", "host-wildcard-infix"),
    ("exa mple.com/*", "host-label"),
    (" example.com/*", "host-label"),
    ("example..com/*", "host-label"),
    (".example.com/*", "host-label"),
    ("*..example.com/*", "host-label"),
    ("exam%70le.com/*", "host-label"),
    ("exam\\ple.com/*", "host-label"),
    ("b\u{fc}\\x.example/*", "host-label"),
    ("ex\u{ff0a}ample.com/*", "host-label"),
    ("xn--a.example/*", "host-label"),
    ("*.xn--a.example/*", "host-label"),
    ("$host/*", "host-label"),
    ("{{host}}/*", "host-label"),
    ("example.com/**", "path-wildcard-infix"),
    ("example.com/*/", "path-wildcard-infix"),
    ("example.com/*.jpg", "path-wildcard-infix"),
    ("example.com/*/../b*", "path-wildcard-infix"),
    ("example.com/a*b*", "path-wildcard-infix"),
];

fn parse(raw: &str, zone: Option<&str>) -> Result<Pattern, Refusal> {
    Pattern::parse(raw, zone, &|_| false)
}

#[test]
fn patterns_have_a_normal_form() {
    let label = "l".repeat(63);
    let deep = format!("example.com{}/*", "/s".repeat(2_000));
    let long_label = format!("{label}.example/*");
    let long = [(long_label.as_str(), long_label.as_str()), (deep.as_str(), deep.as_str())];
    for (raw, expected) in NORMAL.into_iter().chain(long) {
        let pattern = parse(raw, None).unwrap_or_else(|refusal| panic!("`{raw}`: {refusal}"));
        assert_eq!(pattern.text(), expected, "`{raw}`");
        assert_eq!(judge::score(raw), pattern.specificity(), "`{raw}`");
    }
}

#[test]
fn refused_patterns_have_their_code() {
    let label = format!("{}.example/*", "l".repeat(64));
    let host = format!("{}example/*", "label.".repeat(42));
    let tail = format!("*.l{}", ["l".repeat(62).as_str(); 4].join("."));
    let long = [
        (label.as_str(), "host-label"),
        (host.as_str(), "host-label"),
        (tail.as_str(), "host-label"),
    ];
    for (raw, code) in REFUSED.into_iter().chain(long) {
        let refusal = parse(raw, None).expect_err(raw);
        assert_eq!(refusal.code(), code, "`{raw}`");
        assert!(judge::is_rejected(raw, code), "`{raw}` is no `{code}`");
    }
}

#[test]
fn custom_domains_are_hosts_alone() {
    for (raw, expected) in [
        ("Shop.Example.com", Ok("shop.example.com")),
        ("b\u{fc}cher.example", Ok("xn--bcher-kva.example")),
        ("", Err("empty")),
        ("*.example.com", Err("custom-domain-wildcard")),
        ("*", Err("custom-domain-wildcard")),
        ("example.com/*", Err("custom-domain-wildcard")),
        ("example.com/", Err("custom-domain-path")),
        ("https://example.com", Err("custom-domain-path")),
        ("example.com?x", Err("query")),
        ("example.com#x", Err("fragment")),
        ("me@example.com", Err("userinfo")),
        ("example.com:80", Err("port")),
        ("10.0.0.1", Err("ip-literal")),
        ("example.com.", Err("trailing-dot")),
        ("exa_mple.com", Ok("exa_mple.com")),
        ("exa mple.com", Err("host-label")),
    ] {
        let found = CustomDomain::parse(raw);
        let found = found.as_ref().map(CustomDomain::host).map_err(|it| it.code());
        assert_eq!(found, expected, "`{raw}`");
    }
}

#[test]
fn a_trusted_zone_bounds_a_star() {
    for (raw, zone, host, outside) in [
        ("*/x", None, HostSet::Suffix(""), false),
        ("*/x", Some("example.com"), HostSet::Zone("example.com"), false),
        ("*/x", Some("EXAMPLE.com."), HostSet::Zone("example.com"), false),
        ("*example.com/*", None, HostSet::Suffix("example.com"), false),
        ("*example.com/*", Some("example.com"), HostSet::Zone("example.com"), false),
        ("*.example.com/*", Some("example.com"), HostSet::Suffix(".example.com"), false),
        ("*a.example.com/*", Some("example.com"), HostSet::Suffix("a.example.com"), false),
        ("example.com", Some("example.com"), HostSet::Exact("example.com"), false),
        ("a.example.com", Some("example.com"), HostSet::Exact("a.example.com"), false),
        ("*xample.com/*", Some("example.com"), HostSet::Suffix("xample.com"), true),
        ("*.com/*", Some("example.com"), HostSet::Suffix(".com"), true),
        ("not-example.com/*", Some("example.com"), HostSet::Exact("not-example.com"), true),
        ("*/x", Some("not a zone"), HostSet::Suffix(""), true),
        ("*/x", Some(""), HostSet::Suffix(""), true),
        ("*b\u{fc}.example/*", Some("B\u{dc}.example"), HostSet::Zone("xn--b-eha.example"), false),
    ] {
        let pattern = parse(raw, zone).unwrap();
        assert_eq!(pattern.host(), host, "`{raw}` in {zone:?}");
        assert_eq!(pattern.host_outside_zone(), outside, "`{raw}` in {zone:?}");
        assert_eq!(pattern.zone().is_some(), zone.is_some() && !outside, "`{raw}` in {zone:?}");
    }
}

#[test]
fn saas_hostnames_may_lie_outside_their_zone() {
    let listed = HostPattern::parse("*.customers.example").unwrap();
    for (raw, outside) in [
        ("shop.customers.example/*", false),
        ("*.shop.customers.example/*", false),
        ("*.customers.example/*", false),
        ("*customers.example/*", true),
        ("customers.example/*", true),
        ("other.example/*", true),
        ("a.example.com/*", false),
    ] {
        let pattern = Pattern::parse(raw, Some("example.com"), &|it| listed.covers(it)).unwrap();
        assert_eq!(pattern.host_outside_zone(), outside, "`{raw}`");
    }
    assert!(HostPattern::parse("customers.example/*").is_err());
    assert!(lies_in_zone("a.example.com", "Example.com"));
    assert!(!lies_in_zone("not-example.com", "example.com"));
}

#[test]
fn urls_are_read_as_the_edge_reads_them() {
    for (text, expected) in [
        ("https://API.example.com/a?x=1", Some("https://api.example.com/a?x=1")),
        ("https://u:p@example.com:8443/a#b", Some("https://example.com/a")),
        ("http://example.com:80", Some("http://example.com/")),
        ("https://example.com/a?", Some("https://example.com/a")),
        ("https://example.com?q", Some("https://example.com/?q")),
        ("https://example.com/a/../b/%2e%2E/c", Some("https://example.com/c")),
        ("https://example.com/%61//b", Some("https://example.com/%61//b")),
        ("https://b\u{fc}cher.example/\u{fc}", Some("https://xn--bcher-kva.example/%C3%BC")),
        ("https://example.com./", Some("https://example.com./")),
        ("https://[::1]/", Some("https://[::1]/")),
        ("ftp://example.com/", None),
        ("example.com/a", None),
        ("https://", None),
        ("", None),
    ] {
        let url = Url::parse(text).ok().map(|it| it.to_string());
        assert_eq!(url.as_deref(), expected, "`{text}`");
    }
}

#[test]
fn patterns_take_path_and_query() {
    for (raw, zone, url, expected) in [
        ("example.com", None, "https://example.com/", true),
        ("example.com", None, "https://example.com/?", true),
        ("example.com", None, "https://example.com/?a=1", false),
        ("example.com/", None, "http://example.com/x", false),
        ("example.com/x", None, "https://example.com/x?a=1", false),
        ("example.com/x*", None, "https://example.com/x?a=1", true),
        ("example.com/x/*", None, "https://example.com/x", false),
        ("*.example.com/*", None, "https://example.com/", false),
        ("*.example.com/*", None, "https://a.b.example.com/", true),
        ("*example.com/*", None, "https://not-example.com/", true),
        ("*example.com/*", Some("example.com"), "https://not-example.com/", false),
        ("*example.com/*", Some("example.com"), "https://a.example.com/", true),
        ("*/*", Some("example.com"), "https://other.example/", false),
        ("https://example.com/*", None, "http://example.com/", false),
        ("example.com/Images/*", None, "https://example.com/images/", false),
        ("example.com/%61*", None, "https://example.com/a", false),
        ("example.com/..*", None, "https://example.com/x", true),
    ] {
        let pattern = parse(raw, zone).unwrap();
        assert_eq!(pattern.takes(&Url::parse(url).unwrap()), expected, "`{raw}` {url}");
        assert_eq!(judge::takes(raw, zone, url), expected, "`{raw}` {url}");
    }
}

#[test]
fn specificity_counts_labels_and_parts() {
    for (raw, expected) in [
        ("example.com", 54),
        ("example.com/*", 52),
        ("example.com/images*", 54),
        ("example.com/images/*", 53),
        ("*.example.com/*", 26),
        ("*example.com/*", 52),
        ("*/*", -26),
        ("*/", -24),
        ("*/a/b", -23),
        ("api.example.com/*", 78),
        ("example.com/**", i64::MIN),
        ("example.com/a/..*", 55),
    ] {
        let found = parse(raw, None).map_or(i64::MIN, |it| it.specificity());
        assert_eq!(found, expected, "`{raw}`");
    }
    assert_eq!(parse("example.com/\u{1d11e}", None).unwrap().raw_length(), 14);
}

#[test]
fn witnesses_are_legal_urls() {
    for (raw, zone, expected) in [
        ("example.com", None, "https://example.com/"),
        ("http://example.com/a*", None, "http://example.com/a"),
        ("*example.com/*", None, "https://example.com/"),
        ("*.example.com/*", None, "https://w.example.com/"),
        ("*-s.example.com/", None, "https://w-s.example.com/"),
        ("*.x/a", None, "https://w.x/a"),
        ("*2/a", None, "https://w2/a"),
        ("*/a", None, "https://w.example/a"),
        ("*/a", Some("example.com"), "https://example.com/a"),
        ("example.com/a%*", None, "https://example.com/a%20"),
        ("example.com/a%2*", None, "https://example.com/a%20"),
        ("example.com/a%2f*", None, "https://example.com/a%2f"),
        ("example.com/a%", None, "https://example.com/a%"),
    ] {
        let pattern = parse(raw, zone).unwrap();
        assert_eq!(Intersection::of(&pattern).witness_url(), expected, "`{raw}`");
        assert!(pattern.takes(&Url::parse(expected).unwrap()), "`{raw}`");
    }
}

#[test]
fn two_patterns_share_the_narrower_of_each_axis() {
    let left = parse("https://*.example.com/api/*", None).unwrap();
    let right = parse("shop.example.com/api/v1*", Some("example.com")).unwrap();
    let shared = overlap(&left, &right).unwrap();
    assert_eq!(
        shared,
        Intersection {
            schemes: Schemes::Https,
            host: HostSet::Exact("shop.example.com"),
            path: PathSet::Prefix("/api/v1"),
            zone: Some("example.com"),
        }
    );
    assert_eq!(shared.witness_url(), "https://shop.example.com/api/v1");
    let within = |raw| shared.lies_within(&parse(raw, None).unwrap());
    assert!(within("shop.example.com/api/*") && within("*/*") && within("https://*.com/api/v1*"));
    assert!(
        !within("shop.example.com/api/v1") && !within("http://*/*") && !within("a.example.com/*")
    );
    let foreign = parse("*/api/*", Some("other.example")).unwrap();
    assert_eq!(overlap(&right, &foreign), None);
}

#[test]
fn the_known_issue_is_known() {
    for (wide, narrow, expected) in [
        ("example.com/images*", "example.com/images/*", true),
        ("example.com/images*", "example.com/images/a*", false),
        ("example.com/*", "example.com//*", false),
        ("a.example.com/images*", "example.com/images/*", false),
    ] {
        let [wide, narrow] = [wide, narrow].map(|it| parse(it, None).unwrap());
        assert_eq!(wide.is_known_issue_over(&narrow), expected, "{wide:?}");
    }
}
