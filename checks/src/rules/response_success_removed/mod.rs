use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An operation cannot succeed any more.
pub(crate) struct ResponseSuccessRemoved;

impl Rule for ResponseSuccessRemoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "response-success-removed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An operation cannot succeed any more.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ResponseSuccessRemoved)
    }
}
