//! The rows of the inclusion corpus: every schema is read, and every reference in it followed.

use contracts::{Contract, Store};
use serde_json::Value;

use crate::pairs::corpora;

#[test]
fn every_schema_of_the_corpus_is_read() {
    let Some(folder) = corpora("inclusion") else { return };
    let mut n_schemas = 0;
    for file in ["cts", "random-2020-12", "random-draft4", "random-oas30", "real"] {
        let rows = std::fs::read_to_string(folder.join(format!("{file}.jsonl"))).unwrap();
        for row in rows.lines() {
            let row: Value = serde_json::from_str(row).unwrap();
            for side in ["sub", "sup"] {
                let read = Contract::of_schema(&mut Store::new(), &row[side]);
                assert!(read.is_ok(), "{} {side}: {:?}", row["id"], read.err());
                n_schemas += 1;
            }
        }
    }
    assert!(n_schemas > 1_000);
}
