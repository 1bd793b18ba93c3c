//! What a proof of the gate `sdk-sync` says.

use std::collections::BTreeMap;

use kernel::Digest;
use serde_json::{Value, json};

use crate::{
    context::{Reader, Scope},
    gates,
    judge::redacted_json,
    policy::Policy,
    proof::{Inputs, named, policy_digest},
    report::VerdictRecord,
    run::Run,
    sdk_sync::{because::BECAUSE, making::GENERATOR, sdks::Sdk},
};

/// The files of contracts, SDKs and consumers at head, and what was read of base.
pub(crate) fn inputs(scope: &Scope<'_>, policy: &Policy) -> Inputs {
    let materials = scope.base.reader().map_or_else(|_| BTreeMap::new(), Reader::reads);
    Inputs {
        subjects: scope.head.reads(),
        materials,
        policy: policy_digest(policy, gates::SDK_SYNC),
        config: policy.path.clone(),
    }
}

/// The predicate, without what the frame of every proof adds.
pub(crate) fn predicate(run: &Run<'_>, scope: &Scope<'_>, verdicts: &[&VerdictRecord]) -> Value {
    let policy = &run.policy;
    let inputs = inputs(scope, policy);
    let materials = inputs.materials.iter().map(|(name, digest)| named(name, *digest));
    let sdks = scope.made().map_or(&[][..], |it| it.sdks.as_slice());
    let compilers = scope.compiled().map(|it| it.compilers.clone()).unwrap_or_default();
    redacted_json(&json!({
        "policy": {"path": policy.path, "digest": {"sha256": inputs.policy}},
        "materials": materials.collect::<Vec<_>>(),
        "inputsDigest": {"sha256": inputs.digest()},
        "submodules": scope.head.snapshot().submodules().collect::<Vec<_>>(),
        "generator": GENERATOR,
        "compilers": compilers,
        "sdks": sdks.iter().map(record).collect::<Vec<_>>(),
        "verdicts": verdicts.iter().map(|it| alone(it)).collect::<Vec<_>>(),
    }))
}

/// A verdict without what another gate found: a proof is of one gate.
fn alone(verdict: &VerdictRecord) -> Value {
    let mut value = json!(verdict);
    let findings = value.get_mut("findings").and_then(Value::as_array_mut);
    for it in findings.into_iter().flatten().filter_map(Value::as_object_mut) {
        it.remove(BECAUSE);
    }
    value
}

fn record(sdk: &Sdk) -> Value {
    let lock = sdk.made.plan.files.get("sdk.lock.json").unwrap_or_default();
    let service = &sdk.made.service;
    json!({
        "service": service.name,
        "contract": named(&service.contract, sdk.made.digest),
        "out": service.out,
        "lock": {"sha256": Digest::of(lock.as_bytes())},
        "files": sdk.made.plan.files.len(),
        "inStep": sdk.drift.changes.is_empty() && sdk.drift.conflicts.is_empty(),
    })
}
