//! `checks sdk names`: how names of contracts are spelled in TypeScript, and why.

use anyhow::bail;
use clap::Args;
use kernel::canonical_json;
use sdk_gen::Spelling;
use serde_json::{Value, json};

use crate::{
    cli::{Shell, sdk::sources::Workshop},
    report::{Format, text::visible},
    sdk_sync::making::Made,
};

/// Tell how the names of a contract are spelled in TypeScript, and why.
///
/// Names that are made from others, such as `isOrder`, are told where they differ from the usual.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks sdk names\n  checks sdk names --service gateway --format json"
)]
pub(crate) struct Arguments {
    /// Only this service; repeatable.
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let is_known = |it: Format| matches!(it, Format::Human | Format::Json | Format::Github);
    if !shell.formats().iter().all(|it| is_known(it.format) && it.file.is_none()) {
        bail!("names are told as human or json, to stdout");
    }
    let workshop = Workshop::open(shell, &arguments.service)?;
    let (mut made, mut code) = (Vec::new(), 0);
    for it in workshop.make(shell.jobs()) {
        match it {
            Ok(it) => made.push(it),
            Err(reason) => {
                code = 2;
                shell.complain(&format!("error: {reason}"));
            }
        }
    }
    if shell.is_json() {
        let services: Vec<Value> = made.iter().map(json_of).collect();
        shell.print(&canonical_json(
            &json!({"schema": "checks-sdk-names/v1", "services": services}),
        ))?;
    } else {
        shell.print(&made.iter().map(text_of).collect::<String>())?;
    }
    Ok(code)
}

/// The services that `--service` may name, one a line. Whatever a shell would not take as one plain
/// word is left out: a name comes from a file of the repository, and nobody looks at what is
/// completed before it runs.
pub(crate) fn services(shell: &Shell<'_>) -> anyhow::Result<u8> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    let workshop = Workshop::open(shell, &[])?;
    let names = workshop.services.iter().map(|it| it.name.as_str());
    let names = names.filter(|it| !it.starts_with('-') && it.chars().all(is_plain));
    let lines = names.flat_map(|it| [it, "\n"]);
    shell.print(&lines.collect::<String>())?;
    Ok(0)
}

/// The names to tell: those of the contract, and made ones that are not the usual.
fn told(made: &Made) -> Vec<&Spelling> {
    let told = made.plan.names.iter().filter(|it| !it.is_derived || it.why.is_some());
    let mut told: Vec<&Spelling> = told.collect();
    told.sort_by(|one, other| one.owner.cmp(&other.owner));
    told
}

fn json_of(made: &Made) -> Value {
    let name = |it: &Spelling| {
        json!({"kind": it.owner.kind(), "contract": &*it.contract, "wanted": it.wanted.as_str(),
               "name": it.name.as_str(), "why": it.why})
    };
    let names: Vec<Value> = told(made).into_iter().map(name).collect();
    let service = &made.service;
    json!({"service": service.name, "contract": service.shown, "names": names})
}

fn text_of(made: &Made) -> String {
    let mut text = format!("{}\n", visible(&made.service.name));
    for it in told(made) {
        let why = it.why.map_or_else(String::new, |why| format!("  ({why})"));
        let (kind, contract, name) = (it.owner.kind(), visible(&it.contract), it.name.as_str());
        text.push_str(&format!("  {kind}  {contract} -> {name}{why}\n"));
    }
    text
}
