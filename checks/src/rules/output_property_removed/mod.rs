use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A member that the provider announced is gone, so the generated type lacks it.
pub(crate) struct OutputPropertyRemoved;

impl Rule for OutputPropertyRemoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "output-property-removed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A member that the provider announced is gone, so the generated type lacks it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OutputPropertyRemoved)
    }
}
