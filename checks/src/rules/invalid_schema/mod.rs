use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A schema holds a keyword that validators refuse or ignore.
pub(crate) struct InvalidSchema;

impl Rule for InvalidSchema {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "invalid-schema",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A schema holds a keyword that validators refuse or ignore.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::InvalidSchema)
    }
}
