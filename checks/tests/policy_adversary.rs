//! How a pull request could switch off what judges it: in CI none of these is green.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use checks::rule_test::{Files, JudgeError, judge};
use kernel::RepoPath;

/// A repository with one fault that base's policy denies.
const FAULTY: &[(&str, &str)] = &[
    ("api/wrangler.toml", "name = \"api\"\nroutes = [\"api.shop.example/*\"]\n"),
    ("jobs/wrangler.toml", "name = \"jobs\"\nroutes = [\"api.shop.example/*\"]\n"),
];

const BASE: &str = r#"
[gates.policy]
max-waiver-days = 60

[gates.route-audit]
internal = ["auth"]
require-proof = "never"
max-findings = 100

[gates.route-audit.pages-domains]
web = ["www.shop.example"]

[[gates.route-audit.public-hosts]]
host = "api.shop.example"
owner = "api"

[[gates.route-audit.allowed-overlaps]]
winner = "jobs"
loser = "api"
within = "api.shop.example/jobs/*"
reason = "path split"
owner = "@team-edge"
expires = 2027-02-01

[[gates.route-audit.live]]
url = "https://api.shop.example/health"
expect = "json"
pointer = "/ok"
equals = true

[rules.unknown-config-key]
level = "deny"
"#;

fn files(config: Option<&str>) -> Files {
    let path = |it: &str| RepoPath::new(it).unwrap();
    let mut files: Files =
        FAULTY.iter().map(|(name, text)| (path(name), text.as_bytes().to_vec())).collect();
    let auth = "name = \"auth\"\nworkers_dev = false\npreview_urls = false\n";
    files.insert(path("auth/wrangler.toml"), auth.into());
    files.extend(config.map(|it| (path("checks.toml"), it.as_bytes().to_vec())));
    files
}

/// The exit code of a strict run: 0, 1, or 2 for no answer.
fn exit(base: &str, head: Option<&str>) -> u8 {
    match judge(&files(head), Some(&files(Some(base))), true) {
        Ok(report) => report.exit_code(),
        Err(JudgeError::Run(_)) => 2,
        Err(other) => panic!("{other}"),
    }
}

/// The rules that are red in a strict run.
fn red(base: &str, head: Option<&str>) -> Vec<&'static str> {
    let report = judge(&files(head), Some(&files(Some(base))), true).unwrap();
    let red = report.verdicts.iter().filter(|it| it.verdict == kernel::Verdict::Red);
    red.map(|it| it.rule).collect()
}

fn check(what: &str, head: Option<&str>) {
    let red = red(BASE, head);
    assert!(red.contains(&"policy-weakened"), "{what}: {red:?}");
}

#[test]
fn nothing_in_the_file_switches_the_judge_off() {
    let replaced = |from: &str, to: &str| {
        assert!(BASE.contains(from), "{from}");
        BASE.replace(from, to)
    };
    let appended = |text: &str| format!("{BASE}\n{text}");
    let rows = [
        ("a limit of waivers raised", replaced("max-waiver-days = 60", "max-waiver-days = 3650")),
        ("internal emptied", replaced("internal = [\"auth\"]", "internal = []")),
        ("no findings shown", replaced("max-findings = 100", "max-findings = 0")),
        (
            "a public host gone",
            replaced(
                "owner = \"api\"\n\n[[gates.route-audit.allowed",
                "owner = \"jobs\"\n\n[[gates.route-audit.allowed",
            ),
        ),
        (
            "more claims",
            replaced("host = \"api.shop.example\"", "host = \"api.shop.example\"\nclaims = 2"),
        ),
        ("a pages domain gone", replaced("[\"www.shop.example\"]", "[]")),
        ("an allowance widened", replaced("within = \"api.shop.example/jobs/*\"\n", "")),
        ("an allowance moved", replaced("api.shop.example/jobs/*", "api.shop.example/*")),
        ("an allowance prolonged", replaced("2027-02-01", "2027-02-02")),
        ("an allowance for ever", replaced("expires = 2027-02-01\n", "")),
        (
            "a live head gone",
            replaced("https://api.shop.example/health", "https://api.shop.example/x"),
        ),
        ("a live head that expects less", replaced("pointer = \"/ok\"\nequals = true\n", "")),
        ("another value expected", replaced("equals = true", "equals = false")),
        ("a level back to its default", replaced("level = \"deny\"", "level = \"warn\"")),
        ("a level gone", replaced("[rules.unknown-config-key]\nlevel = \"deny\"\n", "")),
        ("files ignored", replaced("max-findings", "ignore = [\"jobs/**\"]\nmax-findings")),
        (
            "a unit undeployed",
            replaced("max-findings", "undeployed = [\"jobs/wrangler.toml\"]\nmax-findings"),
        ),
        (
            "an external service",
            replaced("max-findings", "external-services = [\"x\"]\nmax-findings"),
        ),
        (
            "a SaaS host",
            replaced("max-findings", "saas-hostnames = [\"*.x.example\"]\nmax-findings"),
        ),
        ("new-only", replaced("max-findings", "new-only = true\nmax-findings")),
        ("the gate off", replaced("max-findings", "enabled = false\nmax-findings")),
        ("the rule off", appended("[rules.route-claimed-twice]\nlevel = \"off\"")),
        ("the rule told only", appended("[rules.route-claimed-twice]\nlevel = \"note\"")),
        ("new-only for the rule", appended("[rules.route-claimed-twice]\nnew-only = true")),
        ("the guard off", appended("[rules.policy-weakened]\nlevel = \"off\"")),
        ("the guard of documents off", appended("[rules.unreadable-document]\nlevel = \"off\"")),
        ("the guard of waivers off", appended("[rules.waiver-expired]\nlevel = \"warn\"")),
    ];
    for (what, head) in rows {
        check(what, Some(&head));
    }
    check("no file", None);
    check("an empty file", Some(""));
}

#[test]
fn a_file_that_is_no_policy_is_no_answer() {
    let rows = [
        ("everything ignored", BASE.replace("max-findings", "ignore = [\"**\"]\nmax-findings")),
        ("a syntax error", format!("{BASE}[")),
        ("duplicate keys", format!("{BASE}level = \"off\"")),
        ("an unknown key", format!("{BASE}[gates.policy2]\n")),
        ("an unknown rule", format!("{BASE}[rules.nothing]\nlevel = \"off\"")),
        ("another case", format!("{BASE}[Rules.x]\n")),
        ("the policy gate off", BASE.replace("max-waiver-days = 60", "enabled = false")),
        ("new-only for the guard", format!("{BASE}[rules.policy-weakened]\nnew-only = true")),
        (
            "a pointer into LFS",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\n".to_owned(),
        ),
        ("a text for a number", BASE.replace("max-findings = 100", "max-findings = \"100\"")),
        ("a negative number", BASE.replace("max-findings = 100", "max-findings = -1")),
    ];
    for (what, head) in rows {
        assert_eq!(exit(BASE, Some(&head)), 2, "{what}");
    }
    let mut head = files(None);
    head.insert(RepoPath::new("checks.toml").unwrap(), b"[gates]\n# \xff".to_vec());
    let answer = judge(&head, Some(&files(Some(BASE))), true);
    assert!(answer.err().unwrap().to_string().contains("not UTF-8"));
}

fn waiver(rule: &str, subject: &str, expires: &str) -> String {
    format!(
        "[[waivers]]\nrule = \"{rule}\"\nsubject = \"{subject}\"\nreason = \"r\"\nowner = \"@o\"\nexpires = {expires}\n"
    )
}

#[test]
fn a_loosening_needs_a_waiver_of_its_own() {
    let off = "[rules.route-claimed-twice]\nlevel = \"off\"\n";
    let key = "rules.route-claimed-twice.level";
    let head = |waiver: String| format!("{off}{waiver}");
    let good = waiver("policy-weakened", key, "2027-02-01");
    let is_red = |base: &str, head: &str| red(base, Some(head));
    assert_eq!(is_red("", &head(good.clone())), [""; 0], "a complete new waiver lets it be");
    for (what, head) in [
        ("a glob", head(waiver("policy-weakened", "*", "2027-02-01"))),
        ("a glob over the keys", head(waiver("policy-weakened", "rules.*", "2027-02-01"))),
        ("too long", head(waiver("policy-weakened", key, "2027-12-31"))),
        ("expired", head(waiver("policy-weakened", key, "2026-12-31"))),
        ("without owner", head(good.replace("owner = \"@o\"\n", ""))),
        ("of another key", head(waiver("policy-weakened", "rules.x.level", "2027-02-01"))),
        ("of another rule", head(waiver("route-claimed-twice", key, "2027-02-01"))),
    ] {
        assert!(is_red("", &head).contains(&"policy-weakened"), "{what}");
    }
    assert!(is_red(&good, &head(good.clone())).contains(&"policy-weakened"), "spent at base");
    assert_eq!(is_red(&head(good.clone()), &head(good.clone())), [""; 0], "spent, and not idle");
}

#[test]
fn longer_waivers_cannot_lengthen_themselves() {
    let loose =
        "[gates.policy]\nmax-waiver-days = 9999\n[rules.waiver-too-long]\nlevel = \"off\"\n";
    let far = "2030-01-01";
    let head = format!(
        "{loose}{}{}",
        waiver("policy-weakened", "gates.policy.max-waiver-days", far),
        waiver("policy-weakened", "rules.waiver-too-long.level", far),
    );
    let red = red("", Some(&head));
    assert!(red.contains(&"policy-weakened") && red.contains(&"waiver-too-long"), "{red:?}");
}

#[test]
fn waivers_of_the_waiver_rules_do_not_count() {
    let old = waiver("route-claimed-twice", "api.shop.example/*", "2026-12-31");
    let head = format!("{old}{}", waiver("waiver-expired", "*", "2027-02-01"));
    let red = red("", Some(&head));
    for rule in ["waiver-expired", "waiver-idle", "route-claimed-twice"] {
        assert!(red.contains(&rule), "{red:?}");
    }
}

#[test]
fn a_new_waiver_is_listed() {
    let head = waiver("route-claimed-twice", "*", "2027-02-01");
    let report = judge(&files(Some(&head)), Some(&files(Some(""))), true).unwrap();
    let [listed] = report.waivers.as_slice() else { panic!("{:?}", report.waivers) };
    assert_eq!((listed.rule.as_str(), listed.subject.as_str()), ("route-claimed-twice", "*"));
}

#[test]
fn what_base_says_must_be_known() {
    let off =
        "[rules.policy-weakened]\nlevel = \"off\"\n[rules.route-claimed-twice]\nlevel = \"off\"\n";
    assert_eq!(exit("[gates", Some(off)), 1, "base cannot be read");
    assert_eq!(exit("[gates.route-audit]\nignore = 1", Some(off)), 1, "base has another shape");
}

#[test]
fn findings_that_are_not_shown_are_not_green() {
    let mut report =
        judge(&files(Some("[gates.route-audit]\nmax-findings = 0\n")), None, true).unwrap();
    report.verdicts.retain(|it| it.rule == "route-claimed-twice");
    assert_eq!(report.exit_code(), 1);
}

#[test]
fn a_local_run_warns_and_goes_by_head() {
    let off = "[rules.route-claimed-twice]\nlevel = \"off\"\n";
    let report = judge(&files(Some(off)), Some(&files(Some(""))), false).unwrap();
    let weakened = report.verdicts.iter().find(|it| it.rule == "policy-weakened").unwrap();
    assert_eq!((report.exit_code(), weakened.findings.len()), (0, 1));
    assert_eq!(report.summary.warnings, 1);
}
