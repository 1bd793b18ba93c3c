use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The provider may send a text that it never sent.
pub(crate) struct OutputStringWidened;

impl Rule for OutputStringWidened {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "output-string-widened",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The provider may send a text that it never sent.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::OutputStringWidened)
    }
}
