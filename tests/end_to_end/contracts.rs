//! The contract gate: whole repositories, two files, rows of schemas.

use std::{fs, io::Write as _, process::Stdio};

use serde_json::{Value, json};

use crate::{
    binary::{Answer, Checks},
    repository::Repository,
};

const SHOP: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: https://api.shop.example}]
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content:
          application/json:
            schema: {$ref: \"./schemas/order.yaml#/Order\"}
      responses: {\"204\": {description: done}}
";
const ORDER: &str = "\
Order:
  type: object
  required: [sku]
  properties:
    sku: {type: string}
";
const FILE: &str = "contracts/shop.openapi.yaml";
const PART: &str = "contracts/schemas/order.yaml";

/// A repository with one contract over two files, committed.
fn shop() -> Repository {
    let repository = Repository::new();
    repository.write(FILE, SHOP);
    repository.write(PART, ORDER);
    repository.commit("a contract");
    repository
}

fn narrowed() -> String {
    ORDER.replace("{type: string}", "{type: string, minLength: 2}")
}

fn run(repository: &Repository) -> Answer {
    repository.report("run --gate contract-gate --base HEAD")
}

/// Rule, level, path, line and subject of every finding.
fn findings(report: &Value) -> Vec<(String, String, String, u64, String)> {
    let verdicts = report["verdicts"].as_array().expect("verdicts");
    let all = verdicts.iter().flat_map(|it| it["findings"].as_array().expect("findings"));
    let text = |it: &Value, name: &str| it[name].as_str().expect("a text").to_owned();
    all.map(|it| {
        let line = it["line"].as_u64().expect("a line");
        (text(it, "rule"), text(it, "level"), text(it, "path"), line, text(it, "subject"))
    })
    .collect()
}

fn denied(report: &Value) -> Vec<String> {
    let all = findings(report).into_iter().filter(|it| it.1 == "deny");
    all.map(|it| it.0).collect()
}

#[test]
fn a_contract_that_did_not_change_is_not_compared() {
    let repository = shop();
    let answer = run(&repository).expect(0);
    assert_eq!(answer.json()["contract"], json!([]));
    assert_eq!(answer.verdict("input-string-narrowed"), "green");
    let text = repository.checks("run --gate contract-gate --base HEAD --format human").run();
    assert!(
        text.stdout.contains("contract-gate: no contract changed (58 rules)"),
        "{}",
        text.stdout
    );
    repository.write("contracts/new.openapi.yaml", repository.read(FILE));
    let text = repository.checks("run --gate contract-gate --base HEAD --format human").run();
    let expected = "1 new contract with no older one to compare it with (58 rules)";
    assert!(text.stdout.contains(expected), "{}", text.stdout);
}

#[test]
fn a_break_in_a_referenced_file_is_told_with_all_its_members() {
    let repository = shop();
    repository.write(PART, narrowed());
    let report = run(&repository).expect(1).json();
    let verdicts = report["verdicts"].as_array().unwrap();
    let record = verdicts.iter().find(|it| it["rule"] == "input-string-narrowed").unwrap();
    assert_eq!((&record["verdict"], &record["examined"]), (&json!("red"), &json!(1)));
    let finding = &record["findings"][0];
    assert_eq!((&finding["path"], &finding["line"]), (&json!(PART), &json!(5)));
    assert_eq!(finding["category"], "wire");
    assert_eq!(finding["operations"], json!(["POST /orders"]));
    assert_eq!((&finding["base"]["path"], &finding["base"]["line"]), (&json!(PART), &json!(5)));
    assert!(finding["head-pointer"].as_str().unwrap().starts_with("/Order/properties/sku"));
    assert!(finding["diff"].as_str().unwrap().contains("+ \"minLength\": 2"), "{finding}");
    let witness = &finding["witness"];
    assert_eq!(witness["kind"], "json-instance");
    assert_eq!((&witness["accepted-by"], &witness["refused-by"]), (&json!("base"), &json!("head")));
    assert_eq!((&witness["pointer"], &witness["instance"]), (&json!("/sku"), &json!({"sku": ""})));
    let contract = &report["contract"][0];
    assert_eq!((&contract["verdict"], &contract["bump"]), (&json!("red"), &json!("major")));
    assert_eq!(contract["head"]["openapi"], "3.1.0");
    assert_eq!(contract["operations"], 1);
}

#[test]
fn people_read_the_exchange_and_whom_it_reaches() {
    let repository = shop();
    repository.write(PART, narrowed());
    let text = repository.checks("run --gate contract-gate --base HEAD --format human").run();
    for expected in [
        "error[input-string-narrowed]: ",
        "\n  --> contracts/schemas/order.yaml:5:",
        "   (base: line 5)\n",
        "\n   | + \"minLength\": 2\n",
        "\n   = witness: POST /orders  {\"sku\":\"\"}   at /sku: accepted before, refused now\n",
        "\n   = reaches: POST /orders\n",
        "\n   = help: ",
    ] {
        assert!(text.stdout.contains(expected), "{expected}\n{}", text.stdout);
    }
}

#[test]
fn every_format_carries_the_essentials() {
    let repository = shop();
    repository.write(PART, narrowed());
    for format in ["github", "sarif", "junit", "markdown"] {
        let words = format!("run --gate contract-gate --base HEAD --format {format}");
        let text = repository.checks(&words).run().expect(1).stdout;
        assert!(text.contains("input-string-narrowed"), "{format}: {text}");
        assert!(text.contains("POST /orders"), "{format}: {text}");
    }
}

#[test]
fn files_come_and_go_and_change_their_names() {
    let repository = shop();
    repository.git("mv contracts/shop.openapi.yaml contracts/store.openapi.yaml");
    let report = run(&repository).expect(0).json();
    let told: Vec<_> = findings(&report).into_iter().map(|it| (it.0, it.4)).collect();
    let store = "contracts/store.openapi.yaml".to_owned();
    assert_eq!(told, [("contract-added".to_owned(), store)], "renamed");
    assert_eq!(report["contract"][0]["base"]["path"], FILE);

    let repository = shop();
    let value = json!({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1.0.0"},
        "servers": [{"url": "https://api.shop.example"}],
        "paths": {"/orders": {"post": {"operationId": "createOrder",
            "requestBody": {"content": {"application/json": {"schema":
                {"$ref": "./schemas/order.yaml#/Order"}}}},
            "responses": {"204": {"description": "done"}}}}}});
    repository.write("contracts/shop.openapi.json", value.to_string());
    fs::remove_file(repository.at(FILE)).unwrap();
    let report = run(&repository).expect(0).json();
    assert_eq!(denied(&report), Vec::<String>::new(), "YAML became JSON: {report}");

    let repository = shop();
    fs::remove_file(repository.at(FILE)).unwrap();
    let report = run(&repository).expect(1).json();
    assert_eq!(denied(&report), ["contract-removed"]);
    let contract = &report["contract"][0];
    assert_eq!((&contract["head"], &contract["verdict"]), (&Value::Null, &json!("red")));
    let told = findings(&report);
    let removed = told.iter().find(|it| it.0 == "contract-removed").unwrap();
    assert_eq!((removed.2.as_str(), removed.4.as_str()), (FILE, FILE));

    let repository = shop();
    repository.write(
        "contracts/jobs.openapi.yaml",
        SHOP.replace("Shop", "Jobs").replace("/orders", "/jobs"),
    );
    let report = run(&repository).expect(0).json();
    assert_eq!(findings(&report)[0].0, "contract-added", "{report}");
}

/// What each bad input says; the gate is red at the byte, and `contract diff` has no answer.
#[test]
fn bad_input_is_named_at_its_place() {
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let rows: &[(&str, &[u8], u64)] = &[
        ("no UTF-8", b"openapi: 3.1.0\ninfo: {title: \xff}\n", 2),
        ("truncated", b"{\"openapi\": \"3.1.0\", \"info\": {", 1),
        ("trailing comma", b"{\"openapi\": \"3.1.0\",\n}", 1),
        ("tab indent", b"openapi: 3.1.0\ninfo:\n\ttitle: x\n", 3),
        ("second document", b"openapi: 3.1.0\n---\nopenapi: 3.1.0\n", 2),
        ("empty", b"", 1),
        ("null", b"null\n", 1),
        ("a list", b"[]", 1),
        ("no version", b"info: {title: x}\n", 1),
        ("version 1.2", b"swagger: \"1.2\"\n", 1),
        ("version 4", b"\nopenapi: 4.0.0\n", 2),
        ("UTF-16", b"\xff\xfe{\x00}\x00", 1),
        (
            "dangling reference",
            b"openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths:\n  /a: {get: {responses: {\"200\": {$ref: \"#/x\"}}}}\n",
            4,
        ),
        (
            "remote reference",
            b"openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths:\n  /a: {get: {responses: {\"200\": {$ref: \"https://x.example/y\"}}}}\n",
            4,
        ),
        (
            "reference out of the repository",
            b"openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths:\n  /a: {get: {responses: {\"200\": {$ref: \"../../x.yaml\"}}}}\n",
            4,
        ),
        (
            "circle",
            b"openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths: {}\ncomponents: {schemas: {A: {$ref: \"#/components/schemas/A\"}}}\n",
            4,
        ),
        (
            "no day",
            b"openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths:\n  /a: {get: {x-sunset: soon, responses: {\"200\": {description: x}}}}\n",
            4,
        ),
    ];
    let repository = shop();
    for (name, bytes, line) in rows {
        repository.write(FILE, bytes);
        let report = run(&repository).expect(1).json();
        let told = findings(&report);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        let (rule, level, path, at, subject) = &told[0];
        assert_eq!((rule.as_str(), level.as_str()), ("unreadable-document", "deny"), "{name}");
        assert_eq!((path.as_str(), subject.as_str(), at), (FILE, FILE, line), "{name}");
        assert_eq!(report["contract"][0]["verdict"], "red", "{name}");
        let diff = format!("contract diff HEAD:{FILE} {FILE}");
        let answer = repository.checks(&diff).run().expect(2);
        assert!(answer.stdout.is_empty(), "{name}: {}", answer.stdout);
        assert!(answer.stderr.contains(&format!("line {line}")), "{name}: {}", answer.stderr);
    }
    repository.write(FILE, deep);
    let answer = run(&repository);
    assert_eq!(answer.verdict("input-string-narrowed"), "undecided", "a bound is no fault");
    assert!(answer.stdout.contains("depth"), "the bound is named: {}", answer.stdout);
}

#[test]
fn a_contract_that_was_always_broken_is_red_without_any_base() {
    let repository = shop();
    repository.write(FILE, "openapi: 3.1.0\n  x: [\n");
    repository.commit("broken");
    assert_eq!(denied(&run(&repository).expect(1).json()), ["unreadable-document"]);
    let answer = repository.report("run --gate contract-gate --base none").expect(1);
    assert_eq!(answer.verdict("unreadable-document"), "red");
    assert_eq!(answer.verdict("operation-removed"), "off");
}

#[test]
fn a_base_that_nobody_can_read_is_undecided_and_can_be_waived() {
    let repository = shop();
    repository.write(FILE, "openapi: [\n");
    repository.commit("broken");
    repository.write(FILE, SHOP);
    let words = "run --gate contract-gate --base HEAD --strict";
    let answer = repository.report(words).expect(1);
    assert_eq!(answer.verdict("operation-removed"), "undecided");
    assert_eq!(answer.json()["contract"][0]["undecided"][0]["subject"], FILE);
    for rule in ["unreadable-document", "operation-removed"] {
        let waiver = format!(
            "[[waivers]]\nrule = \"{rule}\"\nsubject = \"{FILE}\"\nreason = \"repaired here\"\n\
             owner = \"@ada\"\nexpires = 2026-12-01\n"
        );
        repository.write("checks.toml", waiver);
        let answer = repository.report(words).expect(0);
        assert_eq!(answer.verdict("operation-removed"), "undecided", "{rule}");
        assert_eq!(answer.json()["waivers"][0]["rule"], rule);
    }
}

#[test]
fn the_policy_decides_levels_by_rule_and_by_service() {
    let repository = shop();
    repository.write(PART, narrowed());
    for (policy, code, level) in [
        ("[rules.input-string-narrowed]\nlevel = \"warn\"\n", 0, Some("warn")),
        ("[rules.input-string-narrowed]\nlevel = \"off\"\n", 0, None),
        ("[gates.contract-gate.levels.shop]\ninput-string-narrowed = \"note\"\n", 0, Some("note")),
        ("[gates.contract-gate.levels.other]\ninput-string-narrowed = \"note\"\n", 1, Some("deny")),
        (
            "[rules.input-string-narrowed]\nlevel = \"off\"\n[gates.contract-gate.levels.shop]\ninput-string-narrowed = \"deny\"\n",
            1,
            Some("deny"),
        ),
        ("[gates.contract-gate]\ncontracts = [\"api/*.yaml\"]\n", 0, None),
        ("[gates.contract-gate]\ncontracts = [\"**/*.yaml\", \"!contracts/**\"]\n", 0, None),
        ("[gates.contract-gate]\nenabled = false\n", 0, None),
    ] {
        repository.write("checks.toml", policy);
        let report = run(&repository).expect(code).json();
        let told = findings(&report).into_iter().find(|it| it.0 == "input-string-narrowed");
        assert_eq!(told.map(|it| it.1), level.map(str::to_owned), "{policy}");
    }
    repository.write("checks.toml", "[gates.contract-gate.levels.shop]\ninput-strnig = \"off\"\n");
    let answer = repository.checks("run --gate contract-gate").run().expect(2);
    assert!(answer.stderr.contains("unknown rule `input-strnig`"), "{}", answer.stderr);
}

#[test]
fn a_pull_request_cannot_switch_off_what_judges_its_contracts() {
    let repository = shop();
    repository.write(PART, narrowed());
    for (policy, key) in [
        ("[rules.input-string-narrowed]\nlevel = \"off\"\n", "rules.input-string-narrowed.level"),
        (
            "[gates.contract-gate.levels.shop]\ninput-string-narrowed = \"off\"\n",
            "gates.contract-gate.levels.shop.input-string-narrowed",
        ),
        ("[gates.contract-gate]\ncontracts = [\"x/*.yaml\"]\n", "gates.contract-gate.contracts"),
        (
            "[gates.contract-gate]\ncontracts = [\"contracts/*.openapi.json\", \"contracts/*.openapi.yaml\", \"!contracts/shop*\"]\n",
            "gates.contract-gate.contracts",
        ),
    ] {
        let repository_with = shop();
        repository_with.write("checks.toml", "");
        repository_with.commit("a policy");
        repository_with.write(PART, narrowed());
        repository_with.write("checks.toml", policy);
        let words = "run --gate contract-gate --base HEAD --strict";
        let report = repository_with.report(words).expect(1).json();
        let mut denied = denied(&report);
        denied.sort();
        assert_eq!(denied, ["input-string-narrowed", "policy-weakened"], "{policy}");
        let told = findings(&report).into_iter().find(|it| it.0 == "policy-weakened").unwrap();
        assert_eq!(told.4, key);
    }
    drop(repository);
}

#[test]
fn links_are_followed_inside_and_never_out() {
    let repository = shop();
    repository.git("mv contracts/shop.openapi.yaml api.yaml");
    let text = SHOP.replace("./schemas/", "contracts/schemas/");
    repository.write("api.yaml", &text);
    std::os::unix::fs::symlink("../api.yaml", repository.at(FILE)).unwrap();
    let answer = run(&repository);
    let report = answer.json();
    assert!(denied(&report).iter().all(|it| it != "contract-removed"), "{report}");
    fs::remove_file(repository.at(FILE)).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", repository.at(FILE)).unwrap();
    let report = run(&repository).expect(1).json();
    assert_eq!(denied(&report), ["unreadable-document"]);
    assert!(report.to_string().contains("leads out of the repository"), "{report}");
}

#[test]
fn two_files_are_compared_without_any_repository() {
    let folder = Repository::bare_folder();
    folder.write("old/order.yaml", SHOP.replace("./schemas/order.yaml#/Order", "#/components/schemas/Order")
        + "components:\n  schemas:\n    Order: {type: object, properties: {sku: {type: string}}}\n");
    let old = folder.read("old/order.yaml");
    folder.write("new/order.yaml", old.replace("{type: string}", "{type: integer}"));
    let words = "contract diff old/order.yaml new/order.yaml";
    let report = folder.report(words).expect(1).json();
    assert_eq!(denied(&report), ["input-type-narrowed"]);
    assert_eq!((&report["base"], &report["head"]), (&Value::Null, &json!("worktree")));
    assert_eq!(report["contract"]["bump"], "major");
    folder.report("contract diff old/order.yaml old/order.yaml").expect(0);
    folder.report(&format!("{words} --only doc")).expect(0);
    folder.report(&format!("{words} --only wire")).expect(1);
    folder.report("contract diff old/order.yaml absent.yaml").expect(2);
    folder.report("contract diff - -").expect(2);
    folder.write("lenient.toml", "[rules.input-type-narrowed]\nlevel = \"note\"\n");
    folder.report(&format!("{words} --config lenient.toml")).expect(0);
    folder.write("wrong.toml", "[rules.input-type]\nlevel = \"note\"\n");
    folder.report(&format!("{words} --config wrong.toml")).expect(2);
}

#[test]
fn one_side_may_come_from_stdin_or_a_revision() {
    let repository = shop();
    let whole = SHOP.replace("{$ref: \"./schemas/order.yaml#/Order\"}", "{type: string}");
    repository.write(FILE, &whole);
    let commit = repository.commit("whole");
    let narrowed = whole.replace("{type: string}", "{type: string, maxLength: 3}");
    let mut command =
        repository.checks(&format!("contract diff HEAD:{FILE} - --format json")).into_command();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(narrowed.as_bytes()).unwrap();
    let answer = Answer::of(child.wait_with_output().unwrap()).expect(1);
    assert_eq!(answer.json()["base"], json!(commit));
    assert_eq!(denied(&answer.json()), ["input-string-narrowed"]);
}

#[test]
fn equal_inputs_give_equal_bytes_for_every_number_of_threads() {
    let repository = shop();
    for idx in 0..6 {
        let path = format!("contracts/service-{idx}.openapi.yaml");
        repository.write(&path, SHOP.replace("/orders", &format!("/orders-{idx}")));
    }
    repository.commit("more contracts");
    repository.write(PART, narrowed());
    let run = |jobs: usize| {
        let words = format!("run --gate contract-gate --base HEAD --jobs {jobs} --format json");
        repository.checks(&words).run().expect(1).stdout
    };
    let first = run(1);
    for jobs in [1, 2, 8] {
        assert_eq!(run(jobs), first, "{jobs} jobs");
    }
    let report: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(report["contract"].as_array().unwrap().len(), 7);
}

#[test]
fn a_remembered_run_says_the_same_and_sees_a_referenced_file() {
    let repository = shop();
    let words = "run --gate contract-gate --base HEAD";
    let first = repository.report(words).expect(0);
    assert_eq!(repository.report(words).expect(0).stdout, first.stdout);
    repository.write(PART, narrowed());
    assert_eq!(denied(&repository.report(words).expect(1).json()), ["input-string-narrowed"]);
}

#[cfg(unix)]
#[test]
fn what_is_remembered_follows_links() {
    let link = std::os::unix::fs::symlink::<&str, std::path::PathBuf>;
    let repository = Repository::new();
    repository.write(FILE, SHOP);
    repository.write("wide/order.yaml", ORDER);
    repository.write("narrow/order.yaml", narrowed());
    link("../wide", repository.at("contracts/schemas")).expect("links can be made");
    repository.commit("a contract behind a link");
    let words = "run --gate contract-gate --base HEAD";
    repository.report(words).expect(0);
    // Another run is remembered, in which no contract had to be read.
    repository.write("api/wrangler.toml", "name = \"api\"\n");
    repository.report(words).expect(0);
    repository.write("wide/order.yaml", narrowed());
    assert_eq!(denied(&repository.report(words).expect(1).json()), ["input-string-narrowed"]);
    repository.write("wide/order.yaml", ORDER);
    repository.report(words).expect(0);
    fs::remove_file(repository.at("contracts/schemas")).expect("the link is there");
    link("../narrow", repository.at("contracts/schemas")).expect("links can be made");
    assert_eq!(denied(&repository.report(words).expect(1).json()), ["input-string-narrowed"]);
}

#[test]
fn what_is_known_of_other_contracts_changes_no_byte() {
    let repository = shop();
    for name in ["a", "b"] {
        repository.write(&format!("contracts/{name}.openapi.json"), r#"{"openapi": "3.1.0"}"#);
    }
    repository.commit("more contracts");
    let words = "run --gate contract-gate --gate policy --base HEAD";
    let edits: [(&str, &str); 4] = [
        ("contracts/a.openapi.json", r#"{"openapi": "3.1.0", "info": {"title": "a"}}"#),
        ("contracts/b.openapi.json", "{"),
        (PART, &narrowed()),
        (PART, ORDER),
    ];
    for (path, text) in edits {
        repository.write(path, text);
        let warm = repository.report(words);
        assert_eq!(repository.report(words).stdout, warm.stdout, "{path}");
        fs::remove_dir_all(repository.at(".git/checks")).expect("something is remembered");
        let cold = repository.report(words);
        assert_eq!((warm.stdout, warm.code), (cold.stdout, cold.code), "{path}");
    }
}

#[test]
fn rows_of_schemas_are_answered_in_their_order() {
    let folder = Repository::bare_folder();
    let rows = [
        r#"{"id":"a","dialect":"2020-12","sub":{"type":"integer"},"sup":{"type":"number"},"more":1}"#,
        r#"{"id":"b","dialect":"draft4","sub":{"type":"number"},"sup":{"type":"integer"}}"#,
        "no json",
        r#"{"id":3,"dialect":"2020-12","sub":true,"sup":{"not":{}}}"#,
    ];
    folder.write("rows.jsonl", rows.join("\n"));
    let answer = folder.checks("contract includes --batch rows.jsonl").run().expect(2);
    let lines: Vec<&str> = answer.stdout.lines().collect();
    assert_eq!(lines.len(), rows.len(), "{}", answer.stdout);
    assert_eq!(lines[0], r#"{"id":"a","answer":"included"}"#);
    assert!(
        lines[1].starts_with(r#"{"id":"b","answer":"not-included","witness":"#),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with(r#"{"id":null,"answer":"error","reason":""#), "{}", lines[2]);
    assert!(lines[3].starts_with(r#"{"id":3,"answer":"not-included","witness":"#), "{}", lines[3]);
    folder.write("rows.jsonl", rows[0]);
    folder.checks("contract includes --batch rows.jsonl").run().expect(0);
    folder.write("small.json", r#"{"type": "integer"}"#);
    folder.write("large.yaml", "type: number\n");
    folder.checks("contract includes small.json large.yaml").run().expect(0);
    let not = folder.report("contract includes large.yaml small.json").expect(1);
    assert_eq!(not.json()["answer"], "not-included");
}

#[test]
fn a_place_is_shown_with_its_references_resolved() {
    let repository = shop();
    let outline = repository.checks(&format!("contract show {FILE}")).run().expect(0).stdout;
    assert!(outline.contains("POST /orders  /paths/~1orders/post"), "{outline}");
    let words = format!("contract show {FILE} /paths/~1orders/post/requestBody/content");
    let shown = repository.checks(&words).run().expect(0).stdout;
    assert!(shown.contains("sku:") && !shown.contains("$ref"), "{shown}");
    repository.checks(&format!("contract show {FILE} /nothing")).run().expect(2);
}

#[test]
fn every_help_ends_with_two_examples() {
    let folder = Repository::bare_folder();
    for command in ["contract", "contract diff", "contract includes", "contract show"] {
        let text = Checks::plain(folder.path()).words(command).arg("--help").run().expect(0).stdout;
        let (_, examples) = text.split_once("Examples:").unwrap_or_else(|| panic!("{text}"));
        assert_eq!(examples.matches("checks contract ").count(), 2, "{command}: {text}");
    }
}

#[test]
fn a_proof_names_both_sides_and_can_be_verified() {
    let repository = shop();
    repository.write(PART, narrowed());
    repository.git("add --all");
    let words = "run --gate contract-gate --base HEAD --write-proofs";
    let answer = repository.report(words).expect(1);
    assert!(answer.stderr.contains("wrote ops/proofs/contract-gate-"), "{}", answer.stderr);
    let stem = "ops/proofs/contract-gate-20261121-090000";
    let statement: Value =
        serde_json::from_str(&repository.read(&format!("{stem}.intoto.json"))).unwrap();
    assert_eq!(statement["predicateType"], "https://proofmark.dev/attestations/contract-gate/v1");
    let names = |pointer: &str| -> Vec<String> {
        let list = statement.pointer(pointer).unwrap().as_array().unwrap();
        list.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("/subject"), [PART, FILE]);
    assert_eq!(names("/predicate/materials"), [PART, FILE]);
    let predicate = &statement["predicate"];
    assert_eq!(predicate["verificationResult"], "FAILED");
    assert_eq!(predicate["policy"]["knobs"]["undeclared"], "known-names");
    assert_eq!(predicate["contracts"][0]["bump"], "major");
    assert_eq!(predicate["now"], Value::Null, "no day takes part");
    let text = repository.read(&format!("{stem}.txt"));
    assert!(text.starts_with("contract gate: RED\n"), "{text}");
    let verify = format!("proof verify {stem}.txt --format json");
    let verified = repository.checks(&verify).run().expect(0).json();
    assert_eq!(verified["proofs"][0]["verdict"], "valid");
    repository.write(PART, ORDER);
    let stale = repository.checks(&verify).run().expect(1).json();
    assert_eq!(stale["proofs"][0]["reasons"][0]["code"], "config-changed");
}

#[test]
fn who_uses_what_broke_is_named_and_changes_no_verdict() {
    let repository = shop();
    repository.write(FILE, format!("{SHOP}x-consumers: [\"@team-web\"]\n"));
    repository.write(
        "apps/web/api.ts",
        "import {createOrder} from '../../sdk/ts/shop';\ncreateOrder({});\n",
    );
    repository.write("apps/other/api.ts", "import {x} from '../../sdk/ts/other';\n");
    repository.commit("consumers");
    repository.write(PART, narrowed());
    let report = run(&repository).expect(1).json();
    let verdicts = report["verdicts"].as_array().unwrap();
    let record = verdicts.iter().find(|it| it["rule"] == "input-string-narrowed").unwrap();
    let related = record["findings"][0]["related"].as_array().unwrap();
    let told: Vec<_> = related.iter().map(|it| it["note"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        ["`@team-web` uses `contracts/shop.openapi.yaml`", "uses the client of `shop`"]
    );
    assert_eq!(related[1]["path"], "apps/web/api.ts");
    repository.write("checks.toml", "[gates.contract-gate]\nconsumers = \"off\"\n");
    let report = run(&repository).expect(1).json();
    assert!(!report.to_string().contains("@team-web` uses"), "{report}");
}

#[test]
fn an_action_may_narrow_the_globs_and_raise_the_levels() {
    let repository = shop();
    repository.write(FILE, SHOP.replace("createOrder", "makeOrder"));
    let words = "run --gate contract-gate --base HEAD --format json";
    repository.checks(words).run().expect(0);
    let raised = repository.checks(words).env("IN_LEVEL", "warn").run().expect(1);
    assert!(denied(&raised.json()).contains(&"operation-id-changed".to_owned()));
    repository.checks(words).env("IN_LEVEL", "loud").run().expect(2);
    repository.write(PART, narrowed());
    repository.checks(words).run().expect(1);
    repository.checks(words).env("IN_CONTRACTS", "api/*.yaml").run().expect(0);
}
