//! The JSON Schemas of what we write, taken from our own contract.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::tree::Tree;

/// The contract that describes our documents.
const CONTRACT: &str = "contracts/checks.openapi.json";
const SHELF: &str = "#/components/schemas/";
/// Each document: its schema in the contract, and the file that holds it alone.
const DOCUMENTS: [(&str, &str, &str); 2] = [
    ("report", "docs/report.schema.json", "https://proofmark.example/checks-report/v1"),
    ("proof", "docs/proof.schema.json", "https://proofmark.example/checks-proof/v1"),
];

pub(super) fn files(tree: &Tree) -> Result<BTreeMap<String, String>> {
    let contract: Value = serde_json::from_str(&tree.read(CONTRACT)?)
        .with_context(|| format!("`{CONTRACT}` is no JSON"))?;
    let schemas = contract.pointer("/components/schemas").and_then(Value::as_object);
    let schemas = schemas.context("our contract has schemas")?;
    let mut files = BTreeMap::new();
    for (name, path, id) in DOCUMENTS {
        let text = serde_json::to_string_pretty(&alone(schemas, name, id)?)?;
        files.insert(path.to_owned(), format!("{text}\n"));
    }
    Ok(files)
}

/// One schema with all that it refers to, as a document of its own.
fn alone(schemas: &Map<String, Value>, name: &str, id: &str) -> Result<Value> {
    let mut needed = BTreeSet::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        let schema = schemas.get(&name).with_context(|| format!("there is no schema `{name}`"))?;
        let inner = references(schema).into_iter();
        open.extend(inner.filter(|it| needed.insert(it.clone())));
    }
    let definitions: Map<String, Value> = needed
        .into_iter()
        .filter_map(|it| Some((it.clone(), moved(schemas.get(&it)?.clone()))))
        .collect();
    let mut document = moved(schemas.get(name).cloned().unwrap_or_default());
    let members = document.as_object_mut().context("a schema of ours is an object")?;
    members.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    members.insert("$id".into(), json!(id));
    members.insert("$defs".into(), Value::Object(definitions));
    Ok(document)
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|it| it.strip_prefix(SHELF)).map(str::to_owned);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// References lead into the document itself.
fn moved(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(moved).collect(),
        Value::Object(members) => {
            let member = |(name, it): (String, Value)| {
                let target = it.as_str().and_then(|it| it.strip_prefix(SHELF)).map(str::to_owned);
                match target.filter(|_| name == "$ref") {
                    Some(target) => (name, json!(format!("#/$defs/{target}"))),
                    None => (name, moved(it)),
                }
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
