//! The units we read from real configurations are those that wrangler itself reads.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

mod documents;

use std::{collections::BTreeMap, fs};

use kernel::Document;
use serde_json::{Value, json};
use wrangler::{Problem, Unit, UnitKind, Workers};

/// Why wrangler refuses a row that we do not judge: part of its message, and how many there are.
const OTHER_CAUSES: [(&str, usize); 3] = [
    ("does not appear to be a valid path to a Dockerfile", 12),
    ("compatibility_date", 46),
    ("Expected \"name\"", 2),
];

#[test]
fn valid_rows_are_read_alike() {
    let Some(corpora) = documents::corpora() else { return };
    let folder = corpora.join("wrangler");
    let rows = fs::read_to_string(folder.join("effective.jsonl")).unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.lines().map(|it| serde_json::from_str::<Value>(it).unwrap()) {
        let path = row["file"].as_str().unwrap();
        let text = fs::read_to_string(folder.join(path)).unwrap();
        let document = documents::parse(path, text.trim_start_matches('\u{feff}'));
        let cause = match (row["valid"].as_bool().unwrap(), document) {
            (true, document) => {
                check(&row, &document.unwrap());
                "valid".to_owned()
            }
            (false, Err(_)) => "does not parse".to_owned(),
            (false, Ok(document)) => cause(&row, &document),
        };
        *counts.entry(cause).or_default() += 1;
    }
    let mut expected: BTreeMap<String, usize> =
        OTHER_CAUSES.iter().map(|(cause, count)| ((*cause).to_owned(), *count)).collect();
    expected.extend([("valid".to_owned(), 348), ("does not parse".to_owned(), 4)]);
    assert_eq!(counts, expected);
}

/// A cause of wrangler's that concerns no route; our own reading must have nothing to say then.
fn cause(row: &Value, document: &Document) -> String {
    let error = row["error"].as_str().unwrap();
    let workers = Workers::read(&[document]);
    let has_fault = |it: &Unit| it.claims.iter().any(|it| it.fault.is_some());
    assert!(workers.configs.iter().all(|it| it.problems.is_empty()), "{row}");
    assert!(!workers.units().any(|(_, it)| has_fault(it)), "{row}");
    let known = OTHER_CAUSES.iter().find(|(cause, _)| error.contains(cause));
    known.map_or_else(|| error.to_owned(), |(cause, _)| (*cause).to_owned())
}

fn check(row: &Value, document: &Document) {
    let workers = Workers::read(&[document]);
    let env = row["env"].as_str();
    let unit = workers.units().map(|(_, it)| it).find(|it| it.env.as_deref() == env);
    let unit = unit.unwrap_or_else(|| panic!("{row}: no such unit"));
    assert_eq!(shown(unit), expected(&row["effective"]), "{row}");
    assert!(unit.claims.iter().all(|it| it.fault.is_none()), "{row}");
    let concerns = |it: &&Problem| it.env.is_none() || it.env.as_deref() == env;
    assert_eq!(workers.configs[0].problems.iter().find(concerns), None, "{row}");
}

fn shown(unit: &Unit) -> Value {
    let services = unit.services.iter().map(|it| {
        let mut service = json!({"binding": it.binding, "service": it.service});
        for (name, value) in [("environment", &it.environment), ("entrypoint", &it.entrypoint)] {
            if let Some(value) = value {
                service[name] = json!(value);
            }
        }
        service
    });
    json!({
        "name": unit.name,
        "routes": unit.claims.iter().map(|it| it.declared.to_json()).collect::<Vec<_>>(),
        "workers_dev": unit.workers_dev.as_ref().map(|it| it.value),
        "preview_urls": unit.preview_urls.as_ref().map(|it| it.value),
        "pages": unit.kind == UnitKind::Pages,
        "services": services.collect::<Vec<_>>(),
        "run_worker_first": unit.run_worker_first.as_ref().map(|it| it.value.to_json()),
    })
}

fn expected(effective: &Value) -> Value {
    let mut expected = effective.clone();
    let assets = expected.as_object_mut().unwrap().remove("assets").unwrap();
    expected["run_worker_first"] = assets.get("run_worker_first").cloned().unwrap_or_default();
    expected
}
