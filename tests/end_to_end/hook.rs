//! The pre-push hook under a real `git push`.

use std::fs;

use crate::{
    binary::{clean, workspace},
    repository::{RIVAL, Repository, git},
};

/// A repository with a remote that has its `main`.
fn with_remote() -> (Repository, Repository) {
    let remote = Repository::bare_folder();
    git(remote.path(), &["init", "--quiet", "--bare", "--initial-branch=main", "shop.git"]);
    let repository = Repository::green();
    let url = remote.at("shop.git").display().to_string();
    git(repository.path(), &["remote", "add", "origin", &url]);
    repository.git("push --quiet --set-upstream origin main");
    (repository, remote)
}

/// Pushes; did it go through, and what was said.
fn push(repository: &Repository, variables: &[(&str, &str)]) -> (bool, String) {
    let mut command = clean("git", repository.path());
    command.args(["push", "origin", "HEAD"]).envs(variables.iter().copied());
    let output = command.output().expect("git runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_red_push_is_stopped_and_a_green_one_goes_through() {
    let (repository, _remote) = with_remote();
    repository.checks("hook install").run().expect(0);
    repository.git("switch --quiet --create change");
    repository.write("docs.md", "# Nothing about routes\n");
    repository.commit("a text");
    let (went, said) = push(&repository, &[]);
    assert!(went, "{said}");
    repository.write("jobs/wrangler.toml", RIVAL);
    repository.commit("a rival");
    // The pushed commit is judged, not the folder.
    fs::remove_dir_all(repository.at("jobs")).expect("a folder");
    let (went, said) = push(&repository, &[]);
    assert!(!went, "{said}");
    assert!(said.contains("route-claimed-twice"), "{said}");
    let (went, said) = push(&repository, &[("CHECKS_SKIP", "route-audit")]);
    assert!(went, "{said}");
    assert!(said.contains("route-audit skipped"), "{said}");
    assert!(repository.read(".git/proofmark/skips.jsonl").contains("route-audit"));
}

#[test]
fn a_contract_without_an_sdk_is_pushed_where_nobody_wants_one() {
    let (repository, _remote) = with_remote();
    repository.checks("hook install").run().expect(0);
    repository.git("switch --quiet --create change");
    for (version, variables) in [("1.0.0", &[][..]), ("1.1.0", &[("CHECKS_SKIP", "route-audit")])] {
        let contract = format!(
            r#"{{"openapi": "3.1.0", "info": {{"title": "Shop", "version": "{version}"}}, "paths": {{}}}}"#
        );
        repository.write("contracts/shop.openapi.json", &contract);
        repository.commit("a contract");
        let (went, said) = push(&repository, variables);
        assert!(went, "{said}");
        assert!(!said.contains("contract-without-sdk"), "{said}");
    }
}

#[test]
fn a_hook_goes_as_it_came() {
    let (repository, _remote) = with_remote();
    let state = || repository.checks("hook status").run().stdout;
    let before = state();
    repository.checks("hook install").run().expect(0);
    let hook = repository.read(".git/hooks/pre-push");
    repository.checks("hook install").run().expect(0);
    assert_eq!(repository.read(".git/hooks/pre-push"), hook);
    assert_ne!(state(), before);
    repository.checks("hook uninstall").run().expect(0);
    assert_eq!(state(), before);
    assert!(!repository.at(".git/hooks/pre-push").exists());
}

#[test]
fn a_foreign_hook_is_not_overwritten() {
    let (repository, _remote) = with_remote();
    repository.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n");
    let answer = repository.checks("hook install").run().expect(2);
    assert!(answer.stderr.contains("checks hook run pre-push"), "{}", answer.stderr);
    assert_eq!(repository.read(".git/hooks/pre-push"), "#!/bin/sh\nexit 0\n");
}

#[test]
fn a_hook_without_a_push_never_blocks() {
    let (repository, _remote) = with_remote();
    repository.checks("hook run pre-push origin url").run().expect(0);
    let outside = Repository::bare_folder();
    outside.checks("hook run pre-push origin url").run().expect(0);
}

#[test]
fn a_tag_of_a_file_is_nothing_to_judge() {
    let (repository, _remote) = with_remote();
    repository.checks("hook install").run().expect(0);
    repository.git("tag notes HEAD:api/wrangler.toml");
    let mut command = clean("git", repository.path());
    let output = command.args(["push", "origin", "notes"]).output().expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("refs/tags/notes is no commit"), "{said}");
}

#[test]
fn the_first_push_of_main_is_judged() {
    let remote = Repository::bare_folder();
    git(remote.path(), &["init", "--quiet", "--bare", "--initial-branch=main", "shop.git"]);
    let repository = Repository::red();
    let url = remote.at("shop.git").display().to_string();
    git(repository.path(), &["remote", "add", "origin", &url]);
    repository.checks("hook install").run().expect(0);
    repository.commit("a rival, on the first day");
    let (went, said) = push(&repository, &[]);
    assert!(!went, "{said}");
    assert!(said.contains("route-claimed-twice"), "{said}");
}

#[test]
fn pre_commit_tells_what_is_pushed() {
    let repository = Repository::green();
    let base = repository.git("rev-parse HEAD");
    repository.write("jobs/wrangler.toml", RIVAL);
    let head = repository.commit("a rival");
    let run = |from: &str, to: &str| {
        let checks = repository.checks("hook run pre-push");
        checks.env("PRE_COMMIT_FROM_REF", from).env("PRE_COMMIT_TO_REF", to).run()
    };
    run(&base, &base).expect(0);
    let red = run(&base, &head).expect(1);
    assert!(red.stdout.contains("route-claimed-twice"), "{}", red.stdout);
}

#[test]
fn the_hooks_of_pre_commit_run_what_is_there() {
    let text = fs::read_to_string(workspace().join(".pre-commit-hooks.yaml")).expect("a manifest");
    let entries: Vec<&str> = text.lines().filter_map(|it| it.strip_prefix("  entry: ")).collect();
    let own = "actions/pre-commit.sh hook run pre-push";
    assert_eq!(entries, ["checks hook run pre-push", own]);
    assert!(workspace().join("actions/pre-commit.sh").is_file());
    for line in ["  pass_filenames: false", "  stages: [pre-push]"] {
        assert_eq!(text.lines().filter(|it| *it == line).count(), 2, "{line}");
    }
}
