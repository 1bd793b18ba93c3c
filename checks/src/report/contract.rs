//! What a report says of contracts besides findings.

use contracts::{Bump, UndecidedPart};
use kernel::{Level, RepoPath, Verdict};
use serde::Serialize;

use crate::{
    judge::UNREADABLE,
    report::{FindingRecord, Report},
};

/// The member `contract` of a report: one object for `contract diff`, a list for a run.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ContractMember {
    /// Of two files that were named.
    Diff(Box<ContractRecord>),
    /// Of each contract that changed, by path.
    Run(Vec<ContractRecord>),
}

/// The answer for one contract.
#[derive(Debug, Clone, Serialize)]
pub struct ContractRecord {
    /// The older revision; none for a new contract.
    pub base: Option<RevisionRecord>,
    /// The newer revision; none for a contract that is gone.
    pub head: Option<RevisionRecord>,
    /// Green, red or undecided, after levels and waivers.
    pub verdict: Verdict,
    /// How far the version has to rise.
    pub bump: Bump,
    /// Operations and events compared.
    pub operations: usize,
    /// Schemas compared.
    pub schemas: usize,
    /// What could not be decided.
    pub undecided: Vec<UndecidedPart>,
}

/// One revision of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionRecord {
    /// The file.
    pub path: RepoPath,
    /// Its digest.
    pub digest: String,
    /// The version of the specification, as written; none if nobody can read it.
    pub openapi: Option<String>,
}

impl ContractRecord {
    /// Where the contract lies, or lay.
    #[must_use]
    pub fn path(&self) -> Option<&RepoPath> {
        self.head.as_ref().or(self.base.as_ref()).map(|it| &it.path)
    }

    /// The same with the verdict that the findings of a report amount to.
    #[must_use]
    pub fn judged(self, report: &Report) -> Self {
        let path = self.path().map(ToString::to_string);
        let is_own = |it: &&FindingRecord| {
            (it.within.is_some() && it.within == path)
                || (it.rule == UNREADABLE && Some(&it.subject) == path.as_ref())
        };
        let is_red = |it: &FindingRecord| it.level == Level::Deny && it.waived.is_none();
        let verdict = if report.findings().filter(is_own).any(is_red) {
            Verdict::Red
        } else if self.undecided.is_empty() {
            Verdict::Green
        } else {
            Verdict::Undecided
        };
        Self { verdict, ..self }
    }
}
