//! Texts in memory, as the engine wants them.

pub(crate) mod yaml;

use std::{collections::BTreeMap, sync::Arc};

use contracts::{Contract, Files, Limits, ReadingNote, Store, Unreadable, read};
use kernel::RepoPath;

/// Files of one revision.
#[derive(Default)]
pub(crate) struct Texts(BTreeMap<String, Vec<u8>>);

impl Texts {
    pub(crate) fn of<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        let file = |(path, bytes): &(&str, T)| ((*path).to_owned(), bytes.as_ref().to_vec());
        Self(files.iter().map(file).collect())
    }
}

impl Files for Texts {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        let bytes = self.0.get(path.as_str()).ok_or("there is no such file")?;
        Ok(bytes.as_slice().into())
    }
}

/// What is read from one file.
pub(crate) fn read_bytes(
    store: &mut Store,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(Contract, Vec<ReadingNote>), Unreadable> {
    let files = Texts::of(&[("a", bytes)]);
    read(store, &RepoPath::new("a").expect("a name is a path"), &files, limits)
}
