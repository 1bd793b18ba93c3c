//! Typed clients from contracts.

mod generate;
mod names;
mod sources;

use clap::{Args, Subcommand};

use crate::cli::Shell;

/// Make typed SDKs from contracts.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks sdk generate\n  checks sdk generate --contract shop.openapi.yaml --out clients/shop"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the SDK of each contract, or tell whether it is what the contract yields.
    Generate(generate::Arguments),
    /// Tell how the names of a contract are spelled in TypeScript, and why.
    Names(names::Arguments),
    /// List the services, for the completion of shells.
    #[command(hide = true)]
    Services,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Generate(arguments) => generate::main(arguments, shell),
        Command::Names(arguments) => names::main(arguments, shell),
        Command::Services => names::services(shell),
    }
}
