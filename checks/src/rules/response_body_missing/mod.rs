use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may answer without the body that always came.
pub(crate) struct ResponseBodyMissing;

impl Rule for ResponseBodyMissing {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "response-body-missing",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may answer without the body that always came.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ResponseBodyMissing)
    }
}
