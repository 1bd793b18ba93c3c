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
        let mut lines = String::new();
        for Change { path, mode, sha } in changes {
            match sha {
                Some(sha) if mode == FOLDER => {
                    // A pathspec that is this path and no pattern.
                    let exact = format!(":(literal){path}");
                    run(&["rm", "--cached", "-r", "-q", "--ignore-unmatch", "--", &exact], b"")?;
                    run(&["read-tree", &format!("--prefix={path}/"), sha], b"")?;
                }
                Some(sha) => lines.push_str(&format!("{mode} {sha}\t{path}\0")),
                None => lines.push_str(&format!("0 {ABSENT}\t{path}\0")),
            }
        }
        run(&["update-index", "-z", "--index-info"], lines.as_bytes())?;
        run(&["write-tree"], b"")
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
