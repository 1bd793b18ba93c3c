//! Trees: a base with some entries changed.

use serde_json::{Value, json};

use crate::git::{ABSENT, Git, GitError, text};

/// The mode of a folder.
pub(crate) const FOLDER: &str = "040000";

/// One change: an object at a path, or nothing there any more.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) path: String,
    pub(crate) mode: String,
    /// The object; nothing deletes the path.
    pub(crate) sha: Option<String>,
}

impl Git {
    /// Stores the tree that comes out of a base and changes.
    pub(crate) fn tree(&self, base: Option<&str>, changes: &[Change]) -> Result<String, GitError> {
        let folder = tempfile::tempdir()?;
        let index = folder.path().join("index");
        let run = |arguments: &[&str], input: &[u8]| {
            text(self.command(arguments).env("GIT_INDEX_FILE", &index), input)
        };
        run(&["read-tree", base.unwrap_or("--empty")], b"")?;
        let before = run(&["ls-files", "-z"], b"")?;
        let mut lines = String::new();
        for Change { path, mode, sha } in changes {
            let is_below =
                |it: &&str| it.strip_prefix(path.as_str()).is_some_and(|it| it.starts_with('/'));
            let below = before.split('\0').filter(is_below).chain([path.as_str()]);
            below.for_each(|it| lines.push_str(&format!("0 {ABSENT}\t{it}\0")));
            match sha {
                Some(sha) if mode == FOLDER => lines.push_str(&self.lines(sha, path)?),
                Some(sha) => lines.push_str(&format!("{mode} {sha}\t{path}\0")),
                None => {}
            }
        }
        run(&["update-index", "-z", "--index-info"], lines.as_bytes())?;
        run(&["write-tree"], b"")
    }

    /// All files of a tree, as lines for an index in which they lie in a folder.
    fn lines(&self, tree: &str, folder: &str) -> Result<String, GitError> {
        let listed = self.text(&["ls-tree", "-r", "-z", "--full-tree", tree])?;
        let mut lines = String::new();
        for (head, path) in listed.split('\0').filter_map(|it| it.split_once('\t')) {
            lines.push_str(&format!("{head}\t{folder}/{path}\0"));
        }
        Ok(lines)
    }

    /// The object at a path of a tree.
    pub(crate) fn entry(&self, tree: &str, path: &str) -> Option<String> {
        self.text(&["rev-parse", "--verify", "--quiet", &format!("{tree}:{path}")]).ok()
    }

    /// The entries of a tree as GitHub shows them; of all folders in it, if asked for.
    pub(crate) fn entries(&self, tree: &str, is_recursive: bool) -> Vec<Value> {
        let mut arguments = vec!["ls-tree", "-z", "--long", "--full-tree"];
        if is_recursive {
            arguments.extend(["-r", "-t"]);
        }
        arguments.push(tree);
        let text = self.text(&arguments).unwrap_or_default();
        text.split('\0').filter_map(entry).collect()
    }
}

fn entry(line: &str) -> Option<Value> {
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split_whitespace();
    let (mode, kind, sha) = (words.next()?, words.next()?, words.next()?);
    let mut entry = json!({"path": path, "mode": mode, "type": kind, "sha": sha});
    if let (Some(size), Some(entry)) = (words.next()?.parse::<u64>().ok(), entry.as_object_mut()) {
        entry.insert("size".into(), size.into());
    }
    Some(entry)
}
