use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Credentials that were enough are refused now.
pub(crate) struct CredentialsNoLongerEnough;

impl Rule for CredentialsNoLongerEnough {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "credentials-no-longer-enough",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Credentials that were enough are refused now.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::CredentialsNoLongerEnough)
    }
}
