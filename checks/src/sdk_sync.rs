//! The gate `sdk-sync`, and the commands that write what it demands: what they share.
//!
//! A contract becomes a [`sdk_gen::Plan`] in memory ([`making`]); [`drift`] compares it with a
//! folder, on disk or in a revision; [`writing`] puts it there.

pub(crate) mod because;
pub(crate) mod consumer_compile;
pub(crate) mod consumers;
pub(crate) mod diff;
pub(crate) mod drift;
pub(crate) mod file_diff;
pub(crate) mod folders;
pub(crate) mod lock;
pub(crate) mod making;
mod manifest;
pub(crate) mod missing_pair;
pub(crate) mod name_pair;
pub(crate) mod predicate;
pub(crate) mod sdks;
pub(crate) mod services;
mod stamp;
pub(crate) mod target;
pub(crate) mod telling;
pub(crate) mod ungenerated;
pub(crate) mod unguarded;
pub(crate) mod writing;

use kernel::{Level, Place, RepoPath, Stop};
use snapshot::Snapshot;

use crate::{
    config::{Config, ConfigError},
    context::{Context, Reader, Scope},
    contract_gate::{ContractGlobs, service_of},
    gates,
    policy::{Policy, Selection},
    rules,
    sdk_sync::{
        folders::RevisionFolder,
        lock::LOCK,
        missing_pair::Listing,
        sdks::{Sdk, Sdks},
        services::services,
        telling::Sight,
    },
};

/// The SDKs of this run; a repository that has none and does not speak of them is left alone.
pub(crate) fn sdks<'run>(cx: &Context<'run>) -> Result<&'run Sdks, Stop> {
    if is_active(cx.scope, &cx.policy.config, cx.selection) {
        return Ok(cx.sdks());
    }
    Err(Stop::Off("no SDK is here, and `checks.toml` has no `[gates.sdk-sync]`".to_owned()))
}

/// Is the gate meant? It was asked for by name, the policy speaks of it, or a revision has an SDK.
fn is_active(scope: &Scope<'_>, config: &Config, selection: &Selection) -> bool {
    let is_of_gate =
        |rule: &String| rules::find(rule).is_some_and(|it| it.info().gate == gates::SDK_SYNC);
    let is_asked = selection.gates.iter().any(|it| it == gates::SDK_SYNC)
        || selection.rules.iter().any(is_of_gate);
    let base = scope.base.reader().ok().map(Reader::snapshot);
    is_asked || sdks::is_active(config, scope.head.snapshot(), base.map(|it| &**it))
}

/// Refuses a policy that gives two services one folder or one package.
pub(crate) fn validate(
    scope: &Scope<'_>,
    policy: &Policy,
    selection: &Selection,
) -> Result<(), ConfigError> {
    let gate = &policy.config.sdk_sync;
    if !is_active(scope, &policy.config, selection) {
        return Ok(());
    }
    let contracts = ContractGlobs::new(&gate.contracts).of(scope.head.snapshot());
    services(gate, &contracts).map(drop).map_err(|clash| {
        let place = policy.head.at(&["gates", gates::SDK_SYNC]).map(|it| it.place.clone());
        let place = place.unwrap_or_else(|| Place::start_of(&policy.path));
        ConfigError { place, message: clash.to_string() }
    })
}

/// How a rule looks at one SDK.
pub(crate) fn sight<'a>(cx: &Context<'a>, sdk: &'a Sdk, level: Level) -> Sight<'a> {
    let older = |it: &Reader<'_>| it.bytes(&sdk.made.service.contract).ok();
    let older = cx.base().ok().filter(|it| has(it, &sdk.made.service.contract)).and_then(older);
    let folder = RevisionFolder { reader: cx.head(), out: &sdk.made.service.out };
    Sight { made: &sdk.made, drift: &sdk.drift, folder: Box::new(folder), older, level }
}

/// What the revision has, for the judge of missing pairs.
pub(crate) fn listing(cx: &Context<'_>, out: &str) -> Listing {
    let head = cx.head();
    let lock = RepoPath::new(&format!("{out}/{LOCK}")).ok().filter(|it| has(head, it));
    let gate = &cx.policy.config.sdk_sync;
    let contracts = ContractGlobs::new(&gate.contracts).of(head.snapshot());
    Listing {
        paths: head.files().cloned().collect(),
        outs: contracts.iter().map(|it| gate.out_of(&service_of(it))).collect(),
        lock: lock.and_then(|it| head.bytes(&it).ok()).map(|it| it.to_vec()),
    }
}

fn has(reader: &Reader<'_>, path: &RepoPath) -> bool {
    reader.snapshot().kind(path.as_str()).is_some()
}

/// The endings of files that are generated, or that import what is.
const CODE: [&str; 8] = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];

/// Which files the gate may judge, besides documents; in a repository without SDKs none.
pub(crate) fn judged_files(snapshot: &Snapshot) -> impl Fn(&RepoPath) -> bool {
    let has_sdk = snapshot.paths().any(|(path, _)| sdks::is_lock(path));
    move |path: &RepoPath| {
        let name = path.file_name();
        let ending = name.rsplit('.').next().unwrap_or_default();
        has_sdk && (CODE.contains(&ending) || ending == "json" || name == "README.md")
    }
}
