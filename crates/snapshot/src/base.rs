use std::collections::BTreeSet;

use gix::ObjectId;

use crate::{git::Git, repository::CommitId};

/// Nobody is helped by a larger number.
const DEEPEST: usize = 10_000;

/// The older side of a comparison, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The merge base.
    Found(CommitId),
    /// The folder is no git repository.
    NoGit,
    /// The repository has no commit yet.
    NoCommits,
    /// None of the branches to compare with exists.
    NoBranch {
        /// The names that were tried.
        tried: Vec<String>,
    },
    /// The clone is shallow and ends before the merge base.
    Shallow {
        /// How many commits deep the clone is, counted from head.
        depth: usize,
    },
    /// The branch and head have no commit in common.
    Unrelated {
        /// The branch.
        branch: String,
    },
    /// The history cannot be read.
    Damaged {
        /// The object, in words.
        what: String,
    },
}

impl Base {
    /// The candidates in their order, if nobody names a base.
    pub const CANDIDATES: &[&str] = &["origin/HEAD", "origin/main", "main", "master"];

    /// Why there is no base, with the remedy; nothing if there is one.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(match self {
            Self::Found(_) => return None,
            Self::NoGit => "this folder is no git repository, so there is no base".to_owned(),
            Self::NoCommits => "the repository has no commit yet, so there is no base".to_owned(),
            Self::NoBranch { tried } => {
                format!("none of `{}` is in this clone; name one with `--base`", tried.join("`, `"))
            }
            Self::Shallow { depth } => format!(
                "the clone is shallow ({depth} deep) and ends before the base; check out with \
                 `fetch-depth: 0`, or run `git fetch --unshallow`"
            ),
            Self::Unrelated { branch } => {
                format!("head and `{branch}` have no commit in common; name a base with `--base`")
            }
            Self::Damaged { what } => format!("{what} is missing or damaged; run `git fsck`"),
        })
    }
}

impl Base {
    pub(crate) fn find(git: &Git, head: Option<ObjectId>, candidates: &[&str]) -> Self {
        let Some(head) = head.or_else(|| git.resolve("HEAD")) else { return Self::NoCommits };
        let found = candidates.iter().find_map(|it| Some((*it, git.resolve(it)?)));
        match found {
            Some((branch, tip)) => Self::between(git, head, branch, tip),
            None if git.is_shallow() => Self::Shallow { depth: depth_of(git, head) },
            None => Self::NoBranch { tried: candidates.iter().map(ToString::to_string).collect() },
        }
    }

    fn between(git: &Git, head: ObjectId, branch: &str, tip: ObjectId) -> Self {
        let base = git.with(|it| it.merge_base(head, tip).map(|base| base.map(gix::Id::detach)));
        match base {
            Ok(Some(base)) => Self::Found(CommitId(base)),
            Ok(None) | Err(_) if git.is_shallow() => Self::Shallow { depth: depth_of(git, head) },
            Ok(None) => Self::Unrelated { branch: branch.to_owned() },
            Err(_) => Self::Damaged { what: format!("a commit between head and `{branch}`") },
        }
    }
}

/// The longest way from head to the end of a shallow history, in commits.
fn depth_of(git: &Git, head: ObjectId) -> usize {
    let mut level = BTreeSet::from([head]);
    let mut seen = level.clone();
    let mut depth = 0;
    while !level.is_empty() && depth < DEEPEST {
        depth += 1;
        let parents: BTreeSet<ObjectId> = level.iter().flat_map(|it| parents(git, *it)).collect();
        level = parents.into_iter().filter(|it| seen.insert(*it)).collect();
    }
    depth
}

/// The parents that are in this clone.
fn parents(git: &Git, commit: ObjectId) -> Vec<ObjectId> {
    git.with(|it| {
        let Ok(commit) = it.find_commit(commit) else { return Vec::new() };
        commit.parent_ids().map(gix::Id::detach).filter(|id| it.has_object(id)).collect()
    })
}
