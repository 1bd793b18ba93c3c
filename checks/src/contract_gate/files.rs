//! Where the texts of contracts come from: a revision of the repository, through its reader.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use contracts::Files;
use kernel::{RepoPath, joined};
use snapshot::{EntryKind, ReadError, Snapshot};

use crate::context::Reader;

/// How many links lead to links.
const MAX_LINKS: usize = 16;

/// The files of one revision. Links are followed inside the repository.
pub struct RepositoryFiles<'a> {
    /// The door to the revision.
    pub reader: &'a Reader<'a>,
    /// Bytes of one document.
    pub limit: usize,
}

impl Files for RepositoryFiles<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        let real = real_path(self.reader.snapshot(), path)?;
        // One byte more, so that the engine itself names the bound.
        let bytes = self.reader.bytes_within(&real, self.limit.saturating_add(1));
        bytes.map_err(|err| {
            let is_missing = matches!(err, ReadError::Missing(_));
            if is_missing {
                format!("`{path}` does not exist in this revision")
            } else {
                err.to_string()
            }
        })
    }
}

/// The name of the content that a path leads to, links followed.
pub(crate) fn content_id(snapshot: &Snapshot, path: &RepoPath) -> Option<String> {
    let target = real_path(snapshot, path).ok()?;
    Some(snapshot.content_id(&target).ok()?.as_str().to_owned())
}

/// Where a path leads once all links on it are followed.
fn real_path(snapshot: &Snapshot, path: &RepoPath) -> Result<RepoPath, String> {
    let mut real = path.clone();
    for _ in 0..MAX_LINKS {
        let Some((link, rest)) = first_link(snapshot, &real) else { return Ok(real) };
        let target = snapshot.link_target(&link);
        let target = target.ok_or_else(|| format!("the link `{link}` cannot be read"))?;
        real = self::target(link.folder(), &format!("{target}{rest}"))
            .ok_or_else(|| format!("the link `{link}` leads out of the repository"))?;
    }
    Err(format!("links lead from `{path}` to ever other links"))
}

/// The first part of a path that is a link, and the rest.
fn first_link(snapshot: &Snapshot, path: &RepoPath) -> Option<(RepoPath, String)> {
    let text = path.as_str();
    let ends = text.match_indices('/').map(|(at, _)| at).chain([text.len()]);
    let is_link = |end: &usize| {
        let part = text.get(..*end).unwrap_or_default();
        snapshot.kind(part) == Some(EntryKind::Symlink)
    };
    let end = ends.into_iter().find(is_link)?;
    let (link, rest) = text.split_at_checked(end)?;
    Some((RepoPath::new(link).ok()?, rest.to_owned()))
}

/// The file that a link in a folder leads to; nothing if it leaves the root.
fn target(folder: &str, link: &str) -> Option<RepoPath> {
    if link.starts_with('/') {
        return None;
    }
    RepoPath::new(&joined(folder, link)?).ok()
}

/// Remembers what was read: the judge gets the very bytes that the engine got.
pub struct Kept<'a> {
    inner: &'a dyn Files,
    kept: RefCell<BTreeMap<RepoPath, Arc<[u8]>>>,
}

impl<'a> Kept<'a> {
    /// Remembers nothing yet.
    #[must_use]
    pub fn new(inner: &'a dyn Files) -> Self {
        Self { inner, kept: RefCell::default() }
    }

    /// The bytes of a file that was read.
    #[must_use]
    pub fn bytes(&self, path: &RepoPath) -> Option<Arc<[u8]>> {
        self.kept.borrow().get(path).cloned()
    }
}

impl Files for Kept<'_> {
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String> {
        if let Some(bytes) = self.bytes(path) {
            return Ok(bytes);
        }
        let bytes = self.inner.read(path)?;
        self.kept.borrow_mut().insert(path.clone(), Arc::clone(&bytes));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_inside() {
        for (folder, link, expected) in [
            ("contracts", "shop.json", Some("contracts/shop.json")),
            ("contracts", "../api/shop.json", Some("api/shop.json")),
            ("a/b", "./.././c", Some("a/c")),
            ("contracts", "../../shop.json", None),
            ("", "../shop.json", None),
            ("contracts", "/etc/passwd", None),
            ("contracts", "..", None),
        ] {
            let got = target(folder, link);
            assert_eq!(got.as_ref().map(RepoPath::as_str), expected, "{folder} {link}");
        }
    }
}
