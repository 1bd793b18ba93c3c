//! `checks contract includes`: inclusion of two bare schemas.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read as _, Write as _},
    path::Path,
};

use anyhow::{Context as _, bail};
use clap::Args;
use contracts::{Answer, Dialect};
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{Shell, shell::is_closed_pipe},
    report::text::visible,
    run::parallel::parallel,
};

/// How many rows are answered at a time.
const ROWS: usize = 256;
/// How long a row may be.
const MAX_ROW: u64 = 64 << 20;

/// The words of `--dialect`, and of the member `dialect` of a row.
const DIALECTS: &[(&str, Dialect)] = &[
    ("2020-12", Dialect::Draft2020),
    ("2019-09", Dialect::Draft2019),
    ("draft7", Dialect::Draft7),
    ("draft6", Dialect::Draft6),
    ("draft4", Dialect::Draft4),
    ("oas30", Dialect::Oas30),
    ("oas20", Dialect::Oas20),
];

/// Is every value that one schema takes also taken by another one?
///
/// Plain JSON Schema: formats are annotations, there is no direction, and references stay inside
/// their schema.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks contract includes small.schema.json large.schema.json --dialect draft4\n  checks contract includes --batch rows.jsonl > answers.jsonl\n\nExit: 0 included, 1 not included or undecided, 2 no answer; with `--batch` 0, or 2 if a row cannot be read."
)]
pub(crate) struct Arguments {
    /// The schema whose values are asked for; `-` reads stdin.
    #[arg(required_unless_present = "batch", requires = "sup")]
    sub: Option<String>,
    /// The schema that should take them.
    sup: Option<String>,
    /// 2020-12, 2019-09, draft7, draft6, draft4, oas30 or oas20.
    #[arg(long, value_name = "D", default_value = "2020-12", value_parser = dialect_named)]
    dialect: Dialect,
    /// JSON lines with id, dialect, sub and sup, answered by JSON lines; `-` reads stdin.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sub", "sup", "dialect"])]
    batch: Option<String>,
}

/// The answer to one row; the order of members is part of the format.
#[derive(Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Row {
    fn of(id: Option<Value>, answer: Answer) -> Self {
        let (answer, witness, reason) = match answer {
            Answer::Included => ("included", None, None),
            Answer::NotIncluded(witness) => ("not-included", Some(witness), None),
            Answer::Undecided(reason) => ("undecided", None, Some(reason)),
        };
        Self { id, answer, witness, reason }
    }

    fn error(id: Value, reason: String) -> Self {
        Self { id: Some(id), answer: "error", witness: None, reason: Some(reason) }
    }

    fn line(&self) -> String {
        // Plain data with text keys always serialises.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    if let Some(file) = &arguments.batch {
        return batch(file, shell);
    }
    let (Some(sub), Some(sup)) = (&arguments.sub, &arguments.sup) else {
        bail!("name two schemas, or rows with `--batch`");
    };
    if sub == "-" && sup == "-" {
        bail!("only one of the two can come from stdin");
    }
    let answer = contracts::includes(arguments.dialect, &schema(sub)?, &schema(sup)?)?;
    let code = u8::from(answer != Answer::Included);
    let text = if shell.is_json() { Row::of(None, answer).line() } else { told(&answer) };
    shell.print(&text)?;
    Ok(code)
}

fn told(answer: &Answer) -> String {
    match answer {
        Answer::Included => "included\n".to_owned(),
        Answer::NotIncluded(witness) => {
            format!("not included: {}\n", visible(&witness.to_string()))
        }
        Answer::Undecided(reason) => format!("undecided: {}\n", visible(reason)),
    }
}

fn dialect_named(word: &str) -> Result<Dialect, String> {
    let known = DIALECTS.iter().find(|it| it.0 == word).map(|it| it.1);
    known.ok_or_else(|| {
        let words: Vec<&str> = DIALECTS.iter().map(|it| it.0).collect();
        format!("`{word}` is none of {}", words.join(", "))
    })
}

/// A schema in JSON, or else in YAML.
fn schema(file: &str) -> anyhow::Result<Value> {
    let mut bytes = Vec::new();
    let context = || format!("cannot read `{file}`");
    if file == "-" {
        io::stdin().lock().take(MAX_ROW).read_to_end(&mut bytes).with_context(context)?;
    } else {
        let opened = File::open(file).with_context(context)?;
        opened.take(MAX_ROW).read_to_end(&mut bytes).with_context(context)?;
    }
    let text = String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("`{file}` is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let is_yaml = Path::new(file).extension().is_some_and(|it| it == "yaml" || it == "yml");
    if is_yaml {
        let root = snapshot::parse_yaml(text)
            .map_err(|err| anyhow::anyhow!("cannot read `{file}`: {err}"))?;
        return Ok(root.to_json());
    }
    serde_json::from_str(text).with_context(context)
}

fn batch(file: &str, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let mut input: Box<dyn BufRead> = if file == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let opened = File::open(file).with_context(|| format!("cannot read `{file}`"))?;
        Box::new(BufReader::new(opened))
    };
    let jobs = shell.jobs();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut code = 0;
    loop {
        let rows = some_rows(&mut *input).with_context(|| format!("cannot read `{file}`"))?;
        if rows.is_empty() {
            break;
        }
        for row in parallel(jobs, &rows, |it| answer(it)) {
            code = if row.answer == "error" { 2 } else { code };
            out.write_all(row.line().as_bytes())?;
        }
    }
    match out.flush() {
        Err(err) if !is_closed_pipe(&anyhow::Error::from(io::Error::from(err.kind()))) => {
            Err(err.into())
        }
        _ => Ok(code),
    }
}

/// The next lines that are not empty.
fn some_rows(input: &mut dyn BufRead) -> io::Result<Vec<Vec<u8>>> {
    let mut rows = Vec::new();
    while rows.len() < ROWS {
        let mut row = Vec::new();
        if io::Read::take(&mut *input, MAX_ROW).read_until(b'\n', &mut row)? == 0 {
            break;
        }
        if !row.trim_ascii().is_empty() {
            rows.push(row);
        }
    }
    Ok(rows)
}

fn answer(row: &[u8]) -> Row {
    let row: Value = match serde_json::from_slice(row) {
        Ok(row) => row,
        Err(err) => return Row::error(Value::Null, format!("no JSON: {err}")),
    };
    let id = row.get("id").cloned().unwrap_or(Value::Null);
    let dialect = match row.get("dialect").map(|it| it.as_str().map(dialect_named)) {
        Some(Some(Ok(dialect))) => dialect,
        Some(Some(Err(reason))) => return Row::error(id, format!("`dialect`: {reason}")),
        Some(None) => return Row::error(id, "`dialect` is no text".to_owned()),
        None => return Row::error(id, "`dialect` is missing".to_owned()),
    };
    let [sub, sup] = ["sub", "sup"].map(|it| row.get(it).ok_or(it));
    match (sub, sup) {
        (Ok(sub), Ok(sup)) => match contracts::includes(dialect, sub, sup) {
            Ok(answer) => Row::of(Some(id), answer),
            Err(bad) => Row::error(id, bad.to_string()),
        },
        (Err(name), _) | (_, Err(name)) => Row::error(id, format!("`{name}` is missing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_read_says_why() {
        for (row, expected) in [
            ("{", r#"{"id":null,"answer":"error","reason":"no JSON: "#),
            ("[]", r#"{"id":null,"answer":"error","reason":"`dialect` is missing"}"#),
            (
                r#"{"id":7,"dialect":"oas30","sup":true}"#,
                r#"{"id":7,"answer":"error","reason":"`sub` is missing"}"#,
            ),
            (
                r#"{"id":"a","dialect":"draft3","sub":{},"sup":{}}"#,
                r#"{"id":"a","answer":"error","reason":"`dialect`: `draft3` is none of 2020-12,"#,
            ),
            (
                r#"{"id":"a","dialect":4,"sub":{},"sup":{}}"#,
                r#"{"id":"a","answer":"error","reason":"`dialect` is no text"}"#,
            ),
        ] {
            let line = answer(row.as_bytes()).line();
            assert!(line.starts_with(expected), "{row}: {line}");
        }
    }

    #[test]
    fn members_stand_in_the_order_of_the_format() {
        let line = |answer| Row::of(Some(Value::from(1)), answer).line();
        assert_eq!(line(Answer::Included), "{\"id\":1,\"answer\":\"included\"}\n");
        let number: Value = serde_json::from_str("1e+400").unwrap();
        let not = line(Answer::NotIncluded(number));
        assert_eq!(not, "{\"id\":1,\"answer\":\"not-included\",\"witness\":1e+400}\n");
        let open = line(Answer::Undecided("budget-steps".to_owned()));
        assert_eq!(open, "{\"id\":1,\"answer\":\"undecided\",\"reason\":\"budget-steps\"}\n");
    }
}
