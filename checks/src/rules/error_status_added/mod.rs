use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An error status is announced that was not.
pub(crate) struct ErrorStatusAdded;

impl Rule for ErrorStatusAdded {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "error-status-added",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An error status is announced that was not.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ErrorStatusAdded)
    }
}
