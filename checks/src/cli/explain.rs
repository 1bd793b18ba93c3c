use anyhow::bail;
use clap::Args;

use crate::{
    cli::{Shell, run::hint_text},
    config::did_you_mean,
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
    shell.print(rule.info().docs)?;
    Ok(0)
}
