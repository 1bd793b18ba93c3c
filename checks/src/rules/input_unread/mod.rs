use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{context::Context, contract_gate, gates, rule::Rule};

/// A value that consumers send is not read any more.
pub(crate) struct InputUnread;

impl Rule for InputUnread {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "input-unread",
            gate: gates::CONTRACT_GATE,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A value that consumers send is not read any more.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        contract_gate::outcome(cx, contracts::Rule::InputUnread)
    }
}
