use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{Base, Bounds, Error, Snapshot};

/// The full id of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub(crate) gix::ObjectId);

impl fmt::Display for CommitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

/// What a snapshot shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// The files on disk.
    Worktree,
    /// The tree of a commit.
    Commit(CommitId),
}

impl fmt::Display for Revision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Worktree => out.write_str("worktree"),
            Self::Commit(id) => id.fmt(out),
        }
    }
}

/// A folder with or without git, from which revisions are read.
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The root of the git work tree (or the bare repository) that holds this folder, else the
    /// folder itself.
    #[must_use]
    pub fn discover(start: &Path) -> PathBuf {
        start.to_owned()
    }

    /// Opens a folder: a git work tree, a folder in one, a bare repository, or no git at all.
    pub fn open(root: &Path) -> Result<Self, Error> {
        Ok(Self { root: root.to_owned() })
    }

    /// Takes other bounds for the documents of its snapshots.
    #[must_use]
    pub fn bounded_by(self, _bounds: Bounds) -> Self {
        self
    }

    /// The folder all paths are relative to.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Git's folder of this work tree: where `HEAD` and the index lie.
    #[must_use]
    pub fn git_folder(&self) -> Option<&Path> {
        None
    }

    /// Git's folder that all work trees share; caches lie here.
    #[must_use]
    pub fn common_folder(&self) -> Option<&Path> {
        None
    }

    /// Has the repository no work tree?
    #[must_use]
    pub fn is_bare(&self) -> bool {
        false
    }

    /// Is the history cut off?
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        false
    }

    /// The commit at `HEAD`, if there is one.
    #[must_use]
    pub fn head(&self) -> Option<CommitId> {
        None
    }

    /// The commit that a revision names, if it is in this clone.
    #[must_use]
    pub fn resolve(&self, _revision: &str) -> Option<CommitId> {
        None
    }

    /// The merge base of a commit with the first candidate that exists.
    #[must_use]
    pub fn merge_base(&self, _head: Option<CommitId>, _candidates: &[&str]) -> Base {
        Base::NoGit
    }

    /// The files on disk: tracked, and untracked ones that git does not ignore.
    pub fn worktree(&self) -> Result<Snapshot, Error> {
        Err(Error::Bare)
    }

    /// The tree of a commit; nothing is read from the work tree.
    pub fn commit(&self, revision: &str) -> Result<Snapshot, Error> {
        Err(Error::NoGit(revision.to_owned()))
    }
}
