use std::{fs, io::Write as _, path::Path};

use kernel::RepoPath;
use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::fix::{FixError, copy::cannot};

/// One file, as it was and as it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// Where it lies.
    pub path: RepoPath,
    /// Its text on disk.
    pub before: String,
    /// Its repaired text.
    pub after: String,
}

impl Edited {
    /// The edit as a unified diff without context.
    #[must_use]
    pub fn diff(&self) -> String {
        let name = |side: char| {
            // Names with quotes or controls are quoted, as git does it.
            let name = format!("{side}/{}", self.path);
            let is_plain = !name.contains(|it: char| it.is_control() || matches!(it, '"' | '\\'));
            if is_plain { name } else { format!("\"{}\"", name.escape_default()) }
        };
        let diff = TextDiff::from_lines(&self.before, &self.after);
        diff.unified_diff().context_radius(0).header(&name('a'), &name('b')).to_string()
    }
}

/// Prepares each text beside its file, then puts all of them in place.
pub(crate) fn write(root: &Path, edited: &[Edited]) -> Result<(), FixError> {
    let prepared: Result<Vec<_>, _> = edited.iter().map(|it| prepare(root, it)).collect();
    for (file, it) in prepared?.into_iter().zip(edited) {
        let target = root.join(it.path.as_str());
        file.persist(target).map_err(|err| cannot(&format!("`{}`", it.path), err.error))?;
    }
    Ok(())
}

fn prepare(root: &Path, edited: &Edited) -> Result<NamedTempFile, FixError> {
    let path = root.join(edited.path.as_str());
    let failed = |err| cannot(&format!("`{}`", edited.path), err);
    if fs::read(&path).map_err(failed)? != edited.before.as_bytes() {
        return Err(FixError::Changed(edited.path.clone()));
    }
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(failed(std::io::ErrorKind::PermissionDenied.into()));
    }
    let folder = path.parent().unwrap_or(root);
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(edited.after.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.as_file().set_permissions(permissions).map_err(failed)?;
    Ok(file)
}
