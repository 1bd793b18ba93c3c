use crate::forge::{Permission, Request};

/// Why something was not read or not written: each is one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A variable or option is wrong.
    #[error("{0}")]
    Setting(String),
    /// 401.
    #[error("{what}: token refused{id}")]
    TokenRefused {
        /// The request.
        what: String,
        /// GitHub's id of it, in parentheses.
        id: String,
    },
    /// 403 that is not about rates.
    #[error("{what}: needs `{needs}`, which this token does not have: {words}{id}")]
    Forbidden {
        /// The request.
        what: String,
        /// The permission.
        needs: Permission,
        /// GitHub's sentence.
        words: String,
        /// GitHub's id of it.
        id: String,
    },
    /// 404.
    #[error("{what}: not found or not visible to this token{id}")]
    NotFound {
        /// The request.
        what: String,
        /// GitHub's id of it.
        id: String,
    },
    /// 409, 422 and every other refusal.
    #[error("{what}: {words} (status {status}){id}")]
    Refused {
        /// The request.
        what: String,
        /// The status.
        status: u16,
        /// GitHub's own sentence.
        words: String,
        /// GitHub's id of it.
        id: String,
    },
    /// 5xx or no connection, again and again.
    #[error(
        "{what}: {why}, {tries} times; nothing else was tried, so come back in a few minutes{id}"
    )]
    Unavailable {
        /// The request.
        what: String,
        /// What happened last.
        why: String,
        /// How often.
        tries: usize,
        /// GitHub's id of the last one.
        id: String,
    },
    /// Too many requests, and the wait is too long.
    #[error("{what}: GitHub takes no more requests of this token for now; come back at {at}{id}")]
    RateLimited {
        /// The request.
        what: String,
        /// When it takes some again, RFC 3339.
        at: String,
        /// GitHub's id of it.
        id: String,
    },
    /// An answer without a member that is needed.
    #[error("{what}: the answer has no `{member}`")]
    Malformed {
        /// The request.
        what: String,
        /// The member.
        member: String,
    },
    /// More pages than anyone reads.
    #[error("{what}: more than {pages} pages, and what was looked for is not on them")]
    TooLong {
        /// The request.
        what: String,
        /// How many were read.
        pages: usize,
    },
    /// The branch holds somebody else's work.
    #[error(
        "the branch `{branch}` ends with commit {tip}, which is not ours, so nothing was changed; delete or rename the branch, or choose another one"
    )]
    ForeignTip {
        /// The branch.
        branch: String,
        /// Its last commit.
        tip: String,
    },
    /// The files were changed from a commit that GitHub does not have.
    #[error("commit {commit} is not on GitHub, so nothing can stand on it: push it first")]
    UnknownBase {
        /// The commit.
        commit: String,
    },
    /// The branch moves whenever we look.
    #[error("the branch `{branch}` moved twice while we worked, so it was left alone; start again")]
    Moved {
        /// The branch.
        branch: String,
    },
    /// The default branch is for people and merges only.
    #[error(
        "`{branch}` is the default branch, or what the pull request goes into, which is never written to; choose another `--branch`"
    )]
    DefaultBranch {
        /// The branch.
        branch: String,
    },
}

impl Error {
    /// A missing member of the answer to this request.
    pub(crate) fn malformed(request: &Request, member: &str) -> Self {
        Self::Malformed { what: format!("`{request}`"), member: member.to_owned() }
    }

    /// Is it the permission that is missing?
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Forbidden { .. })
    }
}
