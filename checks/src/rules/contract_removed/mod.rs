use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A contract is gone, and no other file continues it.
pub(crate) struct ContractRemoved;

impl Rule for ContractRemoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "contract-removed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A contract is gone, and no other file continues it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ContractRemoved)
    }
}
