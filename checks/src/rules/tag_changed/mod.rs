use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// An operation is grouped otherwise, so its generated client is.
pub(crate) struct TagChanged;

impl Rule for TagChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "tag-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "An operation is grouped otherwise, so its generated client is.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::TagChanged)
    }
}
