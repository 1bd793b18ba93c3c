use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may answer in a media type that it never announced.
pub(crate) struct ResponseMediaTypeUnannounced;

impl Rule for ResponseMediaTypeUnannounced {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "response-media-type-unannounced",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may answer in a media type that it never announced.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ResponseMediaTypeUnannounced)
    }
}
