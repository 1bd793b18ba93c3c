mod content;
mod document;
mod fingerprint;
mod large;
mod overlay;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use kernel::{Digest, Document, RepoPath};

pub use crate::snapshot::fingerprint::ContentId;
use crate::{
    Bounds, DocumentError, Error, Format, ReadError, Revision,
    attributes::Attributes,
    git::Git,
    listing::{self, Comparison, Item, Listing},
    repository::CommitId,
};

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A symbolic link; never followed.
    Symlink,
    /// The place of another repository; never entered.
    Submodule,
    /// A pipe, a socket or a device; never opened.
    Special,
}

/// One revision: its paths at once, its documents on demand. Threads share it.
pub struct Snapshot {
    revision: Revision,
    bounds: Bounds,
    root: PathBuf,
    git: Option<Arc<Git>>,
    slots: Vec<Slot>,
    /// Contents that stand for those on disk.
    given: BTreeMap<RepoPath, Arc<[u8]>>,
    notes: Vec<String>,
    comparison: Option<Comparison>,
    attributes: OnceLock<Option<Attributes>>,
}

/// One path with what was read of it so far.
struct Slot {
    item: Item,
    digest: OnceLock<Digest>,
    documents: [OnceLock<Result<Arc<Document>, DocumentError>>; Format::ALL.len()],
}

impl Snapshot {
    pub(crate) fn of_worktree(
        root: &Path,
        git: Option<Arc<Git>>,
        bounds: Bounds,
    ) -> Result<Self, Error> {
        let listing = listing::list_worktree(root, git.as_deref())?;
        let snapshot = Self::new(Revision::Worktree, bounds, listing);
        Ok(Self { root: root.to_owned(), git, ..snapshot })
    }

    pub(crate) fn of_commit(
        git: Arc<Git>,
        commit: CommitId,
        bounds: Bounds,
    ) -> Result<Self, Error> {
        let listing = listing::list_commit(&git, commit.0)?;
        let snapshot = Self::new(Revision::Commit(commit), bounds, listing);
        Ok(Self { git: Some(git), ..snapshot })
    }

    fn new(revision: Revision, bounds: Bounds, listing: Listing) -> Self {
        let slot = |item| Slot { item, digest: OnceLock::new(), documents: Default::default() };
        Self {
            revision,
            bounds,
            root: PathBuf::new(),
            git: None,
            slots: listing.items.into_iter().map(slot).collect(),
            given: BTreeMap::new(),
            notes: listing.notes,
            comparison: listing.comparison,
            attributes: OnceLock::new(),
        }
    }

    /// What it shows.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The folder on disk that all paths are relative to, whatever revision is shown.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let of_commit = self.git.as_deref().filter(|_| self.root.as_os_str().is_empty());
        of_commit.map_or_else(|| self.root.clone(), |it| it.top().join(it.prefix()))
    }

    /// The work tree of git that holds the root, else the root itself.
    #[must_use]
    pub fn top(&self) -> PathBuf {
        self.git.as_deref().and_then(Git::work_tree).map_or_else(|| self.folder(), Path::to_owned)
    }

    /// Does git track what lies at this path on disk, or something below it? The path is canonical.
    #[must_use]
    pub fn is_tracked(&self, path: &Path) -> bool {
        self.git.as_deref().is_some_and(|it| it.tracks(path))
    }

    /// All paths, sorted by their bytes.
    pub fn paths(&self) -> impl Iterator<Item = (&RepoPath, EntryKind)> {
        self.slots.iter().map(|it| (&it.item.path, it.item.kind))
    }

    /// What lies at this path.
    #[must_use]
    pub fn kind(&self, path: &str) -> Option<EntryKind> {
        self.slot(path).map(|it| it.item.kind)
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
        let slot = self.slot(path.as_str()).ok_or_else(|| ReadError::Missing(path.clone()))?;
        let bytes = self.content(&slot.item, self.bounds.bytes)?;
        slot.digest.get_or_init(|| Digest::of(&bytes));
        Ok(bytes.into())
    }

    /// The text as it lies there, with its byte order mark and line ends: what an edit starts from.
    pub fn text_to_edit(&self, path: &RepoPath) -> Result<String, DocumentError> {
        let slot = self.slot(path.as_str()).ok_or_else(|| ReadError::Missing(path.clone()))?;
        self.text_as_it_lies(&slot.item)
    }

    /// The SHA-256 of the content as git stores it, also of a file somewhat over the bound.
    pub fn digest(&self, path: &RepoPath) -> Result<Digest, ReadError> {
        let slot = self.slot(path.as_str()).ok_or_else(|| ReadError::Missing(path.clone()))?;
        if let Some(digest) = slot.digest.get() {
            return Ok(*digest);
        }
        let bytes = self.content(&slot.item, self.bounds.bytes.max(LARGEST_DIGESTED))?;
        Ok(*slot.digest.get_or_init(|| Digest::of(&bytes)))
    }

    /// The parsed document, the same one for everybody who asks.
    pub fn document(
        &self,
        path: &RepoPath,
        format: Format,
    ) -> Result<Arc<Document>, DocumentError> {
        let slot = self.slot(path.as_str()).ok_or_else(|| ReadError::Missing(path.clone()))?;
        let [toml, jsonc, yaml] = &slot.documents;
        let cell = match format {
            Format::Toml => toml,
            Format::Jsonc => jsonc,
            Format::Yaml => yaml,
        };
        cell.get_or_init(|| self.parse(slot, format).map(Arc::new)).clone()
    }

    fn slot(&self, path: &str) -> Option<&Slot> {
        let idx = self.slots.binary_search_by(|it| it.item.path.as_str().cmp(path)).ok()?;
        self.slots.get(idx)
    }
}

/// The largest file that gets a digest, where the bound of documents is lower: 64 MiB.
const LARGEST_DIGESTED: usize = 64 << 20;
