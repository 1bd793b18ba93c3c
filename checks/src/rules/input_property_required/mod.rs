use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An object that consumers could send lacks a member that is required now.
pub(crate) struct InputPropertyRequired;

impl Rule for InputPropertyRequired {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "input-property-required",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An object that consumers could send lacks a member that is required now.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::InputPropertyRequired)
    }
}
