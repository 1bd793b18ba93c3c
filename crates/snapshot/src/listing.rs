//! The paths of one revision.

mod comparison;
mod index;
mod tree;
mod worktree;

use std::collections::{BTreeMap, BTreeSet};

use gix::{ObjectId, index::entry::Stat};
use kernel::RepoPath;

pub(crate) use crate::listing::{
    comparison::Comparison,
    tree::list_commit,
    worktree::{list_worktree, threads},
};
use crate::snapshot::EntryKind;

/// One path and what is known of it without reading it.
pub(crate) struct Item {
    pub(crate) path: RepoPath,
    pub(crate) kind: EntryKind,
    pub(crate) stored: Option<Stored>,
    /// Does the content come from disk?
    pub(crate) is_on_disk: bool,
}

/// Git's copy of a file.
#[derive(Clone, Copy)]
pub(crate) struct Stored {
    pub(crate) id: ObjectId,
    /// What the file on disk looked like when git last compared it; none in a commit.
    pub(crate) stat: Option<Stat>,
}

/// All paths, sorted by their bytes, and what is odd about them.
#[derive(Default)]
pub(crate) struct Listing {
    pub(crate) items: Vec<Item>,
    pub(crate) notes: Vec<String>,
    /// How to see that a file on disk is git's copy; none without an index.
    pub(crate) comparison: Option<Comparison>,
}

impl Listing {
    /// Sorts, and notes names that only a case-sensitive file system keeps apart.
    fn finish(mut self) -> Self {
        self.items.sort_by(|left, right| left.path.cmp(&right.path));
        self.items.dedup_by(|left, right| left.path == right.path);
        let mut names = BTreeMap::new();
        for path in &self.that_may_differ_in_case() {
            if let Some(first) = names.insert(path.as_str().to_lowercase(), path) {
                let note = "differ only in case; some systems keep only one of them";
                self.notes.push(format!("`{first}` and `{path}` {note}"));
            }
        }
        self.notes.sort();
        self.notes.dedup();
        self
    }

    /// The paths with capitals, and those that they would be without; sorted. Most paths have none,
    /// and need no second look.
    fn that_may_differ_in_case(&self) -> BTreeSet<RepoPath> {
        let is_plain = |it: u8| it.is_ascii() && !it.is_ascii_uppercase();
        let paths = self.items.iter().map(|it| &it.path);
        let odd = paths.filter(|it| !it.as_str().bytes().all(is_plain));
        let mut found = BTreeSet::new();
        for path in odd {
            let lower = path.as_str().to_lowercase();
            let plain = self.items.binary_search_by(|it| it.path.as_str().cmp(&lower));
            let plain = plain.ok().and_then(|idx| self.items.get(idx));
            found.extend(plain.map(|it| it.path.clone()));
            found.insert(path.clone());
        }
        found
    }
}

/// Says that a name is left out.
fn odd_name(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).escape_debug().to_string();
    format!("`{name}` is left out, because its name is not UTF-8 or no path inside the repository")
}
