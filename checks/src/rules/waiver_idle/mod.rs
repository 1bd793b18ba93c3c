use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Side, Stop, Waiver};

use crate::{
    context::{Context, Seen},
    gates,
    judge::{is_waivable, subject_matches},
    policy::WEAKENED,
    policy_gate::{Fault, WaiverText, Written, written},
    rule::Rule,
};

/// A waiver that matches nothing.
pub(crate) struct WaiverIdle;

impl Rule for WaiverIdle {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "waiver-idle",
            gate: gates::POLICY,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Findings],
            summary: "A waiver matches nothing that its rule found.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let mut outcome = Outcome::default();
        // One that does not count anyway is told by another rule.
        let counts = |it: &Waiver| {
            it.is_complete() && it.expires.is_some_and(|day| cx.now.days_until(day) >= 0)
        };
        for it in written(cx.policy).filter(|it| counts(it.waiver)) {
            let Some(idle) = idleness(cx, it.waiver) else { continue };
            outcome.examined += 1;
            if idle.is_idle {
                outcome.findings.push(finding(cx, &it, &idle)?);
            }
        }
        Ok(outcome)
    }
}

/// What a waiver was compared with.
struct Idleness<'a> {
    is_idle: bool,
    seen: Option<&'a Seen>,
}

/// Nothing if the rule was not decided in this run: then nobody knows what the waiver matches.
fn idleness<'a>(cx: &Context<'a>, waiver: &Waiver) -> Option<Idleness<'a>> {
    if !is_waivable(&waiver.rule) {
        return Some(Idleness { is_idle: true, seen: None });
    }
    let facts = cx.facts;
    let seen = facts.seen.iter().find(|it| it.rule == waiver.rule && it.is_decided)?;
    let is_weakened = waiver.rule == WEAKENED;
    let names = |it: &String| {
        *it == waiver.subject || (!is_weakened && subject_matches(&waiver.subject, it))
    };
    // What base has already permitted an earlier change; it is left to end on its last day.
    let is_spent = cx.policy.spent.contains(waiver);
    Some(Idleness { is_idle: !is_spent && !seen.subjects.iter().any(names), seen: Some(seen) })
}

fn finding(cx: &Context<'_>, it: &Written<'_>, idle: &Idleness<'_>) -> Result<Finding, Stop> {
    let (rule, subject) = (&it.waiver.rule, &it.waiver.subject);
    let subjects = idle.seen.map(|it| it.subjects.clone());
    let fault = if rule == WEAKENED { Fault::Unnamed } else { Fault::Idle };
    let message = match &subjects {
        Some(_) => format!("the waiver of `{rule}` matches nothing: `{subject}` was not found"),
        None => format!("`{rule}` judges waivers and cannot be waived"),
    };
    let fault = fault(subjects.unwrap_or_default());
    Ok(Finding {
        place: it.place_of("subject"),
        side: Side::Head,
        subject: it.subject(),
        message,
        remedy: "remove it, or correct its subject".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&it.shown(cx.now), &WaiverText::read(cx, fault)?)?,
        fix: None,
        details: None,
    })
}
