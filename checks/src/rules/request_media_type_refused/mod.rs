use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A media type that consumers could send is refused now.
pub(crate) struct RequestMediaTypeRefused;

impl Rule for RequestMediaTypeRefused {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "request-media-type-refused",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A media type that consumers could send is refused now.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::RequestMediaTypeRefused)
    }
}
