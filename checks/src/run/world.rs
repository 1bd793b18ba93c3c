//! Opens the two revisions of a run.

use std::{iter, panic, path::Path, sync::Arc, thread};

use kernel::{RepoPath, Undecided};
use snapshot::{EntryKind, Repository, Revision, Snapshot};

use crate::{environment::Environment, route_audit::discovery::is_relevant};

/// The two revisions of a run.
pub struct World {
    /// The repository, if there is one on disk.
    pub repository: Option<Repository>,
    /// The state under judgement.
    pub head: Arc<Snapshot>,
    /// The state compared with.
    pub base: Base,
}

/// The older side.
#[derive(Clone)]
pub enum Base {
    /// It is here.
    Found {
        /// The commit.
        commit: String,
        /// Its files.
        snapshot: Arc<Snapshot>,
    },
    /// `--base none`.
    Declined,
    /// There is none, and why.
    Missing(Undecided),
}

/// Which base to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseChoice {
    /// The merge base with the default branch.
    Automatic,
    /// None at all.
    Declined,
    /// This revision: it must be in the clone.
    Named(String),
    /// The merge base with this commit, which an event names and which must be in the clone.
    MergeBase(String),
    /// The merge base with the default branch, which an event that has no base names.
    DefaultBranch(String),
}

/// Why the two revisions cannot be opened: exit 2.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The repository cannot be read.
    #[error(transparent)]
    Snapshot(#[from] snapshot::Error),
    /// The base that was named, by hand or by the event, is not in the clone.
    #[error(
        "the base `{name}` is not in this clone{}; check out with `fetch-depth: 0` (or `git fetch --deepen`), or correct its name",
        .depth.map_or_else(String::new, |it| format!(", which is {it} deep"))
    )]
    NamedBase {
        /// The revision, as it was named.
        name: String,
        /// How many commits deep the clone is, if it is shallow.
        depth: Option<usize>,
    },
}

impl World {
    /// Opens head (the work tree, or a commit) and the base to compare with.
    pub fn open(root: &Path, choice: &BaseChoice, head: Option<&str>) -> Result<Self, WorldError> {
        let repository = Repository::open(root)?;
        let open_head = || match head {
            Some(revision) => repository.commit(revision),
            None => repository.worktree(),
        };
        // The two have nothing to do with each other, and each takes its time to list.
        let (snapshot, base) = thread::scope(|scope| {
            let base = scope.spawn(|| open_base(&repository, choice, head));
            (open_head(), base.join().unwrap_or_else(|it| panic::resume_unwind(it)))
        });
        let (snapshot, base) = (snapshot?, base?);
        Ok(Self { repository: Some(repository), head: Arc::new(snapshot), base })
    }

    /// The same base, and another head that lies nowhere on disk.
    #[must_use]
    pub fn with_head(&self, head: Arc<Snapshot>) -> Self {
        Self { repository: None, head, base: self.base.clone() }
    }

    /// How the report names head.
    #[must_use]
    pub fn head_name(&self) -> String {
        match self.head.revision() {
            Revision::Worktree => "worktree".to_owned(),
            Revision::Commit(commit) => commit.to_string(),
        }
    }

    /// Sentences about the two revisions as a whole.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.head.notes().to_vec();
        notes.extend(self.head.paths().filter_map(|(path, kind)| unread(path, kind)));
        if let Base::Missing(undecided) = &self.base {
            notes.push(undecided.reason.clone());
        }
        notes
    }
}

impl Base {
    /// The commit, if there is one.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        match self {
            Self::Found { commit, .. } => Some(commit),
            Self::Declined | Self::Missing(_) => None,
        }
    }
}

/// Says of a file that a gate would read why it does not.
fn unread(path: &RepoPath, kind: EntryKind) -> Option<String> {
    let reason = match kind {
        EntryKind::File | EntryKind::Submodule => return None,
        EntryKind::Symlink => "is a symbolic link, which is not followed",
        EntryKind::Special => "is a pipe, a socket or a device, which is never opened",
    };
    is_relevant(path).then(|| format!("`{path}` {reason}"))
}

fn open_base(
    repository: &Repository,
    choice: &BaseChoice,
    head: Option<&str>,
) -> Result<Base, WorldError> {
    match choice {
        BaseChoice::Declined => Ok(Base::Declined),
        BaseChoice::Named(revision) => {
            must_be_here(repository, revision)?;
            Ok(found(repository.commit(revision)?))
        }
        BaseChoice::MergeBase(commit) => {
            must_be_here(repository, commit)?;
            merge_base(repository, head, &[commit.as_str()])
        }
        BaseChoice::Automatic => merge_base(repository, head, snapshot::Base::CANDIDATES),
        BaseChoice::DefaultBranch(branch) => {
            let branch = format!("origin/{branch}");
            let usual = snapshot::Base::CANDIDATES.iter().copied();
            let candidates: Vec<&str> = iter::once(branch.as_str()).chain(usual).collect();
            merge_base(repository, head, &candidates)
        }
    }
}

fn must_be_here(repository: &Repository, revision: &str) -> Result<(), WorldError> {
    if repository.resolve(revision).is_some() {
        return Ok(());
    }
    let history = repository.merge_base(None, &[]);
    let depth = if let snapshot::Base::Shallow { depth } = history { Some(depth) } else { None };
    Err(WorldError::NamedBase { name: revision.to_owned(), depth })
}

fn merge_base(
    repository: &Repository,
    head: Option<&str>,
    candidates: &[&str],
) -> Result<Base, WorldError> {
    let head = match head {
        Some(revision) => repository.resolve(revision),
        None => repository.head(),
    };
    let base = repository.merge_base(head, candidates);
    if let snapshot::Base::Found(commit) = &base {
        return Ok(found(repository.commit(&commit.to_string())?));
    }
    let reason = base.reason().unwrap_or_default();
    Ok(Base::Missing(Undecided { subject: "base".to_owned(), reason }))
}

fn found(snapshot: Snapshot) -> Base {
    let commit = match snapshot.revision() {
        Revision::Commit(commit) => commit.to_string(),
        Revision::Worktree => String::new(),
    };
    Base::Found { commit, snapshot: Arc::new(snapshot) }
}

impl BaseChoice {
    /// `--base`, else the event of GitHub Actions, else the merge base.
    #[must_use]
    pub fn of(named: Option<&str>, environment: &Environment) -> Self {
        match named {
            Some("none") => Self::Declined,
            Some(revision) => Self::Named(revision.to_owned()),
            None => event_base(environment).unwrap_or(Self::Automatic),
        }
    }
}

impl BaseChoice {
    /// In Actions, where an event usually names the base: did nothing name one?
    #[must_use]
    pub fn is_fallback(&self, environment: &Environment) -> bool {
        let is_unnamed = matches!(self, Self::Automatic | Self::DefaultBranch(_));
        is_unnamed && has_event(environment)
    }
}

/// Does an event of GitHub stand behind this run?
fn has_event(environment: &Environment) -> bool {
    environment.is_github_actions() || environment.get("GITHUB_EVENT_PATH").is_some()
}

/// The base of the event, read from the payload that the runner leaves on disk.
fn event_base(environment: &Environment) -> Option<BaseChoice> {
    let payload = std::fs::read(environment.get("GITHUB_EVENT_PATH")?).ok()?;
    let payload: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    let commit = |pointer: &str| {
        let text = payload.pointer(pointer)?.as_str()?;
        let is_commit = text.len() >= 40 && text.bytes().all(|it| it.is_ascii_hexdigit());
        (is_commit && text.bytes().any(|it| it != b'0')).then(|| text.to_owned())
    };
    // Without the name of the event, its payload tells what it is.
    let told = || {
        let members = [("pull_request", "/pull_request"), ("merge_group", "/merge_group")];
        let found = members.iter().find(|(_, it)| payload.pointer(it).is_some());
        found.map_or("push", |(name, _)| name)
    };
    let named = match environment.get("GITHUB_EVENT_NAME").unwrap_or_else(told) {
        "pull_request" | "pull_request_target" => {
            commit("/pull_request/base/sha").map(BaseChoice::MergeBase)
        }
        "merge_group" => commit("/merge_group/base_sha").map(BaseChoice::Named),
        "push" => commit("/before").map(BaseChoice::Named),
        _ => None,
    };
    let is_name = |it: &&str| it.chars().all(|it| it.is_alphanumeric() || "-_./".contains(it));
    let branch = || payload.pointer("/repository/default_branch")?.as_str().filter(is_name);
    named.or_else(|| Some(BaseChoice::DefaultBranch(branch()?.to_owned())))
}
