use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// Something in a contract is read in two ways by two readers.
pub(crate) struct AmbiguousDocument;

impl Rule for AmbiguousDocument {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "ambiguous-document",
            gate: gates::CONTRACT_GATE,
            level: Level::Note,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "Something in a contract is read in two ways by two readers.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::AmbiguousDocument)
    }
}
