use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A part of a form is read in another encoding than before.
pub(crate) struct RequestEncodingChanged;

impl Rule for RequestEncodingChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "request-encoding-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A part of a form is read in another encoding than before.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::RequestEncodingChanged)
    }
}
