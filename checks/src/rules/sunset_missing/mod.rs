use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Something is deprecated without the day of its end.
pub(crate) struct SunsetMissing;

impl Rule for SunsetMissing {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sunset-missing",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Something is deprecated without the day of its end.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::SunsetMissing)
    }
}
