use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may answer with a status that it never announced.
pub(crate) struct ResponseStatusUnannounced;

impl Rule for ResponseStatusUnannounced {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "response-status-unannounced",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may answer with a status that it never announced.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ResponseStatusUnannounced)
    }
}
