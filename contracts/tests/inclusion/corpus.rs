//! All rows of the corpus: nothing wrong, every "not included" shown to the outside judge.

use std::{
    fs,
    path::{Path, PathBuf},
};

use contracts::{Answer, Dialect, includes};
use serde_json::Value;

use crate::validator::validator;

#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests find their data, or say that they have none"
)]
fn corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    let folder = std::env::var("PROOFMARK_CORPORA").map_or_else(|_| beside(), Into::into);
    let folder = folder.join("inclusion");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no corpora beside the repository");
    None
}

/// The rows of a file, if the corpora are there.
pub(crate) fn rows(file: &str) -> Option<Vec<Value>> {
    let text = fs::read_to_string(corpus()?.join(file)).unwrap();
    Some(text.lines().map(|it| serde_json::from_str(it).unwrap()).collect())
}

#[derive(Default)]
struct Tally {
    rows: usize,
    decided: usize,
    false_rows: usize,
    shown: usize,
    wrong: Vec<String>,
}

fn check_row(row: &Value, tally: &mut Tally) {
    let id = row["id"].as_str().unwrap();
    let dialect = Dialect::named(row["dialect"].as_str().unwrap()).unwrap();
    let included = row["included"].as_bool().unwrap();
    tally.rows += 1;
    tally.false_rows += usize::from(!included);
    match includes(dialect, &row["sub"], &row["sup"]) {
        Ok(Answer::Included) => {
            tally.decided += 1;
            if !included {
                tally.wrong.push(format!("{id}: included"));
            }
        }
        Ok(Answer::NotIncluded(witness)) => {
            tally.decided += 1;
            let taken = validator(dialect, &row["sub"]).is_valid(&witness);
            let refused = !validator(dialect, &row["sup"]).is_valid(&witness);
            if included || !taken || !refused {
                tally.wrong.push(format!("{id}: {witness} taken {taken}, refused {refused}"));
            } else {
                tally.shown += 1;
            }
        }
        Ok(Answer::Undecided(_)) | Err(_) => {}
    }
}

/// The file, and the least shares of rows decided and of false rows shown, in parts of a thousand.
fn check(file: &str, least_decided: usize, least_shown: usize) {
    let Some(rows) = rows(file) else { return };
    let mut tally = Tally::default();
    for row in &rows {
        check_row(row, &mut tally);
    }
    let Tally { rows, decided, false_rows, shown, wrong } = tally;
    let table = format!("{file}: {decided} of {rows} decided, {shown} of {false_rows} shown");
    assert_eq!(wrong, Vec::<String>::new(), "{table}");
    assert!(decided * 1000 >= rows * least_decided, "{table}");
    assert!(shown * 1000 >= false_rows * least_shown, "{table}");
}

#[test]
fn suite_rows_are_decided() {
    check("cts.jsonl", 990, 990);
}

#[test]
fn random_rows_are_decided() {
    for dialect in ["2020-12", "draft4", "oas30"] {
        check(&format!("random-{dialect}.jsonl"), 995, 995);
    }
}

#[test]
fn real_rows_are_decided() {
    check("real.jsonl", 980, 980);
}
