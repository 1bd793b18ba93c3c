use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// What is left out means another value than before.
pub(crate) struct DefaultChanged;

impl Rule for DefaultChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "default-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "What is left out means another value than before.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::DefaultChanged)
    }
}
