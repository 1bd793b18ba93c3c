//! Proofs on disk: a pair is written whole or not at all.

use std::{
    io,
    path::{Path, PathBuf},
};

use kernel::RepoPath;
use snapshot::Snapshot;

use crate::{disk, proof::Sealed};

/// Where proofs lie in the repository.
pub const FOLDER: &str = "ops/proofs";

/// A proof could not be written; nothing of the run was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The name is taken.
    #[error("`{}` exists; proofs are never overwritten (name another instant with `--now`)", .0.display())]
    Exists(PathBuf),
    /// The system refuses.
    #[error("cannot write proofs into `{}`", .folder.display())]
    Io {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        source: io::Error,
    },
}

/// Writes all proofs of a run below its root, the texts last, and tells their paths.
pub fn write(root: &Path, proofs: &[Sealed]) -> Result<Vec<RepoPath>, StoreError> {
    let folder = root.join(FOLDER);
    let io = |source| StoreError::Io { folder: folder.clone(), source };
    if proofs.is_empty() {
        return Ok(Vec::new());
    }
    let statements = proofs.iter().map(|it| (".intoto.json", &it.stem, &it.statement));
    let texts = proofs.iter().map(|it| (".txt", &it.stem, &it.text));
    let files: Vec<(String, &str)> = statements
        .chain(texts)
        .map(|(ending, stem, text)| (format!("{stem}{ending}"), text.as_str()))
        .collect();
    let target = |name: &str| folder.join(name);
    let is_taken = |(name, _): &&(String, &str)| target(name).symlink_metadata().is_ok();
    if let Some((name, _)) = files.iter().find(is_taken) {
        return Err(StoreError::Exists(target(name)));
    }
    let pairs: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(name, text)| (target(name), text.as_bytes())).collect();
    disk::create_all(&pairs).map_err(io)?;
    let path = |name: &str| RepoPath::new(&format!("{FOLDER}/{name}")).ok();
    Ok(files.iter().filter_map(|(name, _)| path(name)).collect())
}

/// The names of a gate's proofs in a revision, oldest first: with a text, a statement, or both.
#[must_use]
pub fn stems(snapshot: &Snapshot, proof_name: &str) -> Vec<String> {
    let stem = |path: &RepoPath| {
        let name = path.file_name();
        let stem = name.strip_suffix(".intoto.json").or_else(|| name.strip_suffix(".txt"))?;
        let instant = stem.strip_prefix(proof_name)?.strip_prefix('-')?;
        (path.folder() == FOLDER && is_instant(instant)).then(|| stem.to_owned())
    };
    let mut stems: Vec<String> = snapshot.paths().filter_map(|(path, _)| stem(path)).collect();
    stems.sort();
    stems.dedup();
    stems
}

/// The newest proof of a gate, by its name.
#[must_use]
pub fn newest(snapshot: &Snapshot, proof_name: &str) -> Option<String> {
    stems(snapshot, proof_name).pop()
}

/// `YYYYMMDD-HHMMSS`.
pub(crate) fn is_instant(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit =
        |(idx, it): (usize, &u8)| if idx == 8 { *it == b'-' } else { it.is_ascii_digit() };
    bytes.len() == 15 && bytes.iter().enumerate().all(is_digit)
}
