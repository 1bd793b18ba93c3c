//! What a proof of the contract gate says.

use std::collections::BTreeMap;

use kernel::{Digest, RepoPath};
use serde_json::{Value, json};

use crate::{
    context::Scope,
    contract_gate::Comparisons,
    gates,
    judge::redacted_json,
    policy::Policy,
    proof::{Inputs, named, policy_digest},
    report::{ContractMember, VerdictRecord},
    run::Run,
};

/// The files of all contracts, at head and at base.
pub(crate) fn inputs(scope: &Scope<'_>, policy: &Policy) -> Inputs {
    let subjects = scope.head.reads();
    let mut materials: BTreeMap<RepoPath, Digest> = BTreeMap::new();
    if let Ok(base) = scope.base.reader() {
        materials = base.reads();
        // What did not change was not read again: its content is known.
        let unread = subjects.keys().filter(|it| !base.reads().contains_key(*it));
        let digests = unread.filter_map(|it| Some((it.clone(), base.snapshot().digest(it).ok()?)));
        materials.extend(digests.collect::<Vec<_>>());
    }
    Inputs {
        subjects,
        materials,
        policy: policy_digest(policy, gates::CONTRACT_GATE),
        config: policy.path.clone(),
    }
}

/// The predicate, without what the frame of every proof adds.
pub(crate) fn predicate(run: &Run<'_>, scope: &Scope<'_>, verdicts: &[&VerdictRecord]) -> Value {
    let policy = &run.policy;
    let inputs = inputs(scope, policy);
    let materials = inputs.materials.iter().map(|(name, digest)| named(name, *digest));
    let records = match &run.report.contract {
        Some(ContractMember::Run(records)) => records.as_slice(),
        Some(ContractMember::Diff(_)) | None => &[],
    };
    let n_contracts = scope.compared().map_or(0, Comparisons::n_contracts);
    let n_operations: usize = records.iter().map(|it| it.operations).sum();
    redacted_json(&json!({
        "policy": {
            "path": policy.path,
            "digest": {"sha256": inputs.policy},
            "knobs": knobs(policy),
        },
        "materials": materials.collect::<Vec<_>>(),
        "inputsDigest": {"sha256": inputs.digest()},
        "submodules": scope.head.snapshot().submodules().collect::<Vec<_>>(),
        "counts": {"contracts": n_contracts, "changed": records.len(), "operations": n_operations},
        "contracts": records,
        "now": is_time_used(scope).then_some(run.now),
        "verdicts": verdicts,
    }))
}

/// The settings that decide what counts as a break.
fn knobs(policy: &Policy) -> Value {
    let gate = &policy.config.contract_gate;
    let word = |it: &dyn std::fmt::Debug| kebab(&format!("{it:?}"));
    json!({
        "contracts": gate.contracts,
        "servers": word(&gate.servers),
        "formats": word(&gate.formats),
        "undeclared": word(&gate.undeclared),
        "error-statuses": word(&gate.error_statuses),
        "stability-floor": word(&gate.stability_floor),
        "stable-days": gate.stable_days,
        "beta-days": gate.beta_days,
        "require-sunset": gate.require_sunset,
    })
}

/// `KnownNames` as `checks.toml` writes it.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for it in name.chars() {
        if it.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(it.to_ascii_lowercase());
    }
    out
}

/// Does a contract that changed name a last day? Only then does the instant matter.
fn is_time_used(scope: &Scope<'_>) -> bool {
    scope.compared().is_some_and(Comparisons::is_time_used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knobs_are_written_as_in_the_policy() {
        for (name, expected) in [("KnownNames", "known-names"), ("Exact", "exact")] {
            assert_eq!(kebab(name), expected);
        }
    }
}
