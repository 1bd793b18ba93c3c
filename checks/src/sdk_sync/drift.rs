//! What lies in the folder of an SDK, against what should lie there.

use std::{borrow::Cow, sync::Arc};

use kernel::Digest;
use sdk_gen::{Plan, Text};

use crate::sdk_sync::{
    lock::{LOCK, Lock, PACKAGE},
    manifest::repaired,
    stamp::{Stamp, folded},
};

/// What is found under a name.
#[derive(Debug, Clone)]
pub(crate) enum Present {
    /// Nothing.
    Absent,
    /// A regular file.
    File(Arc<[u8]>),
    /// Something that is never written over: a folder, a link, what cannot be read.
    Other(String),
}

/// The folder of an SDK, on disk or in a revision.
pub(crate) trait SdkFolder {
    /// What lies at this path, relative to the folder.
    fn at(&self, path: &str) -> Present;
    /// The paths below `src` and `dist`, and of the README, sorted.
    fn generated_paths(&self) -> Vec<String>;
    /// Were there files among them that an interrupted run left?
    fn has_leftovers(&self) -> bool;
}

/// A file that has to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Where, relative to the folder.
    pub(crate) path: String,
    /// What it should hold; nothing if it has to go.
    pub(crate) expected: Option<Text>,
    /// What it holds, line ends folded; nothing if it is not there.
    pub(crate) actual: Option<String>,
    /// Somebody changed what we had written.
    pub(crate) is_edited: bool,
}

impl Change {
    /// What it holds and what it should hold; nothing is an empty text.
    pub(crate) fn texts(&self) -> [Cow<'_, str>; 2] {
        let actual = self.actual.as_deref().unwrap_or_default();
        [Cow::Borrowed(actual), self.expected.as_ref().map(Text::read).unwrap_or_default()]
    }
}

/// A file that is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// What should be there.
    pub(crate) change: Change,
    /// What it is.
    pub(crate) reason: String,
}

impl Conflict {
    /// Where, relative to the folder.
    pub(crate) fn path(&self) -> &str {
        &self.change.path
    }
}

/// How far a folder is from what it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drift {
    /// What has to change, by path.
    pub(crate) changes: Vec<Change>,
    /// What is in the way.
    pub(crate) conflicts: Vec<Conflict>,
    /// How many files are as they should be.
    pub(crate) n_unchanged: usize,
    /// An interrupted run left files below `src` or `dist`.
    pub(crate) has_leftovers: bool,
    /// There is a lock, or a file of ours.
    pub(crate) is_here: bool,
    /// What made the files that are there.
    pub(crate) generator: Option<String>,
}

impl Drift {
    /// Compares a folder with a plan.
    pub(crate) fn of(plan: &Plan, folder: &dyn SdkFolder) -> Self {
        let old = match folder.at(LOCK) {
            Present::File(bytes) => Lock::read(&bytes),
            Present::Absent | Present::Other(_) => None,
        };
        let mut drift = Self { is_here: old.is_some(), ..Self::default() };
        drift.generator = old.as_ref().and_then(|it| it.generator.clone());
        let ground = Ground { folder, old: old.unwrap_or_default(), has_lock: drift.is_here };
        for (path, text) in plan.files.iter() {
            drift.compare(&ground, path, text);
        }
        drift.find_surplus(&ground, plan);
        drift.has_leftovers = folder.has_leftovers();
        drift.changes.sort_by(|one, other| one.path.cmp(&other.path));
        drift
    }

    /// The paths of files that have to be written, or removed.
    pub(crate) fn paths(&self, is_written: bool) -> Vec<String> {
        let is_meant = |it: &&Change| it.expected.is_some() == is_written;
        self.changes.iter().filter(is_meant).map(|it| it.path.clone()).collect()
    }

    /// The files that somebody changed by hand.
    pub(crate) fn edited(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|it| it.is_edited)
    }

    fn compare(&mut self, ground: &Ground<'_>, path: &str, planned: &Text) {
        let bytes = match ground.folder.at(path) {
            Present::File(bytes) => bytes,
            Present::Absent => {
                let expected = Some(planned.clone());
                let path = path.to_owned();
                return self.changes.push(Change {
                    path,
                    expected,
                    actual: None,
                    is_edited: false,
                });
            }
            Present::Other(reason) => return self.refuse((path, planned), None, reason),
        };
        let text = planned.read();
        if *bytes == *text.as_bytes() {
            return self.keep(&text);
        }
        let actual = folded(&bytes);
        if actual.as_deref() == Some(&*text) {
            return self.keep(&text);
        }
        let Some(actual) = actual else {
            return self.refuse((path, planned), None, "it is no text".to_owned());
        };
        let change = |expected: Text, is_edited| Change {
            path: path.to_owned(),
            expected: Some(expected),
            actual: Some(actual.clone()),
            is_edited,
        };
        match ground.owner(path, &actual) {
            Owner::Foreign => {
                let reason = "it was not made by `checks`".to_owned();
                self.refuse((path, planned), Some(&actual), reason);
            }
            Owner::Shared => match repaired(&actual, &text) {
                Some(expected) if expected == actual => self.n_unchanged += 1,
                Some(expected) => self.changes.push(change(expected.into(), false)),
                None => {
                    let reason = "it is no JSON object".to_owned();
                    self.refuse((path, planned), Some(&actual), reason);
                }
            },
            Owner::Ours => self.changes.push(change(planned.clone(), false)),
            Owner::Edited => self.changes.push(change(planned.clone(), true)),
        }
    }

    /// A file is as it should be.
    fn keep(&mut self, text: &str) {
        self.n_unchanged += 1;
        // A digest is only worked out where nothing else tells that the folder is ours.
        self.is_here = self.is_here || Stamp::of(text) == Stamp::Intact;
    }

    fn refuse(&mut self, (path, planned): (&str, &Text), actual: Option<&str>, reason: String) {
        let (expected, actual) = (Some(planned.clone()), actual.map(str::to_owned));
        let change = Change { path: path.to_owned(), expected, actual, is_edited: false };
        self.conflicts.push(Conflict { change, reason });
    }

    /// Files of ours that are not made any more.
    fn find_surplus(&mut self, ground: &Ground<'_>, plan: &Plan) {
        let mut paths = ground.folder.generated_paths();
        paths.extend(ground.old.files.keys().cloned());
        paths.sort();
        paths.dedup();
        for path in paths.into_iter().filter(|it| !plan.files.has(it)) {
            let Present::File(bytes) = ground.folder.at(&path) else { continue };
            let Some(actual) = folded(&bytes) else { continue };
            let stamp = Stamp::of(&actual);
            self.is_here |= stamp != Stamp::None;
            let is_locked = ground.old.files.get(&path).is_some_and(|it| *it == digest(&actual));
            // A file that lost its first line, or has another digest, is somebody's own by now.
            if stamp != Stamp::None || is_locked {
                let (actual, is_edited) = (Some(actual), stamp == Stamp::Broken);
                self.changes.push(Change { path, expected: None, actual, is_edited });
            }
        }
    }
}

/// Whose a file is that differs from the plan.
enum Owner {
    Ours,
    Edited,
    /// Only some keys of it are ours.
    Shared,
    Foreign,
}

struct Ground<'a> {
    folder: &'a dyn SdkFolder,
    old: Lock,
    has_lock: bool,
}

impl Ground<'_> {
    fn owner(&self, path: &str, actual: &str) -> Owner {
        let locked = self.old.files.get(path);
        let is_locked = locked.is_some() || (self.has_lock && self.old.is_damaged);
        match Stamp::of(actual) {
            _ if path == PACKAGE && is_locked => Owner::Shared,
            _ if path == LOCK && self.has_lock && self.old.is_damaged => Owner::Edited,
            _ if path == LOCK && self.has_lock => Owner::Ours,
            Stamp::Intact => Owner::Ours,
            Stamp::Broken => Owner::Edited,
            Stamp::None if locked.is_some_and(|it| *it == digest(actual)) => Owner::Ours,
            Stamp::None if is_locked => Owner::Edited,
            Stamp::None => Owner::Foreign,
        }
    }
}

fn digest(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string()
}
