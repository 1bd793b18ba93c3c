use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// The version of the contract rose less than its changes demand.
pub(crate) struct VersionNotRaised;

impl Rule for VersionNotRaised {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "version-not-raised",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The version of the contract rose less than its changes demand.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::VersionNotRaised)
    }
}
