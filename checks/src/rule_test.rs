//! Runs the examples of rule pages: files in, one rule's verdict out. Used by tests and `selftest`.

use std::{collections::BTreeMap, fs, io, path::Path, sync::Arc};

use kernel::{RepoPath, Timestamp};
use snapshot::{Repository, Snapshot};

use crate::{
    config,
    report::{Report, VerdictRecord},
    run::{Base, RunError, Settings, World, run},
};

/// The files of one revision.
pub type Files = BTreeMap<RepoPath, Vec<u8>>;

/// The instant at which examples are judged.
pub const EXAMPLE_NOW: &str = "2027-01-01T00:00:00Z";

/// Files to judge, and how.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// The state under judgement.
    pub head: &'a Files,
    /// The state compared with.
    pub base: Option<&'a Files>,
    /// Undecided counts, and the stricter policy holds.
    pub is_strict: bool,
    /// The network may be used.
    pub is_live: bool,
}

/// Judges files with all rules, as a folder without git would be.
pub fn judge(head: &Files, base: Option<&Files>, is_strict: bool) -> Result<Report, JudgeError> {
    Trial { head, base, is_strict, is_live: false }.judge()
}

impl Trial<'_> {
    /// Judges the files with all rules.
    pub fn judge(&self) -> Result<Report, JudgeError> {
        let folder = tempfile::tempdir()?;
        let head = snapshot(&folder.path().join("head"), self.head)?;
        let base = match self.base {
            Some(files) => {
                let snapshot = snapshot(&folder.path().join("base"), files)?;
                Base::Found { commit: "0".repeat(40), snapshot }
            }
            None => Base::Declined,
        };
        let world = World { repository: None, head, base };
        let config = RepoPath::new(config::FILE_NAME).expect("the constant is a path");
        let Self { is_strict, is_live, .. } = *self;
        let settings = Settings { is_strict, is_live, ..Settings::alone(&config, example_now()) };
        Ok(run(&world, &settings)?.report)
    }
}

fn snapshot(folder: &Path, files: &Files) -> Result<Arc<Snapshot>, JudgeError> {
    write(folder, files)?;
    Ok(Arc::new(Repository::open(folder)?.worktree()?))
}

/// The instant at which examples are judged.
#[must_use]
pub fn example_now() -> Timestamp {
    EXAMPLE_NOW.parse().expect("the constant is RFC 3339")
}

/// The verdict of one rule.
#[must_use]
pub fn verdict_of<'a>(report: &'a Report, rule: &str) -> Option<&'a VerdictRecord> {
    report.verdicts.iter().find(|it| it.rule == rule)
}

/// Why an example could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// The files cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// They are no repository.
    #[error(transparent)]
    Snapshot(#[from] snapshot::Error),
    /// The run has no answer.
    #[error(transparent)]
    Run(#[from] RunError),
}

fn write(folder: &Path, files: &Files) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (path, bytes) in files {
        let full = folder.join(path.as_str());
        if let Some(parent) = full.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(full, bytes)?;
    }
    Ok(())
}
