//! Reports made by hand, with everything that a reporter has to tell.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use checks::report::{
    FindingRecord, Look, NewOnlyRecord, NewWaiver, RelatedRecord, Report, Summary, Tool,
    VerdictRecord, WaivedRecord,
};
use kernel::{Digest, Fix, Level, RepoPath, Side, Step, Verdict};
use serde_json::{Map, json};

pub(crate) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

/// The text as the name of one file.
fn name(text: &str) -> RepoPath {
    path(&text.replace('/', "_"))
}

pub(crate) fn look() -> Look {
    Look { columns: 80, elapsed: Duration::from_millis(84), ..Look::default() }
}

pub(crate) fn finding(
    rule: &'static str,
    level: Level,
    place: (&str, usize, usize, usize),
) -> FindingRecord {
    let (file, line, column, end_column) = place;
    let subject = format!("{file} {line}");
    FindingRecord {
        rule,
        level,
        path: path(file),
        line,
        column,
        end_line: line,
        end_column,
        fingerprint: Digest::of(subject.as_bytes()).to_string(),
        subject,
        message: "`api.shop.example/*` is claimed by `api` and `jobs`".to_owned(),
        remedy: "keep it in one of `api/wrangler.toml` and `jobs/wrangler.toml`".to_owned(),
        waived: None,
        fix: false,
        related: Vec::new(),
        witness: json!({"kind": "url-with-two-owners", "url": "https://api.shop.example/",
                        "winner": null, "claims": [{"owner": "api"}, {"owner": "jobs"}]}),
        members: Map::new(),
        within: None,
        side: Side::Head,
        repair: None,
    }
}

pub(crate) fn verdict(
    rule: &'static str,
    level: Level,
    findings: Vec<FindingRecord>,
) -> VerdictRecord {
    let is_red = level == Level::Deny && findings.iter().any(|it| it.waived.is_none());
    VerdictRecord {
        rule,
        gate: "route-audit",
        level,
        verdict: if is_red { Verdict::Red } else { Verdict::Green },
        examined: 17,
        omitted: 0,
        reason: None,
        findings,
        is_undecided_waived: false,
    }
}

pub(crate) fn open(
    rule: &'static str,
    verdict: Verdict,
    level: Level,
    reason: &str,
) -> VerdictRecord {
    let reason = Some(reason.to_owned());
    VerdictRecord { verdict, reason, examined: 0, ..self::verdict(rule, level, Vec::new()) }
}

pub(crate) fn report(verdicts: Vec<VerdictRecord>) -> Report {
    let count = |verdict| verdicts.iter().filter(|it| it.verdict == verdict).count();
    let is_warning = |it: &&FindingRecord| it.level == Level::Warn && it.waived.is_none();
    let summary = Summary {
        green: count(Verdict::Green),
        red: count(Verdict::Red),
        undecided: count(Verdict::Undecided),
        warnings: verdicts.iter().flat_map(|it| &it.findings).filter(is_warning).count(),
        examined: verdicts.iter().map(|it| it.examined).sum(),
    };
    Report {
        schema: "checks-report/v1",
        tool: Tool { name: "checks", version: "0.1.0" },
        root: ".",
        base: Some("c61b6bbd6d1a3fbef0a1db9d1e1e9d8d0f6b7a1c".to_owned()),
        head: "worktree".to_owned(),
        now: "2027-01-01T00:00:00Z".parse().unwrap(),
        summary,
        verdicts,
        waivers: Vec::new(),
        new_only: None,
        contract: None,
        sdk: None,
        notes: Vec::new(),
        sources: BTreeMap::new(),
        undecided_counts: true,
    }
}

/// One of each: red with two places, warn, note, waived, undecided, off, base side, omitted.
pub(crate) fn full() -> Report {
    let mut red = finding("route-claimed-twice", Level::Deny, ("jobs/wrangler.toml", 2, 11, 31));
    red.related.push(RelatedRecord {
        path: path("api/wrangler.toml"),
        line: 3,
        column: 11,
        note: "the other claim".to_owned(),
    });
    red.fix = true;
    red.repair = Some(Fix::Remove {
        path: path("jobs/wrangler.toml"),
        at: vec![Step::Key("routes".into()), Step::Index(0)],
    });
    let mut waived = finding("route-claimed-twice", Level::Deny, ("old/wrangler.toml", 1, 1, 1));
    waived.waived = Some(WaivedRecord {
        reason: "old clients until the cutover".to_owned(),
        owner: "@team-edge".to_owned(),
        expires: "2027-01-13".to_owned(),
        days_left: 12,
    });
    let warn = finding("redundant-route", Level::Warn, ("jobs/wrangler.toml", 3, 1, 12));
    let mut gone = finding("config-captured", Level::Note, ("gone.toml", 1, 8, 14));
    gone.side = Side::Base;
    let reason = "`x/wrangler.config.ts` is code and is not executed; commit a static file";
    let mut first = open("dangling-service-binding", Verdict::Undecided, Level::Deny, reason);
    first.examined = 4;
    let mut partly = verdict("route-claimed-twice", Level::Deny, vec![red, waived]);
    partly.reason = Some(reason.to_owned());
    let mut waivers = verdict("waiver-idle", Level::Deny, Vec::new());
    waivers.gate = "policy";
    waivers.examined = 0;
    let mut report = report(vec![
        waivers,
        verdict("config-captured", Level::Note, vec![gone]),
        first,
        open("host-outside-zone", Verdict::Undecided, Level::Warn, "no base in a shallow clone"),
        open("live-head-differs", Verdict::Off, Level::Off, "needs `--live`"),
        verdict("redundant-route", Level::Warn, vec![warn]),
        partly,
        open("route-never-reached", Verdict::Undecided, Level::Deny, reason),
    ]);
    report.verdicts.last_mut().unwrap().omitted = 1_234;
    report.new_only = Some(NewOnlyRecord { set_aside: 7 });
    report.notes.push("submodule `vendor` is not entered".to_owned());
    report.waivers.push(NewWaiver {
        rule: "route-claimed-twice".to_owned(),
        subject: "api.shop.example/*".to_owned(),
        reason: "path split".to_owned(),
        owner: "@team-edge".to_owned(),
        expires: "2027-03-31".to_owned(),
    });
    for (file, is_base, text) in [
        (
            "jobs/wrangler.toml",
            false,
            "name = \"jobs\"\nroutes = [\"api.shop.example/*\"]\nAPI_TOKEN = \"hunter2-hunter2\"\n",
        ),
        (
            "api/wrangler.toml",
            false,
            "# é\nname = \"api\"\nroutes = [\"api.shop.example/*\", \"x\"] # ghp_a1B2a1B2a1B2a1B2a1B2a1B2\n",
        ),
        ("gone.toml", true, "name = \"gone\"\n"),
    ] {
        report.sources.insert((path(file), is_base), Arc::from(text));
    }
    report
}

/// Names that try to be something else in every format.
pub(crate) const HOSTILE: &[&str] = &[
    "a\n::error::pwned",
    "a\r::set-output name=x::y",
    "%0A::add-mask::x",
    "##[command]rm",
    "\u{1b}[31mred\u{1b}[0m\u{9b}31m",
    "\u{202e}gpj.exe\u{2028}x\u{85}::warning::x",
    "<img src=x onerror=alert(1)></details><!--",
    "a|b`c``d@team #12 [x](https://evil.example) **b**",
    "]]>&<>\"'\u{0b}\u{fffe}{0}",
    "::stop-commands::x",
    "~~~\n```\n</summary>",
];

pub(crate) fn hostile(text: &str) -> Report {
    let mut bad = finding("route-claimed-twice", Level::Deny, ("x", 1, 1, 5));
    bad.path = name(text);
    bad.message = format!("`{text}` is claimed by {text}");
    text.clone_into(&mut bad.remedy);
    text.clone_into(&mut bad.subject);
    bad.witness = json!({"kind": "url-with-two-owners", "url": text, text: [text]});
    bad.related.push(RelatedRecord { path: name(text), line: 2, column: 1, note: text.to_owned() });
    let mut waived = bad.clone();
    waived.waived = Some(WaivedRecord {
        reason: text.to_owned(),
        owner: text.to_owned(),
        expires: "2027-01-13".to_owned(),
        days_left: 0,
    });
    let mut warned = bad.clone();
    warned.level = Level::Warn;
    warned.rule = "redundant-route";
    warned.side = Side::Base;
    let mut report = report(vec![
        open("config-captured", Verdict::Undecided, Level::Deny, text),
        open("live-head-differs", Verdict::Off, Level::Off, text),
        verdict("redundant-route", Level::Warn, vec![warned]),
        verdict("route-claimed-twice", Level::Deny, vec![bad, waived]),
    ]);
    report.notes.push(text.to_owned());
    report.waivers.push(NewWaiver {
        rule: text.to_owned(),
        subject: text.to_owned(),
        reason: text.to_owned(),
        owner: text.to_owned(),
        expires: text.to_owned(),
    });
    let source: Arc<str> = Arc::from(format!("{text}\n{text}\n").as_str());
    report.sources.insert((name(text), false), source.clone());
    report.sources.insert((name(text), true), source);
    report
}

/// A first day on an old repository.
pub(crate) fn many(count: usize) -> Report {
    let one = |idx: usize| {
        let file = format!("apps/service-{idx:03}/wrangler.toml");
        let mut it = finding("route-claimed-twice", Level::Deny, (&file, 2, 11, 31));
        let host = idx % 3;
        it.message = format!("`host{host}.shop.example/{idx}` is claimed by `a` and `b`");
        it.witness = json!({"kind": "url-with-two-owners",
                            "url": format!("https://host{host}.shop.example/{idx}")});
        it
    };
    report(vec![verdict("route-claimed-twice", Level::Deny, (0..count).map(one).collect())])
}

/// Nothing to tell.
pub(crate) fn green() -> Report {
    let mut policy = verdict("waiver-idle", Level::Deny, Vec::new());
    policy.gate = "policy";
    policy.examined = 0;
    let off = open("live-head-differs", Verdict::Off, Level::Off, "needs `--live`");
    report(vec![policy, off, verdict("route-claimed-twice", Level::Deny, Vec::new())])
}
