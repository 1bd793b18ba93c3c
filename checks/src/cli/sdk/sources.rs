//! Which SDKs a command is about, and where their contracts come from.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context as _, bail};
use contracts::{Files as _, Outward, Store};
use kernel::{RepoPath, Side};
use snapshot::{Repository, Snapshot};

use crate::{
    cli::{
        Shell,
        contract::{diff::policy, source::Source},
    },
    config::{Config, did_you_mean},
    context::Reader,
    contract_gate::{ContractGlobs, RepositoryFiles, UnreadContract, service_of},
    policy::Policy,
    run::parallel::parallel,
    sdk_sync::{
        making::{Made, Service, make, make_read},
        services::services,
    },
};

/// All contracts of a repository, as its policy has them.
pub(crate) struct Workshop {
    /// What holds.
    pub(crate) policy: Policy,
    /// The folder that is judged.
    pub(crate) root: PathBuf,
    /// The services that were asked for.
    pub(crate) services: Vec<Service>,
    head: Arc<Snapshot>,
}

impl Workshop {
    /// Finds the contracts of the repository; of the named services only, if any are named.
    pub(crate) fn open(shell: &Shell<'_>, named: &[String]) -> anyhow::Result<Self> {
        let policy = policy(shell)?;
        let config = &policy.config;
        let root = shell.root()?;
        let head = Arc::new(Repository::open(&root)?.worktree()?);
        let contracts = ContractGlobs::new(&config.sdk_sync.contracts).of(&head);
        let all = services(&config.sdk_sync, &contracts)?;
        for name in named {
            refuse_unknown(name, &all, config)?;
        }
        let is_meant = |it: &Service| named.is_empty() || named.contains(&it.name);
        let services = all.into_iter().filter(is_meant).collect();
        Ok(Self { policy, root, services, head })
    }

    /// Makes each SDK in memory, or tells why it cannot be made.
    pub(crate) fn make(&self, jobs: usize) -> Vec<Result<Made, String>> {
        parallel(jobs, &self.services, |service| {
            let reader = Reader::new(&self.head, Side::Head);
            let config = &self.policy.config;
            let limit = config.contract_gate.limits.bytes;
            let files = RepositoryFiles { reader: &reader, limit };
            make(service, &files, config).map_err(|err| {
                let bytes = files.read(&err.path).ok();
                UnreadContract::of(&service.contract, Side::Head, err, bytes).reason()
            })
        })
    }
}

fn refuse_unknown(name: &str, all: &[Service], config: &Config) -> anyhow::Result<()> {
    if all.iter().any(|it| it.name == name) {
        return Ok(());
    }
    if let Some(reason) = config.sdk_sync.skip.get(name) {
        bail!("`checks.toml` skips the service `{name}`: {reason}");
    }
    let hint = did_you_mean(name, all.iter().map(|it| it.name.as_str()));
    let hint = hint.map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    bail!("there is no contract of a service `{name}`{hint}")
}

/// One contract that was named, wherever it lies; no repository is needed.
pub(crate) fn single(
    contract: &str,
    out: &str,
    named: &[String],
    shell: &Shell<'_>,
) -> anyhow::Result<(Made, Policy)> {
    if named.len() > 1 {
        bail!("one contract has one service; give `--service` once");
    }
    let source = Source::named(contract, shell)?;
    let policy = policy(shell)?;
    let config = &policy.config;
    let shown = source.path.file_name().to_owned();
    let name = named.first().cloned();
    let name = match name {
        Some(name) => name,
        None => service_of(&source.path),
    };
    if RepoPath::new(&name).is_err() || name.contains('/') {
        bail!("`{name}` cannot be the name of a service");
    }
    let service = Service {
        package: config.sdk_sync.package_of(&name),
        contract: source.path.clone(),
        out: out.to_owned(),
        shown,
        name,
    };
    let mut store = Store::new();
    let read = source.read(&mut store, &config.contract_gate, Outward::Left);
    let read = read.context("nothing was generated")?;
    let made = make_read(&service, &store, &read, config);
    Ok((made, policy))
}
