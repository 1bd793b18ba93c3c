//! A change that is proposed: a commit on a branch, and a pull request for it.

use crate::{
    Error,
    branch::Branch,
    client::Client,
    commit::{FileChange, Work, commit},
    pull_request::{self, PullRequest, PullRequestText, State},
};

/// The last line of our commits is this word and the digest of the plan.
pub const PLAN_TRAILER: &str = "Proofmark-Plan";

/// What is proposed.
#[derive(Debug, Clone)]
pub struct Proposal<'a> {
    /// The branch that holds it.
    pub branch: &'a Branch,
    /// The commit that the files were changed from; GitHub has to know it.
    pub base: &'a str,
    /// Exactly the changed files.
    pub files: &'a [FileChange],
    /// The message of the commit.
    pub message: &'a str,
    /// The digest of the plan: the same plan is written once.
    pub digest: &'a str,
    /// The pull request, if there shall be one.
    pub pull_request: Option<PullRequestText<'a>>,
}

/// What there is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The commit that the branch ends with, if there is a branch.
    pub commit: Option<String>,
    /// What happened to the branch.
    pub state: State,
    /// The pull request, if one was wanted and there is something to propose.
    pub pull_request: Option<PullRequest>,
}

/// Writes a proposal, or what is missing of it: blobs, tree, commit, branch, pull request, in this
/// order, so that each step is harmless alone and a second run goes on from there.
pub fn propose(client: &Client<'_>, proposal: &Proposal<'_>) -> Result<Proposed, Error> {
    let branch = proposal.branch;
    let default = client.default_branch()?;
    let is_base = proposal.pull_request.as_ref().is_some_and(|it| it.base == branch.as_str());
    if default == branch.as_str() || is_base {
        return Err(Error::DefaultBranch { branch: branch.to_string() });
    }
    let mut found = None;
    if let Some(wanted) = &proposal.pull_request {
        found = pull_request::open(client, branch, wanted.base)?;
        if found.is_none()
            && let Some(closed) =
                pull_request::closed(client, branch, wanted.base, proposal.digest)?
        {
            let pull_request = Some(closed);
            return Ok(Proposed { commit: None, state: State::Unchanged, pull_request });
        }
    }
    let work = Work {
        branch,
        base: proposal.base,
        files: proposal.files,
        message: proposal.message,
        digest: proposal.digest,
    };
    let committed = commit(client, &work)?;
    let has_commit = committed.commit.is_some();
    let wanted =
        proposal.pull_request.as_ref().filter(|_| has_commit && !proposal.files.is_empty());
    let pull_request = match wanted {
        Some(wanted) => {
            let written = pull_request::write(client, branch, wanted, proposal.digest, found)?;
            let is_moved = committed.state != State::Unchanged;
            let is_new = written.state == State::Created;
            let state = if is_moved && !is_new { State::Updated } else { written.state };
            Some(PullRequest { state, ..written })
        }
        None => None,
    };
    Ok(Proposed { commit: committed.commit, state: committed.state, pull_request })
}
