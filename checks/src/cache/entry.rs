//! One file in the folder of the cache, sealed against damage.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use kernel::{Digest, canonical_json};
use serde_json::{Map, Value};

use crate::disk;

/// How many files are kept.
const MAX_ENTRIES: usize = 32;

/// The place of one file, named by the digest of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    folder: PathBuf,
    key: Digest,
}

impl Entry {
    /// The place of what this key says.
    pub(crate) fn new(folder: PathBuf, key: &Value) -> Self {
        Self { folder, key: Digest::of(key.to_string().as_bytes()) }
    }

    /// The members that were written; nothing if they are damaged.
    pub(crate) fn read(&self) -> Option<Map<String, Value>> {
        let text = fs::read_to_string(self.file()).ok()?;
        let mut members: Map<String, Value> = serde_json::from_str(&text).ok()?;
        let seal = members.remove("seal")?;
        (seal.as_str()? == self.seal(&members)).then_some(members)
    }

    /// Writes these members and no others. That it cannot be done is said nowhere.
    pub(crate) fn write(&self, mut members: Map<String, Value>) {
        let seal = self.seal(&members);
        members.insert("seal".to_owned(), seal.into());
        drop(self.store(&canonical_json(&Value::Object(members))));
    }

    fn store(&self, text: &str) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        forget_old(&self.folder)?;
        disk::replace(&self.file(), text.as_bytes())
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.key))
    }

    fn seal(&self, members: &Map<String, Value>) -> String {
        let members = kernel::canonical_line(&Value::Object(members.clone()));
        Digest::of(format!("{}\n{members}", self.key).as_bytes()).to_string()
    }
}

/// Keeps the folder small: the oldest entries go.
fn forget_old(folder: &Path) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .filter_map(|it| Some((it.metadata().ok()?.modified().ok()?, it.path())))
        .collect();
    entries.sort();
    let n_old = entries.len().saturating_sub(MAX_ENTRIES);
    entries.iter().take(n_old).try_for_each(|(_, path)| fs::remove_file(path))
}
