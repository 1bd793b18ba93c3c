//! From a contract to the files that its SDK consists of.

use std::{collections::BTreeMap, sync::Arc};

use contracts::{Files, Outward, Pointer, Store, Unreadable, locate, regions};
use kernel::{Digest, Place, RepoPath, Side};
use sdk_gen::{Options, Plan, Text};

use crate::{
    config::{Config, ConfigFile},
    contract_gate::{Read, read},
    report::{SdkFilesRecord, SdkNoteRecord, SdkServiceRecord},
    sdk_sync::{drift::Drift, services::services, stamp::folded},
};

/// Name and version of what makes the files, as locks have it.
pub(crate) const GENERATOR: &str = concat!("checks ", env!("CARGO_PKG_VERSION"));

/// One service: which contract, and where its SDK lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Service {
    /// Its name.
    pub(crate) name: String,
    /// Where the contract lies.
    pub(crate) contract: RepoPath,
    /// The folder of the SDK.
    pub(crate) out: String,
    /// The name of a new package.
    pub(crate) package: String,
    /// The path of the contract as the lock has it.
    pub(crate) shown: String,
}

/// The SDK of one contract in memory.
pub(crate) struct Made {
    /// What it is for.
    pub(crate) service: Service,
    /// All files and notes.
    pub(crate) plan: Plan,
    /// The digest of the contract.
    pub(crate) digest: Digest,
    /// The texts of the contract, the contract itself first.
    pub(crate) texts: Vec<(RepoPath, Arc<[u8]>)>,
    /// Why schemas cannot be read that the SDK has as `unknown`.
    pub(crate) left: Vec<Unreadable>,
}

/// Makes the SDK of a contract.
pub(crate) fn make(
    service: &Service,
    files: &dyn Files,
    config: &Config,
) -> Result<Made, Unreadable> {
    let mut store = Store::new();
    let limits = &config.contract_gate.limits;
    let read = read(&mut store, &service.contract, files, limits, Outward::Left)?;
    Ok(make_read(service, &store, &read, config))
}

/// Makes the SDK of a contract that was read.
pub(crate) fn make_read(service: &Service, store: &Store, read: &Read, config: &Config) -> Made {
    let digest = digest_of(read.texts().first().map_or(&[][..], |it| &it.1));
    let options = Options {
        service: service.name.clone(),
        package: service.package.clone(),
        formats: config.sdk_sync.formats,
        emit: config.sdk_sync.emit,
        contract_path: service.shown.clone(),
        contract_digest: digest,
        generator: GENERATOR.to_owned(),
    };
    let plan = sdk_gen::generate(store, &read.contract, &options);
    let (texts, left) = (read.texts().to_vec(), read.left.clone());
    Made { service: service.clone(), plan, digest, texts, left }
}

/// The digest of a contract; a checkout with other line ends has the same one.
fn digest_of(bytes: &[u8]) -> Digest {
    folded(bytes).map_or_else(|| Digest::of(bytes), |it| Digest::of(it.as_bytes()))
}

/// A contract of one file.
struct Single<'a>(&'a [u8]);

impl Files for Single<'_> {
    fn read(&self, _: &RepoPath) -> Result<Arc<[u8]>, String> {
        Ok(self.0.into())
    }
}

/// The SDK of a contract of one file, where the usual policy puts it: for examples of rules.
pub(crate) fn example_sdk(contract: &RepoPath, bytes: &[u8]) -> Vec<(RepoPath, Vec<u8>)> {
    let config = Config::of(ConfigFile::absent(contract, Side::Head).root);
    let services = services(&config.sdk_sync, std::slice::from_ref(contract)).unwrap_or_default();
    let made = services.iter().filter_map(|it| make(it, &Single(bytes), &config).ok());
    let files = |it: Made| {
        let file = |(path, text): (&str, &Text)| {
            let path = RepoPath::new(&format!("{}/{path}", it.service.out)).ok()?;
            Some((path, text.read().into_owned().into_bytes()))
        };
        it.plan.files.iter().filter_map(file).collect::<Vec<_>>()
    };
    made.flat_map(files).collect()
}

impl Made {
    /// What the report says of the service.
    pub(crate) fn record(&self, drift: &Drift) -> SdkServiceRecord {
        let Service { name, contract, out, package, shown } = &self.service;
        SdkServiceRecord {
            service: name.clone(),
            contract: RepoPath::new(shown).unwrap_or_else(|_| contract.clone()),
            out: out.clone(),
            package: package.clone(),
            contract_digest: self.digest.to_string(),
            operations: self.plan.n_operations,
            schemas: self.plan.n_schemas,
            files: SdkFilesRecord {
                written: drift.paths(true),
                removed: drift.paths(false),
                unchanged: drift.n_unchanged,
            },
            notes: self.notes(),
        }
    }

    fn notes(&self) -> Vec<SdkNoteRecord> {
        let wanted = self.plan.notes.iter().map(|it| (it.path.clone(), it.pointer.clone()));
        let places = self.places(&wanted.collect::<Vec<_>>());
        let told = |it: &sdk_gen::Note| SdkNoteRecord {
            code: it.code.word(),
            path: it.path.clone(),
            pointer: it.pointer.as_str().to_owned(),
            message: it.message.clone(),
            line: places.get(&(it.path.clone(), it.pointer.clone())).map(|it| it.region.line),
        };
        self.plan.notes.iter().map(told).collect()
    }

    /// Where values of the contract stand.
    pub(crate) fn places(
        &self,
        wanted: &[(RepoPath, Pointer)],
    ) -> BTreeMap<(RepoPath, Pointer), Place> {
        let mut places = BTreeMap::new();
        for (path, bytes) in &self.texts {
            let pointers: Vec<Pointer> =
                wanted.iter().filter(|it| it.0 == *path).map(|it| it.1.clone()).collect();
            if pointers.is_empty() {
                continue;
            }
            let found = locate(bytes, &pointers);
            let spans = found.iter().map(|it| {
                it.as_ref().map_or_else(Default::default, |it| it.key.unwrap_or(it.value))
            });
            let regions = regions(bytes, &spans.collect::<Vec<_>>());
            for (pointer, region) in pointers.into_iter().zip(regions) {
                let place = Place { path: path.clone(), region };
                places.insert((path.clone(), pointer), place);
            }
        }
        places
    }
}
