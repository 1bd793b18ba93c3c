use kernel::{Level, Outcome, RuleInfo, Stop};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{sdks, sight, telling::lines_left},
};

/// Somebody edited a generated file of an SDK.
pub(crate) struct SdkHandEdited;

impl Rule for SdkHandEdited {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-hand-edited",
            gate: gates::SDK_SYNC,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "Somebody edited a generated file of an SDK.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let mut outcome = Outcome { examined: sdks.sdks.len(), ..Outcome::default() };
        let mut n_left = lines_left();
        for sdk in &sdks.sdks {
            let findings = sight(cx, sdk, cx.policy.level(self)).hand_edited(&mut n_left)?;
            outcome.findings.extend(findings);
        }
        Ok(outcome)
    }
}
