//! What the tasks have in common that a person starts; and snapshots made anew.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{docs, tree::Tree};

/// Makes snapshots and generated files anew.
pub(crate) fn bless(tree: &Tree) -> Result<bool> {
    let mut command = tree.cargo(&["test", "--workspace", "--no-fail-fast", "--quiet"]);
    command.env("INSTA_UPDATE", "always").env("INSTA_FORCE_PASS", "1");
    let is_good = shown(&mut command)?;
    let is_written = docs::run(tree, false)?;
    println!("read what changed like code: `git diff`");
    Ok(is_good && is_written)
}

/// Runs a task of ours again, built for speed: what it measures or repeats runs in its process.
pub(crate) fn released(tree: &Tree, words: &[String]) -> Result<bool> {
    let mut command = tree.cargo(&["run", "--quiet", "--release", "--package", "xtask", "--"]);
    shown(command.args(words))
}

/// The entry of this name, or all of them.
pub(crate) fn chosen<'a, T>(
    table: &'a [T],
    name: Option<&str>,
    name_of: fn(&T) -> &'static str,
    about: fn(&T) -> &'static str,
) -> Result<Vec<&'a T>> {
    let Some(name) = name else { return Ok(table.iter().collect()) };
    let found: Vec<_> = table.iter().filter(|it| name_of(it) == name).collect();
    if found.is_empty() {
        let lines: Vec<_> =
            table.iter().map(|it| format!("  {:10} {}", name_of(it), about(it))).collect();
        bail!("there is no `{name}`, but:\n{}", lines.join("\n"));
    }
    Ok(found)
}

/// Runs a program whose output goes straight to the terminal.
pub(crate) fn shown(command: &mut Command) -> Result<bool> {
    command.stdout(Stdio::inherit()).stderr(Stdio::inherit());
    Ok(command.status().context("cannot start cargo")?.success())
}
