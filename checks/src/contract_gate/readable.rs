//! Which contracts can be read: found out once for each content, then remembered beside the clone.
//!
//! Of a contract that did not change nothing is asked but whether it can be read, and reading a
//! thousand of them costs more than comparing one. Only what could be read is remembered, by the
//! names of the contents of all its files: whatever cannot be read is read and told anew.

use std::{collections::BTreeMap, fs, path::PathBuf};

use contracts::Limits;
use kernel::{Digest, RepoPath, canonical_json};
use serde_json::{Value, json};

use crate::{cache, run::World};

/// The files of one contract, with the names of their contents.
pub(crate) type ContractFiles = BTreeMap<RepoPath, String>;

/// Contracts that could be read.
pub(crate) type Known = BTreeMap<RepoPath, ContractFiles>;

/// The memory of one root under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable {
    folder: PathBuf,
    key: Digest,
}

impl Readable {
    /// What lies in the folder of the cache for this root, read within these limits.
    #[must_use]
    pub fn of(folder: PathBuf, world: &World, limits: &Limits) -> Self {
        let root = world.repository.as_ref().map(|it| it.root().to_string_lossy());
        let key = json!(["readable", cache::tool(), root, format!("{limits:?}")]);
        Self { folder, key: Digest::of(key.to_string().as_bytes()) }
    }

    /// What is remembered; nothing if it is damaged.
    pub(crate) fn read(&self) -> Known {
        self.entry().unwrap_or_default()
    }

    fn entry(&self) -> Option<Known> {
        let text = fs::read_to_string(self.file()).ok()?;
        let entry: Value = serde_json::from_str(&text).ok()?;
        let contracts = entry.get("contracts")?;
        if entry.get("seal")?.as_str()? != self.seal(contracts) {
            return None;
        }
        let path = |it: &str| RepoPath::new(it).ok();
        let files = |it: &Value| {
            let files = it.as_object()?.iter();
            let files = files.map(|(name, id)| Some((path(name)?, id.as_str()?.to_owned())));
            files.collect::<Option<ContractFiles>>()
        };
        contracts.as_object()?.iter().map(|(name, it)| Some((path(name)?, files(it)?))).collect()
    }

    /// Remembers these contracts and no others. That it cannot be written is said nowhere.
    pub(crate) fn write(&self, known: &Known) {
        let contracts = known.iter().map(|(path, files)| {
            let files = files.iter().map(|(path, id)| (path.to_string(), Value::from(id.as_str())));
            (path.to_string(), Value::Object(files.collect()))
        });
        let contracts = Value::Object(contracts.collect());
        let entry = json!({"schema": "checks-readable/v1", "seal": self.seal(&contracts),
                           "contracts": contracts});
        drop(cache::store(&self.folder, &self.file(), &canonical_json(&entry)));
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.key))
    }

    fn seal(&self, contracts: &Value) -> String {
        Digest::of(format!("{}\n{contracts}", self.key).as_bytes()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_known_and_what_was_touched_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Readable { folder: folder.path().join("checks"), key: Digest::of(b"a") };
        assert_eq!(memory.read(), Known::new());
        let path = |it: &str| RepoPath::new(it).unwrap();
        let files = ContractFiles::from([(path("contracts/a.openapi.json"), "1".to_owned())]);
        let known = Known::from([(path("contracts/a.openapi.json"), files)]);
        memory.write(&known);
        assert_eq!(memory.read(), known);
        let text = fs::read_to_string(memory.file()).unwrap();
        for damaged in [text.replace('1', "2"), text.replace("a.openapi", "b.openapi"), "{".into()]
        {
            fs::write(memory.file(), damaged).unwrap();
            assert_eq!(memory.read(), Known::new());
        }
        let other = Readable { key: Digest::of(b"b"), ..memory.clone() };
        fs::write(other.file(), text).unwrap();
        assert_eq!(other.read(), Known::new());
    }
}
