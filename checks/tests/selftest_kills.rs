//! Each rule can go red in any repository; and the selftest can tell when one cannot.
#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::{fs, path::Path, sync::Arc};

use checks::{
    rule_test::example_now,
    selftest::{Options, Selftest},
};
use kernel::RepoPath;
use snapshot::Repository;

fn selftest(files: &[(&str, &str)], gates: &[&str]) -> Selftest {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let full = folder.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }
    let before = listed(folder.path());
    let head = Arc::new(Repository::open(folder.path()).unwrap().worktree().unwrap());
    let options = Options {
        gates: gates.iter().map(|it| (*it).to_owned()).collect(),
        config: RepoPath::new("checks.toml").unwrap(),
        now: example_now(),
    };
    let selftest = Selftest::run(&head, &options).unwrap();
    assert_eq!(listed(folder.path()), before, "something was written");
    selftest
}

fn listed(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(listed(&path));
        } else {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

fn check(files: &[(&str, &str)], gates: &[&str]) {
    let selftest = selftest(files, gates);
    assert_eq!(selftest.survived, 0, "{}", selftest.to_text());
    assert!(selftest.killed > 0);
}

#[test]
fn rules_go_red_in_an_empty_repository() {
    check(&[], &[]);
}

#[test]
fn rules_go_red_in_a_repository_with_subjects_and_a_policy_of_its_own() {
    let policy = "[gates.policy]\nmax-waiver-days = 30\n\n[gates.route-audit]\ninternal = [\"jobs\"]\nrequire-proof = \"never\"\n\n\
                  [rules.policy-weakened]\nlevel = \"deny\"\n\n[[waivers]]\nrule = \"route-claimed-twice\"\n\
                  subject = \"old.shop.example/*\"\nreason = \"cutover\"\nowner = \"@team\"\nexpires = 2027-01-10\n";
    check(
        &[
            ("checks.toml", policy),
            ("api/wrangler.toml", "name = \"api\"\nroutes = [\"api.shop.example/*\"]\n"),
            ("a/wrangler.toml", "name = \"a\"\nroutes = [\"old.shop.example/*\"]\n"),
            ("b/wrangler.toml", "name = \"b\"\nroutes = [\"old.shop.example/*\"]\n"),
            ("jobs/wrangler.toml", "name = \"jobs\"\nworkers_dev = false\npreview_urls = false\n"),
        ],
        &[],
    );
}

#[test]
fn a_rule_that_is_off_is_skipped() {
    let policy = "[rules.unreadable-document]\nlevel = \"off\"\n";
    let selftest = selftest(&[("checks.toml", policy)], &["policy"]);
    let skipped: Vec<_> = selftest.skipped.iter().map(|it| it.rule).collect();
    assert_eq!(skipped, ["unreadable-document"]);
}

#[test]
fn a_mutant_that_nobody_sees_survives() {
    // What the policy hides, no rule can see.
    let policy = "[gates.route-audit]\nignore = [\"selftest/**\"]\n";
    let files = [("checks.toml", policy), ("api/wrangler.toml", "name = \"api\"\n")];
    let selftest = selftest(&files, &["policy"]);
    assert_eq!(selftest.exit_code(), 1);
    let survivors: Vec<_> = selftest.mutants.iter().filter(|it| !it.killed).collect();
    assert_eq!(survivors.iter().map(|it| it.rule).collect::<Vec<_>>(), ["unreadable-document"]);
    assert!(selftest.to_text().contains("survived: `unreadable-document`"));
}

#[test]
fn the_document_has_the_members_of_its_schema() {
    let selftest = selftest(&[], &["policy"]);
    let document: serde_json::Value = serde_json::from_str(&selftest.to_json()).unwrap();
    let names =
        |it: &serde_json::Value| it.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&document), ["killed", "mutants", "schema", "skipped", "survived"]);
    let mutant = document.pointer("/mutants/0").unwrap();
    assert_eq!(names(mutant), ["gate", "got", "killed", "mutation", "path", "rule"]);
    assert_eq!(document["schema"], "checks-selftest/v1");
}
