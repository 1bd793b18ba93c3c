//! After a fix the rule is green, every other byte is as before, and a second run does nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]
#![allow(clippy::print_stdout, reason = "a random test prints its seed")]

mod config_fixture;

use std::{collections::BTreeSet, fs, path::Path};

use checks::{
    fix::{FixError, repair},
    rule_test::{Files, example_now, verdict_of},
    run::{BaseChoice, Settings, World},
};
use kernel::{RepoPath, Verdict};

use crate::config_fixture::{Chance, Fixture, Manner, mutation::MUTATIONS, told};

fn settings() -> Settings {
    Settings::alone(&RepoPath::new("checks.toml").unwrap(), example_now())
}

fn write(root: &Path, files: &Files) {
    for (path, bytes) in files {
        let full = root.join(path.as_str());
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, bytes).unwrap();
    }
}

fn read(root: &Path, files: &Files) -> Files {
    let bytes = |it: &RepoPath| fs::read(root.join(it.as_str())).unwrap();
    files.keys().map(|it| (it.clone(), bytes(it))).collect()
}

fn open(root: &Path) -> World {
    World::open(root, &BaseChoice::Declined, None).unwrap()
}

/// Repairs a folder and tells what became of its files.
fn repaired(files: &Files) -> Files {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let world = open(folder.path());
    let done = repair(&world, &settings()).unwrap();
    assert_eq!(read(folder.path(), files), *files, "nothing is written before `write`");
    done.write(folder.path()).unwrap();
    let after = read(folder.path(), files);
    let again = repair(&open(folder.path()), &settings()).unwrap();
    assert!(again.edited.is_empty(), "a second call changes something: {}", again.diff());
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        top_level(files),
        "no file is left over"
    );
    after
}

fn top_level(files: &Files) -> usize {
    let first = |it: &RepoPath| it.as_str().split('/').next().unwrap().to_owned();
    files.keys().map(first).collect::<BTreeSet<_>>().len()
}

fn check(path: &str, before: &str, after: &str, policy: &str) {
    for (mark, end) in [("", "\n"), ("", "\r\n"), ("\u{feff}", "\n"), ("\u{feff}", "\r\n")] {
        let bytes = |text: &str| format!("{mark}{}", text.replace('\n', end)).into_bytes();
        let mut files = Files::new();
        files.insert(RepoPath::new(path).unwrap(), bytes(before));
        files.insert(RepoPath::new("checks.toml").unwrap(), policy.as_bytes().to_vec());
        let after = bytes(after);
        let found = &repaired(&files)[path];
        assert_eq!(String::from_utf8_lossy(found), String::from_utf8_lossy(&after));
    }
}

#[test]
fn a_misplaced_key_moves_above_the_first_table() {
    check(
        "wrangler.toml",
        "# Ours.\nname = \"a\"  # the name\n\n# All variables.\n[vars]\nX = 'y' # why\nroutes = [\"a.example/*\"] # here\n\n[[kv_namespaces]]\nbinding = \"K\"\n",
        "# Ours.\nname = \"a\"  # the name\nroutes = [\"a.example/*\"] # here\n\n# All variables.\n[vars]\nX = 'y' # why\n\n[[kv_namespaces]]\nbinding = \"K\"\n",
        "",
    );
    let jsonc = repaired_text(
        "{\n  // Ours.\n  \"name\": \"a\",\n  \"vars\": { \"X\": \"y\", \"workers_dev\": false }, // vars\n}\n",
    );
    assert!(
        jsonc.contains("// Ours.\n  \"name\": \"a\",") && jsonc.contains("}, // vars\n"),
        "{jsonc}"
    );
    assert!(!jsonc.contains("\"y\", \"workers_dev\""), "{jsonc}");
}

fn repaired_text(text: &str) -> String {
    let mut files = Files::new();
    files.insert(RepoPath::new("wrangler.jsonc").unwrap(), text.as_bytes().to_vec());
    String::from_utf8(repaired(&files)["wrangler.jsonc"].clone()).unwrap()
}

#[test]
fn an_ignored_route_becomes_a_list() {
    check(
        "wrangler.toml",
        "name = \"a\"\nroutes = [\"a.example/*\"]\n\n[env.dev] # dev\nroute = \"dev.a.example/*\"   # its own\nvars = { A = 1 }\n",
        "name = \"a\"\nroutes = [\"a.example/*\"]\n\n[env.dev] # dev\nroutes = [\"dev.a.example/*\"]   # its own\nvars = { A = 1 }\n",
        "",
    );
    check(
        "wrangler.jsonc",
        "{\n  \"name\": \"a\", // a\n  \"routes\": [\"a.example/*\"],\n  \"env\": { \"dev\": { \"route\": \"dev.a.example/*\" /* own */ } },\n}\n",
        "{\n  \"name\": \"a\", // a\n  \"routes\": [\"a.example/*\"],\n  \"env\": { \"dev\": { \"routes\": [\"dev.a.example/*\"] /* own */ } },\n}\n",
        "",
    );
}

#[test]
fn an_internal_worker_is_switched_off() {
    let policy = "[gates.route-audit]\ninternal = [\"a\"]\n";
    check(
        "wrangler.toml",
        "# A.\nname = \"a\" # ours\nmain = \"x.ts\"\n\n[env.dev]\n",
        "# A.\nname = \"a\" # ours\nworkers_dev = false\npreview_urls = false\nmain = \"x.ts\"\n\n[env.dev]\n",
        policy,
    );
    check(
        "wrangler.jsonc",
        "{\n  \"name\": \"a\", // ours\n  \"preview_urls\": true,\n  \"workers_dev\": true\n}\n",
        "{\n  \"name\": \"a\", // ours\n  \"preview_urls\": false,\n  \"workers_dev\": false\n}\n",
        policy,
    );
}

#[test]
fn what_cannot_be_moved_is_left_and_told() {
    for text in [
        "name = \"a\"\nroutes = []\n[vars]\nroutes = [\"a.example/*\"]\n",
        "name = \"a\"\n[env.dev.vars]\nroutes = [\"a.example/*\"]\n",
    ] {
        let mut files = Files::new();
        files.insert(RepoPath::new("wrangler.toml").unwrap(), text.as_bytes().to_vec());
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &files);
        let done = repair(&open(folder.path()), &settings()).unwrap();
        assert!(done.edited.is_empty() && done.fixed.is_empty(), "{}", done.diff());
        assert_eq!(done.left.len(), 1, "{:?}", done.left);
        assert_eq!(done.report.exit_code(), 1);
    }
}

#[test]
fn every_fix_of_the_mutants_holds() {
    let fixable = [
        "env-route-ignored",
        "misplaced-routing-key",
        "internal-worker-exposed",
        "bound-worker-public-by-default",
    ];
    for (rule, mutate) in MUTATIONS.iter().filter(|it| fixable.contains(&it.0)) {
        for seed in 5..11 {
            println!("{rule}, seed {seed}");
            let mut chance = Chance(seed);
            let mut fixture = Fixture::new(&mut chance);
            mutate(&mut fixture, &mut chance);
            fixture.manner = Manner { crlf: seed % 2 == 0, bom: seed % 3 == 0, turn: 1 };
            let report = fixture.judge();
            let all_fixable = report.findings().all(|it| it.fix);
            let before = fixture.files();
            let after = repaired(&before);
            let n_changed = before.iter().filter(|(path, it)| after[*path] != **it).count();
            assert!(n_changed <= 1, "one file is at fault");
            let report = checks::rule_test::judge(&after, None, false).unwrap();
            if all_fixable {
                let verdict = verdict_of(&report, rule).unwrap();
                assert_eq!(verdict.verdict, Verdict::Green);
                assert!(told(&report).iter().all(|it| it.0 != *rule), "{:?}", told(&report));
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn modes_are_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut files = Files::new();
    let path = RepoPath::new("wrangler.toml").unwrap();
    files.insert(path, b"name = \"a\"\n[vars]\nroutes = [\"a.example/*\"]\n".to_vec());
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files);
    let full = folder.path().join("wrangler.toml");
    fs::set_permissions(&full, fs::Permissions::from_mode(0o640)).unwrap();
    repair(&open(folder.path()), &settings()).unwrap().write(folder.path()).unwrap();
    assert_eq!(fs::metadata(&full).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&full).unwrap().contains("\nroutes"));
}

#[test]
fn a_file_that_changes_meanwhile_is_not_written() {
    let mut files = Files::new();
    let path = RepoPath::new("wrangler.toml").unwrap();
    files.insert(path, b"name = \"a\"\n[vars]\nroutes = [\"a.example/*\"]\n".to_vec());
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files);
    let done = repair(&open(folder.path()), &settings()).unwrap();
    fs::write(folder.path().join("wrangler.toml"), "name = \"b\"\n").unwrap();
    assert!(matches!(done.write(folder.path()), Err(FixError::Changed(_))));
}

#[test]
fn a_waived_finding_stays() {
    let mut files = Files::new();
    let text = b"name = \"a\"\n[vars]\nroutes = [\"a.example/*\"]\n".to_vec();
    files.insert(RepoPath::new("wrangler.toml").unwrap(), text);
    let policy = "[[waivers]]\nrule = \"misplaced-routing-key\"\nsubject = \"a vars.routes\"\n\
                  reason = \"a variable\"\nowner = \"@x\"\nexpires = 2027-01-20\n";
    files.insert(RepoPath::new("checks.toml").unwrap(), policy.as_bytes().to_vec());
    assert_eq!(repaired(&files), files);
}
