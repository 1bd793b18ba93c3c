use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A schema of the same shape has another name, so its generated type does.
pub(crate) struct SchemaNameChanged;

impl Rule for SchemaNameChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "schema-name-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A schema of the same shape has another name, so its generated type does.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::SchemaNameChanged)
    }
}
