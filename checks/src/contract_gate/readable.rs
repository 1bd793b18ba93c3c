//! Which contracts can be read: found out once for each content, then remembered beside the clone.
//!
//! Of a contract that did not change nothing is asked but whether it can be read, and reading a
//! thousand of them costs more than comparing one. Only what could be read is remembered, by the
//! names of the contents of all its files: whatever cannot be read is read and told anew.

use std::{collections::BTreeMap, path::PathBuf};

use contracts::Limits;
use kernel::RepoPath;
use serde_json::{Value, json};

use crate::{
    cache::{self, Entry},
    run::World,
};

/// The files of one contract, with the names of their contents.
pub(crate) type ContractFiles = BTreeMap<RepoPath, String>;

/// Contracts that could be read.
pub(crate) type Known = BTreeMap<RepoPath, ContractFiles>;

/// The memory of one root under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Readable(Entry);

impl Readable {
    /// What lies in the folder of the cache for this root, read within these limits.
    pub(crate) fn of(folder: PathBuf, world: &World, limits: &Limits) -> Self {
        let root = world.repository.as_ref().map(|it| it.root().to_string_lossy());
        let key = json!(["readable", cache::tool(), root, format!("{limits:?}")]);
        Self(Entry::new(folder, &key))
    }

    /// What is remembered; nothing if it is damaged.
    pub(crate) fn read(&self) -> Known {
        self.known().unwrap_or_default()
    }

    fn known(&self) -> Option<Known> {
        let path = |it: &str| RepoPath::new(it).ok();
        let files = |it: &Value| {
            let files = it.as_object()?.iter();
            let files = files.map(|(name, id)| Some((path(name)?, id.as_str()?.to_owned())));
            files.collect::<Option<ContractFiles>>()
        };
        let entry = self.0.read()?;
        let contracts = entry.get("contracts")?.as_object()?.iter();
        contracts.map(|(name, it)| Some((path(name)?, files(it)?))).collect()
    }

    /// Remembers these contracts and no others.
    pub(crate) fn write(&self, known: &Known) {
        let contracts = known.iter().map(|(path, files)| {
            let files = files.iter().map(|(path, id)| (path.to_string(), Value::from(id.as_str())));
            (path.to_string(), Value::Object(files.collect()))
        });
        let contracts = Value::Object(contracts.collect());
        let schema = Value::from("checks-readable/v1");
        let members = [("schema", schema), ("contracts", contracts)];
        self.0.write(members.map(|(name, it)| (name.to_owned(), it)).into_iter().collect());
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_written_is_known_and_what_was_touched_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let memory =
            |key: &str| Readable(Entry::new(folder.path().join("checks"), &Value::from(key)));
        let (memory, other) = (memory("a"), memory("b"));
        assert_eq!(memory.read(), Known::new());
        let path = |it: &str| RepoPath::new(it).unwrap();
        let files = ContractFiles::from([(path("contracts/a.openapi.json"), "1".to_owned())]);
        let known = Known::from([(path("contracts/a.openapi.json"), files)]);
        memory.write(&known);
        assert_eq!(memory.read(), known);
        let text = fs::read_to_string(memory.0.file()).unwrap();
        for damaged in [text.replace('1', "2"), text.replace("a.openapi", "b.openapi"), "{".into()]
        {
            fs::write(memory.0.file(), damaged).unwrap();
            assert_eq!(memory.read(), Known::new());
        }
        fs::write(other.0.file(), text).unwrap();
        assert_eq!(other.read(), Known::new());
    }
}
