use kernel::{Level, Need, Outcome, RuleInfo, Stop};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{consumers, sdks},
};

/// A consumer in this repository compiled with base's SDK and does not with head's.
pub(crate) struct SdkConsumerBroken;

impl Rule for SdkConsumerBroken {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-consumer-broken",
            gate: gates::SDK_SYNC,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "A consumer compiled with base's SDK and does not with head's.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        consumers::check(cx, sdks(cx)?, cx.policy.level(self))
    }
}
