//! Which TypeScript compiles, and whether it may: nothing that git tracks is executed.

use std::{
    env::consts::{ARCH, EXE_SUFFIX, OS},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use snapshot::Snapshot;

/// How to get one.
pub(crate) const REMEDY: &str = "run `npm i -D typescript`, or name one with `--typescript`";

/// The first version that takes everything SDKs are made of.
const OLDEST: (u64, u64) = (5, 5);

/// A compiler that may be run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Compiler {
    /// A script for `node`, or the program itself.
    program: Program,
    /// Its version.
    pub(crate) version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Program {
    Script(PathBuf),
    Native(PathBuf),
}

impl Compiler {
    /// The one that was named, else the nearest one of a folder of the repository; or why not.
    pub(crate) fn find(
        head: &Snapshot,
        named: Option<&Path>,
        folder: &str,
    ) -> Result<Self, String> {
        let found = match named {
            Some(path) => {
                let shown = path.display();
                of_path(path).ok_or_else(|| format!("`{shown}` is no TypeScript; {REMEDY}"))?
            }
            None => nearest(head, folder).ok_or_else(|| {
                let place = if folder.is_empty() { "the root" } else { folder };
                format!("no `node_modules/typescript` was found from `{place}` on; {REMEDY}")
            })?,
        };
        found.checked(head)
    }

    /// The command that starts it.
    pub(crate) fn command(&self) -> Command {
        match &self.program {
            Program::Native(path) => Command::new(path),
            Program::Script(path) => {
                let mut command = Command::new("node");
                command.arg(path);
                command
            }
        }
    }

    /// Is it run by `node`?
    pub(crate) fn needs_node(&self) -> bool {
        matches!(self.program, Program::Script(_))
    }
}

/// A compiler on disk that nobody has looked at yet.
struct Found {
    /// The folder of its package, if it is one; both paths are canonical.
    package: Option<PathBuf>,
    /// The program that is not run by `node`.
    native: Option<PathBuf>,
}

impl Found {
    fn checked(self, head: &Snapshot) -> Result<Compiler, String> {
        let parts = self.package.iter().chain(&self.native);
        if let Some(tracked) = parts.into_iter().find(|it| head.is_tracked(it)) {
            let top = fs::canonicalize(head.top()).unwrap_or_default();
            let shown = tracked.strip_prefix(top).unwrap_or(tracked).display();
            return Err(format!(
                "git tracks `{shown}`, and nothing of a change under judgement is executed; {REMEDY}"
            ));
        }
        let script = self.package.as_ref().map(|it| it.join("lib/tsc.js"));
        let program = match (self.native, script.filter(|it| it.is_file())) {
            (Some(native), _) => Program::Native(native),
            (None, Some(script)) => Program::Script(script),
            (None, None) => {
                return Err(format!("the TypeScript that was found is damaged; {REMEDY}"));
            }
        };
        let version = match &self.package {
            Some(package) => member(&package.join("package.json"), "version"),
            None => told_version(&program),
        };
        let version = version.unwrap_or_default();
        let numbers = parsed(&version).ok_or_else(|| {
            format!("the version of the TypeScript that was found is not known; {REMEDY}")
        })?;
        if numbers < OLDEST {
            return Err(format!(
                "TypeScript {version} was found, and at least {}.{} is needed; {REMEDY}",
                OLDEST.0, OLDEST.1
            ));
        }
        Ok(Compiler { program, version })
    }
}

/// The nearest one, as `node` looks for it.
fn nearest(head: &Snapshot, folder: &str) -> Option<Found> {
    let root = fs::canonicalize(head.folder()).ok()?;
    let top = fs::canonicalize(head.top()).ok()?;
    let start = root.join(folder);
    let inside = start.ancestors().take_while(|it| it.starts_with(&top));
    inside.map(|it| it.join("node_modules/typescript")).find_map(|it| of_package(&it))
}

fn of_path(path: &Path) -> Option<Found> {
    let path = fs::canonicalize(path).ok()?;
    if path.is_dir() {
        return of_package(&path);
    }
    let manifest = |it: &&Path| it.join("package.json").is_file();
    let package = path.ancestors().skip(1).find(manifest);
    let name = package.and_then(|it| member(&it.join("package.json"), "name"));
    match (package, name.as_deref()) {
        (Some(package), Some("typescript")) => of_package(package),
        _ => Some(Found { package: None, native: Some(path) }),
    }
}

fn of_package(folder: &Path) -> Option<Found> {
    let folder = fs::canonicalize(folder).ok()?;
    let manifest = folder.join("package.json");
    if member(&manifest, "name").as_deref() != Some("typescript") {
        return None;
    }
    // From 7 on it is a program of its own; the script in front of it would only start it, and
    // outlive nothing that ends it.
    let is_native =
        member(&manifest, "version").and_then(|it| parsed(&it)).is_some_and(|it| it.0 >= 7);
    let native = is_native.then(|| native_of(&folder)).flatten();
    Some(Found { package: Some(folder), native })
}

/// The program of a package, which lies in another one for each platform.
fn native_of(package: &Path) -> Option<PathBuf> {
    let system = match OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let machine = match ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let name = format!("@typescript/typescript-{system}-{machine}/lib/tsc{EXE_SUFFIX}");
    let folders = [package.join("node_modules"), package.parent()?.to_owned()];
    folders.iter().find_map(|it| fs::canonicalize(it.join(&name)).ok())
}

fn member(manifest: &Path, name: &str) -> Option<String> {
    let value: Value = serde_json::from_slice(&fs::read(manifest).ok()?).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}

/// What a program says of itself: `Version 7.0.2`.
fn told_version(program: &Program) -> Option<String> {
    let Program::Native(path) = program else { return None };
    let output = Command::new(path).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().strip_prefix("Version ")?.to_owned())
}

fn parsed(version: &str) -> Option<(u64, u64)> {
    let mut numbers = version.split(['.', '-', '+']);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, expected) in [
            ("5.5.0", true),
            ("5.4.9", false),
            ("4.9.5", false),
            ("5.10.0-beta", true),
            ("7.0.2", true),
        ] {
            assert_eq!(parsed(version).unwrap() >= OLDEST, expected, "{version}");
        }
        assert_eq!(parsed("next"), None);
    }
}
