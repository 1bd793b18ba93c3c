//! Completions and manual pages, both made from the command line itself.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use clap_complete::Shell as Language;

use crate::cli::{Shell, command};

/// Print the completion script of a shell.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// bash, elvish, fish, powershell or zsh.
    shell: Language,
}

/// Write the manual pages into a folder.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder; it is made if it is not there.
    dir: PathBuf,
}

pub(crate) fn completions(arguments: &Completions, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "checks", &mut script);
    shell.print(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

pub(crate) fn man(arguments: &Man) -> anyhow::Result<u8> {
    let dir = &arguments.dir;
    let context = || format!("cannot write `{}`", dir.display());
    std::fs::create_dir_all(dir).with_context(context)?;
    clap_mangen::generate_to(command(), dir).with_context(context)?;
    Ok(0)
}
