//! Runs the examples of rule pages: files in, one rule's verdict out. Used by tests and `selftest`.

use std::{collections::BTreeMap, fs, io, path::Path, sync::Arc};

use kernel::{RepoPath, Timestamp};
use snapshot::Repository;

use crate::{
    config,
    policy::Selection,
    report::{Report, VerdictRecord},
    run::{Base, RunError, Settings, World, run},
};

/// The files of one revision.
pub type Files = BTreeMap<RepoPath, Vec<u8>>;

/// The instant at which examples are judged.
pub const EXAMPLE_NOW: &str = "2027-01-01T00:00:00Z";

/// Judges files with all rules, as a folder without git would be.
pub fn judge(head: &Files, base: Option<&Files>, is_strict: bool) -> Result<Report, JudgeError> {
    let folder = tempfile::tempdir()?;
    let (head_folder, base_folder) = (folder.path().join("head"), folder.path().join("base"));
    write(&head_folder, head)?;
    let base = match base {
        Some(files) => {
            write(&base_folder, files)?;
            let snapshot = Arc::new(Repository::open(&base_folder)?.worktree()?);
            Base::Found { commit: "0".repeat(40), snapshot }
        }
        None => Base::Declined,
    };
    let head = Arc::new(Repository::open(&head_folder)?.worktree()?);
    let world = World { repository: None, head, base };
    let settings = Settings {
        selection: Selection::default(),
        config: RepoPath::new(config::FILE_NAME).expect("the constant is a path"),
        now: example_now(),
        is_strict,
        is_live: false,
        jobs: 1,
    };
    Ok(run(&world, &settings)?.report)
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
