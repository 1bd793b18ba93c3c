use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A variant that consumers could send fits none of the alternatives now.
pub(crate) struct InputVariantRefused;

impl Rule for InputVariantRefused {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "input-variant-refused",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A variant that consumers could send fits none of the alternatives now.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::InputVariantRefused)
    }
}
