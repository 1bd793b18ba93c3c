use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    policy_gate::{Fault, WaiverText, Written, written},
    rule::Rule,
};

/// A waiver whose last day is over.
pub(crate) struct WaiverExpired;

impl Rule for WaiverExpired {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "waiver-expired",
            gate: gates::POLICY,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Findings],
            summary: "A waiver is past its last day, so it does not count any more.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let mut outcome = Outcome::default();
        for it in written(cx.policy) {
            outcome.examined += 1;
            let is_past = it.waiver.expires.is_some_and(|day| cx.now.days_until(day) < 0);
            if is_past {
                outcome.findings.push(finding(cx, &it)?);
            }
        }
        Ok(outcome)
    }
}

fn finding(cx: &Context<'_>, it: &Written<'_>) -> Result<Finding, Stop> {
    let waiver = it.waiver;
    let (rule, subject) = (&waiver.rule, &waiver.subject);
    let day = waiver.expires.map_or_else(String::new, |it| it.to_string());
    Ok(Finding {
        place: it.place_of("expires"),
        side: Side::Head,
        subject: it.subject(),
        message: format!("the waiver of `{rule}` for `{subject}` ended on {day}"),
        remedy: "repair what it covers and remove it, or renew it with a reason".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&it.shown(cx.now), &WaiverText::read(cx, Fault::Expired)?)?,
        fix: None,
        details: None,
    })
}
