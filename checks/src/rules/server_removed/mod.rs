use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A base URL that was announced is gone.
pub(crate) struct ServerRemoved;

impl Rule for ServerRemoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "server-removed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A base URL that was announced is gone.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ServerRemoved)
    }
}
