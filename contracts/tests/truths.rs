//! Pairs of small contracts and what the specifications say of them (OpenAPI, JSON Schema, HTTP), written down before
//! they were compared.
//!
//! `red`: something breaks. `warn`: nothing breaks, something is told. `green`: neither. `none`: no finding at all.
//! Otherwise the rules of the wire that tell, `?` after those that only warn, `-` after those that only tell, and
//! `undecided:` with the reason of what stays open.
#![expect(clippy::unwrap_used, reason = "test helpers outside of #[test] functions")]

use std::sync::Arc;

use contracts::{
    Category, Comparison, Evidence, Files, Finding, Limits, Settings, Store, compare,
    judge::{self, Ruling, Texts, World},
    read,
};
use kernel::{Level, RepoPath};
use serde_json::{Value, json};

/// A contract is one file.
struct One(Arc<[u8]>);

impl Files for One {
    fn read(&self, _: &RepoPath) -> Result<Arc<[u8]>, String> {
        Ok(self.0.clone())
    }
}

fn path() -> RepoPath {
    RepoPath::new("contracts/t.openapi.json").unwrap()
}

/// The document of one side, with what all of them have.
fn text(side: &Value) -> Arc<[u8]> {
    let mut document = side.clone();
    let members = document.as_object_mut().unwrap();
    members.insert("info".to_owned(), json!({ "title": "t", "version": "1.0.0" }));
    document.to_string().into_bytes().into()
}

fn compared(base: &Arc<[u8]>, head: &Arc<[u8]>, settings: &Settings) -> Comparison {
    let mut store = Store::new();
    let mut contract = |text: &Arc<[u8]>| {
        read(&mut store, &path(), &One(text.clone()), &Limits::default()).unwrap().0
    };
    let (base, head) = (contract(base), contract(head));
    compare(&mut store, &base, &head, settings)
}

/// The rules of the wire that tell, and what stays open.
fn told(comparison: &Comparison) -> String {
    let wire = comparison.findings.iter().filter(|it| it.rule.category() == Category::Wire);
    let mark = |it: &Finding| match it.level {
        Level::Deny => "",
        Level::Warn => "?",
        Level::Note | Level::Off => "-",
    };
    let mut all: Vec<_> = wire.map(|it| format!("{}{}", it.rule.id(), mark(it))).collect();
    all.sort();
    all.extend(comparison.undecided.iter().map(|it| format!("undecided:{}", it.reason)));
    all.join(" ")
}

fn is_as_expected(comparison: &Comparison, expected: &str) -> bool {
    let has = |level: Level| {
        let is_wire = |it: &&Finding| it.rule.category() == Category::Wire && it.level == level;
        comparison.findings.iter().any(|it| is_wire(&it))
    };
    let is_decided = comparison.undecided.is_empty();
    match expected {
        "red" => has(Level::Deny),
        "warn" => is_decided && !has(Level::Deny) && has(Level::Warn),
        "green" => is_decided && !has(Level::Deny) && !has(Level::Warn),
        "none" => is_decided && comparison.findings.is_empty(),
        rules => told(comparison) == rules,
    }
}

/// The first finding of the wire that the judge does not confirm.
fn unconfirmed(
    (base, head): (&Arc<[u8]>, &Arc<[u8]>),
    settings: &Settings,
    findings: &[Finding],
) -> Option<String> {
    let policy = judge::Settings { formats: settings.formats, servers: settings.servers };
    let texts = |text: &Arc<[u8]>| Texts::new(vec![(path(), text.clone())]);
    let world = World::new(texts(base), texts(head), policy);
    let ruling = |it: &Finding| match &it.evidence {
        Evidence::Instance(it) => world.rule_instance(it),
        Evidence::Exchange(it) => world.rule_exchange(it),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => Ruling::Contradicted("nothing of the wire".to_owned()),
    };
    let mut wire = findings.iter().filter(|it| it.rule.category() == Category::Wire);
    let found = wire.find(|it| ruling(it) != Ruling::Confirmed)?;
    Some(format!("{}: {:?}: {:?}", found.rule.id(), ruling(found), found.evidence))
}

#[test]
fn small_contracts_get_the_verdicts_of_the_specifications() {
    let settings = Settings::at("2027-01-01T00:00:00Z".parse().unwrap());
    let mut faults = Vec::new();
    let mut n_rows = 0;
    for line in include_str!("truths.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| row.get(name).and_then(Value::as_str).unwrap();
        let (name, expected) = (word("name"), word("expected"));
        let (base, head) = (text(row.get("base").unwrap()), text(row.get("head").unwrap()));
        let comparison = compared(&base, &head, &settings);
        if !is_as_expected(&comparison, expected) {
            faults.push(format!("{name}: expected `{expected}`, found `{}`", told(&comparison)));
        }
        let fault = unconfirmed((&base, &head), &settings, &comparison.findings);
        faults.extend(fault.map(|it| format!("{name}: {it}")));
        n_rows += 1;
    }
    assert!(n_rows >= 600, "{n_rows} pairs");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
