//! `checks.toml` itself: what is taken, what ends the run with 2, and where it points.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use checks::{
    config::json_schema,
    rule_test::{Files, JudgeError, judge},
    rules,
};
use kernel::RepoPath;
use serde_json::{Value, json};

fn files(config: &[u8]) -> Files {
    let path = |it: &str| RepoPath::new(it).unwrap();
    let jobs = "name = \"jobs-worker\"\nworkers_dev = false\npreview_urls = false\n[env.dev]\nname = \"jobs-dev\"\n";
    Files::from([
        (path("checks.toml"), config.to_vec()),
        (
            path("api/wrangler.toml"),
            b"name = \"api\"\nroutes = [\"api.shop.example/*\"]\n".to_vec(),
        ),
        (path("jobs/wrangler.toml"), jobs.into()),
    ])
}

/// The error that ends the run; nothing if there is an answer.
fn complaint(config: &[u8]) -> Option<String> {
    match judge(&files(config), None, false) {
        Ok(_) => None,
        Err(JudgeError::Run(err)) => Some(err.to_string()),
        Err(other) => panic!("{other}"),
    }
}

fn check(section: &str, expected: &str) {
    let got = complaint(section.as_bytes()).unwrap_or_default();
    assert_eq!(got, expected, "{section}");
}

fn audit(text: &str, expected: &str) {
    check(&format!("[gates.route-audit]\n{text}\n"), expected);
}

#[test]
fn bytes_that_are_a_policy_are_taken() {
    for config in [
        b"".as_slice(),
        b"\xef\xbb\xbf[gates.policy]\nmax-waiver-days = 30\n",
        b"[gates.policy]\r\nmax-waiver-days = 30\r\n",
        b"# only a comment",
        b"gates.route-audit.max-findings = 0x10\n",
    ] {
        assert_eq!(complaint(config), None, "{config:?}");
    }
}

#[test]
fn bytes_that_are_none_are_one_clear_error() {
    let starts = |config: &[u8], expected: &str| {
        let got = complaint(config).unwrap();
        assert!(got.starts_with(expected) && got.lines().count() == 1, "{got}");
    };
    starts(b"[gates", "cannot read `checks.toml`: line 1, column ");
    starts(b"a = 1\na = 2", "cannot read `checks.toml`: line 2, column 1: ");
    starts(b"# \xff", "cannot read `checks.toml`: line 1, column 3: not UTF-8");
    let large = vec![b'#'; (4 << 20) + 1];
    starts(&large, "`checks.toml` is larger than ");
    let deep = format!("a = {}1{}", "[".repeat(200), "]".repeat(200));
    starts(deep.as_bytes(), "cannot read `checks.toml`: line 1, column ");
}

#[test]
fn unknown_words_are_told_with_the_nearest_one() {
    check("[gate]\n", "checks.toml:1:1: unknown key `gate`; did you mean `gates`?");
    check(
        "[rules.route-claimed-twise]\nlevel = \"off\"\n",
        "checks.toml:1:1: unknown rule `route-claimed-twice`; did you mean `route-claimed-twice`?"
            .replace("`route-claimed-twice`;", "`route-claimed-twise`;")
            .as_str(),
    );
    check(
        "[rules.route-claimed-twice]\nlevel = \"warning\"\n",
        "checks.toml:2:9: `level`: `warning` is none of off, note, warn, deny; did you mean `warn`?",
    );
    audit(
        "max-findings = -1",
        "checks.toml:2:16: `max-findings`: expected a whole number from 0 up, found `-1`",
    );
    audit(
        "internal = \"x\"",
        "checks.toml:2:12: `internal`: expected a list of strings, found a string",
    );
    check("[[waivers]]\nrule = \"x\"\n", "checks.toml:1:1: `subject` is missing");
    check(
        "[rules.waiver-idle]\nnew-only = true\n",
        "checks.toml:2:12: `waiver-idle` judges the policy and takes no `new-only`",
    );
}

#[test]
fn entries_of_the_route_audit_must_mean_something_here() {
    audit(
        "ignore = [\"api/{a\"]",
        "checks.toml:2:11: `ignore`: `api/{a` is no glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
    );
    audit(
        "ignore = [\"**\"]",
        "checks.toml:2:10: `ignore` hides every configuration (2), so nothing would be judged; to switch the gate off, say `enabled = false`",
    );
    audit(
        "undeployed = [\"jobs/wrangler.toml#prod\"]",
        "checks.toml:2:15: `undeployed`: `jobs/wrangler.toml#prod` names no unit; did you mean `jobs/wrangler.toml#dev`?",
    );
    audit(
        "internal = [\"jobs-work\"]",
        "checks.toml:2:13: `internal`: no unit is named `jobs-work`; did you mean `jobs-worker`?",
    );
    audit(
        "saas-hostnames = [\"a b\"]",
        "checks.toml:2:19: `saas-hostnames`: `a b` is no host (host-label)",
    );
    audit(
        "[gates.route-audit.pages-domains]\nweb = [\"*.shop.example\"]",
        "checks.toml:3:8: `*.shop.example` is no host (custom-domain-wildcard)",
    );
    audit(
        "[[gates.route-audit.public-hosts]]\nhost = \"https://x/\"\nowner = \"api\"",
        "checks.toml:3:8: `https://x/` is no host (custom-domain-path)",
    );
    let overlap = "[[gates.route-audit.allowed-overlaps]]\nwinner = \"a\"\nloser = \"b\"\nreason = \"r\"\nowner = \"@o\"\n";
    audit(
        &format!("{overlap}within = \"a.example/*/b\""),
        "checks.toml:7:10: `within`: `a.example/*/b` is no pattern (path-wildcard-infix)",
    );
    let live = |text: &str, expected: &str| {
        audit(&format!("[[gates.route-audit.live]]\n{text}"), expected);
    };
    live(
        "url = \"http://a.example\"\nexpect = \"jwks\"",
        "checks.toml:3:7: `url`: `http` is allowed for loopback only; use `https`",
    );
    live(
        "url = \"https://a.example\"\nexpect = \"jwks\"\npointer = \"/a\"",
        "checks.toml:5:11: `pointer` and `equals` belong to `expect = \"json\"`",
    );
    live(
        "url = \"https://a.example\"\nexpect = \"json\"\npointer = \"a\"",
        "checks.toml:5:11: `pointer` is no JSON pointer; it is empty or starts with `/`",
    );
    live(
        "url = \"https://a.example\"\nexpect = \"json\"\nequals = 1",
        "checks.toml:5:10: `equals` needs a `pointer` to the value",
    );
}

#[test]
fn entries_that_name_what_is_here_are_taken() {
    for text in [
        "internal = [\"jobs-worker\", \"jobs-dev\"]",
        "undeployed = [\"jobs/wrangler.toml\", \"jobs/wrangler.toml#dev\"]",
        "ignore = [\"api/**\"]",
        "saas-hostnames = [\"*.customers.example\"]",
        "[[gates.route-audit.live]]\nurl = \"http://127.0.0.1:8787/x\"\nexpect = \"json\"\npointer = \"/a~1b\"\nequals = 1.5",
    ] {
        audit(text, "");
    }
    // With the gate off, or another one asked for, nobody asks what its entries mean.
    audit("enabled = false\nignore = [\"**\"]", "");
}

#[test]
fn a_base_may_name_what_the_change_removes() {
    let base = "[gates.route-audit]\ninternal = [\"old\"]\n";
    let answer = judge(&files(b""), Some(&files(base.as_bytes())), true);
    assert_eq!(answer.unwrap().exit_code(), 1, "told, and no error");
}

const EXAMPLE: &str = r#"
[gates.route-audit]
internal = ["jobs-worker", "auth-worker"]
ignore = ["**/fixtures/**", "_ops/**"]
undeployed = ["api/wrangler.toml", "api/wrangler.toml#dev"]
external-services = ["billing"]
saas-hostnames = ["*.customers.example"]
require-proof = "on-change"
max-findings = 200

[gates.route-audit.pages-domains]
shop-web = ["shop.example.com"]

[[gates.route-audit.public-hosts]]
host = "api.example.com"
owner = "gateway"
claims = 1

[[gates.route-audit.allowed-overlaps]]
winner = "jobs-gateway"
loser = "gateway"
within = "api.example.com/jobs/*"
reason = "path split until the cutover"
owner = "@team-edge"
expires = "2027-03-31"

[[gates.route-audit.live]]
url = "https://api.example.com/.well-known/jwks.json"
expect = "jwks"

[rules.route-claimed-twice]
level = "deny"
"#;

#[test]
fn the_schema_takes_what_is_documented_and_nothing_unknown() {
    let ids: Vec<&str> = rules::ids().collect();
    let validator = jsonschema::validator_for(&json_schema(&ids)).unwrap();
    let document: Value = toml::from_str(EXAMPLE).unwrap();
    assert!(validator.is_valid(&document), "{:?}", validator.iter_errors(&document).next());
    for (pointer, name) in [
        ("", "gate"),
        ("/gates", "route-audits"),
        ("/gates/route-audit", "internals"),
        ("/gates/route-audit/public-hosts/0", "claim"),
        ("/rules", "no-such-rule"),
        ("/rules/route-claimed-twice", "levels"),
    ] {
        let mut changed = document.clone();
        let table = changed.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap();
        table.insert(name.to_owned(), json!({}));
        assert!(!validator.is_valid(&changed), "{pointer}/{name}");
    }
    for (pointer, value) in [
        ("/gates/route-audit/require-proof", json!("sometimes")),
        ("/gates/route-audit/max-findings", json!(-1)),
        ("/gates/route-audit/internal", json!("x")),
        ("/rules/route-claimed-twice/level", json!("blocker")),
    ] {
        let mut changed = document.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
}
