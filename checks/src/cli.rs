//! The command line: arguments in, exit code out. Each command is one module.

mod config;
mod contract;
mod explain;
mod fix;
mod github;
mod hook;
mod init;
mod progress;
mod proof;
mod routes;
mod rules;
mod run;
mod sdk;
mod selftest;
mod shell;
mod texts;
mod waive;

use std::{
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
    time::SystemTime,
};

use clap::{CommandFactory as _, Parser, Subcommand};

pub use self::shell::{FormatArgument, Global, Shell, tell_panics};
use crate::environment::Environment;

/// Proofmark: every service deploys only through green pull requests to main.
#[derive(Debug, Parser)]
#[command(name = "checks", version, about, max_term_width = 100)]
#[command(after_help = "Example:\n  checks run --gate route-audit --format json")]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands; without one, `run`.
#[derive(Debug, Subcommand)]
enum Command {
    /// Judge the repository with all configured gates (the default).
    Run(run::Arguments),
    /// List every rule.
    Rules(rules::Arguments),
    /// Show the page of one rule: what, why, how to repair, examples.
    Explain(explain::Arguments),
    /// Apply the fixes that rules offer.
    Fix(fix::Arguments),
    /// Ask who owns a URL, or show all owners.
    Routes(routes::Arguments),
    /// Compare contracts, and ask what they say.
    Contract(contract::Arguments),
    /// Make typed SDKs from contracts.
    Sdk(sdk::Arguments),
    /// Verify, list or prune proofs.
    Proof(proof::Arguments),
    /// Write on GitHub: comments, check runs, commits, pull requests and issues, each of them once.
    Github(github::Arguments),
    /// Write a first `checks.toml` and a workflow from what is found.
    Init(init::Arguments),
    /// Judge what is pushed, before it is pushed.
    Hook(hook::Arguments),
    /// The configuration file.
    Config(config::Arguments),
    /// Write one dated waiver into the configuration file.
    Waive(waive::Arguments),
    /// Show that each gate can go red in this repository.
    Selftest(selftest::Arguments),
    /// Print the completion script of a shell.
    #[command(after_help = "Example:\n  checks completions bash > /etc/bash_completion.d/checks")]
    Completions(texts::Completions),
    /// Write the manual pages into a folder.
    #[command(after_help = "Example:\n  checks man target/man")]
    Man(texts::Man),
}

/// Runs one command line. The exit code is 0, 1 or 2, as everywhere.
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    clock: SystemTime,
) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(err) => {
            // Help and version are answers; clap prints them to stdout itself.
            let code = if err.use_stderr() { 2 } else { 0 };
            let text = err.render().to_string();
            let safe = shell::harmless(&kernel::redact(&text));
            if code == 2 && safe != text {
                // What was typed is quoted: a token or a workflow command in it goes no further.
                drop(writeln!(io::stderr().lock(), "{}", safe.trim_end()));
                return ExitCode::from(2);
            }
            return if err.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    let shell = Shell::new(cli.global, environment, clock);
    let nothing_named = || Command::Run(run::Arguments::default());
    match dispatch(cli.command.unwrap_or_else(nothing_named), &shell) {
        Ok(code) => ExitCode::from(code),
        Err(err) if shell::is_closed_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => {
            shell.complain(&format!("error: {err:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match command {
        Command::Run(arguments) => run::main(&arguments, shell),
        Command::Rules(arguments) => rules::main(&arguments, shell),
        Command::Explain(arguments) => explain::main(&arguments, shell),
        Command::Fix(arguments) => fix::main(&arguments, shell),
        Command::Routes(arguments) => routes::main(&arguments, shell),
        Command::Contract(arguments) => contract::main(&arguments, shell),
        Command::Sdk(arguments) => sdk::main(&arguments, shell),
        Command::Proof(arguments) => proof::main(&arguments, shell),
        Command::Github(arguments) => github::main(&arguments, shell),
        Command::Init(arguments) => init::main(&arguments, shell),
        Command::Hook(arguments) => hook::main(&arguments, shell),
        Command::Config(arguments) => config::main(&arguments, shell),
        Command::Waive(arguments) => waive::main(&arguments, shell),
        Command::Selftest(arguments) => selftest::main(&arguments, shell),
        Command::Completions(arguments) => texts::completions(&arguments, shell),
        Command::Man(arguments) => texts::man(&arguments),
    }
}

/// The whole command line, for completions, manual pages and the docs.
fn command() -> clap::Command {
    Cli::command()
}
