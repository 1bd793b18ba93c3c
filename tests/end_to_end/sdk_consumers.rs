//! `sdk-consumer-broken`: consumers compiled by TypeScript itself against both SDKs.
//!
//! `sdk_consumers/` holds a contract, one consumer whose lines say which change breaks them, and
//! the changes. Without `npm ci` in `tests/node` the tests that compile say that they are skipped.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Map, Value, json};

use crate::{
    binary::{Answer, workspace},
    repository::Repository,
};

const CONTRACT: &str = include_str!("sdk_consumers/shop.openapi.json");
const CHANGES: &str = include_str!("sdk_consumers/changes.json");
const CONSUMER: &str = include_str!("sdk_consumers/consumer.ts");
const PATH: &str = "contracts/shop.openapi.json";
const ORDER: &str = "apps/web/src/orders.ts";
const TSCONFIG: &str = "{\n  // Comments are allowed here.\n  \"compilerOptions\": {\"strict\": true, \"target\": \"es2022\", \"module\": \"nodenext\", \"types\": [], \"paths\": {\"#own/*\": [\"./src/*\"]}},\n  \"include\": [\"src\"],\n}\n";

/// An installed TypeScript, and whether it is a program of its own; nothing where there is none.
fn typescript(name: &str) -> Option<PathBuf> {
    let folder = workspace().join("tests/node/node_modules").join(name);
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    if folder.join("lib/tsc.js").is_file() && node.is_ok_and(|it| it.success()) {
        return Some(folder);
    }
    println!("skipped: `{name}` is not installed in tests/node, or there is no `node`");
    None
}

/// A repository with a contract and one consumer, committed.
fn shop() -> Repository {
    let repository = Repository::new();
    repository.write("checks.toml", "[gates.sdk-sync]\npackage = \"@acme/{service}\"\n");
    repository.write(PATH, CONTRACT);
    repository.write("apps/web/package.json", "{\"type\": \"module\"}\n");
    repository.write("apps/web/tsconfig.json", TSCONFIG);
    repository.write(ORDER, CONSUMER);
    repository.commit("a shop");
    repository
}

fn changes(kind: &str) -> Map<String, Value> {
    let all: Value = serde_json::from_str(CHANGES).expect("the test's own data");
    all[kind].as_object().expect("the test's own data").clone()
}

/// Changes a document at a pointer.
fn edit(document: &mut Value, change: &Value) {
    let at = change["at"].as_str().expect("the test's own data");
    let (around, name) = at.rsplit_once('/').expect("the test's own data");
    let name = name.replace("~1", "/").replace("~0", "~");
    let place = document.pointer_mut(around).unwrap_or_else(|| panic!("`{at}` is there"));
    match (place, change.get("set")) {
        (Value::Object(members), Some(value)) => drop(members.insert(name, value.clone())),
        (Value::Object(members), None) => assert!(members.remove(&name).is_some(), "{at}"),
        (Value::Array(items), None) => {
            drop(items.remove(name.parse().expect("the test's own data")));
        }
        _ => panic!("`{at}` is no place for a change"),
    }
}

fn changed<'a>(all: impl Iterator<Item = &'a Value>) -> String {
    let mut document: Value = serde_json::from_str(CONTRACT).expect("the test's own data");
    all.flat_map(|it| it.as_array().expect("the test's own data"))
        .for_each(|it| edit(&mut document, it));
    format!("{document:#}\n")
}

fn run(repository: &Repository, typescript: Option<&Path>) -> Answer {
    let mut checks = repository.checks("run --rule sdk-consumer-broken --base HEAD --format json");
    if let Some(path) = typescript {
        checks = checks.arg("--typescript").arg(path);
    }
    checks.run()
}

fn verdict(answer: &Answer) -> Value {
    let report = answer.json();
    let all = report["verdicts"].as_array().expect("the test's own data").clone();
    all.into_iter().find(|it| it["rule"] == "sdk-consumer-broken").expect("the rule ran")
}

/// The marks of the lines that findings stand at.
fn marks(verdict: &Value) -> BTreeSet<String> {
    let lines: Vec<&str> = CONSUMER.lines().collect();
    let mark = |it: &Value| {
        assert_eq!(
            (&it["path"], &it["witness"]["kind"]),
            (&json!(ORDER), &json!("consumer-compile"))
        );
        let line = lines[usize::try_from(it["line"].as_u64().expect("the test's own data"))
            .expect("the test's own data")
            - 1];
        line.rsplit_once("// ").map_or(line, |it| it.1).to_owned()
    };
    verdict["findings"].as_array().expect("the test's own data").iter().map(mark).collect()
}

#[test]
fn every_break_is_found_at_its_line_and_nowhere_else() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    let breaks = changes("breaks");
    assert!(breaks.len() >= 20);
    for (name, edits) in &breaks {
        repository.write(PATH, changed([edits].into_iter()));
        let answer = run(&repository, Some(&typescript)).expect(1);
        let verdict = verdict(&answer);
        assert_eq!(marks(&verdict), [name.clone()].into(), "{verdict:#}");
        let finding = &verdict["findings"][0];
        let contract = &finding["witness"]["contract"];
        assert_eq!(contract["path"], PATH, "{finding:#}");
        assert!(contract["line"].as_u64().expect("the test's own data") > 1, "{finding:#}");
        assert!(
            !finding["witness"]["symbol"].as_str().expect("the test's own data").is_empty(),
            "{finding:#}"
        );
    }
}

#[test]
fn all_breaks_at_once_are_found_by_an_older_compiler() {
    let Some(typescript) = typescript("typescript") else { return };
    let repository = shop();
    let breaks = changes("breaks");
    repository.write(PATH, changed(breaks.values()));
    let verdict = verdict(&run(&repository, Some(&typescript)).expect(1));
    assert_eq!(marks(&verdict), breaks.keys().cloned().collect());
}

#[test]
fn what_hurts_nobody_is_green() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    let harmless = changes("harmless");
    let check = |text: String, name: &str| {
        repository.write(PATH, text);
        let verdict = verdict(&run(&repository, Some(&typescript)).expect(0));
        let told = (&verdict["verdict"], &verdict["findings"]);
        assert_eq!(told, (&json!("green"), &json!([])), "{name}: {verdict:#}");
        verdict["examined"].clone()
    };
    for (name, edits) in &harmless {
        check(changed([edits].into_iter()), name);
    }
    assert_eq!(check(changed(harmless.values()), "all"), 1, "the consumer was compiled");
}

#[test]
fn a_witness_names_symbol_operation_and_line() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    let breaks = changes("breaks");
    let check = |name: &str, code: &str, symbol: &str, operations: &[&str]| {
        repository.write(PATH, changed([&breaks[name]].into_iter()));
        let verdict = verdict(&run(&repository, Some(&typescript)).expect(1));
        let witness = &verdict["findings"][0]["witness"];
        let told = (&witness["code"], &witness["symbol"], &witness["operation"]);
        assert_eq!(told, (&json!(code), &json!(symbol), &json!(operations)), "{witness:#}");
        assert_eq!((&witness["base"], &witness["head"]), (&json!("compiles"), &json!("fails")));
        assert_eq!(witness["package"], "@acme/shop");
    };
    let orders = ["GET /orders", "GET /orders/{id}", "POST /orders"];
    check("property-removed", "TS2322", "Order.total", &orders);
    check("property-optional", "TS2322", "Order.note", &orders);
    check("enum-value-added", "TS1360", "Status", &orders);
    check("parameter-required", "TS2554", "listOrders.limit", &["GET /orders"]);
    check("operation-removed", "TS2305", "exportLegacy", &["GET /legacy"]);
    check("body-property-required", "TS2741", "NewOrder.gift", &["POST /orders"]);
}

#[test]
fn errors_that_base_has_too_are_counted_and_no_findings() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    repository.write("apps/web/src/wrong.ts", "export const n: number = \"one\";\n");
    repository.write(PATH, changed([&changes("breaks")["property-removed"]].into_iter()));
    let answer = run(&repository, Some(&typescript)).expect(1);
    assert_eq!(marks(&verdict(&answer)), ["property-removed".to_owned()].into());
    let notes = answer.json()["notes"].to_string();
    assert!(notes.contains("`apps/web/tsconfig.json` has 1 error with base's SDK too"), "{notes}");
}

#[test]
fn what_yields_the_same_types_is_not_compiled() {
    let repository = shop();
    repository.write(ORDER, format!("{CONSUMER}export const n: number = \"one\";\n"));
    // Only the version: members in another order are declarations in another order.
    repository.write(PATH, CONTRACT.replace("\"1.0.0\"", "\"1.1.0\""));
    let verdict = verdict(&run(&repository, None).expect(0));
    assert_eq!((&verdict["verdict"], &verdict["examined"]), (&json!("green"), &json!(0)));
}

#[test]
fn what_keeps_a_compiler_from_an_answer_is_undecided() {
    let repository = shop();
    repository.write(PATH, changed([&changes("breaks")["property-removed"]].into_iter()));
    let check = |typescript: Option<&Path>, told: &str| {
        let answer = run(&repository, typescript).expect(0);
        let verdict = verdict(&answer);
        let reason = verdict["reason"].as_str().unwrap_or_default();
        assert_eq!(verdict["verdict"], "undecided", "{verdict:#}");
        assert!(reason.contains(told) && reason.contains("apps/web/tsconfig.json"), "{reason}");
    };
    check(None, "npm i -D typescript");
    check(Some(Path::new("nowhere")), "`nowhere` is no TypeScript");
    let package = |version: &str| {
        let manifest = json!({"name": "typescript", "version": version}).to_string();
        repository.write("node_modules/typescript/package.json", manifest);
        repository.write("node_modules/typescript/lib/tsc.js", "process.exit(0);\n");
    };
    repository.write(".gitignore", "node_modules\n");
    package("5.4.5");
    check(None, "TypeScript 5.4.5 was found, and at least 5.5 is needed");
    if typescript("typescript").is_some() {
        package("5.9.0");
        check(None, "TypeScript 5.9.0 ended without an answer");
        repository.write("node_modules/typescript/lib/tsc.js", "setInterval(() => {}, 1000);\n");
        let policy = "[gates.sdk-sync]\npackage = \"@acme/{service}\"\nconsumer-seconds = 1\n";
        repository.write("checks.toml", policy);
        check(None, "took more than 1 second");
    }
    repository.git("add --force node_modules/typescript/package.json");
    check(None, "git tracks `node_modules/typescript`");
    // A link does not hide where it leads.
    repository.write(
        "vendor/typescript/package.json",
        "{\"name\": \"typescript\", \"version\": \"5.9.3\"}",
    );
    repository.write("vendor/typescript/lib/tsc.js", "process.exit(0);\n");
    repository.git("add vendor");
    check(Some(&repository.at("vendor/typescript/lib/tsc.js")), "git tracks `vendor/typescript`");
}

#[test]
fn a_project_that_does_not_parse_is_undecided() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    repository.write("apps/web/src/half.ts", "export const a = {;\n");
    repository.write(PATH, changed([&changes("breaks")["property-removed"]].into_iter()));
    let verdict = verdict(&run(&repository, Some(&typescript)).expect(0));
    assert_eq!(verdict["verdict"], "undecided", "{verdict:#}");
    let reason = verdict["reason"].as_str().expect("the test's own data");
    assert!(reason.contains("stopped before it looked at types"), "{reason}");
}

#[test]
fn projects_are_those_of_the_nearest_configuration() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    let text = "import type { Order } from \"@acme/shop\";\nexport const note = (it: Order): string => it.note;\n";
    let files = [
        // Without any configuration.
        ("scripts/plain.ts", text.to_owned()),
        // A solution that leaves everything to others.
        ("apps/admin/tsconfig.json", "{\"files\": [], \"references\": [{\"path\": \"./tsconfig.app.json\"}]}".to_owned()),
        (
            "apps/admin/tsconfig.app.json",
            "{\"extends\": \"../../tsconfig.base.json\", \"compilerOptions\": {\"composite\": true, \"tsBuildInfoFile\": \"./x\"}, \"include\": [\"src\"]}".to_owned(),
        ),
        ("tsconfig.base.json", "{\"compilerOptions\": {\"strict\": true, \"module\": \"preserve\", \"noEmit\": true, \"types\": []}}".to_owned()),
        ("apps/admin/src/a.tsx", text.to_owned()),
        // Not strict: `undefined` is a text there.
        ("apps/loose/tsconfig.json", "{\"compilerOptions\": {\"strict\": false, \"module\": \"esnext\", \"moduleResolution\": \"bundler\", \"types\": []}}".to_owned()),
        ("apps/loose/a.ts", text.to_owned()),
        // By another file, and by an alias that leads out of the project.
        ("shared/order.ts", "export * from \"@acme/shop\";\n".to_owned()),
        ("apps/far/tsconfig.json", "{\"compilerOptions\": {\"strict\": true, \"module\": \"preserve\", \"types\": [], \"paths\": {\"shared/*\": [\"../../shared/*\"]}}}".to_owned()),
        ("apps/far/a.ts", "import type { Order } from \"shared/order\";\nimport \"@acme/shop\";\nexport const note = (it: Order): string => it.note;\n".to_owned()),
        ("apps/web/src/lazy.mts", "export const note = (it: import(\"@acme/shop\").Order): string => it.note;\n".to_owned()),
    ];
    for (path, text) in &files {
        repository.write(path, text);
    }
    repository.commit("more consumers");
    repository.write(PATH, changed([&changes("breaks")["property-optional"]].into_iter()));
    let verdict = verdict(&run(&repository, Some(&typescript)).expect(1));
    let found = verdict["findings"].as_array().expect("the test's own data");
    let found: Vec<String> = found
        .iter()
        .map(|it| format!("{}:{}", it["path"].as_str().expect("the test's own data"), it["line"]))
        .collect();
    let line = CONSUMER
        .lines()
        .position(|it| it.contains("// property-optional"))
        .expect("the test's own data")
        + 1;
    let expected = [
        "apps/admin/src/a.tsx:2".to_owned(),
        "apps/far/a.ts:3".to_owned(),
        "apps/web/src/lazy.mts:1".to_owned(),
        format!("{ORDER}:{line}"),
        "scripts/plain.ts:2".to_owned(),
    ];
    assert_eq!(found, expected, "{verdict:#}");
    assert_eq!(verdict["reason"], Value::Null, "{verdict:#}");
}

#[test]
fn nothing_is_left_behind() {
    let Some(typescript) = typescript("typescript-7") else { return };
    let repository = shop();
    repository.write(PATH, changed([&changes("breaks")["property-removed"]].into_iter()));
    let temporary = tempfile::tempdir().expect("the test's own data");
    let before = repository.git("status --porcelain --ignored");
    let words = "run --rule sdk-consumer-broken --base HEAD --format json";
    let checks = repository.checks(words).env("TMPDIR", temporary.path());
    checks.arg("--typescript").arg(&typescript).run().expect(1);
    assert_eq!(repository.git("status --porcelain --ignored"), before);
    assert_eq!(fs::read_dir(temporary.path()).expect("the test's own data").count(), 0);
}
