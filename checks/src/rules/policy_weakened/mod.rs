use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Stop};
use serde_json::Value;

use crate::{
    config::Difference,
    context::Context,
    gates,
    policy::WEAKENED,
    policy_gate::{Claimed, PolicyDifference, PolicyTexts},
    rule::Rule,
};

/// A key by which head's policy permits more than base's.
pub(crate) struct PolicyWeakened;

impl Rule for PolicyWeakened {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "policy-weakened",
            gate: gates::POLICY,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The change loosens the policy that judges it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        if let Some(undecided) = &cx.policy.base_unreadable {
            return Err(Stop::Undecided(undecided.clone()));
        }
        let differences = cx.policy.differences.iter();
        let findings = differences.map(|it| finding(cx, it)).collect::<Result<_, _>>()?;
        Ok(Outcome { examined: cx.policy.n_compared, findings, ..Outcome::default() })
    }
}

fn finding(cx: &Context<'_>, difference: &Difference) -> Result<Finding, Stop> {
    let key = &difference.key;
    let witness = PolicyDifference {
        key: key.clone(),
        base: difference.base.clone(),
        head: difference.head.clone(),
    };
    let (base, head) = (shown(&difference.base), shown(&difference.head));
    Ok(Finding {
        place: difference.place.clone(),
        side: difference.side,
        subject: key.clone(),
        message: format!("`{key}` permits more than before: it was {base} and is {head}"),
        remedy: format!("restore it, or add a waiver of `{WEAKENED}` with subject `{key}`"),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &PolicyTexts::read(cx, Claimed::Looser)?)?,
        fix: None,
        details: None,
    })
}

/// A value in one word, as far as it fits.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() == 1 => "a list of 1".to_owned(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "a table".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
    }
}
