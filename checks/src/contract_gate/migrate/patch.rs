//! A patch that `git apply` takes.

use std::fmt::Write as _;

use kernel::RepoPath;
use similar::TextDiff;

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: RepoPath,
    /// What it holds; none if it is new.
    pub before: Option<String>,
    /// What it will hold.
    pub after: String,
}

/// All changes as one patch with three lines of context.
#[must_use]
pub(super) fn patch(changes: &[Change]) -> String {
    changes.iter().filter(|it| it.before.as_deref() != Some(it.after.as_str())).map(one).collect()
}

fn one(change: &Change) -> String {
    let (old, new) = (named("a", &change.path), named("b", &change.path));
    let mut text = format!("diff --git {old} {new}\n");
    let before = change.before.as_deref().unwrap_or_default();
    if change.before.is_none() {
        text.push_str("new file mode 100644\n");
    }
    let from = if change.before.is_some() { old } else { "/dev/null".to_owned() };
    let diff = TextDiff::from_lines(before, &change.after);
    let _ = write!(text, "{}", diff.unified_diff().context_radius(3).header(&from, &new));
    text
}

/// A name as git writes it: quoted where it holds quotes, backslashes, control or wide characters.
fn named(side: &str, path: &RepoPath) -> String {
    let name = format!("{side}/{path}");
    let is_plain = |it: u8| (b' '..0x7f).contains(&it) && it != b'"' && it != b'\\';
    if name.bytes().all(is_plain) {
        // A name with blanks ends with a tab, so that it has an end.
        return if name.contains(' ') { format!("{name}\t") } else { name };
    }
    let escaped = name.bytes().map(|it| match it {
        b'"' => "\\\"".to_owned(),
        b'\\' => "\\\\".to_owned(),
        it if is_plain(it) => char::from(it).to_string(),
        it => format!("\\{it:03o}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::{fs, process::Command};

    use super::*;

    fn change(path: &str, before: Option<&str>, after: &str) -> Change {
        let path = RepoPath::new(path).unwrap();
        Change { path, before: before.map(str::to_owned), after: after.to_owned() }
    }

    #[test]
    fn git_applies_it() {
        let folder = tempfile::tempdir().unwrap();
        let long = (0..40).map(|it| format!("line {it}")).collect::<Vec<_>>().join("\n") + "\n";
        let changes = [
            change("a.json", Some("{\n  \"a\": 1\n}"), "{\n  \"a\": 2\n}"),
            change(
                "with blank/b.yaml",
                Some(&long),
                &long.replace("line 7\n", "").replace("line 30", "LINE"),
            ),
            change("neu/ü\"x.ts", None, "one\r\ntwo\r\n"),
            change("crlf.yaml", Some("a: 1\r\nb: 2\r\n"), "a: 1\r\nb: 3\r\nc: 4\r\n"),
            change("same.txt", Some("x"), "x"),
        ];
        for it in &changes {
            let path = folder.path().join(it.path.as_str());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if let Some(before) = &it.before {
                fs::write(path, before).unwrap();
            }
        }
        fs::write(folder.path().join("p"), patch(&changes)).unwrap();
        let git = |words: &[&str]| {
            let output = Command::new("git").args(words).current_dir(&folder).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        git(&["init", "-q"]);
        git(&["apply", "--whitespace=nowarn", "p"]);
        for it in &changes {
            let text = fs::read_to_string(folder.path().join(it.path.as_str())).unwrap();
            assert_eq!(text, it.after, "{}", it.path);
        }
    }
}
