use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A contract is new, or has another file name.
pub(crate) struct ContractAdded;

impl Rule for ContractAdded {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "contract-added",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A contract is new, or has another file name.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ContractAdded)
    }
}
