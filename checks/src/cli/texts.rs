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
    let script = String::from_utf8_lossy(&script);
    shell.print(&with_services(&script, arguments.shell))?;
    Ok(0)
}

/// The same, with the names of the repository's services behind `--service`. Shells without words
/// of ours here complete everything else.
fn with_services(script: &str, language: Language) -> String {
    if language == Language::Bash {
        return format!("{script}{}", include_str!("texts/services.bash"));
    }
    if language == Language::Fish {
        return format!("{script}{}", include_str!("texts/services.fish"));
    }
    if language == Language::Zsh {
        return in_zsh(script);
    }
    script.to_owned()
}

/// The action of the option changes, and its function goes before what runs the script.
fn in_zsh(script: &str) -> String {
    let named = |line: &str| match line.strip_suffix(":NAME:_default' \\") {
        Some(start) if line.contains("--service=") => {
            format!("{start}:NAME:_checks_services' \\\n")
        }
        Some(_) | None => format!("{line}\n"),
    };
    let script: String = script.lines().map(named).collect();
    let start = "if [ \"$funcstack[1]\"";
    script.replacen(start, &format!("{}\n{start}", include_str!("texts/services.zsh")), 1)
}

pub(crate) fn man(arguments: &Man) -> anyhow::Result<u8> {
    let dir = &arguments.dir;
    let context = || format!("cannot write `{}`", dir.display());
    std::fs::create_dir_all(dir).with_context(context)?;
    clap_mangen::generate_to(command(), dir).with_context(context)?;
    Ok(0)
}
