//! What differs between the working tree and its commit, as git would store it.

use std::{
    ffi::OsStr,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use github::{Content, FileChange};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use kernel::Digest;
use tempfile::TempDir;

/// A working tree, asked through git. Index and objects of the user stay untouched: what is read
/// goes through a folder that is gone afterwards.
pub struct Worktree {
    top: PathBuf,
    objects: PathBuf,
    scratch: TempDir,
}

/// Why the changes cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum ChangedError {
    /// No repository, or one without a commit.
    #[error("git {what}: {words}")]
    Git {
        /// The command.
        what: String,
        /// Git's words.
        words: String,
    },
    /// A pattern that is none, or that leads outside.
    #[error("`--paths {0}`: {1}")]
    Pattern(String, String),
    /// The system refuses.
    #[error("no temporary folder: {0}")]
    Scratch(#[from] std::io::Error),
    /// A name that no request can carry.
    #[error("a changed file has a name that is not UTF-8; rename it, or have git ignore it")]
    Name,
    /// A thing that no commit of ours holds.
    #[error("`{0}` is a submodule, which is not committed; leave it out of `--paths`")]
    Submodule(String),
}

/// What changed, within the patterns and outside of them.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files within.
    pub files: Vec<FileChange>,
    /// The paths outside.
    pub outside: Vec<String>,
}

impl Worktree {
    /// The working tree that holds this folder.
    pub fn open(folder: &Path) -> Result<Self, ChangedError> {
        let scratch = tempfile::tempdir()?;
        let mut worktree = Self { top: folder.to_owned(), objects: PathBuf::new(), scratch };
        let top = worktree.text(&["rev-parse", "--show-toplevel"])?;
        let objects = worktree.text(&["rev-parse", "--git-path", "objects"])?;
        worktree.objects = folder.join(objects);
        if let Ok(objects) = worktree.objects.canonicalize() {
            worktree.objects = objects;
        }
        worktree.top = PathBuf::from(top);
        std::fs::create_dir_all(worktree.scratch.path().join("objects"))?;
        Ok(worktree)
    }

    /// The commit that the files are changed from. On a pull request, Actions checks out a merge
    /// that nobody pushed; what people pushed is `pushed`, one of its parents.
    pub fn commit(&self, pushed: Option<&str>) -> Result<String, ChangedError> {
        let head = self.text(&["rev-parse", "--verify", "HEAD^{commit}"])?;
        // Read as text: in a shallow clone git itself does not know the parents.
        let raw = self.text(&["cat-file", "commit", "HEAD"])?;
        let mut parents = raw.lines().take_while(|it| !it.is_empty());
        let mut is_parent =
            |pushed: &str| parents.any(|it| it.strip_prefix("parent ") == Some(pushed));
        let is_merge = raw.lines().filter(|it| it.starts_with("parent ")).count() > 1;
        let pushed = pushed.filter(|_| is_merge);
        Ok(pushed.filter(|it| is_parent(it)).map_or(head, str::to_owned))
    }

    /// What changed since `HEAD` and fits the patterns, which count from `prefix`.
    pub fn changes(&self, prefix: &str, patterns: &[String]) -> Result<Changes, ChangedError> {
        let wanted = globs(prefix, patterns)?;
        let status = ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"];
        let status = self.git(&status, None)?;
        let (mut within, mut outside) = (Vec::new(), Vec::new());
        for entry in status.split(|it| *it == 0).filter(|it| it.len() > 3) {
            let path = entry.get(3..).unwrap_or_default().to_vec();
            let path = String::from_utf8(path).map_err(|_| ChangedError::Name)?;
            if wanted.is_match(&path) { within.push(path) } else { outside.push(path) }
        }
        self.git(&["read-tree", "HEAD"], None)?;
        let named: String = within.iter().flat_map(|it| [it.as_str(), "\0"]).collect();
        let update = ["update-index", "--add", "--remove", "-z", "--stdin"];
        self.git(&update, Some(named.as_bytes()))?;
        let diff = ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--abbrev=64", "HEAD"];
        let diff = self.git(&diff, None)?;
        Ok(Changes { files: self.files(&diff)?, outside })
    }

    /// Reads `:100644 100755 <sha> <sha> M NUL path NUL` again and again.
    fn files(&self, diff: &[u8]) -> Result<Vec<FileChange>, ChangedError> {
        let mut words = diff.split(|it| *it == 0).map(String::from_utf8_lossy);
        let mut files = Vec::new();
        while let (Some(facts), Some(path)) = (words.next(), words.next()) {
            let facts: Vec<&str> = facts.split_whitespace().collect();
            let [_, mode, _, object, kind] = facts.as_slice() else { continue };
            let bytes = || self.git(&["cat-file", "blob", object], None);
            let content = match *mode {
                _ if *kind == "D" => Content::Gone,
                "160000" => return Err(ChangedError::Submodule(path.into_owned())),
                "120000" => Content::Link(bytes()?),
                mode => Content::File { bytes: bytes()?, is_executable: mode == "100755" },
            };
            files.push(FileChange { path: path.into_owned(), content });
        }
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(files)
    }

    fn text(&self, words: &[&str]) -> Result<String, ChangedError> {
        Ok(String::from_utf8_lossy(&self.git(words, None)?).trim_end().to_owned())
    }

    fn git(&self, words: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>, ChangedError> {
        let failed = |text: String| ChangedError::Git { what: words.join(" "), words: text };
        let mut command = Command::new("git");
        command.current_dir(&self.top).args(["-c", "core.hooksPath="]).args(words);
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        let is_set_up = !self.objects.as_os_str().is_empty();
        if is_set_up && words.first() != Some(&"status") {
            command.env("GIT_INDEX_FILE", self.scratch.path().join("index"));
            command.env("GIT_OBJECT_DIRECTORY", self.scratch.path().join("objects"));
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", AsRef::<OsStr>::as_ref(&self.objects));
        }
        command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|err| failed(err.to_string()))?;
        if let (Some(bytes), Some(mut stdin)) = (input, child.stdin.take()) {
            stdin.write_all(bytes).map_err(|err| failed(err.to_string()))?;
        }
        let output = child.wait_with_output().map_err(|err| failed(err.to_string()))?;
        if !output.status.success() {
            return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        Ok(output.stdout)
    }
}

fn globs(prefix: &str, patterns: &[String]) -> Result<GlobSet, ChangedError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let wrong = |words: &str| ChangedError::Pattern(pattern.clone(), words.to_owned());
        let inside = pattern.trim_start_matches("./");
        let leads_out = inside.starts_with('/')
            || inside.contains('\\')
            || inside.split('/').any(|it| it == "..");
        if inside.is_empty() || leads_out {
            return Err(wrong("a pattern of paths inside the repository, with `/`, is needed"));
        }
        let whole = format!("{}{inside}", globset::escape(prefix));
        let glob = GlobBuilder::new(&whole).literal_separator(true).build();
        set.add(glob.map_err(|err| wrong(&err.kind().to_string()))?);
    }
    set.build().map_err(|err| ChangedError::Pattern(String::new(), err.to_string()))
}

/// What a set of changes is known by.
#[must_use]
pub fn digest(files: &[FileChange]) -> String {
    let line = |it: &FileChange| {
        let (kind, bytes): (&str, &[u8]) = match &it.content {
            Content::File { bytes, is_executable: false } => ("file", bytes),
            Content::File { bytes, is_executable: true } => ("program", bytes),
            Content::Link(bytes) => ("link", bytes),
            Content::Gone => ("gone", &[]),
        };
        format!("{kind} {} {}\0", Digest::of(bytes), it.path)
    };
    let lines: String = files.iter().map(line).collect();
    Digest::of(lines.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn git(folder: &Path, words: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(folder).args([
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=a@shop.example",
        ]);
        assert!(command.args(words).status().unwrap().success());
    }

    #[cfg(unix)]
    #[test]
    fn modes_links_and_deletions_are_told_and_nothing_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        git(top, &["init", "-q", "-b", "main"]);
        fs::create_dir_all(top.join("sdk/deep")).unwrap();
        for path in ["sdk/gone", "sdk/edited", "sdk/same", "other"] {
            fs::write(top.join(path), "1\n").unwrap();
        }
        fs::write(top.join(".gitattributes"), "*.txt text eol=lf\n").unwrap();
        git(top, &["add", "-A"]);
        git(top, &["commit", "-qm", "start"]);
        fs::remove_file(top.join("sdk/gone")).unwrap();
        fs::write(top.join("sdk/edited"), "2\n").unwrap();
        fs::write(top.join("sdk/deep/new.txt"), "a\r\nb\r\n").unwrap();
        fs::write(top.join("other"), "2\n").unwrap();
        let program = top.join("sdk/same");
        fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink("edited", top.join("sdk/link")).unwrap();
        let index = fs::read(top.join(".git/index")).unwrap();
        let worktree = Worktree::open(&top.join("sdk")).unwrap();
        let changes = worktree.changes("", &["sdk/**".to_owned()]).unwrap();
        let file = |text: &str, is_executable| Content::File {
            bytes: text.as_bytes().to_vec(),
            is_executable,
        };
        let expected = [
            ("sdk/deep/new.txt", file("a\nb\n", false)),
            ("sdk/edited", file("2\n", false)),
            ("sdk/gone", Content::Gone),
            ("sdk/link", Content::Link(b"edited".to_vec())),
            ("sdk/same", file("1\n", true)),
        ];
        let expected =
            expected.map(|(path, content)| FileChange { path: path.to_owned(), content });
        assert_eq!(changes.files, expected);
        assert_eq!(changes.outside, ["other"]);
        assert_eq!(fs::read(top.join(".git/index")).unwrap(), index);
        let by_prefix = worktree.changes("sdk/", &["*".to_owned()]).unwrap();
        assert_eq!(by_prefix.files.len(), 4, "one star does not go down");
    }

    #[test]
    fn patterns_stay_inside() {
        for pattern in ["/etc/*", "../x", "a/../../b", "", "a\\b", "a[", "."] {
            let is_refused = globs("", &[pattern.to_owned()]).is_err();
            assert_eq!(is_refused, pattern != ".", "{pattern}");
        }
    }
}
