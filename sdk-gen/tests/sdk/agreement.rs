//! Guards, issues, ajv and the crate `jsonschema` say the same of every value. Where the two
//! validators differ, ajv has left the specification and the other one decides.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

use crate::{
    peers,
    random::{self, Dialect},
    sample,
};

const SEED: &str = "7";
const COUNT: &str = "60";

#[test]
fn guards_say_what_json_schema_says() {
    let Some(peers) = peers::installed() else { return };
    for (name, contract) in sample::torture() {
        let n_values = agree(&peers, name, &contract);
        assert!(n_values > 1_000, "{name}: {n_values}");
    }
}

#[test]
fn guards_of_random_schemas_say_what_json_schema_says() {
    let Some(peers) = peers::installed() else { return };
    #[expect(clippy::disallowed_methods, reason = "the soak says how long and from where")]
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let (factor, seed) = (number("PROOFMARK_SOAK").unwrap_or(1), number("PROOFMARK_SEED"));
    let seed = seed.unwrap_or(1_000);
    let mut n_values = 0;
    for at in 0..factor {
        for dialect in [Dialect::V30, Dialect::V31] {
            let contract = random::contract(dialect, seed + at);
            n_values += agree(&peers, &format!("{dialect:?} of seed {}", seed + at), &contract);
        }
    }
    println!("{n_values} values of random schemas from seed {seed}");
    assert!(n_values > 3_000, "{n_values}");
}

/// Compares the guards of a contract with both validators; the number of values.
fn agree(peers: &Path, name: &str, contract: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    sample::write(&sample::plan(contract), folder.path());
    peers::link(peers, folder.path());
    let path = |it: &str| folder.path().join(it).to_str().unwrap().to_owned();
    fs::write(path("contract.json"), contract).unwrap();
    let (document, values) = (path("document.json"), path("values.jsonl"));
    let (contract, root) = (path("contract.json"), path(""));
    let arguments = [&*contract, &root, COUNT, SEED, &values, &document];
    let summary = peers::run("agreement.mjs", peers, &arguments);
    let said = fs::read_to_string(values).unwrap();
    let document = serde_json::from_str(&fs::read_to_string(document).unwrap()).unwrap();
    let wrong = judged(&document, &said);
    assert!(wrong.is_empty(), "{name}, values of {SEED}: {:#?}\n{summary}", wrong.first());
    said.lines().count()
}

/// The rows that are wrong by the second judge.
fn judged(document: &Value, said: &str) -> Vec<Value> {
    let mut judges: BTreeMap<String, jsonschema::Validator> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in said.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let name = row["name"].as_str().unwrap();
        if row["ajv"] == row["is"] && row["agree"] == json!(true) {
            continue;
        }
        let judge = judges.entry(name.to_owned()).or_insert_with(|| validator(document, name));
        if json!(judge.is_valid(&row["value"])) != row["is"] || row["agree"] != json!(true) {
            wrong.push(row);
        }
    }
    wrong
}

fn validator(document: &Value, name: &str) -> jsonschema::Validator {
    let mut schema = document.clone();
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace(' ', "%20");
    schema["$ref"] = json!(format!("#/components/schemas/{name}"));
    jsonschema::draft202012::new(&schema).unwrap()
}
