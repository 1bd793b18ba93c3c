//! Client and server of one SDK answer each other, both directions guarded.

use std::{path::Path, process::Command};

use crate::{peers, sample};

#[test]
fn client_and_server_of_one_contract_understand_each_other() {
    let Some(peers) = peers::installed() else { return };
    let (name, contract) = sample::all().pop().unwrap();
    assert_eq!(name, "operations");
    let folder = tempfile::tempdir().unwrap();
    sample::write(&sample::plan(&contract), folder.path());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/exchange.mjs");
    let mut command = Command::new("node");
    command.arg(script).arg(folder.path()).env("PEERS", peers.join("x.js"));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "agreed", "{errors}");
}
