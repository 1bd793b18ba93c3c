use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may leave out a member that always came.
pub(crate) struct OutputPropertyNotGuaranteed;

impl Rule for OutputPropertyNotGuaranteed {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "output-property-not-guaranteed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may leave out a member that always came.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OutputPropertyNotGuaranteed)
    }
}
