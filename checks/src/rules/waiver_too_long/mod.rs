use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    policy_gate::{Fault, WaiverText, Written, written},
    rule::Rule,
};

/// A waiver that lasts longer than the policy allows.
pub(crate) struct WaiverTooLong;

impl Rule for WaiverTooLong {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "waiver-too-long",
            gate: gates::POLICY,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Findings],
            summary: "A waiver lasts longer than the policy allows.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let mut outcome = Outcome::default();
        for it in written(cx.policy) {
            outcome.examined += 1;
            let days = it.waiver.expires.map_or(0, |day| cx.now.days_until(day));
            if days > cx.policy.config.max_waiver_days {
                outcome.findings.push(finding(cx, &it, days)?);
            }
        }
        Ok(outcome)
    }
}

fn finding(cx: &Context<'_>, it: &Written<'_>, days: i64) -> Result<Finding, Stop> {
    let waiver = it.waiver;
    let (rule, subject) = (&waiver.rule, &waiver.subject);
    let limit = cx.policy.config.max_waiver_days;
    Ok(Finding {
        place: it.place_of("expires"),
        side: Side::Head,
        subject: it.subject(),
        message: format!(
            "the waiver of `{rule}` for `{subject}` lasts {days} days, and {limit} are allowed"
        ),
        remedy: format!("let it end within {limit} days, and renew it if it is still needed"),
        related: Vec::new(),
        witness: Confirmed::by_replay(
            &it.shown(cx.now),
            &WaiverText::read(cx, Fault::TooLong(limit))?,
        )?,
        fix: None,
        details: None,
    })
}
