//! Files that `init` writes: never over one that somebody changed.

use std::{fs, io, path::Path};

use kernel::Digest;

use crate::{disk, init::Draft};

/// How the first line of a file of ours begins.
const MARK: &str = "# Written by `checks init`, sha256 ";

/// What became of one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It was written.
    New(String),
    /// It says that already.
    Unchanged(String),
    /// Somebody's own file is there and says something else; the draft lies beside it.
    Proposed(String),
}

/// Writes a draft below the root, or tells what would be written.
pub fn write(root: &Path, draft: &Draft, is_dry: bool) -> io::Result<Written> {
    let marked = if draft.is_marked { marked(&draft.text) } else { draft.text.clone() };
    let target = root.join(draft.path);
    let path = draft.path.to_owned();
    match fs::read(&target) {
        Ok(bytes) if bytes == marked.as_bytes() => return Ok(Written::Unchanged(path)),
        Ok(bytes) if !is_ours(&bytes) => return propose(root, &path, &marked, is_dry),
        Ok(_) => (),
        Err(err) if err.kind() == io::ErrorKind::NotFound => (),
        Err(err) => return Err(err),
    }
    if !is_dry {
        disk::replace(&target, marked.as_bytes())?;
    }
    Ok(Written::New(path))
}

fn propose(root: &Path, path: &str, text: &str, is_dry: bool) -> io::Result<Written> {
    let proposal = format!("{path}.proposed");
    let target = root.join(&proposal);
    if !is_dry && fs::read(&target).ok().as_deref() != Some(text.as_bytes()) {
        disk::replace(&target, text.as_bytes())?;
    }
    Ok(Written::Proposed(proposal))
}

/// The text under a first line that carries its digest.
fn marked(text: &str) -> String {
    format!("{MARK}{}\n{text}", Digest::of(text.as_bytes()))
}

/// Is this a file of ours that nobody has changed since?
fn is_ours(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else { return false };
    let text = text.replace("\r\n", "\n");
    let Some((first, rest)) = text.split_once('\n') else { return false };
    first.strip_prefix(MARK) == Some(&Digest::of(rest.as_bytes()).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        Draft::marked("a/checks.toml", text.to_owned())
    }

    #[test]
    fn a_second_run_changes_nothing_and_a_newer_draft_replaces_an_older_one() {
        let root = tempfile::tempdir().unwrap();
        let path = || "a/checks.toml".to_owned();
        assert_eq!(write(root.path(), &draft("x = 1\n"), true).unwrap(), Written::New(path()));
        assert!(!root.path().join("a").exists(), "a dry run writes nothing");
        assert_eq!(write(root.path(), &draft("x = 1\n"), false).unwrap(), Written::New(path()));
        assert_eq!(
            write(root.path(), &draft("x = 1\n"), false).unwrap(),
            Written::Unchanged(path())
        );
        assert_eq!(write(root.path(), &draft("x = 2\n"), false).unwrap(), Written::New(path()));
    }

    #[test]
    fn a_changed_file_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &draft("x = 1\n"), false).unwrap();
        let file = root.path().join("a/checks.toml");
        let edited = fs::read_to_string(&file).unwrap() + "y = 1\n";
        fs::write(&file, &edited).unwrap();
        let proposed = Written::Proposed("a/checks.toml.proposed".to_owned());
        assert_eq!(write(root.path(), &draft("x = 1\n"), false).unwrap(), proposed);
        assert_eq!(fs::read_to_string(&file).unwrap(), edited);
        assert!(root.path().join("a/checks.toml.proposed").is_file());
    }

    #[test]
    fn a_file_without_comments_is_ours_only_byte_for_byte() {
        let root = tempfile::tempdir().unwrap();
        let check = |text: &str, expected: Written| {
            let draft = Draft::verbatim("rules.json", text.to_owned());
            assert_eq!(write(root.path(), &draft, false).unwrap(), expected, "{text}");
        };
        check("{}\n", Written::New("rules.json".to_owned()));
        check("{}\n", Written::Unchanged("rules.json".to_owned()));
        check("[]\n", Written::Proposed("rules.json.proposed".to_owned()));
        assert_eq!(fs::read_to_string(root.path().join("rules.json")).unwrap(), "{}\n");
    }
}
