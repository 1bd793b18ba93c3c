//! A runner on which `actions/setup/install.sh` is run, with all that it may touch.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{
    binary::{Answer, clean},
    release::{Member, Server, VERSION, path_with, pinned_actions, pretend, sha256, tar_gz},
};

/// A runner with the action, its folders and a program that leaves a mark when it is run.
pub(crate) struct Runner {
    pub(crate) folder: TempDir,
    variables: Vec<(String, String)>,
}

/// A released `checks` that says this version.
pub(crate) fn script(folder: &Path, version: &str) -> String {
    let mark = folder.join("mark");
    format!("#!/bin/sh\necho ran >>'{}'\necho 'checks {version}'\n", mark.display())
}

impl Runner {
    /// An action that pins this archive.
    pub(crate) fn pinning(archive: &dyn Fn(&Path) -> Vec<u8>) -> (Self, Vec<u8>) {
        let folder = tempfile::Builder::new().prefix("a runner ").tempdir().expect("a folder");
        let archive = archive(folder.path());
        pinned_actions(&folder.path().join("action"), &sha256(&archive));
        for name in ["temp", "cache", "bin", "workspace"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        pretend(&folder.path().join("bin"));
        (Self { folder, variables: Vec::new() }, archive)
    }

    /// An action that pins a release of ours.
    pub(crate) fn new() -> (Self, Vec<u8>) {
        Self::pinning(&|it| {
            let program = script(it, VERSION);
            let digest = format!("{}  checks\n", sha256(program.as_bytes()));
            tar_gz(&[Member::file(".checks.sha256", &digest), Member::file("checks", &program)])
        })
    }

    /// An action that pins an archive which does not state the digest of its program.
    pub(crate) fn plain() -> (Self, Vec<u8>) {
        Self::pinning(&|it| tar_gz(&[Member::file("checks", &script(it, VERSION))]))
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub(crate) fn install(&self, server: &Server) -> Answer {
        self.install_from(&server.url())
    }

    pub(crate) fn install_from(&self, base: &str) -> Answer {
        let mut command = clean("bash", &self.at("workspace"));
        command.arg(self.at("action/actions/setup/install.sh"));
        command.env("PATH", path_with(&self.at("bin")));
        command.env("PROOFMARK_RELEASE_BASE", base);
        command.env("RUNNER_TEMP", self.at("temp")).env("RUNNER_TOOL_CACHE", self.at("cache"));
        command.env("GITHUB_OUTPUT", self.at("output")).env("GITHUB_PATH", self.at("path"));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        fs::write(self.at("output"), "").expect("a file");
        fs::write(self.at("path"), "").expect("a file");
        Answer::of(command.output().expect("bash runs"))
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap_or_default()
    }

    pub(crate) fn output(&self, name: &str) -> String {
        let text = self.read("output");
        let value = |it: &str| Some(it.strip_prefix(name)?.strip_prefix('=')?.to_owned());
        text.lines().rev().find_map(value).unwrap_or_default()
    }

    /// The folder that a release is cached in.
    pub(crate) fn entry(&self) -> PathBuf {
        self.at("cache/proofmark").join(VERSION).join("x86_64-unknown-linux-musl")
    }

    /// Everything below a folder.
    pub(crate) fn files(&self, name: &str) -> Vec<PathBuf> {
        let entries = |folder: &Path| -> Vec<PathBuf> {
            let entries = fs::read_dir(folder).into_iter().flatten();
            entries.map(|it| it.expect("an entry").path()).collect()
        };
        let mut found = entries(&self.at(name));
        let mut seen = 0;
        while let Some(path) = found.get(seen).cloned() {
            found.extend(entries(&path));
            seen += 1;
        }
        found
    }

    /// Nothing was installed, and nothing came of it but words.
    #[track_caller]
    pub(crate) fn expect_nothing(&self, answer: &Answer, what: &str) {
        assert_eq!(answer.code, Some(2), "{what}: {}\n{}", answer.stdout, answer.stderr);
        assert_eq!(self.read("mark"), "", "{what}: an unverified program was run");
        assert_eq!(self.files("temp"), Vec::<PathBuf>::new(), "{what}");
        assert_eq!(self.files("cache"), Vec::<PathBuf>::new(), "{what}");
        assert_eq!((self.read("path"), self.output("installed-from")), Default::default());
        assert_eq!(
            (self.output("verdict"), self.output("exit-code")),
            ("error".into(), "2".into())
        );
    }
}
