use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A tag of a discriminator does not select the type that it selected.
pub(crate) struct DiscriminatorTagLost;

impl Rule for DiscriminatorTagLost {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "discriminator-tag-lost",
            gate: gates::CONTRACT_GATE,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A tag of a discriminator does not select the type that it selected.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::DiscriminatorTagLost)
    }
}
