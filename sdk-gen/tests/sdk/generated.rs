//! Both sides of a generated SDK, joined.

use std::{fs, path::Path, process::Command};

use crate::{peers, sample};

#[test]
fn both_sides_of_an_sdk_answer_each_other() {
    let Some(peers) = peers::installed() else { return };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let contract = fs::read_to_string(tests.join("operations/gateway.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    sample::write(&sample::plan(&contract), folder.path());
    peers::link(&peers, folder.path());
    let mut command = Command::new("node");
    command.arg("--test").arg(tests.join("generated/gateway.test.mjs"));
    command.env("SDK", folder.path()).env("PEERS", peers.join("x.js"));
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}");
}
