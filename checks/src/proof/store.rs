//! Proofs on disk: a pair is written whole or not at all.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use kernel::RepoPath;
use snapshot::Snapshot;
use tempfile::NamedTempFile;

use crate::proof::Sealed;

/// Where proofs lie in the repository.
pub const FOLDER: &str = "ops/proofs";

/// A proof could not be written; nothing of the run was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The name is taken.
    #[error("`{}` exists; proofs are never overwritten (name another instant with `--now`)", .0.display())]
    Exists(PathBuf),
    /// The system refuses.
    #[error("cannot write proofs into `{}`: {source}", .folder.display())]
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
    fs::create_dir_all(&folder).map_err(io)?;
    let mut staged = Vec::new();
    for (ending, content) in [(".intoto.json", true), (".txt", false)] {
        for proof in proofs {
            let name = format!("{}{ending}", proof.stem);
            let target = folder.join(&name);
            if target.symlink_metadata().is_ok() {
                return Err(StoreError::Exists(target));
            }
            let bytes = if content { &proof.statement } else { &proof.text };
            staged.push((stage(&folder, bytes).map_err(io)?, target, name));
        }
    }
    let mut written: Vec<PathBuf> = Vec::new();
    for (file, target, _) in &staged {
        // A hard link fails if the name was taken meanwhile; a rename would overwrite.
        if let Err(source) = fs::hard_link(file.path(), target) {
            for path in &written {
                drop(fs::remove_file(path));
            }
            return Err(io(source));
        }
        written.push(target.clone());
    }
    let path = |name: &str| RepoPath::new(&format!("{FOLDER}/{name}")).ok();
    Ok(staged.iter().filter_map(|(_, _, name)| path(name)).collect())
}

/// A temporary file in the same folder; it goes away by itself.
fn stage(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.prefix(".proof-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
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
