use std::sync::Arc;

use kernel::{
    Confirmed, Digest, Finding, Level, Outcome, Place, RepoPath, RuleInfo, Side, Stop, Witness,
};
use serde::Serialize;
use snapshot::Snapshot;

use crate::{
    context::Context,
    gates,
    proof::{FOLDER, Pair, Reason},
    route_audit::freshness::{Freshness, freshness},
    rule::Rule,
};

/// The newest proof does not hold for head.
pub(crate) struct RouteProofStale;

impl Rule for RouteProofStale {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-proof-stale",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "The newest proof of the route audit is not valid for head, or not PASSED.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let Freshness::Newest { pair, verified } = freshness(cx)? else {
            return Ok(Outcome::default());
        };
        let mut reasons = verified.reasons;
        if verified.result.as_deref().is_some_and(|it| it != "PASSED") {
            reasons.push(Reason {
                code: "result-not-passed",
                subject: format!("{}.intoto.json", pair.stem),
                expected: Some("PASSED".to_owned()),
                found: verified.result,
            });
        }
        let findings = reasons.iter().map(|it| finding(cx, &pair, it)).collect::<Result<_, _>>()?;
        Ok(Outcome { examined: 1, findings, ..Outcome::default() })
    }
}

fn finding(cx: &Context<'_>, pair: &Pair, reason: &Reason) -> Result<Finding, Stop> {
    let ending = if pair.text.is_some() { "txt" } else { "intoto.json" };
    let proof = format!("{FOLDER}/{}.{ending}", pair.stem);
    let witness = StaleProof {
        path: reason.subject.clone(),
        code: reason.code,
        expected: reason.expected.clone(),
        found: reason.found.clone(),
    };
    let path = RepoPath::new(&proof).unwrap_or_else(|_| cx.policy.path.clone());
    let world = (Arc::clone(cx.head().snapshot()), pair.clone());
    Ok(Finding {
        place: Place::start_of(&path),
        side: Side::Head,
        subject: format!("{} {}", reason.code, reason.subject),
        message: format!(
            "the newest proof does not hold: `{}` {}",
            reason.subject,
            say(reason.code)
        ),
        remedy: "run `checks run --gate route-audit --write-proofs` and commit both files".into(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, &world)?,
        fix: None,
        details: None,
    })
}

/// What a code means, after the name of a file.
fn say(code: &str) -> &'static str {
    match code {
        "statement-missing" => "is missing",
        "statement-digest-mismatch" => "is not the statement that the text names",
        "statement-malformed" => "is no statement of a known type in canonical form",
        "name-time-mismatch" => "is named after another instant",
        "config-added" => "was added since",
        "config-removed" => "was removed since",
        "config-changed" | "material-changed" => "was changed since",
        "policy-changed" => "was made under another policy",
        "command-changed" => "names other deploy commands",
        "text-differs" => "is not the text of its statement",
        "result-not-passed" => "does not say PASSED",
        _ => "says something else than the audit of this tree",
    }
}

/// What the proof says and what is.
#[derive(Debug, Serialize)]
struct StaleProof {
    path: String,
    code: &'static str,
    expected: Option<String>,
    found: Option<String>,
}

impl Witness for StaleProof {
    const KIND: &'static str = "digest-pair";
    type World = (Arc<Snapshot>, Pair);

    /// Looks at the files themselves: what the proof says stands in it, what is stands in the tree.
    fn replay(&self, (head, pair): &(Arc<Snapshot>, Pair)) -> bool {
        let statement = pair.statement.as_deref().unwrap_or_default();
        let text = pair.text.as_deref().unwrap_or_default();
        let is_said = |it: &Option<String>| it.as_deref().is_none_or(|it| statement.contains(it));
        let on_disk = || {
            let path = RepoPath::new(&self.path).ok()?;
            Some(Digest::of(&head.bytes(&path).ok()?).to_string())
        };
        let is_as_found = match self.code {
            "config-added" | "config-removed" | "config-changed" | "material-changed" => {
                is_said(&self.expected) && on_disk() == self.found
            }
            "statement-missing" => statement.is_empty() || text.is_empty(),
            "statement-digest-mismatch" => {
                self.found == Some(Digest::of(statement.as_bytes()).to_string())
            }
            "text-differs" => self.found == Some(Digest::of(text.as_bytes()).to_string()),
            "result-not-passed" => is_said(&self.found),
            _ => true,
        };
        self.expected != self.found && is_as_found
    }
}
