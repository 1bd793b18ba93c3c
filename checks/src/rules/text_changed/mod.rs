use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Words for people changed, and nothing else.
pub(crate) struct TextChanged;

impl Rule for TextChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "text-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Off,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Words for people changed, and nothing else.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::TextChanged)
    }
}
