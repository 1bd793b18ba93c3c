use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{Base, Bounds, Error, Snapshot, git::Git};

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
    git: Option<Arc<Git>>,
}

impl Repository {
    /// The root of the git work tree (or the bare repository) that holds this folder, else the
    /// folder itself.
    #[must_use]
    pub fn discover(start: &Path) -> PathBuf {
        let Ok(folder) = fs::canonicalize(start) else { return start.to_owned() };
        match Git::find(&folder) {
            Ok(Some(git)) => git.top().to_owned(),
            Ok(None) | Err(_) => start.to_owned(),
        }
    }

    /// Opens a folder: a git work tree, a folder in one, a bare repository, or no git at all.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let no_folder = || Error::NoFolder(root.display().to_string());
        let folder = fs::canonicalize(root).map_err(|_| no_folder())?;
        if !folder.is_dir() {
            return Err(no_folder());
        }
        let git = Git::find(&folder)?.map(Arc::new);
        Ok(Self { root: folder, git })
    }

    /// The folder all paths are relative to.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Git's folder of this work tree: where `HEAD` and the index lie.
    #[must_use]
    pub fn git_folder(&self) -> Option<&Path> {
        self.git.as_deref().map(Git::folder)
    }

    /// Git's folder that all work trees share; what is kept beside a clone lies there.
    #[must_use]
    pub fn common_folder(&self) -> Option<&Path> {
        self.git.as_deref().map(Git::common_folder)
    }

    /// The folder git looks for hooks in; it need not exist.
    #[must_use]
    pub fn hooks_folder(&self) -> Option<PathBuf> {
        self.git.as_deref().map(Git::hooks_folder)
    }

    /// Has the repository no work tree?
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.git.as_deref().is_some_and(|it| it.work_tree().is_none())
    }

    /// Is the history cut off?
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.git.as_deref().is_some_and(Git::is_shallow)
    }

    /// The commit at `HEAD`, if there is one.
    #[must_use]
    pub fn head(&self) -> Option<CommitId> {
        self.resolve("HEAD")
    }

    /// The commit that a revision names, if it is in this clone.
    #[must_use]
    pub fn resolve(&self, revision: &str) -> Option<CommitId> {
        self.git.as_deref()?.resolve(revision).map(CommitId)
    }

    /// The merge base of a commit (of `HEAD`, if none is given) with the first candidate that
    /// exists; [`Base::CANDIDATES`] are the usual ones.
    #[must_use]
    pub fn merge_base(&self, head: Option<CommitId>, candidates: &[&str]) -> Base {
        let Some(git) = self.git.as_deref() else { return Base::NoGit };
        Base::find(git, head.map(|it| it.0), candidates)
    }

    /// The files on disk: tracked ones, and untracked ones that git does not ignore.
    ///
    /// Tracked files that a sparse checkout leaves out are there too, with git's copy.
    pub fn worktree(&self) -> Result<Snapshot, Error> {
        if self.is_bare() {
            return Err(Error::Bare);
        }
        Snapshot::of_worktree(&self.root, self.git.clone(), Bounds::DEFAULT)
    }

    /// The tree of a commit; nothing is read from the work tree.
    pub fn commit(&self, revision: &str) -> Result<Snapshot, Error> {
        let git = self.git.as_ref().ok_or_else(|| Error::NoGit(revision.to_owned()))?;
        let commit = self.resolve(revision).ok_or_else(|| self.not_here(revision))?;
        Snapshot::of_commit(Arc::clone(git), commit, Bounds::DEFAULT)
    }

    /// The error for a revision that was named and is not in this clone.
    #[must_use]
    pub fn not_here(&self, revision: &str) -> Error {
        let remedy = if self.is_shallow() {
            "the clone is shallow: check out with `fetch-depth: 0`, or run `git fetch --unshallow`"
        } else {
            "fetch it with `git fetch`, or correct its name"
        };
        Error::NoRevision { revision: revision.to_owned(), remedy }
    }
}
