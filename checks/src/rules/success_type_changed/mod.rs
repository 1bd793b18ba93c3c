use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A success has another type besides, so the generated result does.
pub(crate) struct SuccessTypeChanged;

impl Rule for SuccessTypeChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "success-type-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A success has another type besides, so the generated result does.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::SuccessTypeChanged)
    }
}
