use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The format of a value changed, so its generated type does.
pub(crate) struct FormatChanged;

impl Rule for FormatChanged {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "format-changed",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The format of a value changed, so its generated type does.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::FormatChanged)
    }
}
