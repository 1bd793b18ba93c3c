//! Repositories in temporary folders, made by git itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::binary::{Answer, Checks, clean, workspace};

/// One Worker on one host: green.
pub(crate) const WRANGLER: &str =
    "name = \"api\"\nworkers_dev = false\nroutes = [\"api.shop.example/*\"]\n";

/// Another Worker on the same host: red.
pub(crate) const RIVAL: &str =
    "name = \"jobs\"\nworkers_dev = false\nroutes = [\"api.shop.example/*\"]\n";

/// A folder with files, with or without git.
pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    /// An empty folder.
    pub(crate) fn bare_folder() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// An empty repository on the branch `main`.
    pub(crate) fn new() -> Self {
        let repository = Self::bare_folder();
        repository.git("init --quiet --initial-branch=main");
        repository
    }

    /// A repository with one green Worker, committed.
    pub(crate) fn green() -> Self {
        let repository = Self::new();
        repository.write("api/wrangler.toml", WRANGLER);
        repository.commit("one Worker");
        repository
    }

    /// A green repository with a second Worker on the same URL, not committed.
    pub(crate) fn red() -> Self {
        let repository = Self::green();
        repository.write("jobs/wrangler.toml", RIVAL);
        repository
    }

    /// A copy of the example, committed.
    pub(crate) fn shop() -> Self {
        let repository = Self::new();
        copy(&workspace().join("examples/shop"), repository.path());
        repository.commit("the shop");
        repository
    }

    /// A repository with the example where this repository has it, committed.
    pub(crate) fn with_shop_inside() -> Self {
        let repository = Self::new();
        let target = repository.at("examples/shop");
        fs::create_dir_all(&target).expect("a folder");
        copy(&workspace().join("examples/shop"), &target);
        repository.commit("the shop");
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).expect("a text")
    }

    /// Runs git with words that are split at spaces; what it prints.
    #[track_caller]
    pub(crate) fn git(&self, words: &str) -> String {
        git(self.path(), &words.split_whitespace().collect::<Vec<_>>())
    }

    /// Commits everything there is; the id.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git("add --all");
        git(self.path(), &["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git("rev-parse HEAD")
    }

    /// The program in this repository.
    pub(crate) fn checks(&self, words: &str) -> Checks {
        Checks::within(self.path()).words(words)
    }

    /// A JSON report.
    pub(crate) fn report(&self, words: &str) -> Answer {
        self.checks(words).words("--format json").run()
    }
}

/// Runs git in a folder; what it prints, without the last line break.
#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = clean("git", folder);
    command.args(["-c", "user.name=Ada", "-c", "user.email=ada@shop.example"]);
    command.args(["-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"]);
    let output = command.args(arguments).output().expect("git runs");
    let answer = Answer::of(output).expect(0);
    answer.stdout.trim_end().to_owned()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            if entry.file_name() != "node_modules" {
                fs::create_dir_all(&target).expect("a folder");
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
