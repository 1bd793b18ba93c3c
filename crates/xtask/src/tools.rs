//! Tools that are not part of the toolchain: pinned, and installed by name below `target/tools`.
//!
//! What cannot be had on this machine is [`Missing`]: the step that needs it is skipped aloud.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::tree::{self, Tree};

const CARGO_DENY: &str = "0.20.2";
const ACT: &str = "v0.2.89";
const ACTIONLINT: &str = "v1.7.12";
const OASDIFF: &str = "v1.33.0";
const PYTHON_PACKAGES: &str = "tests/python/requirements.txt";
const NODE_PACKAGES: &str = "tests/node/package-lock.json";

/// How installers say that they cannot reach their registry.
const UNREACHABLE: &[&str] = &[
    "Could not resolve host",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "connection refused",
    "i/o timeout",
    "no such host",
    "spurious network error",
];

/// Why a tool cannot be had; [`crate::suite`] turns this error into a skipped step.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) String);

impl std::error::Error for Missing {}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The program `cargo-deny`, built from crates.io.
pub(crate) fn cargo_deny(tree: &Tree) -> Result<PathBuf> {
    let program = tree.tools().join("bin/cargo-deny");
    if says(&program, "--version", CARGO_DENY) {
        return Ok(program);
    }
    let root = tree.tools();
    let mut install = tree.cargo(&["install", "cargo-deny", "--locked", "--force", "--debug"]);
    // It is run for seconds: a quick build is worth more than quick code.
    let build = root.join("build");
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TARGET_DIR", &build);
    install.args(["--version", CARGO_DENY, "--root"]).arg(&root);
    let program = installed(program, "cargo-deny", &mut [install])?;
    fs::remove_dir_all(build).ok();
    Ok(program)
}

/// The program `actionlint`, built through the Go module proxy.
pub(crate) fn actionlint(tree: &Tree) -> Result<PathBuf> {
    let folder = tree.tools().join("bin");
    let program = folder.join("actionlint");
    if says(&program, "-version", ACTIONLINT.trim_start_matches('v')) {
        return Ok(program);
    }
    let mut install = tree.command("go");
    install.arg("install").arg(format!("github.com/rhysd/actionlint/cmd/actionlint@{ACTIONLINT}"));
    install.env("GOBIN", &folder);
    installed(program, "actionlint", &mut [install])
}

/// The program `act`, which runs workflows on this machine, built through the Go module proxy.
pub(crate) fn act(tree: &Tree) -> Result<PathBuf> {
    let folder = tree.tools().join("bin");
    let program = folder.join("act");
    if says(&program, "--version", ACT.trim_start_matches('v')) {
        return Ok(program);
    }
    let mut install = tree.command("go");
    install.arg("install").arg(format!("github.com/nektos/act@{ACT}"));
    install.env("GOBIN", &folder);
    installed(program, "act", &mut [install])
}

/// The program `oasdiff`, a peer of the contract gate in measurements, built through the Go module proxy.
pub(crate) fn oasdiff(tree: &Tree) -> Result<PathBuf> {
    let folder = tree.tools().join("bin");
    let program = folder.join("oasdiff");
    if program.exists() {
        return Ok(program);
    }
    let mut install = tree.command("go");
    install.arg("install").arg(format!("github.com/oasdiff/oasdiff@{OASDIFF}"));
    install.env("GOBIN", &folder);
    installed(program, "oasdiff", &mut [install])
}

/// A Python that has the packages of the tests.
pub(crate) fn python(tree: &Tree) -> Result<PathBuf> {
    let folder = tree.tools().join("python");
    let program = folder.join("bin/python");
    let stamp = Stamp::of(tree, PYTHON_PACKAGES, &folder)?;
    if stamp.holds() {
        return Ok(program);
    }
    let mut make = tree.command("python3");
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    let mut fill = tree.command(&program);
    fill.args(["-m", "pip", "install", "--quiet", "--requirement", PYTHON_PACKAGES]);
    let python = installed(program, "the Python packages of the tests", &mut [make, fill])?;
    stamp.write()?;
    Ok(python)
}

/// The Node that the packages of the tests ask for, with these packages installed.
pub(crate) fn node(tree: &Tree) -> Result<PathBuf> {
    let folder = tree.root.join("tests/node/node_modules");
    let bundled = folder.join(".bin/node");
    let stamp = Stamp::of(tree, NODE_PACKAGES, &folder)?;
    if !stamp.holds() {
        let mut install = tree.command("npm");
        // No package may run a script of its own on this machine.
        install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        install.current_dir(tree.root.join("tests/node"));
        installed(bundled.clone(), "the npm packages of the tests", &mut [install])?;
        stamp.write()?;
    }
    let candidates = [bundled, PathBuf::from("node")];
    let is_new = |it: &PathBuf| version(it).is_some_and(|it| it >= (22, 12));
    let remedy = "Node 22.12 or newer is needed; npm brings it on Linux x64, elsewhere install it";
    candidates.into_iter().find(is_new).ok_or_else(|| Missing(remedy.into()).into())
}

/// Runs these installations in turn; only a program or a registry that is not there is [`Missing`].
fn installed(program: PathBuf, name: &str, steps: &mut [Command]) -> Result<PathBuf> {
    println!("    installing {name}");
    for step in steps {
        let missing = |reason: &str| Missing(format!("{name} cannot be installed: {reason}"));
        let output = tree::run(step).map_err(|err| missing(&format!("{err:#}")))?;
        if !output.is_success && UNREACHABLE.iter().any(|it| output.text.contains(it)) {
            return Err(missing(&last_words(&output.text)).into());
        }
        if !output.is_success {
            bail!("installing {name} failed:\n{}", output.text);
        }
    }
    Ok(program)
}

/// The last lines of an installer, in one.
fn last_words(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let tail = lines.len().saturating_sub(3);
    lines.get(tail..).unwrap_or_default().join(" / ")
}

/// Does this program answer with this version?
fn says(program: &Path, flag: &str, version: &str) -> bool {
    let output = tree::run(Command::new(program).arg(flag));
    output.is_ok_and(|it| {
        it.text.split_whitespace().any(|word| word.trim_start_matches('v') == version)
    })
}

/// Major and minor number of a Node.
fn version(node: &Path) -> Option<(u32, u32)> {
    let output = tree::run(Command::new(node).arg("--version")).ok()?;
    let mut numbers = output.text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Remembers from which list a folder was filled.
struct Stamp {
    file: PathBuf,
    list: String,
}

impl Stamp {
    fn of(tree: &Tree, list: &str, folder: &Path) -> Result<Self> {
        Ok(Self { file: folder.join(".filled-from"), list: tree.read(list)? })
    }

    fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|it| it == self.list)
    }

    fn write(&self) -> Result<()> {
        fs::write(&self.file, &self.list).context("cannot write down what was installed")
    }
}
