//! The given cases: what breaks, for whom, where, and that the judge confirms each witness.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test helpers outside of #[test] functions"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use contracts::{
    Category, Comparison, Direction, Evidence, Files, Finding, Limits, Settings, Store, compare,
    judge::{self, Ruling, Texts, World},
    read,
};
use kernel::{Level, RepoPath};
use serde_json::Value;

/// One file at one path.
struct One(BTreeMap<String, Arc<[u8]>>);

impl Files for One {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        self.0.get(path.as_str()).cloned().ok_or_else(|| format!("no file `{path}`"))
    }
}

struct Case {
    name: String,
    base: Arc<[u8]>,
    head: Arc<[u8]>,
    expected: Value,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/given");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_dir()).collect();
    folders.sort();
    let case = |folder: PathBuf| Case {
        name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        base: fs::read(folder.join("base.yaml")).unwrap().into(),
        head: fs::read(folder.join("head.yaml")).unwrap().into(),
        expected: serde_json::from_slice(&fs::read(folder.join("expect.json")).unwrap()).unwrap(),
    };
    folders.into_iter().map(case).collect()
}

fn compared(base: &Arc<[u8]>, head: &Arc<[u8]>) -> Comparison {
    let path = RepoPath::new("contracts/t.openapi.yaml").unwrap();
    let mut store = Store::new();
    let mut contract = |bytes: &Arc<[u8]>| {
        let files = One([(path.as_str().to_owned(), bytes.clone())].into());
        read(&mut store, &path, &files, &Limits::default()).unwrap().0
    };
    let (base, head) = (contract(base), contract(head));
    let settings = Settings::at("2027-01-01T00:00:00Z".parse().unwrap());
    compare(&mut store, &base, &head, &settings)
}

fn world(base: &Arc<[u8]>, head: &Arc<[u8]>) -> World {
    let path = RepoPath::new("contracts/t.openapi.yaml").unwrap();
    let texts = |bytes: &Arc<[u8]>| Texts::new(vec![(path.clone(), bytes.clone())]);
    World::new(texts(base), texts(head), judge::Settings::default())
}

fn ruling(world: &World, finding: &Finding) -> Ruling {
    match &finding.evidence {
        Evidence::Instance(it) => world.rule_instance(it),
        Evidence::Exchange(it) => world.rule_exchange(it),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => Ruling::Contradicted("nothing of the wire".to_owned()),
    }
}

fn breaks(finding: &Finding) -> bool {
    finding.rule.category() == Category::Wire && finding.level == Level::Deny
}

fn direction(finding: &Finding) -> Option<Direction> {
    match &finding.evidence {
        Evidence::Instance(it) => Some(it.direction),
        Evidence::Exchange(it) => Some(it.direction),
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => None,
    }
}

/// What is wrong with the answer to one case; nothing if it is as expected.
fn faults(case: &Case) -> Vec<String> {
    let comparison = compared(&case.base, &case.head);
    let world = world(&case.base, &case.head);
    let expected = |name: &str| case.expected[name].as_str();
    let mut faults: Vec<String> =
        comparison.undecided.iter().map(|it| format!("undecided {it:?}")).collect();
    let red: Vec<&Finding> = comparison.findings.iter().filter(|it| breaks(it)).collect();
    let verdict = if red.is_empty() { "green" } else { "red" };
    if expected("verdict") != Some(verdict) {
        faults.push(format!("{verdict}: {:?}", comparison.findings));
    }
    for finding in &red {
        let ruling = ruling(&world, finding);
        if ruling != Ruling::Confirmed {
            faults.push(format!("{ruling:?}: {finding:?}"));
        }
    }
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
            assert_eq!(compared(side, side).findings, Vec::new(), "{}", case.name);
        }
    }
}
