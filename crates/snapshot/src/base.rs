use crate::repository::CommitId;

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
