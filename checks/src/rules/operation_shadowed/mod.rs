use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A new, more concrete path takes requests away from an operation.
pub(crate) struct OperationShadowed;

impl Rule for OperationShadowed {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "operation-shadowed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A new, more concrete path takes requests away from an operation.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OperationShadowed)
    }
}
