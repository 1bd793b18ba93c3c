use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider sends less than it did.
pub(crate) struct OutputNarrowed;

impl Rule for OutputNarrowed {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "output-narrowed",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider sends less than it did.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OutputNarrowed)
    }
}
