//! The given cases: what breaks, for whom, where, and that the judge confirms each witness.

use std::{
    fs,
    path::{Path, PathBuf},
};

use contracts::{Evidence, Finding};
use kernel::Level;
use serde_json::Value;

use crate::support::{compared, direction, settings, unconfirmed, wire};

struct Case {
    name: String,
    base: Vec<u8>,
    head: Vec<u8>,
    expected: Value,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/given");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_dir()).collect();
    folders.sort();
    let case = |folder: PathBuf| Case {
        name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        base: fs::read(folder.join("base.yaml")).unwrap(),
        head: fs::read(folder.join("head.yaml")).unwrap(),
        expected: serde_json::from_slice(&fs::read(folder.join("expect.json")).unwrap()).unwrap(),
    };
    folders.into_iter().map(case).collect()
}

/// What is wrong with the answer to one case; nothing if it is as expected.
fn faults(case: &Case) -> Vec<String> {
    let settings = settings();
    let comparison = compared(&case.base, &case.head, &settings);
    let expected = |name: &str| case.expected[name].as_str();
    let mut faults: Vec<String> =
        comparison.undecided.iter().map(|it| format!("undecided {it:?}")).collect();
    let mut red = wire(&comparison);
    red.retain(|it| it.level == Level::Deny);
    let verdict = if red.is_empty() { "green" } else { "red" };
    if expected("verdict") != Some(verdict) {
        faults.push(format!("{verdict}: {:?}", comparison.findings));
    }
    faults.extend(unconfirmed(&case.base, &case.head, &settings, &red));
    if expected("verdict") == Some("red") {
        faults.extend(misfit(case, &red));
    }
    faults
}

/// Why none of the findings is the expected one.
fn misfit(case: &Case, red: &[&Finding]) -> Option<String> {
    let rules: Vec<&str> =
        case.expected["rules"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let is_expected = |it: &&&Finding| {
        let direction = direction(it).map(|it| serde_json::to_value(it).unwrap());
        let wanted = &case.expected["direction"];
        let (kind, pointer) = if let Evidence::Instance(it) = &it.evidence {
            ("json-instance", Value::from(it.pointer.as_str()))
        } else {
            ("http-exchange", Value::Null)
        };
        let wanted_pointer = &case.expected["pointer"];
        rules.contains(&it.rule.id())
            && (wanted.is_null() || direction.as_ref() == Some(wanted))
            && (wanted_pointer.is_null() || pointer == *wanted_pointer)
            && case.expected["witness-kind"].as_str().is_none_or(|it| it == kind)
    };
    let found = red.iter().find(is_expected);
    found.is_none().then(|| format!("expected {}, found {red:?}", case.expected))
}

#[test]
fn given_cases_are_judged_as_expected() {
    let cases = cases();
    assert_eq!(cases.len(), 70);
    let wrong: Vec<_> = cases.iter().map(|it| (&it.name, faults(it))).collect();
    let wrong: Vec<_> = wrong.into_iter().filter(|it| !it.1.is_empty()).collect();
    let text: Vec<_> =
        wrong.iter().map(|it| format!("{}: {}", it.0, it.1.join("\n    "))).collect();
    assert!(wrong.is_empty(), "{} of 70 wrong\n{}", wrong.len(), text.join("\n"));
}

#[test]
fn a_contract_against_itself_has_no_finding() {
    for case in cases() {
        for side in [&case.base, &case.head] {
            assert_eq!(compared(side, side, &settings()).findings, Vec::new(), "{}", case.name);
        }
    }
}
