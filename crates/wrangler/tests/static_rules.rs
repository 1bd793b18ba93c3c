//! What Cloudflare refuses in `_routes.json` and `assets.run_worker_first`.
#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod documents;

use kernel::Document;
use wrangler::RuleFault;

fn document(path: &str, text: &str) -> Document {
    documents::parse(path, text).expect("the test's own text parses")
}

fn shown_faults(faults: &[RuleFault]) -> Vec<String> {
    let shown = |it: &RuleFault| format!("{} {}", it.kind.code(), it.rule).trim_end().to_owned();
    faults.iter().map(shown).collect()
}

#[test]
fn pages_routes_are_judged_as_cloudflare_does() {
    let long = format!("/{}", "x".repeat(100));
    let many: Vec<_> = (0..101).map(|it| format!("\"/{it}\"")).collect();
    for (text, expected) in [
        (r#"{"version":1,"include":["/*"],"exclude":[]}"#.to_owned(), vec![]),
        (
            r#"{"version":1.0,"include":["/*"],"exclude":["/a/*","/b"],"description":""}"#
                .to_owned(),
            vec![],
        ),
        ("[]".to_owned(), vec!["not-an-object"]),
        ("null".to_owned(), vec!["not-an-object"]),
        ("{}".to_owned(), vec!["version", "include-missing", "exclude-missing"]),
        (
            r#"{"version":2,"include":[],"exclude":{}}"#.to_owned(),
            vec!["version", "include-empty", "exclude-missing"],
        ),
        (
            r#"{"version":"1","include":"/*","exclude":[]}"#.to_owned(),
            vec!["version", "include-missing"],
        ),
        (
            r#"{"version":1,"include":["a","/b",3],"exclude":["","!/x"]}"#.to_owned(),
            vec![
                "rule-leading-slash a",
                "rule-not-string",
                "rule-leading-slash",
                "rule-leading-slash !/x",
            ],
        ),
        (
            format!(r#"{{"version":1,"include":["{long}","{}"],"exclude":[]}}"#, &long[..100]),
            vec!["rule-too-long"],
        ),
        (format!(r#"{{"version":1,"include":[{}],"exclude":[]}}"#, many[..100].join(",")), vec![]),
        (
            format!(r#"{{"version":1,"include":[{}],"exclude":["/x"]}}"#, many[..100].join(",")),
            vec!["rule-count"],
        ),
        (
            format!(r#"{{"version":1,"include":[{}],"exclude":[]}}"#, many.join(",")),
            vec!["rule-count"],
        ),
        (
            r#"{"version":1,"include":["/a/*","/a/b","/a","/c/*"],"exclude":["/a/b"]}"#.to_owned(),
            vec!["rule-overlapped /a/b"],
        ),
        (
            r#"{"version":1,"include":["/*","/a"],"exclude":["/b*","/bc","/bd/*"]}"#.to_owned(),
            vec!["rule-overlapped /a", "rule-overlapped /bc", "rule-overlapped /bd/*"],
        ),
        (r#"{"version":1,"include":["/a/*","/a/*"],"exclude":["/a/*"]}"#.to_owned(), vec![]),
    ] {
        let faults = wrangler::pages_routes_faults(&document("_routes.json", &text).root);
        let found: Vec<_> = shown_faults(&faults)
            .iter()
            .map(|it| it.replace(&long, "").trim_end().to_owned())
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_covered_rule_names_the_one_that_covers_it() {
    let text = r#"{"version":1,"include":["/a/b","/a/*"],"exclude":[]}"#;
    let document = document("_routes.json", text);
    let faults = wrangler::pages_routes_faults(&document.root);
    assert_eq!((&*faults[0].rule, faults[0].by.as_deref()), ("/a/b", Some("/a/*")));
    assert_eq!(&text[faults[0].span.start..faults[0].span.end], "\"/a/b\"");
}

#[test]
fn asset_rules_are_judged_as_cloudflare_does() {
    let long = format!("/{}", "x".repeat(100));
    let many: Vec<_> = (0..101).map(|it| format!("\"/{it}\"")).collect();
    for (value, expected) in [
        ("true".to_owned(), vec![]),
        ("false".to_owned(), vec![]),
        (r#"["/a/*","!/a/b","/c"]"#.to_owned(), vec![]),
        (r#""/*""#.to_owned(), vec!["not-a-list"]),
        ("{}".to_owned(), vec!["not-a-list"]),
        ("null".to_owned(), vec!["not-a-list"]),
        ("[]".to_owned(), vec!["empty"]),
        (r#"["!/a","!/b"]"#.to_owned(), vec!["no-positive"]),
        (
            r#"["a","!b","/c","!",""]"#.to_owned(),
            vec![
                "rule-leading-slash a",
                "rule-leading-slash !b",
                "rule-leading-slash !",
                "rule-leading-slash",
            ],
        ),
        (r#"["/a","/b","/a"]"#.to_owned(), vec!["duplicate /a"]),
        (r#"["/c","!/a","!/a"]"#.to_owned(), vec!["duplicate !/a"]),
        (r#"["/c",3,null]"#.to_owned(), vec!["rule-not-string", "rule-not-string"]),
        (
            r#"["/a*","/ab","!/ab","!/a*"]"#.to_owned(),
            vec!["rule-overlapped /ab", "rule-overlapped !/ab"],
        ),
        (format!(r#"["{long}"]"#), vec!["rule-too-long"]),
        (format!("[{}]", many[..100].join(",")), vec![]),
        (format!("[{}]", many.join(",")), vec!["rule-count"]),
    ] {
        let text = format!("{{\"v\":{value}}}");
        let document = document("x.json", &text);
        let faults =
            wrangler::asset_rule_faults(document.root.get("v").expect("the test wrote it"));
        let found: Vec<_> = shown_faults(&faults)
            .iter()
            .map(|it| it.replace(&long, "").trim_end().to_owned())
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
