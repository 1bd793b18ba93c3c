//! What a proof of the route audit says.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Digest, RepoPath};
use serde_json::{Value, json};

use crate::{
    context::Scope,
    gates,
    judge::redacted_json,
    policy::Policy,
    proof::{Inputs, named, policy_digest},
    report::VerdictRecord,
    route_audit::{Claim, Fleet, Target, kind_name},
};

/// The rules that judge proofs; a proof cannot speak of itself.
pub const PROOF_RULES: [&str; 2] = ["route-proof-missing", "route-proof-stale"];

/// What the gate's rules read, as far as it decides whether a proof is fresh.
#[must_use]
pub fn inputs(scope: &Scope<'_>, policy: &Policy) -> Inputs {
    let fleet = scope.fleet(&policy.config.route_audit);
    let digests = |paths: &[RepoPath]| -> BTreeMap<RepoPath, Digest> {
        let snapshot = scope.head.snapshot();
        paths.iter().filter_map(|it| Some((it.clone(), snapshot.digest(it).ok()?))).collect()
    };
    Inputs {
        subjects: digests(&fleet.discovery.configs),
        materials: digests(&fleet.discovery.pages_routes),
        policy: policy_digest(policy, gates::ROUTE_AUDIT),
        config: policy.path.clone(),
    }
}

/// The predicate, without what the frame of every proof adds.
#[must_use]
pub fn predicate(scope: &Scope<'_>, policy: &Policy, verdicts: &[&VerdictRecord]) -> Value {
    let audit = &policy.config.route_audit;
    let fleet = scope.fleet(audit);
    let inputs = inputs(scope, policy);
    let materials = inputs.materials.iter().map(|(name, digest)| named(name, *digest));
    let verdicts: Vec<&&VerdictRecord> =
        verdicts.iter().filter(|it| !PROOF_RULES.contains(&it.rule)).collect();
    redacted_json(&json!({
        "policy": {
            "path": policy.path,
            "digest": {"sha256": inputs.policy},
            "ignore": audit.ignore,
            "undeployed": audit.undeployed,
        },
        "materials": materials.collect::<Vec<_>>(),
        "deployCommands": scope.deploy_commands(audit).shown(),
        "inputsDigest": {"sha256": inputs.digest()},
        "submodules": fleet.discovery.submodules,
        "ignored": fleet.discovery.ignored,
        "workers": workers(fleet),
        "hosts": hosts(fleet),
        "verdicts": verdicts,
    }))
}

fn workers(fleet: &Fleet) -> Vec<Value> {
    let mut claims_of: BTreeMap<wrangler::UnitId, Vec<&Claim>> = BTreeMap::new();
    for claim in &fleet.claims {
        claims_of.entry(claim.unit).or_default().push(claim);
    }
    let unit = |(id, unit): (wrangler::UnitId, &wrangler::Unit)| {
        let claims = claims_of.get(&id).map_or(&[][..], Vec::as_slice);
        let route = |claim: &&Claim| {
            let declared = fleet.declared(claim);
            let is_domain = declared.is_some_and(|it| it.custom_domain);
            json!({
                "pattern": claim.raw,
                "kind": if is_domain { "custom-domain" } else { "route" },
                "zone": declared.and_then(|it| it.zone_name.as_deref()),
            })
        };
        json!({
            "owner": unit.owner,
            "config": unit.path,
            "env": unit.env,
            "kind": kind_name(unit.kind),
            "routes": claims.iter().map(route).collect::<Vec<_>>(),
            "workersDev": unit.on_workers_dev,
        })
    };
    fleet.workers.units().map(unit).collect()
}

/// Each host that a deployed unit claims, with its owners.
fn hosts(fleet: &Fleet) -> Vec<Value> {
    let hosts = fleet.hosts();
    hosts.iter().map(|(host, owners)| json!({"host": host, "owners": owners})).collect()
}

impl Fleet {
    /// Each host (a star in front stands for all that end so) with the owners of its claims.
    #[must_use]
    pub fn hosts(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut hosts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for claim in self.claims.iter().filter(|it| it.takes_part()) {
            let host = match &claim.target {
                Ok(Target::Route(pattern)) => pattern.host_text(),
                Ok(Target::Domain(domain)) => domain.host(),
                Err(_) => continue,
            };
            hosts.entry(host).or_default().insert(self.owner(claim.owner));
        }
        hosts
    }
}
