//! Pairs of small contracts and what the specifications say of them (OpenAPI, JSON Schema, HTTP), written down before
//! they were compared.
//!
//! `red`: something breaks. `warn`: nothing breaks, something is told. `green`: neither. `none`: no finding at all.
//! Otherwise the rules of the wire that tell, `?` after those that only warn, `-` after those that only tell, and
//! `undecided:` with the reason of what stays open.
use contracts::{Category, Comparison, Finding};
use kernel::Level;
use serde_json::{Value, json};

use crate::support::{compared, marked, settings, unconfirmed, wire};

/// The document of one side, with what all of them have.
fn text(side: &Value) -> Vec<u8> {
    let mut document = side.clone();
    let members = document.as_object_mut().unwrap();
    members.insert("info".to_owned(), json!({ "title": "t", "version": "1.0.0" }));
    document.to_string().into_bytes()
}

/// The rules of the wire that tell, and what stays open.
fn told(comparison: &Comparison) -> String {
    let mut all: Vec<_> = wire(comparison).into_iter().map(marked).collect();
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

/// A sentence in which a name is missing, if a finding has one.
fn gap(finding: &Finding) -> Option<String> {
    let has_gap = |it: &&String| {
        let is_open = it.is_empty() || it.starts_with(' ') || it.ends_with(' ');
        is_open || ["  ", "``", " ,", "()"].iter().any(|gap| it.contains(gap))
    };
    let sentence = [&finding.message, &finding.remedy].into_iter().find(has_gap);
    sentence.map(|it| format!("{}: `{it}`", finding.rule.id()))
}

#[test]
fn small_contracts_get_the_verdicts_of_the_specifications() {
    let settings = settings();
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
        let fault = unconfirmed(&base, &head, &settings, &wire(&comparison));
        faults.extend(fault.map(|it| format!("{name}: {it}")));
        faults.extend(comparison.findings.iter().filter_map(gap).map(|it| format!("{name}: {it}")));
        n_rows += 1;
    }
    assert!(n_rows >= 600, "{n_rows} pairs");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
