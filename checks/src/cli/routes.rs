use clap::{Args, Subcommand};

use crate::cli::Shell;

/// Ask who owns a URL, or show all owners.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {}

pub(crate) fn main(arguments: &Arguments, _shell: &Shell<'_>) -> anyhow::Result<u8> {
    match arguments.command {}
}
