use kernel::{Level, Outcome, RepoPath, RuleInfo, Stop, Undecided};

use crate::{context::Context, gates, rule::Rule};

/// A configuration that is code: nobody knows what it says, because nothing is executed.
pub(crate) struct ProgrammaticConfig;

impl Rule for ProgrammaticConfig {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "programmatic-config",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A configuration is code, which is not executed, so its routes are unknown.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let discovery = &cx.fleet().discovery;
        Ok(Outcome {
            examined: discovery.configs.len() + discovery.programmatic.len(),
            undecided: discovery.programmatic.iter().map(undecided).collect(),
            ..Outcome::default()
        })
    }
}

fn undecided(path: &RepoPath) -> Undecided {
    let reason = "is code and is not executed; generate a static file and commit it";
    Undecided { subject: path.to_string(), reason: format!("`{path}` {reason}") }
}
