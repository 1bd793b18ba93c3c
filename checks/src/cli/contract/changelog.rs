//! `checks contract changelog`: what changed, for the people who use a contract.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use contracts::{Outward, Rule, Store};
use kernel::Level;

use crate::{
    cli::{
        Shell,
        contract::{diff, source::Source},
    },
    contract_gate::{Judging, Read, changelog::Changelog, service_of},
    disk,
    report::Format,
};

/// Tell what changed between two revisions of a contract: markdown, html or json (`--format`).
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks contract changelog main:contracts/shop.openapi.json contracts/shop.openapi.json --format markdown\n  checks contract changelog old.yaml new.yaml --format html --out changelog.html"
)]
pub(crate) struct Arguments {
    /// The older revision: a file, `REV:path`, or `-` for stdin.
    base: String,
    /// The newer revision.
    head: String,
    /// Write to a file instead of stdout.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let [base, head] = [&arguments.base, &arguments.head].map(|it| Source::named(it, shell));
    let (base, head) = (base?, head?);
    if base.is_stdin() && head.is_stdin() {
        bail!("only one of the two can come from stdin");
    }
    let policy = diff::policy(shell)?;
    let gate = &policy.config.contract_gate;
    let mut store = Store::new();
    let older = base.read(&mut store, gate, Outward::Refused)?;
    let newer = head.read(&mut store, gate, Outward::Refused)?;
    let settings = gate.settings(shell.now()?);
    let service = service_of(&head.path);
    let by = Judging {
        config: &policy.config,
        settings: &settings,
        service: &service,
        within: &head.path,
    };
    let mut comparison =
        contracts::compare(&mut store, &older.contract, &newer.contract, &settings);
    for finding in &mut comparison.findings {
        let level = by.level(finding.rule, finding.level);
        // Words are told here, though no gate asks for them.
        let is_told = level == Level::Off && finding.rule == Rule::TextChanged;
        finding.level = if is_told { Level::Note } else { level };
    }
    let versions = [&older, &newer].map(|it| info(&store, it, "version"));
    let title = info(&store, &newer, "title");
    let changelog = Changelog {
        title: &title,
        versions: (&versions[0], &versions[1]),
        comparison: &comparison,
    };
    let text = match shell.global.format.first().map(|it| it.format) {
        Some(Format::Html) => changelog.html(),
        Some(Format::Json) => format!("{:#}\n", changelog.json()),
        None if shell.global.json => format!("{:#}\n", changelog.json()),
        Some(Format::Markdown | Format::Human) | None => changelog.markdown(),
        Some(Format::Github | Format::Sarif | Format::Junit) => {
            bail!("a changelog is markdown, html or json")
        }
    };
    match &arguments.out {
        Some(file) => disk::replace(file, kernel::redact(&text).as_bytes())
            .with_context(|| format!("cannot write `{}`", file.display()))?,
        None => shell.print(&kernel::redact(&text))?,
    }
    Ok(0)
}

fn info(store: &Store, read: &Read, name: &str) -> String {
    let info = store.get(read.contract.root().node, "info");
    let value = info.and_then(|it| store.get(it, name)).and_then(|it| store.as_str(it));
    value.unwrap_or("?").to_owned()
}
