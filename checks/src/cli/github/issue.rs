//! `checks github issue`: what is red is an open issue, as long as it is.

use std::path::PathBuf;

use clap::Args;
use github::{Incident, Incidents, incidents};
use serde_json::json;

use super::{
    connection::{Connection, Options},
    report_file,
};
use crate::{
    cli::Shell,
    publish::{MAX_REPORT, incident, over},
};

/// So many issues are opened at most; a red report with more is one problem, not many.
const MOST_ISSUES: usize = 50;

/// Keep one open issue for each red finding of a report, while it lasts.
///
/// An issue is known by the fingerprint of its finding, updated while the finding lasts, and closed
/// with one comment when its rule is green again.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks github issue --report report.json --label proofmark-incident\n  checks github issue --report report.json --label drift --dry-run"
)]
pub(crate) struct Arguments {
    /// A report that `--format json` wrote.
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
    /// The label of the issues.
    #[arg(long, value_name = "NAME")]
    label: String,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let connection = Connection::of(&arguments.options, shell)?;
    let told = report_file::open(&arguments.report, MAX_REPORT)?;
    let mut open: Vec<Incident> = told.red().iter().map(|it| incident(&told, it)).collect();
    open.sort_by(|left, right| left.fingerprint.cmp(&right.fingerprint));
    open.dedup_by(|left, right| left.fingerprint == right.fingerprint);
    let n_left = open.len().saturating_sub(MOST_ISSUES);
    open.truncate(MOST_ISSUES);
    if n_left > 0 {
        let text = format!("{n_left} more findings get no issue: {MOST_ISSUES} at once are enough");
        connection.notice("warning", &text)?;
    }
    let over = |rule: &str, fingerprint: &str| over(&told, rule, fingerprint);
    let wanted = Incidents { label: &arguments.label, open: &open, over: &over };
    let Some(settled) = connection.run(|client| incidents(client, &wanted))? else { return Ok(0) };
    let data = json!({
        "opened": settled.opened, "updated": settled.updated, "unchanged": settled.unchanged,
        "closed": settled.closed, "left-out": n_left,
    });
    let mut words = String::new();
    let lists = [
        ("opened", &settled.opened),
        ("updated", &settled.updated),
        ("unchanged", &settled.unchanged),
        ("closed", &settled.closed),
    ];
    for (name, numbers) in lists.into_iter().filter(|it| !it.1.is_empty()) {
        let numbers: Vec<String> = numbers.iter().map(|it| format!("#{it}")).collect();
        words.push_str(&format!("{name}: {}\n", numbers.join(", ")));
    }
    if words.is_empty() {
        words.push_str("nothing is wrong, and no issue is open\n");
    }
    connection.tell(&data, &words)?;
    Ok(0)
}
