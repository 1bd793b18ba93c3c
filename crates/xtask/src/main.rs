//! The tasks of this repository, as plain functions: `cargo xtask <task>`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to its terminal")]

#[cfg(test)]
mod action_script;
mod bench;
mod by_hand;
mod docs;
mod generate;
mod new_rule;
mod peers;
mod random;
mod release;
mod soak;
mod step;
mod suite;
mod test_results;
mod tidy;
mod tools;
mod tree;

use std::{path::PathBuf, process::ExitCode};

use anyhow::bail;
use clap::{Parser, Subcommand};

use crate::tree::Tree;

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run what CI runs; with names, only these steps.
    ///
    /// Example: `cargo xtask test` or `cargo xtask test fmt tidy`.
    Test {
        /// Names of steps; none means all.
        steps: Vec<String>,
        /// Only print the names of the steps.
        #[arg(long)]
        list: bool,
    },
    /// Measure against a floor or a peer in the same run.
    Bench {
        /// Which measurement; none means all.
        name: Option<String>,
    },
    /// Make snapshots and generated files anew; the difference is read like code.
    Bless,
    /// Write the generated files: rule pages, schema, help texts, READMEs of actions.
    Docs {
        /// Write nothing; only say which files differ.
        #[arg(long)]
        check: bool,
    },
    /// Make the folder of a new rule and its two lines in the registry.
    ///
    /// Example: `cargo xtask new-rule worker-without-owner --gate route-audit`.
    NewRule {
        /// The fault, in kebab-case.
        id: String,
        /// The gate it belongs to.
        #[arg(long)]
        gate: String,
    },
    /// Rehearse a release on this machine, or run one part of it as the workflow does.
    ///
    /// Example: `cargo xtask release --dry-run`.
    Release {
        /// Make the archive of this machine twice and install it from a server of its own.
        #[arg(long)]
        dry_run: bool,
        /// The program to rehearse with; otherwise it is built.
        #[arg(long, value_name = "FILE", requires = "dry_run")]
        binary: Option<PathBuf>,
        #[command(subcommand)]
        part: Option<release::Part>,
    },
    /// Run the long form of random and differential tests; by hand, never in CI.
    Soak {
        /// Which tests; none means all.
        name: Option<String>,
        #[command(flatten)]
        length: soak::Length,
    },
    /// Check what STYLE.md marks as enforced: sizes, names, directions, places.
    Tidy,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(is_good) => ExitCode::from(u8::from(!is_good)),
        Err(err) => {
            eprintln!("error: {err:#}");
            ExitCode::from(2)
        }
    }
}

fn run(task: Task) -> anyhow::Result<bool> {
    let tree = Tree::find()?;
    if cfg!(debug_assertions) && matches!(task, Task::Bench { .. } | Task::Soak { .. }) {
        let words: Vec<String> = std::env::args().skip(1).collect();
        return by_hand::released(&tree, &words);
    }
    match task {
        Task::Test { list: true, .. } => Ok(suite::list()),
        Task::Test { steps, list: false } => suite::run(&tree, &steps),
        Task::Bench { name } => bench::run(&tree, name.as_deref()),
        Task::Bless => by_hand::bless(&tree),
        Task::NewRule { id, gate } => new_rule::run(&tree, &id, &gate),
        Task::Release { part: Some(part), .. } => release::run(&tree, &part),
        Task::Release { dry_run: true, binary, .. } => release::rehearse(&tree, binary.as_deref()),
        Task::Release { .. } => {
            bail!("a release is made by the workflow; here there is `--dry-run`")
        }
        Task::Soak { name, length } => soak::run(&tree, name.as_deref(), &length),
        Task::Docs { check } => docs::run(&tree, check),
        Task::Tidy => tidy::run(&tree),
    }
}
