//! The patterns of public contracts.

use std::{
    collections::BTreeSet,
    fs,
    io::BufReader,
    path::{Path, PathBuf},
};

use contracts::pattern::Unsupported;
use serde_json::Value;

use crate::{language, oracle::oracle, texts};

fn patterns_of(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("pattern").and_then(|it| it.as_str()).map(str::to_owned));
            let properties = members.get("patternProperties").and_then(|it| it.as_object());
            found.extend(properties.into_iter().flat_map(|it| it.keys().cloned()));
            members.values().for_each(|it| patterns_of(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| patterns_of(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests find their data, or say that they have none"
)]
fn corpora() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    let folder = std::env::var("PROOFMARK_CORPORA").map_or_else(|_| beside(), Into::into);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no corpora beside the repository");
    None
}

#[test]
fn real_patterns_have_a_language_or_a_reason() {
    let Some(corpora) = corpora() else { return };
    let mut found = BTreeSet::new();
    for file in ["cts", "random-2020-12", "random-draft4", "random-oas30", "real"] {
        let rows = fs::read_to_string(corpora.join(format!("inclusion/{file}.jsonl"))).unwrap();
        rows.lines().for_each(|row| patterns_of(&serde_json::from_str(row).unwrap(), &mut found));
    }
    for pair in fs::read_dir(corpora.join("contracts/pairs")).unwrap() {
        let files = fs::read_dir(pair.unwrap().path()).into_iter().flatten();
        for file in files
            .map(|it| it.unwrap().path())
            .filter(|it| it.to_string_lossy().ends_with(".json.xz"))
        {
            let mut text = Vec::new();
            lzma_rs::xz_decompress(&mut BufReader::new(fs::File::open(file).unwrap()), &mut text)
                .unwrap();
            patterns_of(&serde_json::from_slice(&text).unwrap(), &mut found);
        }
    }
    assert!(found.len() > 60, "{}", found.len());
    let samples = texts(&['a', 'A', '1', '-', '/', ' '], 3);
    for pattern in &found {
        match language(pattern) {
            Ok(language) => {
                let oracle = oracle(pattern).unwrap();
                let own = language
                    .shortest_many(5)
                    .unwrap()
                    .into_iter()
                    .chain(language.complement().shortest_many(5).unwrap());
                for text in own.chain(samples.iter().cloned()) {
                    assert_eq!(
                        language.contains(&text),
                        oracle.find(&text).is_some(),
                        "`{pattern}` {text:?}"
                    );
                }
            }
            Err(reason) => assert!(
                matches!(reason, Unsupported::LookAround | Unsupported::BackReference),
                "`{pattern}`: {reason}"
            ),
        }
    }
}
