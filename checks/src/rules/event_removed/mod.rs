use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A webhook or callback that was delivered is gone.
pub(crate) struct EventRemoved;

impl Rule for EventRemoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "event-removed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A webhook or callback that was delivered is gone.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::EventRemoved)
    }
}
