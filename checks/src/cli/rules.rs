use clap::Args;
use kernel::canonical_json;
use serde_json::json;

use crate::{
    cli::{Shell, run::selection},
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
        _ => as_text(&rules),
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

fn as_text(rules: &[&dyn Rule]) -> String {
    let width = rules.iter().map(|it| it.info().id.len()).max().unwrap_or(0);
    let line = |it: &&dyn Rule| {
        let info = it.info();
        format!("{:width$}  {:4}  {}\n", info.id, info.level.name(), info.summary)
    };
    rules.iter().map(line).collect()
}
