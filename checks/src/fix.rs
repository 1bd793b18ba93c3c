//! Applies the fixes that findings offer, one after the other, in a copy of the files.
//!
//! An edit shifts what other fixes point at. So each file gets one edit at a time, and the rules
//! judge the copy again before the next. Only the finished texts reach the repository.

mod copy;
mod store;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use kernel::{Level, RepoPath};
use snapshot::{Format, Revision, edit};

use self::copy::WorkingCopy;
pub use self::store::Edited;
use crate::{
    report::{FindingRecord, Report},
    run::{RunError, Settings, World, run},
};

/// How often the rules judge at most: more edits of one file are left to a second call.
const MAX_ROUNDS: usize = 500;

/// What was repaired, and what was not.
#[derive(Debug)]
pub struct Repair {
    /// The files as they were and as they will be.
    pub edited: Vec<Edited>,
    /// The findings that are gone, as the rules told them.
    pub fixed: Vec<FindingRecord>,
    /// The findings that stay, with the reason why.
    pub left: Vec<(FindingRecord, String)>,
    /// What the rules say afterwards.
    pub report: Report,
}

/// Why nothing can be repaired: exit 2.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// Only files can be edited.
    #[error("a commit cannot be repaired; check it out, and leave `--head` away")]
    Commit,
    /// The run has no answer.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The copy cannot be opened.
    #[error(transparent)]
    Snapshot(#[from] snapshot::Error),
    /// The copy cannot be made, or the files cannot be written.
    #[error("cannot write {what}")]
    Write {
        /// Which file or folder.
        what: String,
        /// The system's words.
        source: io::Error,
    },
    /// Somebody else edits the same files.
    #[error("`{0}` has changed meanwhile, so nothing is written; start again")]
    Changed(RepoPath),
}

/// Finds out what all fixes together do; nothing is written to the repository.
pub fn repair(world: &World, settings: &Settings) -> Result<Repair, FixError> {
    if world.head.revision() != Revision::Worktree {
        return Err(FixError::Commit);
    }
    let mut bench = Bench::new(WorkingCopy::of(world, settings)?);
    let mut report = bench.judge(world, settings)?;
    for _ in 0..MAX_ROUNDS {
        if !bench.round(&report)? {
            break;
        }
        report = bench.judge(world, settings)?;
    }
    Ok(bench.finish(report))
}

/// The copy with what was done to it.
struct Bench {
    copy: WorkingCopy,
    fixed: Vec<FindingRecord>,
    /// Why a fix was not made, by rule and subject.
    refused: BTreeMap<(&'static str, String, RepoPath), String>,
}

impl Bench {
    fn new(copy: WorkingCopy) -> Self {
        Self { copy, fixed: Vec::new(), refused: BTreeMap::new() }
    }

    fn judge(&self, world: &World, settings: &Settings) -> Result<Report, FixError> {
        let settings = Settings { is_live: false, cache: None, ..settings.clone() };
        Ok(run(&self.copy.world(world)?, &settings)?.report)
    }

    /// Makes the first fix of each file that is not refused; did anything change?
    fn round(&mut self, report: &Report) -> Result<bool, FixError> {
        let mut touched: BTreeSet<RepoPath> = BTreeSet::new();
        for finding in report.findings().filter(|it| it.waived.is_none()) {
            let Some(fix) = &finding.repair else { continue };
            let path = fix.path();
            if touched.contains(path) || self.refused.contains_key(&key(finding)) {
                continue;
            }
            match self.edit(fix) {
                Ok(text) => {
                    self.copy.write(path, text)?;
                    touched.insert(path.clone());
                    self.fixed.push(finding.clone());
                }
                Err(why) => drop(self.refused.insert(key(finding), why)),
            }
        }
        Ok(!touched.is_empty())
    }

    fn edit(&self, fix: &kernel::Fix) -> Result<String, String> {
        let path = fix.path();
        let text = self.copy.text(path)?;
        let format = Format::of(path.file_name()).ok_or("this kind of file is not edited")?;
        let edited = edit::apply(text, format, fix).map_err(|err| err.to_string())?;
        if edited == text { Err("the fix changes nothing".to_owned()) } else { Ok(edited) }
    }

    fn finish(self, report: Report) -> Repair {
        let is_told = |it: &&FindingRecord| it.waived.is_none() && it.level >= Level::Warn;
        let why = |it: &FindingRecord| {
            let refused = self.refused.get(&key(it)).cloned();
            let otherwise =
                if it.repair.is_some() { "too many fixes; call it again" } else { NONE };
            refused.unwrap_or_else(|| otherwise.to_owned())
        };
        let left = report.findings().filter(is_told).map(|it| (it.clone(), why(it))).collect();
        Repair { edited: self.copy.edited(), fixed: self.fixed, left, report }
    }
}

/// What is said of a finding whose rule offers no fix.
const NONE: &str = "no fix is offered";

fn key(finding: &FindingRecord) -> (&'static str, String, RepoPath) {
    (finding.rule, finding.subject.clone(), finding.path.clone())
}

impl Repair {
    /// Writes the finished texts over the files, each in one step and with its mode; if one of them
    /// cannot be prepared, none is written.
    pub fn write(&self, root: &std::path::Path) -> Result<(), FixError> {
        store::write(root, &self.edited)
    }

    /// The edits as a unified diff without context: lines that are not changed may hold secrets.
    #[must_use]
    pub fn diff(&self) -> String {
        self.edited.iter().map(Edited::diff).collect()
    }
}
