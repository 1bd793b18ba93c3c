//! What is written keeps to its schemas: ours for JSON, that of OASIS for SARIF.

use checks::{
    report::{Format, Report, render},
    rule_page::Page,
    rule_test::judge,
    rules::RULES,
};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::sample::{HOSTILE, full, green, hostile, look, many};

fn ours() -> Value {
    serde_json::from_str(include_str!("../../../docs/report.schema.json")).unwrap()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

fn check(validator: &Validator, report: &Report, format: Format, name: &str) -> Value {
    let text = render(report, format, &look());
    let value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    value
}

fn by_hand() -> Vec<Report> {
    let mut reports = vec![full(), green(), many(30)];
    reports.extend(HOSTILE.iter().map(|it| hostile(it)));
    reports
}

/// The reports of all examples of all rules.
fn by_rules() -> Vec<Report> {
    let pages = RULES.iter().map(|it| Page::parse(it.info().docs).unwrap());
    let examples = pages.flat_map(|it| it.examples);
    examples.filter_map(|it| judge(&it.head, it.base.as_ref(), false).ok()).collect()
}

#[test]
fn every_report_keeps_to_our_schema() {
    let validator = validator(&ours());
    let mut reports = by_hand();
    // A waiver of an unknown rule or without a day does not reach a report.
    for it in &mut reports {
        it.waivers.retain(|it| it.expires.len() == 10);
    }
    let from_rules = by_rules();
    assert!(!from_rules.is_empty(), "no example could be judged");
    for report in reports.iter().chain(&from_rules) {
        check(&validator, report, Format::Json, report.verdicts[0].rule);
    }
}

#[test]
fn our_schema_is_closed_and_demands_what_is_always_there() {
    let validator = validator(&ours());
    let value: Value = serde_json::from_str(&render(&full(), Format::Json, &look())).unwrap();
    assert!(validator.is_valid(&value));
    for (pointer, optional) in [
        ("", vec!["waivers", "new-only", "notes"]),
        ("/tool", vec![]),
        ("/summary", vec![]),
        ("/verdicts/0", vec![]),
        ("/verdicts/6/findings/0", vec![]),
        ("/verdicts/6/findings/0/related/0", vec![]),
        ("/verdicts/6/findings/1/waived", vec![]),
        ("/verdicts/1/findings/0", vec!["side"]),
        ("/waivers/0", vec![]),
        ("/new-only", vec![]),
    ] {
        let members = value.pointer(pointer).unwrap().as_object().unwrap();
        for name in members.keys() {
            let mut less = value.clone();
            less.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(name);
            let is_optional = optional.contains(&name.as_str());
            assert_eq!(validator.is_valid(&less), is_optional, "without {pointer}/{name}");
        }
        let mut more = value.clone();
        more.pointer_mut(pointer).unwrap()["strange"] = json!(1);
        assert!(!validator.is_valid(&more), "strange member in `{pointer}`");
    }
    let mut more = value.clone();
    more.pointer_mut("/verdicts/6/findings/0/witness").unwrap()["strange"] = json!(1);
    assert!(validator.is_valid(&more), "a witness is open");
}

#[test]
fn every_log_keeps_to_the_schema_of_oasis() {
    let mut schema: Value = serde_json::from_str(include_str!("sarif-schema-2.1.0.json")).unwrap();
    // NOTE: this pattern of the published schema has a bracket too many; we write no `language`.
    for holder in ["run", "toolComponent"] {
        schema["definitions"][holder]["properties"]["language"]["pattern"] = json!("^[a-zA-Z]{2}");
    }
    let validator = validator(&schema);
    for report in by_hand().iter().chain(&by_rules()) {
        let log = check(&validator, report, Format::Sarif, "sarif");
        let count = log.pointer("/runs/0/results").unwrap().as_array().unwrap().len();
        assert_eq!(count, report.findings().count());
        let code = log.pointer("/runs/0/invocations/0/exitCode").unwrap();
        assert_eq!(code, &json!(report.exit_code()));
        for it in log.pointer("/runs/0/results").unwrap().as_array().unwrap() {
            let index = usize::try_from(it["ruleIndex"].as_u64().unwrap()).unwrap();
            let rule = &log["runs"][0]["tool"]["driver"]["rules"][index];
            assert_eq!(rule["id"], it["ruleId"]);
        }
    }
}

#[test]
fn committed_proofs_keep_to_their_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/proof.schema.json")).unwrap();
    let validator = validator(&schema);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut n_proofs = 0;
    for folder in ["ops/proofs", "examples/shop/ops/proofs"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "json") {
                let proof = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                let errors: Vec<_> =
                    validator.iter_errors(&proof).map(|it| it.to_string()).collect();
                assert!(errors.is_empty(), "{}: {}", path.display(), errors.join("\n"));
                n_proofs += 1;
            }
        }
    }
    assert!(n_proofs >= 2, "both repositories have a proof");
}
