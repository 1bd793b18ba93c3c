use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The characters that a parameter is sent in mean another value now.
pub(crate) struct ParameterSerializationChanged;

impl Rule for ParameterSerializationChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "parameter-serialization-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The characters that a parameter is sent in mean another value now.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::ParameterSerializationChanged)
    }
}
