use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    policy_gate::{Fault, WaiverText, Written, written},
    rule::Rule,
};

/// A waiver without reason, owner or expiry.
pub(crate) struct WaiverIncomplete;

impl Rule for WaiverIncomplete {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "waiver-incomplete",
            gate: gates::POLICY,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Findings],
            summary: "A waiver has no reason, no owner or no last day, so it does not count.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let mut outcome = Outcome::default();
        for it in written(cx.policy) {
            outcome.examined += 1;
            if !it.waiver.is_complete() {
                outcome.findings.push(finding(cx, &it)?);
            }
        }
        Ok(outcome)
    }
}

fn finding(cx: &Context<'_>, it: &Written<'_>) -> Result<Finding, Stop> {
    let waiver = it.waiver;
    let (rule, subject) = (&waiver.rule, &waiver.subject);
    let missing = it.missing().join(" and no ");
    Ok(Finding {
        place: it.place_of("rule"),
        side: Side::Head,
        subject: it.subject(),
        message: format!("the waiver of `{rule}` for `{subject}` has no {missing}"),
        remedy: "complete it: it does not count before that".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(
            &it.shown(cx.now),
            &WaiverText::read(cx, Fault::Incomplete)?,
        )?,
        fix: None,
        details: None,
    })
}
