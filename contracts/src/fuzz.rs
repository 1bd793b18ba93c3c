//! Entry points for fuzzing: functions over bytes that must never panic.
//!
//! What does not hold is a bug, and panics too.

use std::sync::Arc;

use kernel::RepoPath;
use serde_json::Value;

use crate::{
    Answer, Category, Contract, Dialect, Evidence, Files, Limits, Settings, Store, compare,
    includes,
    judge::{self, Ruling, Texts, World},
    pattern::{Language, is_valid_ecma},
    read,
};

/// States of one automaton, so that no input takes long.
const STATES: usize = 2_000;

struct One<'a>(&'a [u8]);

impl Files for One<'_> {
    fn read(&self, wanted: &RepoPath) -> Result<Arc<[u8]>, String> {
        // The judge is given this one file, too.
        if *wanted == path() { Ok(self.0.into()) } else { Err("there is one file".to_owned()) }
    }
}

fn path() -> RepoPath {
    RepoPath::new("a.openapi.yaml").expect("a name is a path")
}

fn settings() -> Settings {
    Settings::at("2027-01-01T00:00:00Z".parse().expect("this is an instant"))
}

fn contract(store: &mut Store, text: &[u8]) -> Option<Contract> {
    read(store, &path(), &One(text), &Limits::default()).ok().map(|it| it.0)
}

/// Reads a contract. What can be read says the same as itself, and the same to the judge.
///
/// # Panics
/// If it does not.
pub fn fuzz_document(bytes: &[u8]) {
    let mut store = Store::new();
    let Some(contract) = contract(&mut store, bytes) else { return };
    let settings = settings();
    let comparison = compare(&mut store, &contract, &contract.clone(), &settings);
    assert!(comparison.findings.is_empty(), "{:?}", comparison.findings);
    assert!(comparison.undecided.is_empty(), "{:?}", comparison.undecided);
    // Half a character is kept as it is written, and no JSON value of the judge holds it.
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    if text.contains("\\ud") {
        return;
    }
    let read = store.value(contract.root().node);
    let judged = Texts::new(vec![(path(), bytes.into())]).whole().expect("the judge reads it too");
    // Numbers are the same if they are equal, however they are written.
    let judged = store.insert(&judged);
    let read = store.insert(&read);
    assert!(store.same(read, judged), "{} is {}", store.value(read), store.value(judged));
}

/// Reads the bytes as lines, each a pattern, and checks what must hold of sets of texts.
///
/// # Panics
/// If it does not.
pub fn fuzz_patterns(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut known: Vec<Language> = Vec::new();
    for pattern in text.split('\n').take(2) {
        let Ok(language) = Language::of_pattern(pattern, STATES) else { continue };
        assert!(is_valid_ecma(pattern), "`{pattern}` has a language and is no pattern");
        if let Ok(Some(word)) = language.shortest() {
            assert!(language.contains(&word), "`{pattern}` and its `{word}`");
            assert!(!language.complement().contains(&word), "`{pattern}` and its `{word}`");
        }
        known.push(language);
    }
    let [one, other] = known.as_slice() else { return };
    if let (Ok(is_subset), Ok(rest)) = (one.is_subset(other, STATES), one.minus(other, STATES)) {
        assert_eq!(is_subset, rest.is_empty(), "{text}");
    }
    if let Ok(both) = one.intersect(other, STATES)
        && let Ok(Some(word)) = both.shortest()
    {
        assert!(one.contains(&word) && other.contains(&word), "`{word}` of {text}");
    }
}

/// Compares two contracts, of which a NUL stands between; the judge contradicts nothing.
///
/// # Panics
/// If it does.
pub fn fuzz_contracts(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |it| *it == 0);
    let (Some(base), Some(head)) = (parts.next(), parts.next()) else { return };
    let mut store = Store::new();
    let (Some(older), Some(newer)) = (contract(&mut store, base), contract(&mut store, head))
    else {
        return;
    };
    let settings = settings();
    let comparison = compare(&mut store, &older, &newer, &settings);
    let texts = |text: &[u8]| Texts::new(vec![(path(), text.into())]);
    let world = World::new(texts(base), texts(head), judge::Settings::default());
    for finding in comparison.findings.iter().filter(|it| it.rule.category() == Category::Wire) {
        let ruling = match &finding.evidence {
            Evidence::Instance(it) => world.rule_instance(it),
            Evidence::Exchange(it) => world.rule_exchange(it),
            Evidence::Symbol { .. }
            | Evidence::Texts { .. }
            | Evidence::Rejected { .. }
            | Evidence::Readings { .. } => Ruling::Confirmed,
        };
        let is_refuted = matches!(ruling, Ruling::Contradicted(_));
        assert!(!is_refuted, "{ruling:?} {finding:?}");
    }
}

/// Asks for two schemas, one in each line, whether one includes the other; the crate `jsonschema`
/// confirms the witness, or finds none in some values.
///
/// # Panics
/// If it does not.
pub fn fuzz_includes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let schemas: Vec<Value> =
        text.split('\n').take(2).filter_map(|it| serde_json::from_str(it).ok()).collect();
    let [sub, sup] = schemas.as_slice() else { return };
    // Resources of their own, and what annotates in one reader, are another matter.
    if ["$id", "$schema", "$anchor", "$dynamic", "format", "content"]
        .iter()
        .any(|it| text.contains(it))
    {
        return;
    }
    // What is no pattern is ignored here, and read in some way by the other reader.
    if !schemas.iter().all(has_good_patterns) {
        return;
    }
    let Ok(answer) = includes(Dialect::Draft2020, sub, sup) else { return };
    let options = || jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    let (Ok(taking), Ok(receiving)) = (options().build(sub), options().build(sup)) else { return };
    let shows = |it: &Value| taking.is_valid(it) && !receiving.is_valid(it);
    match answer {
        Answer::NotIncluded(witness) => assert!(shows(&witness), "{witness}: {text}"),
        Answer::Included => {
            let mut values = Vec::new();
            for schema in &schemas {
                gather(schema, &mut values);
            }
            let found = values.into_iter().find(shows);
            assert!(found.is_none(), "{found:?}: {text}");
        }
        Answer::Undecided(_) => {}
    }
}

/// Are all texts that may be patterns such?
fn has_good_patterns(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(has_good_patterns),
        Value::Object(members) => members.iter().all(|(name, member)| {
            let is_good = |it: &str| is_valid_ecma(it);
            let names = member.as_object().filter(|_| name == "patternProperties");
            let own = member.as_str().filter(|_| name == "pattern");
            own.is_none_or(is_good)
                && names.is_none_or(|it| it.keys().all(|it| is_good(it)))
                && has_good_patterns(member)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// All that stands in a schema, as values, by themselves and in a list and an object.
fn gather(value: &Value, found: &mut Vec<Value>) {
    if found.len() > 300 {
        return;
    }
    found.extend([value.clone(), serde_json::json!([value]), serde_json::json!({"a": value})]);
    match value {
        Value::Array(items) => {
            for item in items {
                gather(item, found);
            }
        }
        Value::Object(members) => {
            for member in members.values() {
                gather(member, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
