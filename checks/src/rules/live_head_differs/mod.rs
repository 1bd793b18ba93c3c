use kernel::{Confirmed, Finding, Level, Need, Outcome, RuleInfo, Stop, Undecided, Witness};
use serde::Serialize;
use serde_json::Value;

use crate::{
    config::{LiveExpectation, LiveHead},
    context::Context,
    gates,
    route_audit::live::{LiveHeads, Seen, SeenOutcome},
    rule::Rule,
};

/// A public URL does not answer as the policy says.
pub(crate) struct LiveHeadDiffers;

impl Rule for LiveHeadDiffers {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "live-head-differs",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[Need::Live],
            summary: "A public URL does not answer what the policy expects of it.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let heads = &cx.policy.config.route_audit.live;
        let seen = cx.scope.ask_live(|| LiveHeads::ask(heads));
        let mut outcome = Outcome { examined: heads.len(), ..Outcome::default() };
        for (head, seen) in heads.iter().zip(&seen.0) {
            match &seen.outcome {
                SeenOutcome::AsExpected => (),
                SeenOutcome::NotReachable(reason) => outcome.undecided.push(Undecided {
                    subject: head.url.clone(),
                    reason: format!("`{}` is not reachable: {reason}", head.url),
                }),
                SeenOutcome::Differs { expected, found } => {
                    outcome.findings.push(finding(head, seen, expected, found)?);
                }
            }
        }
        Ok(outcome)
    }
}

fn finding(head: &LiveHead, seen: &Seen, expected: &str, found: &str) -> Result<Finding, Stop> {
    let witness = LiveHeadWitness {
        url: head.url.clone(),
        status: seen.status,
        expected: expected.to_owned(),
        found: found.to_owned(),
    };
    Ok(Finding {
        place: head.place.clone(),
        side: head.side,
        subject: head.url.clone(),
        message: format!("`{}`: expected {expected}, got {found}", head.url),
        remedy: "deploy what the policy expects, or correct the entry in `checks.toml`".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &(head.clone(), seen.clone()))?,
        fix: None,
        details: None,
    })
}

/// What a URL should have answered, and what it did.
#[derive(Debug, Serialize)]
struct LiveHeadWitness {
    url: String,
    status: Option<u16>,
    expected: String,
    found: String,
}

impl Witness for LiveHeadWitness {
    const KIND: &'static str = "live-head";
    type World = (LiveHead, Seen);

    /// Reads the recorded answer once more, by simpler means than the probe.
    fn replay(&self, (head, seen): &(LiveHead, Seen)) -> bool {
        let is_good = seen.status.is_some_and(|it| it / 100 == 2);
        let body: Option<Value> = serde_json::from_slice(seen.body()).ok();
        let holds = body.is_some_and(|body| match &head.expect {
            LiveExpectation::Jwks => is_public_key_set(&body),
            LiveExpectation::Json { pointer, equals } => {
                let found = value_at(&body, pointer.as_deref().unwrap_or_default());
                found.is_some_and(|it| equals.as_ref().is_none_or(|equals| equals == it))
            }
        });
        self.url == seen.url && self.status == seen.status && !(is_good && holds)
    }
}

fn is_public_key_set(body: &Value) -> bool {
    let is_public = |key: &Value| {
        let is_private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
        key["kty"].is_string()
            && key["kid"].is_string()
            && is_private.iter().all(|it| key[*it].is_null())
    };
    body["keys"].as_array().is_some_and(|it| !it.is_empty() && it.iter().all(is_public))
}

/// RFC 6901, one part at a time.
fn value_at<'a>(body: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer.split('/').skip(1).try_fold(body, |value, part| {
        let part = part.replace("~1", "/").replace("~0", "~");
        let item = || value.as_array()?.get(part.parse::<usize>().ok()?);
        value.get(&part).or_else(item)
    })
}
