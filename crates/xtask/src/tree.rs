//! The repository on disk, and programs run in it.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The repository that a task works on.
pub(crate) struct Tree {
    /// Where it lies.
    pub(crate) root: PathBuf,
    /// Where cargo builds it.
    pub(crate) target: PathBuf,
}

/// What a program printed, and whether it was content.
pub(crate) struct Output {
    /// Did it end with 0?
    pub(crate) is_success: bool,
    /// The exit code, if it was not stopped by a signal.
    pub(crate) code: Option<i32>,
    /// Both streams, in the order in which they were written.
    pub(crate) text: String,
}

impl Tree {
    /// The repository of this crate.
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("this crate lies two levels below the root")?
            .to_owned();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |it| root.join(it));
        Ok(Self { root, target })
    }

    /// Where tools that are not part of the toolchain are installed.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A program, to be run at the root.
    ///
    /// What `cargo run` tells us about this crate is taken out of its environment, because build
    /// scripts watch these variables and would be run again and again.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            let is_ours = name.to_str().is_some_and(|it| {
                it.starts_with("CARGO_PKG_") || it.starts_with("CARGO_MANIFEST_") || it == "OUT_DIR"
            });
            if is_ours {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// Cargo, with these arguments.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// The paths that git tracks or would track, relative to the root and sorted.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut command = self.command("git");
        command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let text = answer(&mut command)?;
        let is_there = |it: &&str| self.root.join(it).is_file();
        let mut files: Vec<_> =
            text.split_terminator('\0').filter(is_there).map(String::from).collect();
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// The text of one file.
    pub(crate) fn read(&self, path: &str) -> Result<String> {
        fs::read_to_string(self.root.join(path)).with_context(|| format!("cannot read `{path}`"))
    }

    /// Writes one file, with the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<()> {
        let file = self.root.join(path);
        let folder = file.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder of `{path}`"))?;
        fs::write(file, text).with_context(|| format!("cannot write `{path}`"))
    }

    /// Builds the program that we ship, and says where it lies.
    pub(crate) fn checks(&self) -> Result<PathBuf> {
        let output =
            run(&mut self.cargo(&["build", "--quiet", "--locked", "--package", "checks"]))?;
        if !output.is_success {
            bail!("`checks` does not build:\n{}", output.text);
        }
        Ok(self.target.join("debug").join(format!("checks{}", env::consts::EXE_SUFFIX)))
    }

    /// What cargo knows about the packages of this repository.
    pub(crate) fn metadata(&self) -> Result<Value> {
        let mut command = self.cargo(&["metadata", "--no-deps", "--format-version", "1"]);
        Ok(serde_json::from_str(&answer(&mut command)?)?)
    }
}

/// Runs a program and keeps all that it prints, in one text.
pub(crate) fn run(command: &mut Command) -> Result<Output> {
    let (mut reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let name = shown(command);
    let child = command.spawn();
    // The command keeps its ends of the pipe open; without this the reader would wait for ever.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = child.with_context(|| format!("cannot start `{name}`"))?;
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let status = child.wait()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Output { is_success: status.success(), code: status.code(), text })
}

/// What a program that must succeed says on its standard output.
pub(crate) fn answer(command: &mut Command) -> Result<String> {
    let name = shown(command);
    let output = command.output().with_context(|| format!("cannot start `{name}`"))?;
    if !output.status.success() {
        bail!("`{name}` failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{name}` does not speak UTF-8"))
}

/// A command as a person would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(std::ffi::OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
