use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An operation has another name or none, so its generated function does.
pub(crate) struct OperationIdChanged;

impl Rule for OperationIdChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "operation-id-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An operation has another name or none, so its generated function does.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OperationIdChanged)
    }
}
