mod table;
mod who;

use clap::{Args, Subcommand};
use kernel::Undecided;
use serde_json::{Value, json};

use crate::{
    cli::Shell,
    config::Config,
    context::Reader,
    policy::Selection,
    route_audit::Fleet,
    run::{BaseChoice, read_policy},
};

/// Ask who owns a URL, or show all owners.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks routes who https://api.example.com/orders")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say who answers each URL, and by which route.
    Who(who::Arguments),
    /// Show every Worker and Pages project, what it claims, and the owners of every host.
    Table(table::Arguments),
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Who(arguments) => who::main(arguments, shell),
        Command::Table(arguments) => table::main(arguments, shell),
    }
}

/// What the work tree says.
struct Site {
    fleet: Fleet,
    config: Config,
}

impl Site {
    fn open(shell: &Shell<'_>) -> anyhow::Result<Self> {
        let world = shell.world(&BaseChoice::Declined, None)?;
        let settings = shell.settings(Selection::default(), false)?;
        let policy = read_policy(&world, &settings)?;
        let reader = Reader::new(&world.head, kernel::Side::Head);
        let fleet = Fleet::read(&reader, &policy.config.route_audit);
        for Undecided { reason, .. } in &fleet.unread {
            shell.complain(&format!(
                "warning: {}, so the answer may be incomplete",
                printable(reason)
            ));
        }
        Ok(Self { fleet, config: policy.config })
    }

    fn undecided(&self) -> Vec<Value> {
        let undecided = |it: &Undecided| json!({"path": it.subject, "why": it.reason});
        self.fleet.unread.iter().map(undecided).collect()
    }
}

/// A text of the repository for a line of a terminal: what would move the cursor is escaped.
fn printable(text: &str) -> String {
    let escape = |it: char| {
        if it.is_control() { it.escape_default().to_string() } else { it.to_string() }
    };
    text.chars().map(escape).collect()
}
