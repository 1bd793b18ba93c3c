//! Writing on GitHub: the only commands that talk to it, and only with a token.

mod commit;
pub(crate) mod connection;
mod issue;
mod publish;
mod report_file;
mod whoami;

use clap::{Args, Subcommand};

use crate::cli::Shell;

/// Write on GitHub: comments, check runs, commits, pull requests and issues, each of them once.
///
/// The token comes from `GITHUB_TOKEN`, else from `GH_TOKEN`; the repository from
/// `GITHUB_REPOSITORY`, and the server from `GITHUB_API_URL`. However often a command runs, what it
/// writes exists once.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks github publish --report report.json --comment\n  checks github commit --paths 'sdk/ts/**' --branch checks/sdk-sync/shop --message 'sdk: as the contract says' --pull-request"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tell a report on its pull request: as the one comment of its gate, or as a check run.
    Publish(publish::Arguments),
    /// Commit changed files on a branch of GitHub, through its API.
    Commit(commit::Arguments),
    /// Keep one open issue for each red finding of a report, while it lasts.
    Issue(issue::Arguments),
    /// Tell whose token this is, what it may do, and how many requests are left.
    Whoami(whoami::Arguments),
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Publish(arguments) => publish::main(arguments, shell),
        Command::Commit(arguments) => commit::main(arguments, shell),
        Command::Issue(arguments) => issue::main(arguments, shell),
        Command::Whoami(arguments) => whoami::main(arguments, shell),
    }
}
