//! The tasks of this repository, as plain functions: `cargo xtask <task>`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to its terminal")]

#[cfg(test)]
mod action_script;
mod docs;
mod peers;
mod step;
mod suite;
mod test_results;
mod tidy;
mod tools;

mod tree;

use std::process::ExitCode;

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
    /// Write the generated files: rule pages, schema, help texts, READMEs of actions.
    Docs {
        /// Write nothing; only say which files differ.
        #[arg(long)]
        check: bool,
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
    match task {
        Task::Test { list: true, .. } => Ok(suite::list()),
        Task::Test { steps, list: false } => suite::run(&tree, &steps),
        Task::Docs { check } => docs::run(&tree, check),
        Task::Tidy => tidy::run(&tree),
    }
}
