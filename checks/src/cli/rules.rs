use clap::{Args, builder::styling::Style};
use kernel::canonical_json;
use serde_json::json;

use crate::{
    cli::{Shell, run::selection},
    gates,
    report::text::wrapped,
    rule::Rule,
    rules::RULES,
};

/// List every rule.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks rules --gate route-audit --format markdown")]
pub(crate) struct Arguments {
    /// Only the rules of this gate.
    #[arg(long, value_name = "GATE")]
    gate: Option<String>,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let gates: Vec<String> = arguments.gate.iter().cloned().collect();
    selection(&gates, &[])?;
    let is_asked =
        |it: &&dyn Rule| gates.is_empty() || gates.iter().any(|gate| gate == it.info().gate);
    let mut rules: Vec<&dyn Rule> = RULES.iter().copied().filter(is_asked).collect();
    rules.sort_by_key(|it| (it.info().gate, it.info().id));
    let format = shell.formats().first().map(|it| it.format);
    let text = match format {
        Some(crate::report::Format::Json) => as_json(&rules),
        Some(crate::report::Format::Markdown) => as_markdown(&rules),
        _ => as_text(&rules, shell.columns()),
    };
    shell.print(&text)?;
    Ok(0)
}

fn as_json(rules: &[&dyn Rule]) -> String {
    let rule = |it: &&dyn Rule| {
        let info = it.info();
        json!({"id": info.id, "gate": info.gate, "level": info.level, "since": info.since,
               "needs": info.needs, "summary": info.summary})
    };
    let rules: Vec<_> = rules.iter().map(rule).collect();
    canonical_json(&json!({"schema": "checks-rules/v1", "rules": rules}))
}

fn as_markdown(rules: &[&dyn Rule]) -> String {
    let mut text = "| rule | gate | level | finds |\n| --- | --- | --- | --- |\n".to_owned();
    for it in rules {
        let info = it.info();
        let (id, gate, level) = (info.id, info.gate, info.level.name());
        text.push_str(&format!("| [`{id}`]({id}.md) | {gate} | {level} | {} |\n", info.summary));
    }
    text
}

/// By gate, in columns; summaries wrap.
fn as_text(rules: &[&dyn Rule], columns: usize) -> String {
    let n_id = rules.iter().map(|it| it.info().id.len()).max().unwrap_or(0);
    let indent = n_id + "  deny  ".len() + 2;
    let width = columns.saturating_sub(indent).max(24);
    let bold = Style::new().bold();
    let mut out = String::new();
    let mut gate = "";
    for info in rules.iter().map(|it| it.info()) {
        if info.gate != gate {
            gate = info.gate;
            let question = gates::find(gate).map_or("", |it| it.summary);
            let gap = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{gap}{bold}{gate}{bold:#}: {question}\n"));
        }
        let summary = wrapped(info.summary, width).join(&format!("\n{:indent$}", ""));
        out.push_str(&format!("  {:n_id$}  {:4}  {summary}\n", info.id, info.level.name()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_fits_the_terminal() {
        for columns in [70, 100, 200] {
            let text = anstream::adapter::strip_str(&as_text(RULES, columns)).to_string();
            let rows = text.lines().filter(|it| it.starts_with("  "));
            assert!(rows.clone().all(|it| it.chars().count() <= columns), "{columns}: {text}");
            assert!(RULES.iter().all(|it| text.contains(&format!("\n  {}", it.info().id))));
        }
    }
}
