//! The digest cache: a run whose inputs were all seen before, and were clean, is not run again.
//!
//! It remembers only that rules had nothing to say, and how much they examined: a finding is always
//! found and replayed anew. It lies in `checks/` of the git folder and holds no text of a document.

mod entry;

use std::{collections::BTreeMap, fs, time::UNIX_EPOCH};

use kernel::{Digest, RepoPath, Verdict};
use serde_json::{Value, json};
use snapshot::Snapshot;

pub(crate) use self::entry::Entry;

use crate::{
    contract_gate::{ContractFiles, ContractGlobs, content_id},
    policy::Policy,
    report::VerdictRecord,
    route_audit::discovery::is_relevant,
    run::{Base, Settings, World},
    sdk_sync::judged_files,
};

/// What stands among the rules for the number of documents that they asked for.
pub const DOCUMENTS: &str = "(documents)";

/// The place of one run in the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache(Entry);

/// How many subjects each rule examined in a run that had nothing to say.
pub type Clean = BTreeMap<String, usize>;

impl Cache {
    /// The place of this run; nothing if there is no git folder, or a file cannot be read.
    #[must_use]
    pub fn of(world: &World, policy: &Policy, settings: &Settings) -> Option<Self> {
        if settings.is_live {
            return None;
        }
        let folder = settings.cache.clone()?;
        let contracts = ContractGlobs::new(&policy.config.contract_gate.contracts);
        let of_sdks = ContractGlobs::new(&policy.config.sdk_sync.contracts);
        let is_judged = judged_files(&world.head);
        let is_input = |path: &RepoPath| {
            let is_contract = contracts.takes(path) || of_sdks.takes(path);
            is_relevant(path) || is_contract || is_judged(path) || *path == settings.config
        };
        let files = world.head.fingerprint(&is_input).ok()?;
        // A path holds no NUL, so that this text stands for one list of files only.
        let files: String =
            files.iter().flat_map(|(path, id)| [path.as_str(), "\0", id.as_str(), "\0"]).collect();
        let base = match &world.base {
            Base::Found { commit, .. } => commit.as_str(),
            Base::Declined => "declined",
            Base::Missing(undecided) => &undecided.reason,
        };
        // One clone can hold several roots, and one commit is another base for each of them.
        let root = world.repository.as_ref().map(|it| it.root().to_string_lossy());
        let key = json!({
            "tool": tool(),
            "root": root,
            "policy": policy.config.root.to_json(),
            "config": settings.config,
            "selection": [settings.selection.gates, settings.selection.rules,
                          settings.selection.skipped],
            "strict": settings.is_strict,
            "contracts": [settings.contracts.globs.as_slice(),
                          &[settings.contracts.denied_from.name().to_owned()]],
            "day": settings.now.date().to_string(),
            "base": base,
            "files": Digest::of(files.as_bytes()),
        });
        Some(Self(Entry::new(folder, &key)))
    }

    /// What was remembered; nothing if it is damaged, or a file that a contract refers to is
    /// another one now.
    #[must_use]
    pub fn read(&self, head: &Snapshot) -> Option<Clean> {
        let entry = self.0.read()?;
        let (examined, files) = (entry.get("examined")?, entry.get("files")?);
        let is_same = |(path, id): (&String, &Value)| {
            let path = RepoPath::new(path).ok()?;
            (id.as_str()? == content_id(head, &path)?).then_some(())
        };
        files.as_object()?.iter().map(is_same).collect::<Option<()>>()?;
        let number = |it: &Value| usize::try_from(it.as_u64()?).ok();
        let pairs = examined.as_object()?.iter();
        pairs.map(|(rule, it)| Some((rule.clone(), number(it)?))).collect()
    }

    /// Remembers a run, if it had nothing to say. That it cannot be written is said nowhere.
    ///
    /// Which files contracts refer to is known only once they were read: they are kept with their
    /// contents' names.
    pub fn write(&self, records: &[&VerdictRecord], n_documents: usize, files: &ContractFiles) {
        let is_clean = |it: &&&VerdictRecord| {
            matches!(it.verdict, Verdict::Green | Verdict::Off) && it.findings.is_empty()
        };
        if !records.iter().all(|it| is_clean(&it) && it.omitted == 0) {
            return;
        }
        let green = records.iter().filter(|it| it.verdict == Verdict::Green);
        let mut examined: BTreeMap<_, _> = green.map(|it| (it.rule, it.examined)).collect();
        examined.insert(DOCUMENTS, n_documents);
        let files = files.iter().map(|(path, id)| (path.to_string(), id.as_str().into()));
        let files = Value::Object(files.collect());
        let schema = Value::from("checks-cache/v1");
        let members = [("schema", schema), ("examined", json!(examined)), ("files", files)];
        self.0.write(members.map(|(name, it)| (name.to_owned(), it)).into_iter().collect());
    }
}

/// The version, and the binary itself: two builds of one version may judge differently.
pub(crate) fn tool() -> Value {
    let metadata = std::env::current_exe().and_then(fs::metadata).ok();
    let changed = metadata.as_ref().and_then(|it| it.modified().ok());
    let changed = changed.and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    json!([
        env!("CARGO_PKG_VERSION"),
        metadata.map(|it| it.len()),
        changed.map(|it| it.as_nanos().to_string()),
    ])
}
