use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Side, Stop};
use serde_json::Value;

use crate::{
    config::UnknownKey,
    context::Context,
    gates,
    policy_gate::{Claimed, PolicyDifference, PolicyTexts},
    rule::Rule,
};

/// A key of base's policy that this version does not know.
pub(crate) struct UnknownConfigKey;

impl Rule for UnknownConfigKey {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "unknown-config-key",
            gate: gates::POLICY,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[Need::Base],
            summary: "The policy of base has a key that this version does not know, so nobody compares it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        if let Some(undecided) = &cx.policy.base_unreadable {
            return Err(Stop::Undecided(undecided.clone()));
        }
        let unknown = &cx.policy.unknown_at_base;
        let examined = cx.policy.n_compared + unknown.len();
        let findings = unknown.iter().map(|it| finding(cx, it)).collect::<Result<_, _>>()?;
        Ok(Outcome { examined, findings, ..Outcome::default() })
    }
}

fn finding(cx: &Context<'_>, unknown: &UnknownKey) -> Result<Finding, Stop> {
    let key = &unknown.key;
    let witness =
        PolicyDifference { key: key.clone(), base: unknown.value.clone(), head: Value::Null };
    Ok(Finding {
        place: unknown.error.place.clone(),
        side: Side::Base,
        subject: key.clone(),
        message: format!("base sets `{key}`, which this version does not know"),
        remedy: "run the version that knows it, or remove it".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &PolicyTexts::read(cx, Claimed::Unknown)?)?,
        fix: None,
        details: None,
    })
}
