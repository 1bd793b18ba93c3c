//! The witness of a generated file that is not what it should be, and its judge.

use kernel::{Digest, RepoPath, Witness};
use serde::Serialize;

/// A file with what it should hold and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FileDiff {
    /// The file.
    pub(crate) path: RepoPath,
    /// The digest of what it should hold; none if it has to go.
    pub(crate) expected: Option<String>,
    /// The digest of what it holds, line ends folded; none if it is not there.
    pub(crate) actual: Option<String>,
    /// From the one to the other, cut where it is long.
    pub(crate) diff: String,
}

/// The same of a file that somebody edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct HandEdit(pub(crate) FileDiff);

/// The texts in dispute.
pub(crate) struct FileTexts {
    /// What the contract yields.
    pub(crate) expected: Option<String>,
    /// What the revision has.
    pub(crate) actual: Option<Vec<u8>>,
    /// The digest that the lock has for the file.
    pub(crate) locked: Option<String>,
    /// The lock itself was damaged, so that it vouches for nothing.
    pub(crate) is_lock_damaged: bool,
}

impl FileTexts {
    /// What the revision has, without the returns in front of newlines.
    fn actual(&self) -> Option<String> {
        let bytes = self.actual.as_deref()?;
        let mut folded = Vec::with_capacity(bytes.len());
        for (idx, byte) in bytes.iter().enumerate() {
            let is_before_newline = *byte == b'\r' && bytes.get(idx + 1) == Some(&b'\n');
            if !is_before_newline {
                folded.push(*byte);
            }
        }
        Some(String::from_utf8_lossy(&folded).into_owned())
    }
}

impl Witness for FileDiff {
    const KIND: &'static str = "file-diff";
    type World = FileTexts;

    fn replay(&self, world: &FileTexts) -> bool {
        let actual = world.actual();
        let digest =
            |it: &Option<String>| it.as_ref().map(|it| Digest::of(it.as_bytes()).to_string());
        // What cannot be read as text has no digest: it is in the way all the same.
        let is_text = world.actual.as_deref().is_none_or(|it| str::from_utf8(it).is_ok());
        let is_seen = digest(&actual) == self.actual || (self.actual.is_none() && !is_text);
        let is_same = is_seen && digest(&world.expected) == self.expected;
        let [old, new] = [&actual, &world.expected].map(|it| it.as_deref().unwrap_or_default());
        is_same && self.expected != self.actual && holds(&self.diff, old, new)
    }
}

impl Witness for HandEdit {
    const KIND: &'static str = "file-diff";
    type World = FileTexts;

    fn replay(&self, world: &FileTexts) -> bool {
        let Some(actual) = world.actual() else { return false };
        self.0.replay(world) && !vouches(&actual, world)
    }
}

/// Does the first line, or else the lock, vouch for the rest?
fn vouches(actual: &str, world: &FileTexts) -> bool {
    let end = actual.find('\n').map_or(actual.len(), |it| it + 1);
    let (first, rest) = actual.split_at(end);
    let first = first.trim_end_matches('\n').trim_start_matches('\u{feff}');
    let is_stamp =
        ["// ", "<!-- "].iter().any(|it| first.starts_with(&format!("{it}checks:sdk v1 ")));
    if is_stamp {
        let digest = Digest::of(rest.as_bytes());
        return first == format!("// checks:sdk v1 {digest}")
            || first == format!("<!-- checks:sdk v1 {digest} -->");
    }
    let digest = Digest::of(actual.as_bytes()).to_string();
    !world.is_lock_damaged && world.locked.as_deref() == Some(digest.as_str())
}

/// Does each line of a unified diff stand where it says, in the one text or the other?
fn holds(diff: &str, old: &str, new: &str) -> bool {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let (mut at_old, mut at_new, mut n_changes) = (0, 0, 0_usize);
    let mut is_cut = false;
    let mut in_hunk = false;
    for line in diff.lines() {
        if line.starts_with('…') {
            is_cut = true;
            break;
        }
        if let Some(head) = line.strip_prefix("@@ -") {
            let Some((from, to)) = starts(head) else { return false };
            (at_old, at_new, in_hunk) = (from, to, true);
            continue;
        }
        if !in_hunk || line.starts_with('\\') {
            continue;
        }
        let (sign, text) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
        let is_old = sign != "+" && old.get(at_old) == Some(&text);
        let is_new = sign != "-" && new.get(at_new) == Some(&text);
        let is_right = match sign {
            " " => is_old && is_new,
            "-" => is_old,
            "+" => is_new,
            _ => false,
        };
        if !is_right {
            return false;
        }
        at_old += usize::from(sign != "+");
        at_new += usize::from(sign != "-");
        n_changes += usize::from(sign != " ");
    }
    is_cut || n_changes > 0
}

/// Where a hunk starts in both texts, counted from 0.
fn starts(head: &str) -> Option<(usize, usize)> {
    let (old, rest) = head.split_once(" +")?;
    let new = rest.split_once(" @@")?.0;
    let start = |it: &str| {
        let (start, count) = it.split_once(',').unwrap_or((it, "1"));
        let start: usize = start.parse().ok()?;
        // A side without lines is named by the line before it.
        Some(if count == "0" { start } else { start.checked_sub(1)? })
    };
    Some((start(old)?, start(new)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdk_sync::{diff::unified, drift::Change};

    fn witness(actual: Option<&str>, expected: Option<&str>) -> (FileDiff, FileTexts) {
        let [actual, expected] = [actual, expected].map(|it| it.map(str::to_owned));
        let digest =
            |it: &Option<String>| it.as_ref().map(|it| Digest::of(it.as_bytes()).to_string());
        let change = Change {
            path: "a.ts".to_owned(),
            expected: expected.clone().map(Into::into),
            actual: actual.clone(),
            is_edited: false,
        };
        let diff = unified(&change, 40).text;
        let path = RepoPath::new("sdk/a.ts").unwrap();
        let witness = FileDiff { path, expected: digest(&expected), actual: digest(&actual), diff };
        let actual = actual.map(String::into_bytes);
        (witness, FileTexts { expected, actual, locked: None, is_lock_damaged: false })
    }

    #[test]
    fn a_diff_of_two_texts_replays_and_no_other_does() {
        let long = "line\n".repeat(200);
        let rows = [
            (Some("a\nb\n"), Some("a\nc\n")),
            (None, Some("a\n")),
            (Some("a\n"), None),
            (Some("a"), Some("a\n")),
            (Some(""), Some("x\n")),
            (Some("1\n2\n3\n4\n5\n6\n7\n8\n9\n"), Some("1\n2\n3\n4\n5\n6\n7\n8\n")),
            (Some(long.as_str()), Some("0\n")),
        ];
        for (actual, expected) in rows {
            let (it, world) = witness(actual, expected);
            assert!(it.replay(&world), "{actual:?} {expected:?}\n{}", it.diff);
            let (_, other) = witness(actual, Some("something else\n"));
            assert!(!it.replay(&other), "{actual:?} {expected:?}");
            let same = FileTexts {
                expected: world.expected.clone(),
                actual: world.expected.clone().map(String::into_bytes),
                ..other
            };
            assert!(!it.replay(&same), "{actual:?} {expected:?}");
        }
        let (it, world) = witness(Some("a\nb\n"), Some("a\nc\n"));
        let lying = FileDiff { diff: it.diff.replace("-b", "-x"), ..it };
        assert!(!lying.replay(&world));
    }

    #[test]
    fn an_edit_shows_in_the_first_line_or_in_the_lock() {
        let digest = |it: &str| Digest::of(it.as_bytes()).to_string();
        let stamped = |told: &str, text: &str| format!("// checks:sdk v1 {}\n{text}", digest(told));
        for (actual, locked, expected) in [
            (stamped("a\n", "a\n"), None, false),
            (stamped("a\n", "b\n"), None, true),
            (stamped("a\n", "a\n").replacen('\n', " \n", 1), None, true),
            (stamped("a\n", "a\n").replace("v1", "v2"), Some(digest("x")), true),
            ("b\n".to_owned(), Some(digest("b\n")), false),
            ("b\n".to_owned(), Some(digest("a\n")), true),
        ] {
            let (it, world) = witness(Some(&actual), Some("new\n"));
            let world = FileTexts { locked, ..world };
            assert_eq!(HandEdit(it).replay(&world), expected, "{actual}");
        }
    }
}
