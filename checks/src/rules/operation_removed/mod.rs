use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An operation that was served is gone, and its last day is not over.
pub(crate) struct OperationRemoved;

impl Rule for OperationRemoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "operation-removed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An operation that was served is gone, and its last day is not over.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OperationRemoved)
    }
}
