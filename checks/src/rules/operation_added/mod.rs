use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An operation or event is new.
pub(crate) struct OperationAdded;

impl Rule for OperationAdded {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "operation-added",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An operation or event is new.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OperationAdded)
    }
}
