use std::{fmt, sync::Arc};

use kernel::{Digest, Document, RepoPath};

use crate::{Bounds, DocumentError, Error, Format, ReadError, Revision};

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A regular file that may be run.
    Executable,
    /// A symbolic link; never followed.
    Symlink,
    /// The place of another repository; never entered.
    Submodule,
    /// A pipe, a socket or a device; never opened.
    Special,
}

/// Git's name of the content of a file: equal ids mean equal content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub(crate) gix::ObjectId);

impl fmt::Display for ContentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// One revision: its paths at once, its documents on demand. Threads share it.
pub struct Snapshot {
    revision: Revision,
    bounds: Bounds,
    notes: Vec<String>,
}

impl Snapshot {
    /// What it shows.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The bounds that its documents are read with.
    #[must_use]
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// All paths, sorted by their bytes.
    pub fn paths(&self) -> impl Iterator<Item = (&RepoPath, EntryKind)> {
        std::iter::empty()
    }

    /// What lies at this path.
    #[must_use]
    pub fn kind(&self, _path: &str) -> Option<EntryKind> {
        None
    }

    /// The paths of submodules.
    pub fn submodules(&self) -> impl Iterator<Item = &RepoPath> {
        self.paths().filter(|(_, kind)| *kind == EntryKind::Submodule).map(|(path, _)| path)
    }

    /// What is left out or odd, one sentence each, sorted.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The content of a file as git stores it, up to the bound.
    pub fn bytes(&self, path: &RepoPath) -> Result<Arc<[u8]>, ReadError> {
        Err(ReadError::Missing(path.clone()))
    }

    /// The SHA-256 of the content as git stores it, whatever its size.
    pub fn digest(&self, path: &RepoPath) -> Result<Digest, ReadError> {
        Err(ReadError::Missing(path.clone()))
    }

    /// The parsed document, the same one for everybody who asks.
    pub fn document(
        &self,
        path: &RepoPath,
        _format: Format,
    ) -> Result<Arc<Document>, DocumentError> {
        Err(ReadError::Missing(path.clone()).into())
    }

    /// A stable identity of the files that the filter takes, without reading what git knows.
    pub fn fingerprint(
        &self,
        _filter: &(dyn Fn(&RepoPath) -> bool + Sync),
    ) -> Result<Vec<(RepoPath, ContentId)>, Error> {
        Ok(Vec::new())
    }
}
