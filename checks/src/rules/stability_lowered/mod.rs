use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Something promises less stability than before.
pub(crate) struct StabilityLowered;

impl Rule for StabilityLowered {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "stability-lowered",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Something promises less stability than before.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::StabilityLowered)
    }
}
