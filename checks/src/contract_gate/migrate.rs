//! The skeleton of a migration for each red contract: what to change, as a patch that is green.

mod branch;
mod files;
mod folder;
mod patch;
mod planning;
mod promises;
mod words;

use kernel::RepoPath;
use serde::Serialize;
use snapshot::ReadError;

pub use self::{branch::commit, patch::Change, planning::plans};
use crate::run::RunError;

/// How broken promises are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Strategy {
    /// `additive`, or `version` where that does not do.
    #[default]
    Auto,
    /// Broken operations stay at their address; head's versions get new ones.
    Additive,
    /// The whole of head becomes a contract of its own, and base's comes back.
    Version,
}

impl Strategy {
    /// The word of the command line and of plans.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Additive => "additive",
            Self::Version => "version",
        }
    }
}

/// What happens to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    /// The file.
    pub path: RepoPath,
    /// `create`, `edit` or `kept`.
    pub action: &'static str,
    /// The digest of what it would hold.
    pub digest: String,
}

/// The plan for one service.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The service.
    pub service: String,
    /// Its name as a folder, and as a part of a branch.
    pub folder: String,
    /// How promises are kept.
    pub strategy: Strategy,
    /// What changes in the working tree.
    pub changes: Vec<Change>,
    /// What happens to each file.
    pub files: Vec<PlannedFile>,
    /// What we would write where somebody edited our file: path and text.
    pub proposals: Vec<(RepoPath, String)>,
    /// The findings that it answers, as fingerprints.
    pub findings: Vec<String>,
    /// The text of the pull request.
    pub body: String,
}

impl Plan {
    /// The patch, for `git apply`.
    #[must_use]
    pub fn patch(&self) -> String {
        patch::patch(&self.changes)
    }

    /// The name of its branch, if nobody chooses another one.
    #[must_use]
    pub fn branch(&self) -> String {
        format!("checks/contract-gate/{}", self.folder)
    }
}

/// The message of a plan's commit, and the title of its pull request.
#[must_use]
pub fn commit_title(plan: &Plan) -> String {
    format!("{}: keep what the contract promised", plan.service)
}

/// Why there is no plan: exit 2.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The gate has no answer.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No older side.
    #[error("a migration needs the older contract: name a base that is in this clone (`--base`)")]
    NoBase,
    /// A contract that was named is not red.
    #[error("`{0}` is no contract with a broken promise here")]
    NotRed(RepoPath),
    /// A file that nobody can edit as text.
    #[error("`{0}` is not UTF-8, so it cannot be edited")]
    NotText(RepoPath),
    /// A folder of the configuration that is none.
    #[error("`{0}` (`[gates.contract-gate.migrate]`) is no folder inside the repository")]
    NoFolder(String),
    /// A way through something that is no folder.
    #[error("`{0}` is no folder of the repository, so nothing is written below it")]
    Elsewhere(String),
    /// The proposal would not be green.
    #[error(
        "`{path}`: a mechanical migration ({strategy}) does not make the gate green: {reason}; try `--strategy {other}`, or keep the promise by hand"
    )]
    NotGreen {
        /// The contract.
        path: RepoPath,
        /// What was tried.
        strategy: &'static str,
        /// What stays red.
        reason: String,
        /// What else there is.
        other: &'static str,
    },
    /// Git refuses.
    #[error("git {what}: {message}")]
    Git {
        /// The command.
        what: String,
        /// Git's words.
        message: String,
    },
}
