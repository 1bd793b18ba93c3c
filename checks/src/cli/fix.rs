use anyhow::Context as _;
use clap::Args;
use snapshot::Repository;

use crate::{
    cli::{Shell, run::selection},
    fix::{Repair, repair},
    report::FindingRecord,
    run::BaseChoice,
};

/// Apply the fixes that rules offer.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks fix --gate route-audit --dry-run")]
pub(crate) struct Arguments {
    /// Only findings of this gate (and `policy`); repeatable.
    #[arg(long, value_name = "GATE")]
    gate: Vec<String>,
    /// Print the edits as a diff, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let settings = shell.settings(selection(&arguments.gate, &[])?, false)?;
    let base = BaseChoice::of(None, shell.environment);
    let world = shell.world(&base, None)?;
    let repair = repair(&world, &settings)?;
    let summary = summary(&repair, arguments.dry_run, shell.global.quiet);
    if arguments.dry_run {
        shell.print(&kernel::redact(&repair.diff()))?;
        shell.complain(summary.trim_end());
    } else {
        let root = world.repository.as_ref().map(Repository::root);
        repair.write(root.context("there is no folder to write to")?)?;
        shell.print(&kernel::redact(&summary))?;
    }
    Ok(repair.report.exit_code())
}

fn summary(repair: &Repair, is_dry_run: bool, is_quiet: bool) -> String {
    let done = if is_dry_run { "would fix" } else { "fixed" };
    let mut text = String::new();
    for it in &repair.fixed {
        text.push_str(&format!("{done}  {}\n", line_of(it)));
    }
    for (it, why) in &repair.left {
        text.push_str(&format!("left   {} ({})\n", line_of(it), on_one_line(why)));
    }
    if is_quiet {
        text.clear();
    }
    let (n_fixed, n_files, n_left) = (repair.fixed.len(), repair.edited.len(), repair.left.len());
    match (n_fixed, n_left) {
        (0, 0) => text.push_str("nothing to fix\n"),
        _ => text.push_str(&format!("{done} {n_fixed} in {n_files} files · {n_left} left\n")),
    }
    text
}

fn line_of(finding: &FindingRecord) -> String {
    let FindingRecord { path, line, rule, message, .. } = finding;
    on_one_line(&format!("{path}:{line}: {message} [{rule}]"))
}

/// Paths and names of a repository may hold anything; each finding stays on its line.
fn on_one_line(text: &str) -> String {
    let shown =
        |it: char| if it.is_control() { it.escape_default().to_string() } else { it.into() };
    text.chars().map(shown).collect()
}
