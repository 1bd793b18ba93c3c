use anyhow::bail;
use clap::{Args, builder::styling::Style};
use kernel::{RuleInfo, canonical_json};
use serde_json::json;

use crate::{
    cli::{Shell, run::hint_text},
    config::did_you_mean,
    report::{Format, text::wrapped},
    rules,
};

/// Show the page of one rule.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks explain route-claimed-twice")]
pub(crate) struct Arguments {
    /// The rule's id.
    rule: String,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let id = &arguments.rule;
    let Some(rule) = rules::find(id) else {
        bail!("unknown rule `{id}`{}", hint_text(did_you_mean(id, rules::ids())));
    };
    let info = rule.info();
    let text = match shell.formats().first().map(|it| it.format) {
        Some(Format::Json) => as_json(info),
        Some(Format::Markdown) => info.docs.to_owned(),
        Some(Format::Human | Format::Github | Format::Sarif | Format::Junit | Format::Html)
        | None => as_text(info, shell.columns().min(100)),
    };
    shell.print(&text)?;
    Ok(0)
}

fn as_json(info: &RuleInfo) -> String {
    canonical_json(&json!({
        "schema": "checks-rule/v1", "id": info.id, "gate": info.gate, "level": info.level,
        "since": info.since, "needs": info.needs, "summary": info.summary, "page": info.docs,
    }))
}

/// The page for a terminal: what, why, how, one example of each verdict that matters.
fn as_text(info: &RuleInfo, columns: usize) -> String {
    let (gate, level, since) = (info.gate, info.level.name(), info.since);
    let mut out = format!("{} (gate {gate}, level {level}, since {since})\n", bold(info.id));
    let mut shown = Vec::new();
    for section in sections(info.docs) {
        let verdict = section.verdict();
        if section.title == "Mutation" || shown.contains(&verdict) && verdict.is_some() {
            continue;
        }
        shown.push(verdict);
        if verdict != Some("Undecided") {
            section.show(&mut out, columns);
        }
    }
    out
}

fn bold(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// What stands below one heading.
struct Section<'a> {
    /// The heading; empty for what stands below the title of the page.
    title: &'a str,
    lines: Vec<&'a str>,
}

fn sections(page: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section { title: "", lines: Vec::new() }];
    let mut is_fenced = false;
    for line in page.lines().filter(|it| !it.starts_with("# ")) {
        is_fenced ^= line.starts_with("```");
        match (line.strip_prefix("## "), sections.last_mut()) {
            (Some(title), _) if !is_fenced => {
                sections.push(Section { title: title.trim(), lines: Vec::new() });
            }
            (_, Some(section)) => section.lines.push(line),
            (_, None) => (),
        }
    }
    sections
}

impl Section<'_> {
    /// The verdict that an example shows; what is undecided in CI stands for a red.
    fn verdict(&self) -> Option<&'static str> {
        let word = self.title.split([':', ' ']).next()?;
        ["Red", "Green", "Undecided"].into_iter().find(|it| *it == word)
    }

    fn show(&self, out: &mut String, columns: usize) {
        if !self.title.is_empty() {
            out.push_str(&format!("\n{}\n", bold(self.title)));
        }
        let mut body = String::new();
        let mut is_fenced = false;
        for line in &self.lines {
            let text = match line.strip_prefix("```") {
                Some(_) if is_fenced => String::new(),
                Some(info) => label(info),
                None if is_fenced => format!("    {line}\n"),
                None => paragraph(line, columns),
            };
            is_fenced ^= line.starts_with("```");
            body.push_str(&text);
        }
        out.push_str(body.trim_matches('\n'));
        out.push('\n');
    }
}

/// What a fenced block is: a file of one revision, or the expected witness.
fn label(info: &str) -> String {
    let value = |name: &str| {
        info.split_whitespace().find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
    };
    let path = |it: &str| it.replace("%20", " ");
    if let Some(kind) = value("witness") {
        format!("  witness: {kind}\n")
    } else if let Some(file) = value("base") {
        format!("  {} (base)\n", path(file))
    } else if let Some(file) = value("file") {
        format!("  {}\n", path(file))
    } else {
        String::new()
    }
}

/// One line of prose, wrapped; items of a list hang.
fn paragraph(line: &str, columns: usize) -> String {
    let indent = line.len() - line.trim_start().len();
    let is_item = line.trim_start().starts_with("- ");
    let hanging = indent + if is_item { 2 } else { 0 };
    let width = columns.saturating_sub(hanging).max(20);
    let lines = wrapped(line, width).join(&format!("\n{:hanging$}", ""));
    format!("{:indent$}{lines}\n", "")
}

#[cfg(test)]
mod tests {
    use kernel::Level;

    use super::*;

    const PAGE: &str = "# a-rule\n\nWhat it finds, in a sentence that is long enough to wrap somewhere.\n\n\
        ## Why it hurts\n\nBecause.\n\n- one item that is long enough to hang below itself\n\n\
        ## Red\n\n```toml file=a%20b.toml\n## not a heading\nx = 1\n```\n\n```json witness=kind\n{}\n```\n\n\
        ## Red: again\n\n```toml file=c\n```\n\n## Green\n\n```toml base=d\n```\n\n\
        ## Undecided\n\nno\n\n## Mutation\n\n```toml mutation=plant file=m\n```\n";

    #[test]
    fn a_page_is_shown_without_what_only_tests_need() {
        let info = RuleInfo {
            id: "a-rule",
            gate: "g",
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "",
            docs: PAGE,
        };
        let text = anstream::adapter::strip_str(&as_text(&info, 40)).to_string();
        assert_eq!(
            text,
            "a-rule (gate g, level deny, since 0.1.0)\n\
             What it finds, in a sentence that is\nlong enough to wrap somewhere.\n\n\
             Why it hurts\nBecause.\n\n- one item that is long enough to hang\n  below itself\n\n\
             Red\n  a b.toml\n    ## not a heading\n    x = 1\n\n  witness: kind\n    {}\n\n\
             Green\n  d (base)\n"
        );
    }
}
