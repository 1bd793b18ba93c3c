use kernel::{Level, Outcome, RuleInfo, Stop};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{sdks, sight, telling::lines_left},
};

/// An SDK is not what its contract yields.
pub(crate) struct SdkOutOfDate;

impl Rule for SdkOutOfDate {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-out-of-date",
            gate: gates::SDK_SYNC,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "An SDK is not what its contract yields.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let mut outcome = Outcome { examined: sdks.sdks.len(), ..Outcome::default() };
        outcome.undecided = sdks.undecided();
        let mut n_left = lines_left();
        for sdk in sdks.sdks.iter().filter(|it| it.drift.is_here) {
            let finding = sight(cx, sdk, cx.policy.level(self)).out_of_date(&mut n_left)?;
            outcome.findings.extend(finding);
        }
        Ok(outcome)
    }
}
