//! What a report says of SDKs besides findings.

use kernel::RepoPath;
use serde::Serialize;

/// The member `sdk` of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SdkMember {
    /// One for each service, by name.
    pub services: Vec<SdkServiceRecord>,
}

/// What is told of the SDK of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SdkServiceRecord {
    /// The service.
    pub service: String,
    /// Its contract.
    pub contract: RepoPath,
    /// The folder of the SDK, as it was given.
    pub out: String,
    /// The name that a new package has.
    pub package: String,
    /// The digest of the contract.
    pub contract_digest: String,
    /// How many operations it has.
    pub operations: usize,
    /// How many named schemas it has.
    pub schemas: usize,
    /// What was written, or would be.
    pub files: SdkFilesRecord,
    /// Places where the SDK says less than the contract, or something else.
    pub notes: Vec<SdkNoteRecord>,
}

/// Paths relative to the folder of the SDK, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SdkFilesRecord {
    /// New or changed.
    pub written: Vec<String>,
    /// Not made any more.
    pub removed: Vec<String>,
    /// As they should be.
    pub unchanged: usize,
}

/// One note at its place in the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SdkNoteRecord {
    /// What it is about.
    pub code: &'static str,
    /// The file.
    pub path: RepoPath,
    /// The place in it, as a JSON pointer.
    pub pointer: String,
    /// One sentence.
    pub message: String,
    /// The line of the place, for people.
    #[serde(skip)]
    pub line: Option<usize>,
}
