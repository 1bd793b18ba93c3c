//! `dist` is what TypeScript itself would emit from `src`, and `src` is clean under the strictest
//! flags.

use std::path::Path;

use crate::{peers, sample};

#[test]
fn our_scripts_are_what_the_compiler_emits() {
    let Some(peers) = peers::installed() else { return };
    for (name, contract) in sample::all() {
        let folder = tempfile::tempdir().unwrap();
        sample::write(&sample::plan(&contract), folder.path());
        peers::link(&peers, folder.path());
        let printed = peers::run("emit.mjs", &peers, &[folder.path().to_str().unwrap()]);
        assert_eq!(printed.lines().next(), Some("clean"), "{name}: {printed}");
    }
}

#[test]
fn the_kit_is_what_the_compiler_emits() {
    let Some(peers) = peers::installed() else { return };
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kit");
    let printed = peers::run("emit.mjs", &peers, &[kit.to_str().unwrap()]);
    assert_eq!(printed.lines().next(), Some("clean"), "`tsc -p sdk-gen/src/kit`: {printed}");
}
