use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use kernel::Timestamp;

use crate::{
    cli::Shell,
    contract_gate::import_oasdiff::{Source, Surroundings, import},
};

/// For how long a change that oasdiff ignored may stay.
const WAIVER_DAYS: i64 = 90;

/// Write the settings of oasdiff as a `checks.toml`, to stdout.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  checks contract import-oasdiff .oasdiff.yaml > checks.toml
  checks contract import-oasdiff ignored.md --owner @team-shop >> checks.toml")]
pub(crate) struct Arguments {
    /// `.oasdiff.yaml`, or a file for `--severity-levels`, `--err-ignore` or `--warn-ignore`.
    file: PathBuf,
    /// Who answers for the waivers.
    #[arg(long, value_name = "@WHO", default_value = "@unknown")]
    owner: String,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let file = &arguments.file;
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let folder = file.parent().unwrap_or(file);
    let last_day = shell.now()?.seconds().checked_add(WAIVER_DAYS * 86_400);
    let last_day = last_day.and_then(Timestamp::from_seconds);
    let around = Surroundings {
        expires: last_day.context("the waivers would end beyond the calendar")?.date(),
        owner: &arguments.owner,
        read: &|name| fs::read_to_string(folder.join(name)).ok(),
    };
    shell.print(&import(&Source { name: &name, text: &text }, &around))?;
    Ok(0)
}
