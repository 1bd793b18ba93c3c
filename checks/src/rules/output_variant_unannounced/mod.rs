use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may send a variant that fits none of the old alternatives.
pub(crate) struct OutputVariantUnannounced;

impl Rule for OutputVariantUnannounced {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "output-variant-unannounced",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may send a variant that fits none of the old alternatives.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OutputVariantUnannounced)
    }
}
