//! The built `checks`, run as a user would run it.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

/// The instant of every run, so that outputs can be compared.
pub(crate) const NOW: &str = "2026-11-21T09:00:00Z";

/// One command line of `checks`.
pub(crate) struct Checks {
    command: Command,
}

/// What a run left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The exit code; nothing if a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

/// The root of this workspace.
pub(crate) fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("this package lies in the workspace").to_owned()
}

/// The program, built once: nothing to do where the whole workspace is tested.
pub(crate) fn path() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let test = std::env::current_exe().expect("a running test has a path");
        let profile = test.parent().and_then(Path::parent).expect("tests lie in `deps`");
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--locked", "--package", "checks"]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        build.arg("--target-dir").arg(profile.parent().expect("a profile lies in the target"));
        let status = build.current_dir(workspace()).status().expect("cargo runs");
        assert!(status.success(), "`checks` does not build");
        profile.join(format!("checks{}", std::env::consts::EXE_SUFFIX))
    })
}

/// A command without the environment of whoever runs the tests.
pub(crate) fn clean(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    for name in ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "");
    command
}

impl Checks {
    /// The program in a folder, at [`NOW`].
    pub(crate) fn within(folder: &Path) -> Self {
        let mut command = clean(path(), folder);
        command.args(["--now", NOW]);
        Self { command }
    }

    /// The program in a folder, with no argument of ours.
    pub(crate) fn plain(folder: &Path) -> Self {
        Self { command: clean(path(), folder) }
    }

    /// Adds words, split at spaces.
    pub(crate) fn words(mut self, words: &str) -> Self {
        self.command.args(words.split_whitespace());
        self
    }

    /// Adds one argument as it is.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Sets a variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs it to its end.
    pub(crate) fn run(mut self) -> Answer {
        Answer::of(self.command.output().expect("`checks` starts"))
    }

    /// The command itself, for runs of another kind.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }
}

impl Answer {
    pub(crate) fn of(output: Output) -> Self {
        let text = |it: Vec<u8>| String::from_utf8(it).expect("output is UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The same, if it ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The JSON document on stdout.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|err| panic!("{err}: {}\n{}", self.stdout, self.stderr))
    }

    /// The verdict of one rule in a JSON report.
    #[track_caller]
    pub(crate) fn verdict(&self, rule: &str) -> String {
        let report = self.json();
        let verdicts = report["verdicts"].as_array().expect("a report has verdicts");
        let record = verdicts.iter().find(|it| it["rule"] == rule);
        let record = record.unwrap_or_else(|| panic!("`{rule}` is not in the report"));
        record["verdict"].as_str().expect("a verdict is a word").to_owned()
    }
}
