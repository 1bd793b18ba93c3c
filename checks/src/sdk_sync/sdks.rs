//! All SDKs of a revision: what their contracts yield, and what lies there; once per run.

use std::collections::BTreeSet;

use contracts::{Files as _, Unreadable};
use kernel::{RepoPath, Side, Undecided};
use snapshot::Snapshot;

use crate::{
    config::Config,
    context::{Reader, Scope},
    contract_gate::{ContractGlobs, RepositoryFiles, UnreadContract},
    report::SdkMember,
    run::parallel::parallel,
    sdk_sync::{
        drift::Drift,
        folders::RevisionFolder,
        lock::{LOCK, Lock},
        making::{Made, Service, make},
        services::{Clash, services},
        stamp::{Stamp, folded},
    },
};

/// What each SDK starts with.
const INDEX: &str = "src/index.ts";

/// All SDKs of the state under judgement.
#[derive(Default)]
#[expect(clippy::struct_field_names, reason = "the SDKs beside what is none")]
pub(crate) struct Sdks {
    /// What the contracts yield, by service.
    pub(crate) sdks: Vec<Sdk>,
    /// Contracts that are documents, and that nothing can be made from.
    pub(crate) refused: Vec<UnreadContract>,
    /// Schemas of contracts that nobody can read, and that SDKs have as `unknown`.
    pub(crate) left: Vec<UnreadContract>,
    /// Contracts that nobody can read.
    pub(crate) unread: Vec<UnreadContract>,
    /// Folders of SDKs that no contract yields.
    pub(crate) lonely: Vec<Lonely>,
    /// Two services that cannot both have what they are given.
    pub(crate) clash: Option<Clash>,
}

/// One SDK, and how far its folder is from it.
pub(crate) struct Sdk {
    /// What the contract yields.
    pub(crate) made: Made,
    /// What lies there.
    pub(crate) drift: Drift,
}

/// The folder of an SDK that no contract yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lonely {
    /// The folder.
    pub(crate) out: String,
    /// The contract that its lock names.
    pub(crate) contract: Option<RepoPath>,
    /// The service.
    pub(crate) service: String,
    /// The file that tells that it is one.
    pub(crate) sign: RepoPath,
}

impl Sdks {
    /// Makes all SDKs in memory and compares them with what lies there.
    pub(crate) fn of(scope: &Scope<'_>, config: &Config, jobs: usize) -> Self {
        let head = &scope.head;
        let mut all = Self::default();
        let contracts = ContractGlobs::new(&config.sdk_sync.contracts).of(head.snapshot());
        let services = match services(&config.sdk_sync, &contracts) {
            Ok(services) => services,
            Err(clash) => {
                all.clash = Some(clash);
                return all;
            }
        };
        let limit = config.contract_gate.limits.bytes;
        let made = parallel(jobs, &services, |service| -> Result<Sdk, Box<UnreadContract>> {
            let files = RepositoryFiles { reader: head, limit };
            let made = make(service, &files, config).map_err(|err: Unreadable| {
                let bytes = files.read(&err.path).ok();
                Box::new(UnreadContract::of(&service.contract, Side::Head, err, bytes))
            })?;
            let folder = RevisionFolder { reader: head, out: &service.out };
            let drift = Drift::of(&made.plan, &folder);
            Ok(Sdk { made, drift })
        });
        for it in made {
            match it {
                Ok(sdk) => {
                    all.left.extend(left(&sdk.made));
                    all.sdks.push(sdk);
                }
                Err(unread) if unread.parses() => all.refused.push(*unread),
                Err(unread) => all.unread.push(*unread),
            }
        }
        all.lonely = lonely(head, config, &services);
        all
    }

    /// What the report says of SDKs; nothing if the gate has nothing to say.
    pub(crate) fn member(&self) -> Option<SdkMember> {
        let mut services: Vec<_> = self.sdks.iter().map(|it| it.made.record(&it.drift)).collect();
        services.sort_by(|one, other| one.service.cmp(&other.service));
        (!services.is_empty()).then_some(SdkMember { services })
    }

    /// Why nothing can be said of some contracts.
    pub(crate) fn undecided(&self) -> Vec<Undecided> {
        let clash = self
            .clash
            .iter()
            .map(|it| Undecided { subject: "sdk-sync".to_owned(), reason: it.to_string() });
        clash.chain(self.unread.iter().map(UnreadContract::undecided)).collect()
    }
}

fn left(made: &Made) -> impl Iterator<Item = UnreadContract> {
    made.left.iter().map(|err| {
        let bytes = made.texts.iter().find(|it| it.0 == err.path).map(|it| it.1.clone());
        UnreadContract::of(&made.service.contract, Side::Head, err.clone(), bytes)
    })
}

/// Does the policy speak of this gate, or has either revision an SDK?
pub(crate) fn is_active(config: &Config, head: &Snapshot, base: Option<&Snapshot>) -> bool {
    let is_at_home =
        |path: &RepoPath| is_lock(path) && config.sdk_sync.service_at(path.folder()).is_some();
    let has_lock = |it: &Snapshot| it.paths().any(|(path, _)| is_at_home(path));
    config.sdk_sync.is_configured || has_lock(head) || base.is_some_and(has_lock)
}

/// Is this the lock of an SDK?
pub(crate) fn is_lock(path: &RepoPath) -> bool {
    path.file_name() == LOCK && !path.as_str().split('/').any(|it| it == "node_modules")
}

/// Folders of SDKs that no contract yields: where the policy puts SDKs, or with a lock that names
/// a contract at the root that is judged. An SDK of a foreign contract, or of a project inside this
/// one, is nobody's fault.
fn lonely(head: &Reader<'_>, config: &Config, services: &[Service]) -> Vec<Lonely> {
    let outs: BTreeSet<&str> = services.iter().map(|it| it.out.as_str()).collect();
    let gate = &config.sdk_sync;
    let mut lonely: Vec<Lonely> = Vec::new();
    for path in head.files() {
        let name = if is_lock(path) { LOCK } else { INDEX };
        let Some(out) = path.as_str().strip_suffix(name).and_then(|it| it.strip_suffix('/')) else {
            continue;
        };
        let at_home = gate.service_at(out);
        let is_known = outs.contains(out) || lonely.iter().any(|it| it.out == out);
        if is_known || (name == INDEX && at_home.is_none()) {
            continue;
        }
        let Ok(bytes) = head.bytes(path) else { continue };
        let lock = if name == LOCK { Lock::read(&bytes) } else { None };
        let is_stamped = || folded(&bytes).is_some_and(|it| Stamp::of(&it) != Stamp::None);
        if lock.is_none() && (name == LOCK || !is_stamped()) {
            continue;
        }
        let lock = lock.unwrap_or_default();
        let service = at_home.clone().or(lock.service).unwrap_or_default();
        let contract = lock.contract.filter(|it| it.contains('/'));
        let contract = contract.and_then(|it| RepoPath::new(&it).ok());
        let is_ours =
            at_home.is_some() || contract.as_ref().is_some_and(|it| is_own(head, out, it));
        if is_ours && !gate.skip.contains_key(&service) {
            let (out, sign) = (out.to_owned(), path.clone());
            lonely.push(Lonely { out, contract, service, sign });
        }
    }
    lonely
}

/// Does a contract lie at the root, and not in a project around the folder?
fn is_own(head: &Reader<'_>, out: &str, contract: &RepoPath) -> bool {
    let is_there = |path: &str| head.snapshot().kind(path).is_some();
    let folders = out.match_indices('/').filter_map(|(at, _)| out.get(..at));
    let mut around = folders.map(|it| format!("{it}/{contract}"));
    is_there(contract.as_str()) && !around.any(|it| is_there(&it))
}
