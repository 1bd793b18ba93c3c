//! A commit on a new branch, made through an index of its own: the user's stays untouched.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use super::{Change, MigrateError};

/// Commits the changes on a new branch that starts at `HEAD`; an existing branch is an error.
pub fn commit(
    root: &Path,
    branch: &str,
    changes: &[Change],
    message: &str,
) -> Result<String, MigrateError> {
    let reference = format!("refs/heads/{branch}");
    let index = tempfile::NamedTempFile::new()
        .map_err(|err| MigrateError::Git { what: "index".into(), message: err.to_string() })?;
    let git = Git { root, index: index.path() };
    git.answer(&["check-ref-format", &reference], None)?;
    if git.answer(&["rev-parse", "--verify", "--quiet", &reference], None).is_ok() {
        let message = format!("the branch `{branch}` exists; choose another name, or delete it");
        return Err(MigrateError::Git { what: format!("branch {branch}"), message });
    }
    git.answer(&["read-tree", "HEAD"], None)?;
    // An index knows files by their way from the top, which may lie above the root that is judged.
    let above = git.answer(&["rev-parse", "--show-prefix"], None)?;
    for change in changes {
        let words = ["hash-object", "-w", "--no-filters", "--stdin"];
        let object = git.answer(&words, Some(&change.after))?;
        let listed = git.answer(&["ls-tree", "HEAD", "--", change.path.as_str()], None)?;
        let mode = if listed.starts_with("100755 ") { "100755" } else { "100644" };
        let entry = format!("{mode},{object},{above}{}", change.path);
        git.answer(&["update-index", "--add", "--cacheinfo", &entry], None)?;
    }
    let tree = git.answer(&["write-tree"], None)?;
    let commit = git.answer(&["commit-tree", &tree, "-p", "HEAD", "-m", message], None)?;
    // The empty old value: only if nobody made the branch meanwhile.
    git.answer(&["update-ref", &reference, &commit, ""], None)?;
    Ok(commit)
}

struct Git<'a> {
    root: &'a Path,
    index: &'a Path,
}

impl Git<'_> {
    fn answer(&self, words: &[&str], input: Option<&str>) -> Result<String, MigrateError> {
        let failed = |message: String| MigrateError::Git { what: words.join(" "), message };
        let mut command = Command::new("git");
        command.current_dir(self.root).args(["-c", "core.hooksPath="]).args(words);
        command.env("GIT_INDEX_FILE", self.index).env("GIT_TERMINAL_PROMPT", "0");
        command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|err| failed(err.to_string()))?;
        if let (Some(text), Some(mut stdin)) = (input, child.stdin.take()) {
            stdin.write_all(text.as_bytes()).map_err(|err| failed(err.to_string()))?;
        }
        let output = child.wait_with_output().map_err(|err| failed(err.to_string()))?;
        if !output.status.success() {
            return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}
