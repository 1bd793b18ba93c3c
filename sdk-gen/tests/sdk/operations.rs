//! Client and server of one SDK answer each other, both directions guarded.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use sdk_gen::{Plan, Text};
use serde_json::{Value, json};

use crate::{peers, sample};

#[test]
fn client_and_server_of_one_contract_understand_each_other() {
    let Some(peers) = peers::installed() else { return };
    let (name, contract) = sample::all().pop().unwrap();
    assert_eq!(name, "operations");
    let folder = tempfile::tempdir().unwrap();
    sample::write(&sample::plan(&contract), folder.path());
    peers::link(&peers, folder.path());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/exchange.mjs");
    let mut command = Command::new("node");
    command.arg(script).arg(folder.path()).env("PEERS", peers.join("x.js"));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "agreed", "{errors}");
}

#[test]
fn what_compiles_is_what_the_contract_says() {
    let Some(peers) = peers::installed() else { return };
    let folder = tempfile::tempdir().unwrap();
    sample::write(&sample::plan(&contract().to_string()), folder.path());
    let claims = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/types.ts");
    fs::copy(claims, folder.path().join("src/types.ts")).unwrap();
    peers::link(&peers, folder.path());
    for compiler in ["typescript-7/bin/tsc", "typescript/bin/tsc"] {
        let mut command = Command::new("node");
        command.arg(peers.join(compiler)).args(["--noEmit", "-p"]).arg(folder.path());
        let output = command.output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{compiler}: {printed}");
    }
}

fn contract() -> Value {
    serde_json::from_str(&sample::all().pop().unwrap().1).unwrap()
}

/// The sources that two plans do not share.
fn changed(base: &Plan, head: &Plan) -> BTreeSet<String> {
    let all = base.files.paths().chain(head.files.paths());
    let sources = all.filter(|it| it.starts_with("src/"));
    let differ = sources.filter(|it| base.files.get(it) != head.files.get(it));
    differ.map(str::to_owned).collect()
}

#[test]
fn one_more_operation_touches_three_sources() {
    let base = sample::plan(&contract().to_string());
    let mut wider = contract();
    wider["paths"]["/orders/all"] = json!({"get": {
        "operationId": "allOrders",
        "tags": ["Orders"],
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"200": {"description": "", "content": {"application/json": {
            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
        }}}},
    }});
    let head = sample::plan(&wider.to_string());
    let expected =
        ["operations/orders", "server/operations/orders", "server/zod/operations/orders"];
    let expected: BTreeSet<String> = expected.iter().map(|it| format!("src/{it}.ts")).collect();
    assert_eq!(changed(&base, &head), expected);
}

#[test]
fn the_order_of_a_contract_is_no_matter_to_names() {
    let names = |contract: &Value| -> BTreeSet<String> {
        let plan = sample::plan(&contract.to_string());
        let text = |it: &Text| it.read().lines().map(str::to_owned).collect::<Vec<_>>();
        let index =
            plan.files.iter().filter(|it| it.0.ends_with(".d.ts")).flat_map(|it| text(it.1));
        index.filter(|it| it.starts_with("export declare function")).collect()
    };
    let base = contract();
    let mut turned = base.clone();
    let paths = base["paths"].as_object().unwrap();
    let reversed = paths.iter().rev().map(|(name, item)| (name.clone(), item.clone()));
    turned["paths"] = Value::Object(reversed.collect());
    assert_eq!(names(&base), names(&turned));
    assert!(names(&base).len() > 40);
}

#[test]
fn what_no_part_of_a_form_can_show_is_told() {
    let plan = sample::plan(&contract().to_string());
    let told = plan.notes.iter().filter(|it| it.pointer.as_str().contains("/encoding/"));
    let told: Vec<&str> = told.map(|it| it.message.as_str()).collect();
    let expected = "the header `X-Made-By` of the part `file` is neither sent nor checked: `FormData` shows no headers of parts";
    assert_eq!(told, [expected]);
    assert!(plan.files.get("README.md").unwrap().contains("`X-Made-By`"));
}
