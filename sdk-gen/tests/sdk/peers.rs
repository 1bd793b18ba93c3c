//! The packages of `tests/node`, which a clone may have not installed.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Where ajv, Zod and the compilers are, if they are installed.
pub(crate) fn installed() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = root.join("tests/node/node_modules");
    let all = ["ajv", "typescript", "zod"].iter().all(|it| folder.join(it).is_dir());
    if !all {
        println!("skipped: `npm ci` in tests/node first");
    }
    all.then_some(folder)
}

/// Runs a script of the harness, which finds its packages by `PEERS`; returns what it printed.
pub(crate) fn run(script: &str, peers: &Path, arguments: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement").join(script);
    let mut command = Command::new("node");
    command.arg(script).args(arguments).env("PEERS", peers.join("x.js"));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Lets the files of a folder import the packages.
pub(crate) fn link(peers: &Path, folder: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(peers, folder.join("node_modules")).unwrap();
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(peers, folder.join("node_modules")).unwrap();
}
