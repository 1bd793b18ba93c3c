use clap::{Args, Subcommand};
use kernel::canonical_json;

use crate::{cli::Shell, config::json_schema, rules};

/// The configuration file.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks config schema")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the JSON Schema of `checks.toml`.
    #[command(after_help = "Example:\n  checks config schema > checks.schema.json")]
    Schema,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match arguments.command {
        Command::Schema => {
            let ids: Vec<&str> = rules::ids().collect();
            shell.print(&canonical_json(&json_schema(&ids)))?;
        }
    }
    Ok(0)
}
