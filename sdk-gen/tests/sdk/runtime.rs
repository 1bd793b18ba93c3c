//! The static modules of an SDK, on loopback: `tests/runtime/*.test.mjs` under Node's own runner.

use std::{fs, path::Path, process::Command};

use crate::peers;

#[test]
fn the_transport_keeps_its_promises_on_loopback() {
    let Some(peers) = peers::installed() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runtime");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    assert!(!files.is_empty());
    let mut command = Command::new("node");
    command.arg("--test").args(files).env("PEERS", peers.join("x.js"));
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}");
}
