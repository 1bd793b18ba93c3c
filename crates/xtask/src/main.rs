//! The tasks of this repository, as plain functions: `cargo xtask <task>`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task talks to its terminal")]

#[cfg(test)]
mod action_script;
mod by_hand;
mod docs;
mod new_rule;
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
    /// Run the long form of random and differential tests; by hand, never in CI.
    Soak {
        /// Which tests; none means all.
        name: Option<String>,
        /// How many times as long as in the suite.
        #[arg(long, default_value_t = 200)]
        factor: u32,
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
        Task::Bench { name } => by_hand::bench(&tree, name.as_deref()),
        Task::Bless => by_hand::bless(&tree),
        Task::NewRule { id, gate } => new_rule::run(&tree, &id, &gate),
        Task::Soak { name, factor } => by_hand::soak(&tree, name.as_deref(), factor),
        Task::Docs { check } => docs::run(&tree, check),
        Task::Tidy => tidy::run(&tree),
    }
}
