use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A call that worked without a body is refused now.
pub(crate) struct RequestBodyRequired;

impl Rule for RequestBodyRequired {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "request-body-required",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A call that worked without a body is refused now.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::RequestBodyRequired)
    }
}
