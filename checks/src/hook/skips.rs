//! The record of pushes that were let through unjudged, beside the clone.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use kernel::{Timestamp, canonical_line};
use serde_json::{Map, Value, json};

/// `proofmark/skips.jsonl` in the git folder.
#[derive(Debug, Clone)]
pub struct SkipLog {
    file: PathBuf,
}

/// One push that was let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// When.
    pub time: String,
    /// Which gates, as `CHECKS_SKIP` named them.
    pub gates: String,
    /// Which ref.
    pub local_ref: String,
}

impl SkipLog {
    /// The record of a clone.
    #[must_use]
    pub fn of(git_folder: &Path) -> Self {
        Self { file: git_folder.join("proofmark").join("skips.jsonl") }
    }

    /// Notes a skip.
    pub fn note(&self, now: Timestamp, gates: &str, local_ref: &str) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let line = json!({"gates": gates, "ref": local_ref, "time": now, "told": false});
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&self.file)?;
        file.write_all(canonical_line(&line).as_bytes())
    }

    /// The skips that no green run has named yet; from now on they count as named.
    pub fn take_untold(&self) -> io::Result<Vec<Skip>> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(err) => return Err(err),
        };
        let mut untold = Vec::new();
        let mut kept = String::new();
        for line in text.lines() {
            let Ok(Value::Object(mut entry)) = serde_json::from_str(line) else { continue };
            if entry.insert("told".to_owned(), json!(true)) == Some(json!(false)) {
                untold.push(skip(&entry));
            }
            kept.push_str(&canonical_line(&Value::Object(entry)));
        }
        if !untold.is_empty() {
            fs::write(&self.file, kept)?;
        }
        Ok(untold)
    }
}

fn skip(entry: &Map<String, Value>) -> Skip {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Skip { time: text("time"), gates: text("gates"), local_ref: text("ref") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_skip_is_named_once() {
        let folder = tempfile::tempdir().unwrap();
        let log = SkipLog::of(folder.path());
        assert_eq!(log.take_untold().unwrap(), []);
        let now = "2027-01-01T00:00:00Z".parse().unwrap();
        log.note(now, "all", "refs/heads/a").unwrap();
        log.note(now, "route-audit", "refs/heads/b").unwrap();
        let untold = log.take_untold().unwrap();
        assert_eq!(
            untold.iter().map(|it| it.gates.as_str()).collect::<Vec<_>>(),
            ["all", "route-audit"]
        );
        assert_eq!(log.take_untold().unwrap(), []);
    }
}
