use clap::Args;

use crate::{
    cli::{Shell, run::selection},
    run::BaseChoice,
    selftest::{Options, Selftest},
};

/// Show that each gate can go red in this repository.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks selftest --gate route-audit --format json")]
pub(crate) struct Arguments {
    /// Only the rules of this gate; repeatable.
    #[arg(long, value_name = "GATE")]
    gate: Vec<String>,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    selection(&arguments.gate, &[])?;
    let world = shell.world(&BaseChoice::Declined, None)?;
    let options =
        Options { gates: arguments.gate.clone(), config: shell.config_path()?, now: shell.now()? };
    let selftest = Selftest::run(&world.head, &options)?;
    for it in selftest.mutants.iter().filter(|it| !it.killed) {
        if let Some(complaint) = &it.complaint {
            shell.complain(&format!("{}: the mutant has no answer: {complaint}", it.rule));
        }
    }
    if selftest.is_mostly_skipped() {
        shell.complain("more than 15 % of the rules were skipped");
    }
    shell.print(&if shell.is_json() { selftest.to_json() } else { selftest.to_text() })?;
    Ok(selftest.exit_code())
}
