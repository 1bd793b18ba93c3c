use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The values of an enumeration stand in another order, so generated constants do.
pub(crate) struct EnumOrderChanged;

impl Rule for EnumOrderChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "enum-order-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The values of an enumeration stand in another order, so generated constants do.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::EnumOrderChanged)
    }
}
