//! From an SDK that drifted to findings.

use std::sync::Arc;

use kernel::{Confirmed, Details, Digest, Finding, Level, Place, Refuted, Region, RepoPath, Side};
use serde_json::{Map, Value, json};

use crate::{
    report::text::counted,
    sdk_sync::{
        diff::{LINES_OF_RUN, unified},
        drift::{Change, Drift, Present, SdkFolder},
        file_diff::{FileDiff, FileTexts, HandEdit},
        lock::{LOCK, Lock},
        making::{GENERATOR, Made},
    },
};

/// What a finding about a folder is made from.
pub(crate) struct Sight<'a> {
    /// What the contract yields.
    pub(crate) made: &'a Made,
    /// What lies there.
    pub(crate) drift: &'a Drift,
    /// The folder, for whoever judges the witness.
    pub(crate) folder: Box<dyn SdkFolder + 'a>,
    /// What the contract was before, if anybody knows.
    pub(crate) older: Option<Arc<[u8]>>,
    /// The level of the rule.
    pub(crate) level: Level,
}

impl Sight<'_> {
    /// One finding for all files of a service that are not what the contract yields.
    pub(crate) fn out_of_date(&self, n_left: &mut usize) -> Result<Option<Finding>, Refuted> {
        let stale = self.drift.changes.iter().filter(|it| !it.is_edited);
        let stale: Vec<&Change> =
            stale.chain(self.drift.conflicts.iter().map(|it| &it.change)).collect();
        let mut files: Vec<Confirmed> = Vec::new();
        for change in &stale {
            let (witness, world) = self.witness(change, n_left);
            files.push(Confirmed::by_replay(&witness, &world)?);
        }
        // The first file whose difference tells something: a lock differs whenever another does.
        let path =
            |it: &Confirmed| it.body().get("path").and_then(Value::as_str).map(str::to_owned);
        let rank = |it: &&Confirmed| match path(it).unwrap_or_default() {
            it if it.contains("/src/") => 0,
            it if !it.ends_with(LOCK) => 1,
            _ => 2,
        };
        let worst = files.iter().min_by_key(rank);
        let Some(worst) = worst.cloned() else { return Ok(None) };
        let service = &self.made.service;
        let mut message =
            format!("`{}` is not what `{}` yields: {}", service.out, service.shown, counts(&stale));
        if let Some(old) = self.drift.generator.as_deref().filter(|it| *it != GENERATOR) {
            message.push_str(&format!("; made by {old}, judged by {GENERATOR}"));
        }
        let files: Vec<Value> = files.iter().map(|it| it.body().clone()).collect();
        Ok(Some(Finding {
            place: self.contract_place(),
            side: Side::Head,
            subject: service.out.clone(),
            message,
            remedy: self.remedy(&stale),
            related: Vec::new(),
            witness: worst,
            fix: None,
            details: Some(Box::new(self.details([("files".to_owned(), Value::from(files))]))),
        }))
    }

    /// One finding for each generated file that somebody edited.
    pub(crate) fn hand_edited(&self, n_left: &mut usize) -> Result<Vec<Finding>, Refuted> {
        let mut findings = Vec::new();
        for change in self.drift.edited() {
            let (witness, world) = self.witness(change, n_left);
            let path = witness.path.clone();
            let witness = Confirmed::by_replay(&HandEdit(witness), &world)?;
            findings.push(Finding {
                place: line_of(&path, first_difference(change)),
                side: Side::Head,
                subject: path.to_string(),
                message: format!("`{path}` is generated, and somebody edited it"),
                remedy: format!(
                    "put the change into `{}`, then run `{} --overwrite-edited`",
                    self.made.service.shown,
                    self.command()
                ),
                related: Vec::new(),
                witness,
                fix: None,
                details: Some(Box::new(self.details([]))),
            });
        }
        Ok(findings)
    }

    fn remedy(&self, stale: &[&Change]) -> String {
        let remedy = format!("run `{}` and commit what it writes", self.command());
        // The usual `dist` of a `.gitignore` hides what the generator writes from git and from us.
        let is_hidden = |it: &&Change| it.actual.is_none() && it.path.starts_with("dist/");
        if stale.iter().all(is_hidden) {
            let out = &self.made.service.out;
            return format!(
                "{remedy}; if it writes nothing, git ignores them: add `!/{out}/dist/`"
            );
        }
        remedy
    }

    fn command(&self) -> String {
        format!("checks sdk generate --service {}", self.made.service.name)
    }

    fn details<const N: usize>(&self, members: [(String, Value); N]) -> Details {
        let service = &self.made.service;
        let mut all = Map::from_iter(members);
        all.insert("service".to_owned(), json!(service.name));
        Details { level: self.level, within: service.out.clone(), members: all }
    }

    fn witness(&self, change: &Change, n_left: &mut usize) -> (FileDiff, FileTexts) {
        let diff = unified(change, *n_left);
        *n_left = n_left.saturating_sub(diff.n_shown);
        let expected = change.expected.as_ref().map(|it| it.read().into_owned());
        let digest =
            |it: &Option<String>| it.as_ref().map(|it| Digest::of(it.as_bytes()).to_string());
        let expected_digest = digest(&expected);
        let bytes = |path: &str| match self.folder.at(path) {
            Present::File(bytes) => Some(bytes),
            Present::Absent | Present::Other(_) => None,
        };
        let lock = bytes(LOCK).and_then(|it| Lock::read(&it)).unwrap_or_default();
        let world = FileTexts {
            expected,
            actual: bytes(&change.path).map(|it| it.to_vec()),
            locked: lock.files.get(&change.path).cloned(),
            is_lock_damaged: lock.is_damaged,
        };
        let path = format!("{}/{}", self.made.service.out, change.path);
        let witness = FileDiff {
            // A folder outside of the repository has no path in it.
            path: RepoPath::new(&path).unwrap_or_else(|_| self.made.service.contract.clone()),
            expected: expected_digest,
            actual: digest(&change.actual),
            diff: diff.text,
        };
        (witness, world)
    }

    /// The first line of the contract that changed.
    fn contract_place(&self) -> Place {
        let contract = &self.made.service.contract;
        let new = self.made.texts.first().map_or(&[][..], |it| &it.1);
        let changed = self.older.as_deref().and_then(|old| first_changed_line(old, new));
        changed.map_or_else(|| Place::start_of(contract), |line| line_of(contract, line))
    }
}

/// All findings of a run share one budget of lines.
pub(crate) fn lines_left() -> usize {
    LINES_OF_RUN
}

/// `2 files differ, 1 is missing, 1 is not made any more`.
fn counts(changes: &[&Change]) -> String {
    let count = |is_meant: fn(&Change) -> bool| changes.iter().filter(|it| is_meant(it)).count();
    let differ = count(|it| it.expected.is_some() && it.actual.is_some());
    let missing = count(|it| it.expected.is_some() && it.actual.is_none());
    let surplus = count(|it| it.expected.is_none());
    let told = [(differ, "out of date"), (missing, "missing"), (surplus, "not made any more")];
    let told = told.into_iter().filter(|it| it.0 > 0);
    told.map(|(count, what)| format!("{} {what}", counted(count, "file")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn line_of(path: &RepoPath, line: usize) -> Place {
    let region = Region { line, column: 1, end_line: line, end_column: 1 };
    Place { path: path.clone(), region }
}

/// The first line at which a file is not what it was made as.
fn first_difference(change: &Change) -> usize {
    let [actual, expected] = change.texts();
    // The first line differs with any other; the edit itself is told.
    let lines = actual.lines().zip(expected.lines().map(Some).chain(std::iter::repeat(None)));
    let differs = lines.skip(1).position(|(one, other)| Some(one) != other);
    differs.map_or(1, |it| it + 2)
}

/// The number of the first line that is another one.
fn first_changed_line(old: &[u8], new: &[u8]) -> Option<usize> {
    let lines = |it: &'_ [u8]| -> Vec<Vec<u8>> {
        it.split(|it| *it == b'\n').map(|it| it.trim_ascii_end().to_vec()).collect()
    };
    let (old, new) = (lines(old), lines(new));
    let n_new = new.len();
    let position = new.iter().zip(&old).position(|(one, other)| one != other);
    let line = position.or((old.len() != n_new).then(|| old.len().min(n_new.saturating_sub(1))))?;
    Some(line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_changed_line_is_one_of_the_new_text() {
        for (old, new, expected) in [
            ("a\nb\n", "a\nb\n", None),
            ("a\nb\n", "a\r\nb\r\n", None),
            ("a\nb\n", "a\nc\n", Some(2)),
            ("a\n", "a\nb\n", Some(2)),
            ("a\nb\nc\n", "a\n", Some(2)),
        ] {
            assert_eq!(first_changed_line(old.as_bytes(), new.as_bytes()), expected, "{old} {new}");
        }
    }
}
