//! A bare repository, by git's plumbing.

pub(crate) mod commit;
pub(crate) mod http;
pub(crate) mod tree;

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

/// What git says of an object that is not there.
pub(crate) const ABSENT: &str = "0000000000000000000000000000000000000000";

/// One bare repository.
#[derive(Debug, Clone)]
pub(crate) struct Git {
    folder: PathBuf,
}

/// Why git did not do it.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum GitError {
    #[error("cannot start git: {0}")]
    Start(#[from] std::io::Error),
    #[error("git {command}: {text}")]
    Failed { command: String, text: String },
    #[error("`{}` is not a bare repository", .0.display())]
    NotBare(PathBuf),
}

/// A program without the environment of whoever runs the tests.
fn clean(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    for name in ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "").env("LC_ALL", "C");
    // A repository that another user made, as a container's, is as good as ours.
    command.env("GIT_CONFIG_COUNT", "2");
    command.env("GIT_CONFIG_KEY_0", "safe.directory").env("GIT_CONFIG_VALUE_0", "*");
    command.env("GIT_CONFIG_KEY_1", "http.receivepack").env("GIT_CONFIG_VALUE_1", "true");
    command
}

fn fed(command: &mut Command, input: &[u8]) -> std::io::Result<Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let stdin = child.stdin.take();
    thread::scope(|scope| {
        // Written beside the reading: git may answer before it has read all.
        scope.spawn(move || stdin.map(|mut it| it.write_all(input)));
        child.wait_with_output()
    })
}

impl Git {
    /// The repository in a folder, which is made if it is not there.
    pub(crate) fn open(folder: &Path) -> Result<Self, GitError> {
        if !folder.exists() {
            let mut init = clean("git");
            init.args(["init", "--quiet", "--bare", "--template=", "--initial-branch=main"]);
            told("init", &fed(init.arg(folder), b"")?)?;
        }
        let folder = folder.canonicalize()?;
        let git = Self { folder };
        match git.text(&["rev-parse", "--is-bare-repository"]) {
            Ok(text) if text == "true" => Ok(git),
            Ok(_) | Err(GitError::Failed { .. }) => Err(GitError::NotBare(git.folder)),
            Err(err) => Err(err),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = clean("git");
        command.arg("--git-dir").arg(&self.folder).args(arguments);
        command
    }

    /// What a command prints, without the last line break.
    fn text(&self, arguments: &[&str]) -> Result<String, GitError> {
        text(&mut self.command(arguments), b"")
    }

    /// The branch of the repository itself.
    pub(crate) fn default_branch(&self) -> String {
        let name = self.text(&["symbolic-ref", "--short", "HEAD"]);
        name.unwrap_or_else(|_| "main".into())
    }

    /// What a full reference points to.
    pub(crate) fn tip(&self, reference: &str) -> Option<String> {
        self.text(&["show-ref", "--verify", "--hash", "--", reference]).ok()
    }

    /// All branches and their tips.
    pub(crate) fn branches(&self) -> Vec<(String, String)> {
        let format = "--format=%(refname:lstrip=2) %(objectname)";
        let text = self.text(&["for-each-ref", format, "refs/heads"]).unwrap_or_default();
        let pairs = text.lines().filter_map(|it| it.split_once(' '));
        pairs.map(|(name, sha)| (name.to_owned(), sha.to_owned())).collect()
    }

    /// May a reference be named so?
    pub(crate) fn is_name(&self, reference: &str) -> bool {
        self.text(&["check-ref-format", reference]).is_ok()
    }

    /// The kind of an object: blob, tree, commit, tag.
    pub(crate) fn kind(&self, sha: &str) -> Option<String> {
        let is_id = sha.len() == ABSENT.len() && sha.bytes().all(|it| it.is_ascii_hexdigit());
        is_id.then(|| self.text(&["cat-file", "-t", sha]).ok())?
    }

    /// The content of an object.
    pub(crate) fn content(&self, kind: &str, sha: &str) -> Option<Vec<u8>> {
        let is_so = self.kind(sha).is_some_and(|it| it == kind);
        let output = is_so.then(|| fed(&mut self.command(&["cat-file", kind, sha]), b""))?;
        output.ok().filter(|it| it.status.success()).map(|it| it.stdout)
    }

    /// Stores a blob.
    pub(crate) fn blob(&self, content: &[u8]) -> Result<String, GitError> {
        text(&mut self.command(&["hash-object", "-w", "--stdin"]), content)
    }

    /// Moves a reference from one object to another.
    pub(crate) fn move_ref(&self, name: &str, base: &str, head: &str) -> Result<(), GitError> {
        self.text(&["update-ref", "--no-deref", name, head, base]).map(drop)
    }

    /// Is `head` the commit `base` or a later one?
    pub(crate) fn is_forward(&self, base: &str, head: &str) -> bool {
        self.text(&["merge-base", "--is-ancestor", base, head]).is_ok()
    }

    /// How many commits are on `head` and not on `base`.
    pub(crate) fn ahead(&self, base: &str, head: &str) -> Option<u64> {
        self.text(&["rev-list", "--count", &format!("{base}..{head}")]).ok()?.parse().ok()
    }

    /// Gives a commit a name, and copies it with all that is below it if it is another repository's.
    pub(crate) fn take(&self, other: &Self, sha: &str, name: &str) -> Result<(), GitError> {
        if other.folder == self.folder {
            return self.text(&["update-ref", "--no-deref", name, sha]).map(drop);
        }
        let (folder, what) = (other.folder.to_string_lossy(), format!("+{sha}:{name}"));
        self.text(&["fetch", "--quiet", "--no-tags", &folder, &what]).map(drop)
    }
}

/// What a command prints, without the last line break.
fn text(command: &mut Command, input: &[u8]) -> Result<String, GitError> {
    let output = fed(command, input)?;
    let words = command.get_args().skip(2).map(|it| it.to_string_lossy());
    let bytes = told(&words.collect::<Vec<_>>().join(" "), &output)?;
    Ok(String::from_utf8_lossy(bytes).trim_end_matches('\n').to_owned())
}

fn told<'a>(command: &str, output: &'a Output) -> Result<&'a [u8], GitError> {
    if output.status.success() {
        return Ok(&output.stdout);
    }
    let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(GitError::Failed { command: command.to_owned(), text })
}
