use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Something ends sooner than was promised, or without time to move.
pub(crate) struct SunsetTooSoon;

impl Rule for SunsetTooSoon {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sunset-too-soon",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Something ends sooner than was promised, or without time to move.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::SunsetTooSoon)
    }
}
