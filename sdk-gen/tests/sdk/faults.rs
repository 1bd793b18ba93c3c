//! Schemas that mean nothing cost no other one.

use std::process::Command;

use serde_json::json;

use crate::{peers, sample};

#[test]
fn schemas_without_an_end_take_every_value_and_are_told() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let contract = json!({
        "openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {},
        "components": {"schemas": {
            "All": {"allOf": [to("All"), {"type": "string"}]},
            "One": {"anyOf": [to("Other"), {"type": "string"}]},
            "Other": {"not": to("One"), "type": "object"},
            "Uses": {"type": "object", "properties": {"all": to("All"), "n": {"type": "number"}}},
            "List": {"type": "array", "items": to("List")},
            "Tree": {"oneOf": [{"type": "null"}, {"type": "object", "additionalProperties": to("Tree")}]},
        }},
    });
    let plan = sample::plan(&contract.to_string());
    let told = plan.notes.iter().filter(|it| it.code.word() == "schema-invalid");
    let told: Vec<&str> = told.map(|it| it.pointer.as_str()).collect();
    assert_eq!(told, ["All", "One", "Other"].map(|it| format!("/components/schemas/{it}")));
    if peers::installed().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    sample::write(&plan, folder.path());
    let script = "import('./dist/guards.js').then(({ guards }) => console.log(JSON.stringify([
        [guards.All, 1], [guards.One, 1], [guards.Other, null], [guards.Uses, { all: 1 }], [guards.Uses, { n: '' }],
        [guards.List, [[], [[]]]], [guards.List, [1]], [guards.Tree, { a: { b: null } }], [guards.Tree, { a: 1 }],
    ].map(([guard, value]) => [guard.is(value), guard.issues(value).length, guard.complete]))))";
    let mut command = Command::new("node");
    let output = command.args(["-e", script]).current_dir(folder.path()).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!([
        [true, 0, false],
        [true, 0, false],
        [true, 0, false],
        [true, 0, true],
        [false, 1, true],
        [true, 0, true],
        [false, 1, true],
        [true, 0, true],
        [false, 1, true],
    ]);
    assert_eq!(found, expected);
}
