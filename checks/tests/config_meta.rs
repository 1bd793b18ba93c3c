//! What must not change an answer: order, language, line ends, marks; and what must not break it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]
#![allow(clippy::print_stdout, reason = "a random test prints its seed")]

mod config_fixture;

use checks::rule_test::{Files, judge, verdict_of};
use kernel::{RepoPath, Verdict};
use serde_json::{Value, json};

use crate::config_fixture::{Chance, Fixture, Language, Manner, mutation::MUTATIONS, told, toml};

const SEED: u64 = 771;

/// Judges each mutant twice: as it is, and after a change that must not matter.
fn check_that_nothing_changes(skipped: &[&str], harmless: impl Fn(&mut Fixture)) {
    for (rule, mutation) in MUTATIONS.iter().filter(|(rule, _)| !skipped.contains(rule)) {
        for seed in SEED..SEED + 2 {
            println!("{rule}, seed {seed}");
            let mut chance = Chance(seed);
            let mut fixture = Fixture::new(&mut chance);
            mutation(&mut fixture, &mut chance);
            let before = told(&fixture.judge());
            harmless(&mut fixture);
            let plain = |it: Vec<(String, String, String)>| {
                let mut plain: Vec<_> = it
                    .into_iter()
                    .map(|(rule, subject, kind)| (rule, subject.replace("zz-", ""), kind))
                    .collect();
                plain.sort();
                plain
            };
            assert_eq!(plain(before), plain(told(&fixture.judge())), "{fixture:#?}");
        }
    }
}

#[test]
fn the_order_of_keys_changes_nothing() {
    check_that_nothing_changes(&[], |it| it.manner.turn = 3);
}

#[test]
fn line_ends_and_marks_change_nothing() {
    check_that_nothing_changes(&[], |it| it.manner = Manner { crlf: true, bom: true, turn: 0 });
}

#[test]
fn the_order_of_files_changes_nothing() {
    check_that_nothing_changes(&[], |fixture| {
        // The first half of the folders moves behind the others.
        let folders: Vec<String> = fixture.services.iter().map(|it| it.folder.clone()).collect();
        let moved = |path: &str| {
            let (top, rest) = path.split_once('/').unwrap_or((path, ""));
            if top == "apps" {
                format!("zz-{top}/{rest}").trim_end_matches('/').into()
            } else {
                path.to_owned()
            }
        };
        for it in &mut fixture.services {
            it.folder = moved(&it.folder);
        }
        for (path, text) in &mut fixture.files {
            if path.starts_with("apps/") {
                *path = moved(path);
            }
            for folder in folders.iter().filter(|it| it.starts_with("apps/")) {
                *text = text.replace(&**folder, &moved(folder));
            }
        }
    });
}

#[test]
fn the_language_changes_nothing() {
    // Which file captures which is a matter of the language.
    for language in [Language::Toml, Language::Json, Language::Jsonc] {
        check_that_nothing_changes(&["config-captured", "config-redirect-committed"], |fixture| {
            let old = fixture.services[3].path();
            for it in &mut fixture.services {
                it.language = language;
            }
            let new = fixture.services[3].path();
            for (_, text) in &mut fixture.files {
                *text = text.replace(&old, &new);
            }
        });
    }
}

/// Values that a person or an attacker may write anywhere.
fn any_value(chance: &mut Chance, depth: usize) -> Value {
    let texts = [
        "",
        "*",
        "*/",
        "*.x",
        "API.Shop.Example/*",
        "bücher.example/ä b/*",
        "xn--bcher-kva.example",
        "a_b.example/%2e%2e/x*",
        "x.example/%",
        "x.example//a",
        "https://x.example:80/",
        "jobs",
        "http://u:hunter2@x.example/?k=hunter2",
        "!/a",
        "/a*",
        "/ab",
        "\u{0}\n\"'`",
        "../x",
        "${{ x }}",
    ];
    match chance.number(if depth > 3 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => json!(chance.number(2) == 0),
        2 => json!(chance.number(7)),
        3 => json!(format!("{}.example/{}*", "l".repeat(63), "p/".repeat(chance.number(2_000)))),
        4 | 5 => json!(chance.pick(&texts)),
        6 => Value::Array((0..chance.number(4)).map(|_| any_value(chance, depth + 1)).collect()),
        _ => any_table(chance, depth + 1),
    }
}

fn any_table(chance: &mut Chance, depth: usize) -> Value {
    const KEYS: [&str; 30] = [
        "name",
        "routes",
        "route",
        "workers_dev",
        "preview_urls",
        "services",
        "env",
        "vars",
        "assets",
        "run_worker_first",
        "pages_build_output_dir",
        "account_id",
        "pattern",
        "zone_name",
        "zone_id",
        "custom_domain",
        "enabled",
        "binding",
        "service",
        "environment",
        "dev",
        "a.b",
        "triggers",
        "",
        "define",
        "previews",
        "compatibility_flags",
        "kv_namespaces",
        "include",
        "version",
    ];
    let n_members = chance.number(9);
    (0..n_members).map(|_| (chance.pick(&KEYS).to_string(), any_value(chance, depth))).collect()
}

/// A table whose important members mostly have their usual types.
fn any_config(chance: &mut Chance) -> Value {
    let mut config = any_table(chance, 0);
    let hosts = ["x.example/*", "X.example/*", "*.x.example/a", "x.example/a*", "y.example"];
    for key in ["name", "routes", "services", "env", "vars"] {
        if chance.number(3) == 0 {
            continue;
        }
        config[key] = match key {
            "name" => json!(chance.pick(&["a", "b", "a-dev", ""])),
            "routes" => {
                json!([chance.pick(&hosts), {"pattern": chance.pick(&hosts), "zone_name": "x.example"}])
            }
            "services" => json!([{"binding": "B", "service": chance.pick(&["a", "b", "c"])}]),
            "vars" => {
                json!({"U": format!("https://{}", chance.pick(&hosts)), "routes": any_value(chance, 2)})
            }
            _ => json!({"dev": any_table(chance, 0), "d.e": any_table(chance, 0)}),
        };
    }
    config
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Null => json!("none"),
        Value::Array(items) => items.into_iter().map(without_null).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(key, it)| (key, without_null(it))).collect()
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

#[test]
fn no_configuration_breaks_a_run() {
    for seed in SEED..SEED + 200 {
        println!("seed {seed}");
        let mut chance = Chance(seed);
        let mut files = Files::new();
        for path in [
            "wrangler.json",
            "a/wrangler.jsonc",
            "a/wrangler.toml",
            "b c/wrangler.toml",
            "b c/`\"\n::error/wrangler.json",
            "_routes.json",
            "package.json",
        ] {
            let config = any_config(&mut chance);
            let text = if path.ends_with("toml") {
                toml(&without_null(config), 0)
            } else {
                config.to_string()
            };
            files.insert(RepoPath::new(path).unwrap(), text.into_bytes());
        }
        let policy = b"[gates.route-audit]\ninternal = [\"a\"]\n".to_vec();
        files.insert(RepoPath::new("checks.toml").unwrap(), policy);
        match judge(&files, None, true) {
            Ok(report) => assert!(report.findings().all(|it| !it.message.is_empty())),
            // The policy names a Worker that this repository may not have.
            Err(err) => assert!(err.to_string().contains("internal"), "{err}"),
        }
    }
}

#[test]
fn odd_documents_are_told_and_the_rest_still_counts() {
    let good = "name = \"api\"\nservices = [{ binding = \"J\", service = \"nobody\" }]\n";
    let deep = format!("{{\"name\": \"x\", \"vars\": {}1{}}}", "[".repeat(300), "]".repeat(300));
    let large = format!("name = \"x\"\n# {}\n", "x".repeat(4 << 20));
    let odd: &[(&str, &[u8])] = &[
        ("wrangler.toml", b"name = \"x\"\nname = \"y\"\n"),
        ("wrangler.toml", b"\xff\xfe"),
        ("wrangler.toml", b"name = \"a\0b\""),
        ("wrangler.jsonc", b"{\"routes\": []"),
        ("wrangler.jsonc", b""),
        ("wrangler.json", deep.as_bytes()),
        ("wrangler.toml", large.as_bytes()),
    ];
    for (name, bytes) in odd {
        let mut files = Files::new();
        files.insert(RepoPath::new("api/wrangler.toml").unwrap(), good.as_bytes().to_vec());
        files.insert(RepoPath::new(&format!("odd/{name}")).unwrap(), bytes.to_vec());
        let report = judge(&files, None, false).unwrap();
        let verdict = |rule| verdict_of(&report, rule).unwrap().verdict;
        assert_eq!(verdict("dangling-service-binding"), Verdict::Red, "red beats undecided");
        assert_eq!(verdict("worker-name-claimed-twice"), Verdict::Undecided, "{name}");
        assert_eq!(verdict("config-captured"), Verdict::Green, "names need no content");
    }
    for text in [
        "{\"routes\": \"x\"}",
        "{\"routes\": [7, null, {}]}",
        "{\"env\": []}",
        "{\"env\": {\"a\": 7}}",
        "[]",
        "7",
        "null",
        "{\"name\": null, \"vars\": null, \"services\": {}}",
    ] {
        let mut files = Files::new();
        files.insert(RepoPath::new("api/wrangler.toml").unwrap(), good.as_bytes().to_vec());
        files.insert(RepoPath::new("odd/wrangler.json").unwrap(), text.as_bytes().to_vec());
        let report = judge(&files, None, false).unwrap();
        let verdict = verdict_of(&report, "dangling-service-binding").unwrap();
        assert_eq!(verdict.findings.len(), 1, "{text}");
    }
}

#[test]
fn findings_over_the_limit_are_counted() {
    let mut files = Files::new();
    let services: Vec<Value> =
        (0..250).map(|it| json!({"binding": format!("B{it}"), "service": "nobody"})).collect();
    let config = json!({"name": "a", "services": services}).to_string();
    files.insert(RepoPath::new("wrangler.json").unwrap(), config.into_bytes());
    let report = judge(&files, None, false).unwrap();
    let verdict = verdict_of(&report, "dangling-service-binding").unwrap();
    assert_eq!((verdict.findings.len(), verdict.omitted), (200, 50));
}
