//! Whether a folder may become that of an SDK.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use crate::sdk_sync::folders::TEMPORARY;

/// Why nothing is written into a folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// It is a file.
    #[error("`{0}` is no folder")]
    NoFolder(PathBuf),
    /// It belongs to git.
    #[error("`{0}` lies inside `.git`")]
    Git(PathBuf),
    /// A link on the way leads out of the repository.
    #[error("`{path}` leads out of the repository, to `{real}`", path = .path.display(), real = .real.display())]
    Outside {
        /// As it was given.
        path: PathBuf,
        /// Where that is.
        real: PathBuf,
    },
    /// The contract lies there.
    #[error("`{0}` is the folder of the contract itself")]
    Contract(PathBuf),
    /// Nothing can be written there.
    #[error("nothing can be written into `{path}`: {error}", path = .path.display(), error = .error.kind())]
    Closed {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// Refuses a folder that an SDK would harm, or that it could not be written into.
pub(crate) fn check(out: &Path, contract: Option<&Path>) -> Result<(), Refusal> {
    let full = std::path::absolute(out).map_err(|error| closed(out, error))?;
    if fs::metadata(&full).is_ok_and(|it| !it.is_dir()) {
        return Err(Refusal::NoFolder(out.to_owned()));
    }
    let real = real(&full);
    if is_in_git(&full) || is_in_git(&real) {
        return Err(Refusal::Git(out.to_owned()));
    }
    let repository = full.ancestors().find(|it| it.join(".git").exists());
    if let Some(root) = repository.and_then(|it| fs::canonicalize(it).ok())
        && !real.starts_with(&root)
    {
        return Err(Refusal::Outside { path: out.to_owned(), real });
    }
    let folder = contract.and_then(|it| fs::canonicalize(it).ok());
    let folder = folder.as_deref().and_then(Path::parent);
    if folder == Some(real.as_path()) {
        return Err(Refusal::Contract(out.to_owned()));
    }
    Ok(())
}

/// Tries to write below a folder, before anything is changed in it.
pub(crate) fn probe(out: &Path) -> Result<(), Refusal> {
    let here = out.ancestors().find(|it| it.is_dir()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(here);
    file.map(drop).map_err(|error| closed(out, error))
}

fn closed(out: &Path, error: io::Error) -> Refusal {
    Refusal::Closed { path: out.to_owned(), error }
}

/// Where a path leads that may not be there yet: links on the part that is there are followed.
fn real(full: &Path) -> PathBuf {
    for ancestor in full.ancestors() {
        if let Ok(real) = fs::canonicalize(ancestor) {
            let rest = full.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    full.to_owned()
}

fn is_in_git(path: &Path) -> bool {
    path.components().any(|it| matches!(it, Component::Normal(name) if name == ".git"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_an_sdk_would_harm_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (root, elsewhere) = (folder.path().join("shop"), folder.path().join("elsewhere"));
        for it in [root.join(".git/x"), root.join("contracts"), elsewhere.clone()] {
            fs::create_dir_all(it).unwrap();
        }
        let contract = root.join("contracts/shop.openapi.json");
        fs::write(&contract, "{}").unwrap();
        fs::write(root.join("file"), "").unwrap();
        let check = |out: PathBuf, expected: Option<&str>| {
            let told = check(&out, Some(&contract)).err().map(|it| it.to_string());
            let is_same = match (&told, expected) {
                (Some(told), Some(words)) => told.contains(words),
                (told, expected) => told.is_none() && expected.is_none(),
            };
            assert!(is_same, "{}: {told:?}", out.display());
        };
        check(root.join("sdk/ts/shop"), None);
        check(elsewhere.join("sdk"), None);
        check(root.clone(), None);
        check(root.join("file"), Some("is no folder"));
        check(root.join("contracts"), Some("the folder of the contract itself"));
        check(root.join(".git/sdk"), Some("inside `.git`"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&elsewhere, root.join("link")).unwrap();
            check(root.join("link/sdk"), Some("leads out of the repository"));
            std::os::unix::fs::symlink(root.join(".git"), root.join("other")).unwrap();
            check(root.join("other/sdk"), Some("inside `.git`"));
        }
    }
}
