use std::sync::Arc;

use kernel::{Confirmed, Digest, Finding, Level, Outcome, Place, RuleInfo, Side, Stop, Witness};
use serde::Serialize;
use snapshot::Snapshot;

use crate::{
    context::Context,
    gates,
    proof::FOLDER,
    route_audit::freshness::{Freshness, freshness},
    rule::Rule,
};

/// The policy demands a proof, and there is none.
pub(crate) struct RouteProofMissing;

impl Rule for RouteProofMissing {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "route-proof-missing",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "The policy demands a proof of the route audit, and there is none at head.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let findings = match freshness(cx)? {
            Freshness::NotAsked => return Ok(Outcome::default()),
            Freshness::Newest { .. } => Vec::new(),
            Freshness::Missing(inputs) => vec![finding(cx, inputs)?],
        };
        Ok(Outcome { examined: 1, findings, ..Outcome::default() })
    }
}

fn finding(cx: &Context<'_>, inputs: Digest) -> Result<Finding, Stop> {
    let witness = MissingProof {
        path: FOLDER.to_owned(),
        code: "proof-missing",
        expected: inputs.to_string(),
        found: None,
    };
    let first = cx.fleet().discovery.configs.first();
    Ok(Finding {
        place: Place::start_of(first.unwrap_or(&cx.policy.path)),
        side: Side::Head,
        subject: "api-route-audit".to_owned(),
        message: format!("`{FOLDER}` has no proof of the route audit"),
        remedy: "run `checks run --gate route-audit --write-proofs` and commit both files".into(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, cx.head().snapshot())?,
        fix: None,
        details: None,
    })
}

/// Where a proof should lie, and the digest of what it would be about.
#[derive(Debug, Serialize)]
struct MissingProof {
    path: String,
    code: &'static str,
    expected: String,
    found: Option<String>,
}

impl Witness for MissingProof {
    const KIND: &'static str = "digest-pair";
    type World = Arc<Snapshot>;

    /// No file of the folder has the name of such a proof.
    fn replay(&self, head: &Arc<Snapshot>) -> bool {
        let prefix = format!("{}/api-route-audit-", self.path);
        !head.paths().any(|(path, _)| path.as_str().starts_with(&prefix))
    }
}
