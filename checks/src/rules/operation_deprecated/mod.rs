use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An operation is deprecated from now on.
pub(crate) struct OperationDeprecated;

impl Rule for OperationDeprecated {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "operation-deprecated",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An operation is deprecated from now on.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OperationDeprecated)
    }
}
