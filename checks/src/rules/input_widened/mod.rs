use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Consumers may send more than before.
pub(crate) struct InputWidened;

impl Rule for InputWidened {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "input-widened",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Consumers may send more than before.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::InputWidened)
    }
}
