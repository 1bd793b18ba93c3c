//! Every example in every `rule.md` and case is executed: the docs cannot lie.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::{fs, path::Path};

use checks::{
    rule::Rule,
    rule_page::{Example, Expected, Page},
    rule_test::{Trial, verdict_of},
    rules::RULES,
};
use kernel::Verdict;
use serde_json::{Value, json};

#[test]
fn documented_examples_hold() {
    let failures: Vec<String> = RULES.iter().flat_map(|it| failures_of(*it)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_rule_shows_red_green_and_a_mutation() {
    for rule in RULES {
        let info = rule.info();
        let page = Page::parse(info.docs).unwrap();
        let shows = |expected| page.examples.iter().any(|it| it.expected == expected);
        assert!(shows(Expected::Red) || shows(Expected::UndecidedInCi), "{}: no Red", info.id);
        assert!(shows(Expected::Green), "{}: no Green", info.id);
        assert!(!page.mutations.is_empty(), "{}: no mutation", info.id);
        assert!(info.docs.starts_with(&format!("# {}\n", info.id)), "{}: title", info.id);
    }
}

fn failures_of(rule: &dyn Rule) -> Vec<String> {
    let id = rule.info().id;
    let mut pages = vec![("rule.md".to_owned(), rule.info().docs.to_owned())];
    let folder = format!("{}/src/rules/{}/cases", env!("CARGO_MANIFEST_DIR"), id.replace('-', "_"));
    if Path::new(&folder).is_dir() {
        let mut files: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        pages.extend(files.into_iter().map(|it| {
            (
                it.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read_to_string(&it).unwrap(),
            )
        }));
    }
    let mut failures = Vec::new();
    for (name, text) in pages {
        let page = Page::parse(&text).unwrap_or_else(|err| panic!("{id}/{name}: {err}"));
        for example in &page.examples {
            if let Err(why) = holds(rule, example) {
                failures.push(format!("{id}/{name}, `{}`: {why}", example.title));
            }
        }
    }
    failures
}

fn holds(rule: &dyn Rule, example: &Example) -> Result<(), String> {
    let is_strict = example.expected == Expected::UndecidedInCi;
    let (head, base) = (&example.head, example.base.as_ref());
    let trial = Trial { head, base, is_strict, is_live: example.is_live };
    let report = trial.judge().map_err(|err| err.to_string())?;
    let verdict = verdict_of(&report, rule.info().id).ok_or("the rule did not run")?;
    let witnesses: Vec<(String, Value)> = verdict
        .findings
        .iter()
        .map(|it| {
            let mut body = it.witness.clone();
            let kind = body.as_object_mut().unwrap().remove("kind").unwrap();
            (kind.as_str().unwrap().to_owned(), body)
        })
        .collect();
    let is_as_expected = match example.expected {
        Expected::Red => !verdict.findings.is_empty(),
        Expected::Green => verdict.verdict == Verdict::Green && verdict.findings.is_empty(),
        Expected::Undecided => verdict.verdict == Verdict::Undecided,
        Expected::UndecidedInCi => verdict.verdict == Verdict::Undecided && report.exit_code() == 1,
    };
    if !is_as_expected {
        let reason = verdict.reason.clone().unwrap_or_default();
        return Err(format!(
            "expected {:?}, got {:?} {reason}: {witnesses:#?}",
            example.expected, verdict.verdict
        ));
    }
    if example.expected == Expected::Green
        && verdict.examined == 0
        && !example.title.contains("nothing")
    {
        return Err("green, but nothing was examined".to_owned());
    }
    let is_same = |(got, expected): (&(String, Value), &(String, Value))| {
        got.0 == expected.0 && matches(&got.1, &expected.1)
    };
    let n_expected = example.witnesses.len();
    let are_same = witnesses.iter().zip(&example.witnesses).all(is_same);
    if witnesses.len() != n_expected || !are_same {
        let show = |it: &[(String, Value)]| json!(it).to_string();
        let (got, expected) = (show(&witnesses), show(&example.witnesses));
        return Err(format!("expected witnesses\n  {expected}\ngot\n  {got}"));
    }
    Ok(())
}

/// Equal JSON, but that the text `?` stands for anything.
fn matches(got: &Value, expected: &Value) -> bool {
    match (got, expected) {
        (_, Value::String(text)) if text == "?" => true,
        (Value::Object(got), Value::Object(expected)) => {
            let same =
                |(name, it): (&String, &Value)| expected.get(name).is_some_and(|e| matches(it, e));
            got.len() == expected.len() && got.iter().all(same)
        }
        (Value::Array(got), Value::Array(expected)) => {
            got.len() == expected.len() && got.iter().zip(expected).all(|(g, e)| matches(g, e))
        }
        (got, expected) => got == expected,
    }
}
