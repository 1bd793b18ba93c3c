//! Files that are read under another bound than documents, and links.

use std::sync::Arc;

use kernel::{Digest, RepoPath};

use crate::{ReadError, Snapshot, snapshot::EntryKind};

/// The longest target of a link.
const LONGEST_TARGET: usize = 4096;

impl Snapshot {
    /// The content of a file as git stores it, up to a bound of the caller's.
    pub fn bytes_within(&self, path: &RepoPath, limit: usize) -> Result<Arc<[u8]>, ReadError> {
        let slot = self.slot(path.as_str()).ok_or_else(|| ReadError::Missing(path.clone()))?;
        let bytes = self.content(&slot.item, limit)?;
        slot.digest.get_or_init(|| Digest::of(&bytes));
        Ok(bytes.into())
    }

    /// Where a symbolic link leads, as written; nothing if there is none at this path, or its
    /// target is no text.
    #[must_use]
    pub fn link_target(&self, path: &RepoPath) -> Option<String> {
        let item = &self.slot(path.as_str())?.item;
        if item.kind != EntryKind::Symlink || self.given.contains_key(path) {
            return None;
        }
        if item.is_on_disk {
            let target = std::fs::read_link(self.root.join(path.as_str())).ok()?;
            return target.to_str().map(|it| it.replace(std::path::MAIN_SEPARATOR, "/"));
        }
        let bytes = self.stored_content(item, LONGEST_TARGET).ok()?;
        String::from_utf8(bytes).ok()
    }
}
