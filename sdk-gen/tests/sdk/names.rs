//! A contract may call its things like ours.

use std::{fs, path::Path, process::Command};

use serde_json::{Map, Value, json};

use crate::{peers, sample};

/// Everything that the kit of guards exports, and what else modules declare for themselves.
fn words() -> Vec<String> {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kit/guards/kit.ts");
    let text = fs::read_to_string(kit).unwrap();
    let exported = |line: &str| {
        let rest = line.strip_prefix("export ")?.split_once(' ')?.1;
        Some(rest.split(|it: char| !it.is_alphanumeric()).next()?.to_owned())
    };
    let mut words: Vec<String> = text.lines().filter_map(exported).collect();
    assert!(words.len() > 25, "{words:?}");
    // Names that something of theirs is made of, such as `markItems`.
    words.extend(["T", "custom", "Items", "Members", "AllMembers", "Found"].map(str::to_owned));
    words
}

/// A schema whose guard uses most of the kit.
fn schema(word: &str) -> Value {
    json!({
        "type": "object", "required": [word], "minProperties": 1,
        "properties": {
            word: {"type": "array", "items": {"type": "integer"}, "uniqueItems": true, "contains": {"const": 1}},
            "s": {"type": "string", "minLength": 2, "maxLength": 5},
            "m": {"type": "number", "multipleOf": 0.1},
        },
        "patternProperties": {"^x": {"enum": [1, {"a": 2}]}},
        "oneOf": [{"required": ["s"]}, {"required": ["m"]}],
    })
}

fn compiles(contract: &Value) {
    let Some(peers) = peers::installed() else { return };
    let folder = tempfile::tempdir().unwrap();
    sample::write(&sample::plan(&contract.to_string()), folder.path());
    peers::link(&peers, folder.path());
    let mut command = Command::new("node");
    command.arg(peers.join("typescript-7/bin/tsc")).args(["--noEmit", "-p"]).arg(folder.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    for name in ["index", "guards", "zod"] {
        let module = folder.path().join(format!("dist/{name}.js"));
        let output = Command::new("node").arg(module).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn operations_are_called_like_what_their_modules_use() {
    let operation = |word: &String| {
        let body = json!({"content": {"application/json": {"schema": schema(word)}}});
        let post = json!({"operationId": word, "requestBody": body, "responses": {}});
        (format!("/{word}"), json!({"post": post}))
    };
    let paths: Map<String, Value> = words().iter().map(operation).collect();
    let info = json!({"title": "", "version": ""});
    let contract = json!({"openapi": "3.1.0", "info": info, "paths": paths});
    compiles(&contract);
    let names = sample::plan(&contract.to_string()).names;
    let kept = |word: &str| names.iter().any(|it| it.name.as_str() == word && !it.is_derived);
    assert!(["run", "items", "collect", "member"].into_iter().all(kept));
}

#[test]
fn schemas_are_called_like_what_their_modules_use() {
    let mut schemas = Map::new();
    for word in words() {
        let closed =
            json!({"$ref": format!("#/components/schemas/{word}"), "unevaluatedProperties": false});
        schemas.insert(format!("Closed{word}"), closed);
        schemas.insert(
            format!("Text{word}"),
            json!({"type": "string", "minLength": 2, "maxLength": 5}),
        );
        schemas.insert(format!("Number{word}"), json!({"type": "number", "multipleOf": 2}));
        schemas.insert(word.clone(), schema(&word));
    }
    let info = json!({"title": "", "version": ""});
    compiles(
        &json!({"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": schemas}}),
    );
}
