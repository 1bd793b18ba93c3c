//! The tools of the contract gate.

mod changelog;
pub(crate) mod diff;
mod import_oasdiff;
mod includes;
mod migrate;
mod show;
pub(crate) mod source;

use clap::{Args, Subcommand};

use crate::cli::Shell;

/// Compare contracts, and ask what they say.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks contract diff main:contracts/shop.openapi.json contracts/shop.openapi.json\n  checks contract show contracts/shop.openapi.json /paths/~1orders/post"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compare two revisions of a contract: does every valid exchange stay valid?
    Diff(diff::Arguments),
    /// Tell what changed between two revisions of a contract.
    Changelog(changelog::Arguments),
    /// Is every value that one schema takes also taken by another one?
    Includes(includes::Arguments),
    /// Prepare the migration of what a pull request breaks.
    Migrate(migrate::Arguments),
    /// Write the settings of oasdiff as a `checks.toml`, to stdout.
    ImportOasdiff(import_oasdiff::Arguments),
    /// Show what a contract says at one place, references resolved.
    Show(show::Arguments),
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Diff(arguments) => diff::main(arguments, shell),
        Command::Changelog(arguments) => changelog::main(arguments, shell),
        Command::Includes(arguments) => includes::main(arguments, shell),
        Command::Migrate(arguments) => migrate::main(arguments, shell),
        Command::ImportOasdiff(arguments) => import_oasdiff::main(arguments, shell),
        Command::Show(arguments) => show::main(arguments, shell),
    }
}
