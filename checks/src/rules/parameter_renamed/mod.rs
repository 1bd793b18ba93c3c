use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A path parameter has another name, so the generated argument does.
pub(crate) struct ParameterRenamed;

impl Rule for ParameterRenamed {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "parameter-renamed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A path parameter has another name, so the generated argument does.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ParameterRenamed)
    }
}
