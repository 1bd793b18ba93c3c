//! What differs between the proofs of gates.

use kernel::{Digest, RepoPath, canonical_json};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use crate::{
    config::Setting, context::Scope, contract_gate, gates, policy::Policy, proof::Inputs,
    report::VerdictRecord, route_audit, rules::RULES, run::Run, sdk_sync,
};

/// How one gate proves.
pub(crate) struct Form {
    /// The gate.
    pub(crate) gate: &'static str,
    /// What the predicate of its statements is called.
    pub(crate) predicate_type: &'static str,
    /// What its rules read.
    pub(crate) inputs: fn(&Scope<'_>, &Policy) -> Inputs,
    /// The predicate, without what the frame of every proof adds.
    pub(crate) predicate: fn(&Run<'_>, &Scope<'_>, &[&VerdictRecord]) -> Value,
    /// Nothing can be recomputed without the base that the proof names.
    pub(crate) needs_base: bool,
}

/// One for each gate that writes proofs.
static FORMS: &[Form] = &[
    Form {
        gate: gates::ROUTE_AUDIT,
        predicate_type: "https://proofmark.dev/attestations/route-audit/v1",
        inputs: route_audit::predicate::inputs,
        predicate: |run, scope, verdicts| {
            route_audit::predicate::predicate(scope, &run.policy, verdicts)
        },
        needs_base: false,
    },
    Form {
        gate: gates::CONTRACT_GATE,
        predicate_type: "https://proofmark.dev/attestations/contract-gate/v1",
        inputs: contract_gate::predicate::inputs,
        predicate: contract_gate::predicate::predicate,
        needs_base: true,
    },
    Form {
        gate: gates::SDK_SYNC,
        predicate_type: "https://proofmark.dev/attestations/sdk-sync/v1",
        inputs: sdk_sync::predicate::inputs,
        predicate: sdk_sync::predicate::predicate,
        needs_base: true,
    },
];

impl Form {
    /// How this gate proves; nothing if it does not.
    pub(crate) fn of(gate: &str) -> Option<&'static Self> {
        FORMS.iter().find(|it| it.gate == gate)
    }
}

/// A document as in-toto names it.
#[must_use]
pub fn named(name: &RepoPath, digest: Digest) -> Value {
    json!({"name": name, "digest": {"sha256": digest}})
}

/// The digest of what a gate's policy means: settings, levels of its rules, waivers.
#[must_use]
pub fn policy_digest(policy: &Policy, gate: &str) -> Digest {
    let settings = policy.config.root.at(&["gates", gate]);
    let rules = RULES.iter().filter(|it| it.info().gate == gate);
    let ids: BTreeSet<&str> = rules.clone().map(|it| it.info().id).collect();
    let levels: BTreeMap<&str, &str> =
        rules.map(|it| (it.info().id, policy.level(*it).name())).collect();
    let new_only: Vec<&&str> =
        ids.iter().filter(|it| policy.config.is_new_only(gate, it)).collect();
    let waivers = policy.config.waivers.iter().filter(|it| ids.contains(it.rule.as_str()));
    let waivers = waivers.map(|it| {
        let expires = it.expires.map(|it| it.to_string());
        json!({"rule": it.rule, "subject": it.subject, "reason": it.reason, "owner": it.owner,
               "expires": expires})
    });
    let meaning = json!({
        "settings": settings.map(Setting::to_json),
        "levels": levels,
        "new-only": new_only,
        "waivers": waivers.collect::<Vec<_>>(),
    });
    Digest::of(canonical_json(&meaning).as_bytes())
}
