//! Differences of generated files, for people and as witnesses.

use similar::TextDiff;

use crate::sdk_sync::drift::Change;

/// How many lines of one file are shown.
const LINES_OF_FILE: usize = 40;
/// How many lines of all files of a run.
pub(crate) const LINES_OF_RUN: usize = 400;

/// The change as a unified diff of at most so many lines, and how many there are in all.
pub(crate) fn unified(change: &Change, limit: usize) -> Unified {
    let sides = [(change.actual.is_some(), "a"), (change.expected.is_some(), "b")];
    let [from, to] = sides.map(|(is_there, side)| {
        if is_there { format!("{side}/{}", change.path) } else { "/dev/null".to_owned() }
    });
    let [actual, expected] = change.texts();
    let diff = TextDiff::from_lines(&*actual, &*expected);
    let text = diff.unified_diff().context_radius(3).header(&from, &to).to_string();
    let limit = limit.min(LINES_OF_FILE);
    let n_lines = text.lines().count();
    if n_lines <= limit {
        return Unified { text, n_shown: n_lines, n_more: 0 };
    }
    let shown: String = text.split_inclusive('\n').take(limit).collect();
    let n_more = n_lines - limit;
    Unified { text: format!("{shown}… and {n_more} more\n"), n_shown: limit, n_more }
}

/// A diff that may have been cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unified {
    /// The text, which says itself what it leaves out.
    pub(crate) text: String,
    /// How many lines are shown.
    pub(crate) n_shown: usize,
    /// How many are not.
    pub(crate) n_more: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(actual: Option<&str>, expected: Option<&str>) -> Change {
        let [actual, expected] = [actual, expected].map(|it| it.map(str::to_owned));
        let expected = expected.map(Into::into);
        Change { path: "src/a.ts".to_owned(), expected, actual, is_edited: false }
    }

    #[test]
    fn a_diff_names_both_sides() {
        let check = |actual, expected, told: &str| {
            assert_eq!(unified(&change(actual, expected), 40).text, told);
        };
        check(
            Some("a\nb\n"),
            Some("a\nc\n"),
            "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n",
        );
        check(None, Some("a\n"), "--- /dev/null\n+++ b/src/a.ts\n@@ -0,0 +1 @@\n+a\n");
        check(Some("a\n"), None, "--- a/src/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let long = "line\n".repeat(100);
        let told = unified(&change(None, Some(&long)), 400);
        assert_eq!((told.n_shown, told.n_more), (40, 63));
        assert!(told.text.ends_with("… and 63 more\n"), "{}", told.text);
        assert_eq!(unified(&change(None, Some(&long)), 5).n_more, 98);
    }
}
