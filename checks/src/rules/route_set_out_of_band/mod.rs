use kernel::{Confirmed, Finding, Level, Outcome, RuleInfo, Side, Stop, Undecided};
use wrangler::commands::OutOfBand;

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        commands::{CommandLine, DeployCommand, DeployCommands},
    },
    rule::Rule,
};

/// A deploy command that sets what no file declares.
pub(crate) struct RouteSetOutOfBand;

impl Rule for RouteSetOutOfBand {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-set-out-of-band",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A deploy command sets a route, a name or a file that the audit does not see.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let read = cx.scope.deploy_commands(&cx.policy.config.route_audit);
        let mut outcome = Outcome { examined: examined(cx, read), ..Outcome::default() };
        outcome.undecided.clone_from(&read.unread);
        outcome.undecided.extend(read.commands.iter().flat_map(undecided));
        let mut limited = Limited::new(outcome, &cx.policy.config.route_audit);
        for command in &read.commands {
            let facts: Vec<String> = command.out_of_band.iter().filter_map(sentence).collect();
            if !facts.is_empty() {
                limited.add(|| finding(command, &facts))?;
            }
        }
        Ok(limited.finish())
    }
}

/// The files read; in a repository without any configuration only those that deploy.
fn examined(cx: &Context<'_>, read: &DeployCommands) -> usize {
    let discovery = &cx.fleet().discovery;
    let has_config = !(discovery.configs.is_empty() && discovery.programmatic.is_empty());
    if has_config { read.n_documents } else { read.paths().len() }
}

fn finding(command: &DeployCommand, facts: &[String]) -> Result<Finding, Stop> {
    let place = &command.place;
    let witness = CommandLine {
        path: place.path.clone(),
        line: place.region.line,
        argv: command.argv.clone(),
    };
    Ok(Finding {
        place: place.clone(),
        side: Side::Head,
        subject: place.path.to_string(),
        message: facts.join("; "),
        remedy: "move it into the file that the audit reads".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, command.document.as_ref())?,
        fix: None,
        details: None,
    })
}

fn sentence(fact: &OutOfBand) -> Option<String> {
    match fact {
        OutOfBand::Claim { flag } => Some(format!("`{flag}` sets a route that no file declares")),
        OutOfBand::Name { flag } => Some(format!("`{flag}` sets a name that no file declares")),
        OutOfBand::Config { flag, path } => {
            Some(format!("`{flag}` names `{path}`, which the audit does not read"))
        }
        OutOfBand::UnknownConfig { .. } => None,
    }
}

/// A path that only the run knows may be audited or not.
fn undecided(command: &DeployCommand) -> impl Iterator<Item = Undecided> + '_ {
    let path = &command.place.path;
    let line = command.place.region.line;
    let flags = command.out_of_band.iter().filter_map(|it| match it {
        OutOfBand::UnknownConfig { flag, .. } => Some(flag),
        OutOfBand::Claim { .. } | OutOfBand::Name { .. } | OutOfBand::Config { .. } => None,
    });
    flags.map(move |flag| Undecided {
        subject: path.to_string(),
        reason: format!(
            "`{path}` line {line}: `{flag}` names a file that only the run knows; write its path"
        ),
    })
}
