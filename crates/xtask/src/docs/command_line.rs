//! The help texts of all commands, in one document.

use std::path::Path;

use anyhow::Result;

use crate::{
    docs::{Files, markdown_mark},
    tree::{self, Tree},
};

pub(super) fn files(tree: &Tree, binary: &Path) -> Result<Files> {
    let mut document = markdown_mark("`checks --help`");
    document.push_str("# Command line\n");
    add(&mut document, &|words| help(tree, binary, words), &[])?;
    Ok(Files::from([("docs/cli.md".into(), document)]))
}

fn help(tree: &Tree, binary: &Path, words: &[String]) -> Result<String> {
    let mut command = tree.command(binary);
    command.args(words).arg("--help").env("NO_COLOR", "1").env("COLUMNS", "100");
    tree::answer(&mut command)
}

/// Adds one command and those below it.
fn add(
    document: &mut String,
    help: &dyn Fn(&[String]) -> Result<String>,
    words: &[String],
) -> Result<()> {
    let text = help(words)?;
    let name: String =
        ["checks".to_owned()].iter().chain(words).map(String::as_str).collect::<Vec<_>>().join(" ");
    // The version stands in `Cargo.toml`, and lines that end in spaces are clap's.
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    document.push_str(&format!("\n## `{name}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end()));
    for below in commands(&text) {
        let words: Vec<_> = words.iter().cloned().chain([below]).collect();
        add(document, help, &words)?;
    }
    Ok(())
}

/// The commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|it| *it != "Commands:").skip(1);
    let entries = lines.take_while(|it| !it.is_empty()).filter_map(|it| it.strip_prefix("  "));
    let names = entries.filter(|it| !it.starts_with(' ')).filter_map(|it| it.split(' ').next());
    names.filter(|it| *it != "help").map(String::from).collect()
}

#[cfg(test)]
mod tests {
    use super::{add, commands};

    const HELP: &str = "\
Text

Usage: checks [COMMAND]

Commands:
  run    Judge, which is a thing that needs
         help two lines
  rules  List
  help   Print this

Options:
  -h, --help  Print
";

    #[test]
    fn commands_are_read_from_the_help() {
        assert_eq!(commands(HELP), ["run", "rules"]);
        assert!(commands("Usage: checks rules\n").is_empty());
    }

    #[test]
    fn every_command_has_its_section() {
        let mut document = String::new();
        let help =
            |words: &[String]| Ok(if words.is_empty() { HELP } else { "Usage: x   \n" }.to_owned());
        add(&mut document, &help, &[]).unwrap();
        let titles: Vec<_> = document.lines().filter(|it| it.starts_with("## ")).collect();
        assert_eq!(titles, ["## `checks`", "## `checks run`", "## `checks rules`"]);
        assert!(document.ends_with("```text\nUsage: x\n```\n"), "{document}");
    }
}
