//! What is known to be readable is not read again, and nothing else is passed over.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::{collections::BTreeMap, fs, path::Path};

use checks::{
    gates,
    run::{BaseChoice, Settings, World, run},
};
use kernel::RepoPath;

const NOW: &str = "2027-01-01T00:00:00Z";

fn contract(part: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: {part}, version: 1.0.0}}\npaths: {{}}\n\
         components: {{schemas: {{A: {{$ref: \"parts/{part}.yaml\"}}}}}}\n"
    )
}

fn write(root: &Path, path: &str, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

/// The files that the gate read, and the messages of all findings.
fn judged(root: &Path, cache: &Path) -> (Vec<String>, Vec<String>) {
    let world = World::open(root, &BaseChoice::Declined, None).unwrap();
    let config = RepoPath::new("checks.toml").unwrap();
    let mut settings = Settings::alone(&config, NOW.parse().unwrap());
    settings.cache = Some(cache.to_path_buf());
    let done = run(&world, &settings).unwrap();
    let reads =
        done.scopes.get(gates::CONTRACT_GATE).map_or_else(BTreeMap::new, |it| it.head.reads());
    let findings = done.report.findings().map(|it| it.message.clone()).collect();
    (reads.into_keys().map(|it| it.to_string()).collect(), findings)
}

#[test]
fn a_contract_is_read_again_only_if_a_file_of_it_changed() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (root, cache) = (folder.path(), cache.path());
    for name in ["a", "b"] {
        write(root, &format!("contracts/{name}.openapi.yaml"), &contract(name));
        write(root, &format!("contracts/parts/{name}.yaml"), "type: string\n");
    }
    let read =
        |names: &[&str]| names.iter().map(|it| format!("contracts/{it}")).collect::<Vec<_>>();
    let both = read(&["a.openapi.yaml", "b.openapi.yaml", "parts/a.yaml", "parts/b.yaml"]);
    let of_b = read(&["b.openapi.yaml", "parts/b.yaml"]);
    assert_eq!(judged(root, cache), (both.clone(), vec![]), "the first time");
    write(root, "contracts/parts/b.yaml", "type: integer\n");
    assert_eq!(judged(root, cache), (of_b.clone(), vec![]), "a file of one contract");
    write(root, "contracts/parts/b.yaml", "type: [\n");
    for _ in 0..2 {
        let (reads, told) = judged(root, cache);
        assert_eq!(reads, of_b, "what cannot be read is read each time");
        assert_eq!(told.len(), 1, "and told each time: {told:?}");
    }
    write(root, "contracts/parts/b.yaml", "type: number\n");
    assert_eq!(judged(root, cache).1, Vec::<String>::new());
    fs::remove_file(root.join("contracts/parts/a.yaml")).unwrap();
    let (reads, told) = judged(root, cache);
    assert_eq!(reads, read(&["a.openapi.yaml"]));
    assert_eq!(told.len(), 1, "a file that is gone is told: {told:?}");
    let other = tempfile::tempdir().unwrap();
    write(root, "contracts/parts/a.yaml", "type: string\n");
    assert_eq!(judged(root, other.path()).0, both, "another memory knows nothing");
}
