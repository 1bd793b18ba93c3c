use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A credential is read in another place than before.
pub(crate) struct CredentialMoved;

impl Rule for CredentialMoved {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "credential-moved",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A credential is read in another place than before.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::CredentialMoved)
    }
}
