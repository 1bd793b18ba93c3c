//! The gate `sdk-sync` over whole repositories.

use std::fs;

use serde_json::{Value, json};

use crate::{
    binary::Answer,
    repository::Repository,
    sdk::{contract, orders},
};

const FILE: &str = "contracts/shop.openapi.json";

/// A repository with one contract and its SDK, committed.
fn shop() -> Repository {
    let repository = Repository::new();
    repository.write(FILE, orders());
    repository.checks("sdk generate").run().expect(0);
    repository.commit("a contract and its SDK");
    repository
}

fn run(repository: &Repository, code: i32) -> Answer {
    repository.report("run --gate sdk-sync --base HEAD").expect(code)
}

/// The findings of one rule.
fn findings(answer: &Answer, rule: &str) -> Vec<Value> {
    let report = answer.json();
    let verdicts = report["verdicts"].as_array().expect("verdicts");
    let own = verdicts.iter().find(|it| it["rule"] == rule).expect("the rule takes part");
    own["findings"].as_array().expect("findings").clone()
}

#[test]
fn what_is_in_step_is_green_and_tells_what_it_saw() {
    let repository = shop();
    let answer = run(&repository, 0);
    assert_eq!(answer.verdict("sdk-out-of-date"), "green");
    let told = &answer.json()["sdk"]["services"][0];
    assert_eq!((&told["service"], &told["files"]["written"]), (&json!("shop"), &json!([])));
}

#[test]
fn a_repository_without_sdks_is_left_alone_until_it_speaks_of_them() {
    let repository = Repository::new();
    repository.write(FILE, orders());
    repository.commit("a contract");
    let quiet = repository.report("run --base HEAD").expect(0);
    assert_eq!(quiet.verdict("contract-without-sdk"), "off");
    assert_eq!(quiet.json()["sdk"], Value::Null);
    let asked = run(&repository, 1);
    assert_eq!(asked.verdict("contract-without-sdk"), "red");
    repository.write("checks.toml", "[gates.sdk-sync]\n");
    let spoken = repository.report("run --base HEAD").expect(1);
    assert_eq!(spoken.verdict("contract-without-sdk"), "red");
    let skip = "[gates.sdk-sync]\nskip = [{service = \"shop\", reason = \"nobody calls it\"}]\n";
    repository.write("checks.toml", skip);
    run(&repository, 0);
}

#[test]
fn a_changed_contract_is_told_at_its_line_with_all_files() {
    let repository = shop();
    let text = repository.read(FILE).replace("\"type\": \"string\"", "\"type\": \"integer\"");
    repository.write(FILE, &text);
    let answer = run(&repository, 1);
    let found = findings(&answer, "sdk-out-of-date");
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let line = text.lines().position(|it| it.contains("integer")).unwrap() + 1;
    assert_eq!((&finding["path"], &finding["line"]), (&json!(FILE), &json!(line)));
    assert_eq!(finding["witness"]["kind"], "file-diff");
    assert!(finding["witness"]["path"].as_str().unwrap().starts_with("sdk/ts/shop/src/"));
    assert!(finding["remedy"].as_str().unwrap().contains("`checks sdk generate --service shop`"));
    let written = &answer.json()["sdk"]["services"][0]["files"]["written"];
    let files = finding["files"].as_array().unwrap();
    assert_eq!(files.len(), written.as_array().unwrap().len());
    let text = repository.checks("run --gate sdk-sync --base HEAD").run().expect(1).stdout;
    assert!(text.contains("error[sdk-out-of-date]"), "{text}");
    repository.checks("sdk generate").run().expect(0);
    run(&repository, 0);
}

#[test]
fn an_edit_wins_over_being_out_of_date() {
    let repository = shop();
    let file = "sdk/ts/shop/src/index.ts";
    repository.write(file, repository.read(file) + "export const mine = 1;\n");
    let answer = run(&repository, 1);
    assert_eq!(answer.verdict("sdk-out-of-date"), "green");
    let found = findings(&answer, "sdk-hand-edited");
    assert_eq!((found.len(), &found[0]["path"]), (1, &json!(file)));
    assert!(found[0]["witness"]["diff"].as_str().unwrap().contains("-export const mine = 1;"));
}

#[test]
fn an_sdk_that_is_gone_or_left_over_is_told() {
    let repository = shop();
    fs::remove_dir_all(repository.at("sdk")).unwrap();
    assert_eq!(run(&repository, 1).verdict("contract-without-sdk"), "red");
    repository.git("checkout --quiet -- sdk");
    fs::remove_file(repository.at(FILE)).unwrap();
    let answer = run(&repository, 1);
    let found = findings(&answer, "sdk-without-contract");
    assert_eq!(found[0]["subject"], "sdk/ts/shop");
}

#[test]
fn what_does_not_parse_is_told_once_and_what_is_no_contract_by_its_rule() {
    let repository = shop();
    repository.write(FILE, "{\"openapi\": \"3.1.0\",\n");
    let answer = run(&repository, 1);
    assert_eq!(answer.verdict("unreadable-document"), "red");
    assert_eq!(answer.verdict("sdk-contract-unreadable"), "green");
    assert_eq!(answer.verdict("sdk-out-of-date"), "undecided");
    repository.write(FILE, "{\"info\": {\"title\": \"Shop\"}}\n");
    let answer = run(&repository, 1);
    assert_eq!(answer.verdict("sdk-contract-unreadable"), "red");
    assert_eq!(answer.verdict("unreadable-document"), "green");
}

#[test]
fn two_services_with_one_folder_have_no_answer() {
    let repository = shop();
    repository.write("contracts/jobs.openapi.json", orders());
    repository.write("checks.toml", "[gates.sdk-sync]\nout = \"sdk\"\n");
    let answer = repository.report("run --gate sdk-sync --base HEAD").expect(2);
    assert!(answer.stderr.contains("checks.toml:1:"), "{}", answer.stderr);
    assert!(answer.stderr.contains("have one folder: `sdk`"), "{}", answer.stderr);
}

#[test]
fn a_project_inside_another_one_is_judged_by_itself() {
    let repository = Repository::new();
    let inner = Repository::new();
    inner.write(FILE, orders());
    inner.checks("sdk generate").run().expect(0);
    let text = |path: &str| fs::read_to_string(inner.at(path)).unwrap();
    for path in [FILE, "sdk/ts/shop/sdk.lock.json", "sdk/ts/shop/src/index.ts"] {
        repository.write(&format!("examples/shop/{path}"), text(path));
    }
    repository.write("contracts/own.openapi.json", orders());
    repository.commit("a project inside");
    let answer = repository.report("run --base HEAD").expect(0);
    assert_eq!(answer.verdict("sdk-without-contract"), "off");
    assert_eq!(findings(&run(&repository, 1), "sdk-without-contract"), Vec::<Value>::new());
}

#[test]
fn a_second_run_is_as_good_as_the_first() {
    let repository = shop();
    run(&repository, 0);
    run(&repository, 0);
    repository.write("sdk/ts/shop/src/index.ts", "export {};\n");
    run(&repository, 1);
    repository.git("checkout --quiet -- sdk");
    run(&repository, 0);
    repository.write(FILE, contract(&json!({"Zebra": {"type": "string"}})));
    run(&repository, 1);
}

#[test]
fn a_proof_names_what_was_read() {
    let repository = shop();
    let words = "run --gate sdk-sync --base HEAD --write-proofs";
    let answer = repository.checks(words).run().expect(0);
    assert!(answer.stderr.contains("wrote ops/proofs/sdk-sync-"), "{}", answer.stderr);
    let stem = "ops/proofs/sdk-sync-20261121-090000";
    let statement: Value =
        serde_json::from_str(&repository.read(&format!("{stem}.intoto.json"))).unwrap();
    let subjects = statement["subject"].as_array().unwrap();
    let has = |name: &str| subjects.iter().any(|it| it["name"] == name);
    assert!(has(FILE) && has("sdk/ts/shop/sdk.lock.json") && has("sdk/ts/shop/src/index.ts"));
    let predicate = &statement["predicate"];
    assert_eq!(predicate["sdks"][0]["inStep"], true);
    assert!(predicate["generator"].as_str().unwrap().starts_with("checks "));
    let text = repository.read(&format!("{stem}.txt"));
    assert!(text.starts_with("sdk sync: GREEN\n"), "{text}");
    repository.checks(&format!("proof verify {stem}.txt")).run().expect(0);
    repository.write("sdk/ts/shop/src/index.ts", "export {};\n");
    repository.checks(&format!("proof verify {stem}.txt")).run().expect(1);
}

#[test]
fn each_rule_can_go_red_here() {
    let repository = shop();
    let answer = repository.checks("selftest --gate sdk-sync").run().expect(0);
    assert!(answer.stdout.contains("0 survived"), "{}", answer.stdout);
}
