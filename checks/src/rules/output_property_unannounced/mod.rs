use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may send a member that was ruled out.
pub(crate) struct OutputPropertyUnannounced;

impl Rule for OutputPropertyUnannounced {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "output-property-unannounced",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may send a member that was ruled out.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OutputPropertyUnannounced)
    }
}
