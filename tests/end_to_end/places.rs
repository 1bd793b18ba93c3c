//! Repositories in every state that git can leave them in.

#[cfg(unix)]
use std::{fs, os::unix::fs::PermissionsExt as _};

use crate::{
    binary::Checks,
    repository::{RIVAL, Repository, WRANGLER, git},
};

#[test]
fn a_detached_head_is_judged() {
    let repository = Repository::green();
    repository.git("checkout --quiet --detach");
    repository.write("jobs/wrangler.toml", RIVAL);
    assert_eq!(repository.report("run").expect(1).verdict("route-claimed-twice"), "red");
}

#[test]
fn a_folder_without_git_is_judged_as_far_as_it_goes() {
    let folder = Repository::bare_folder();
    folder.write("api/wrangler.toml", WRANGLER);
    folder.checks("run").run().expect(0);
    folder.write("checks.toml", "[gates.route-audit]\nrequire-proof = \"on-change\"\n");
    let answer = folder.report("run").expect(0);
    assert_eq!(answer.verdict("route-proof-missing"), "undecided");
    assert_eq!(answer.verdict("route-claimed-twice"), "green");
    folder.checks("run --strict").run().expect(1);
}

#[test]
fn a_bare_repository_needs_a_head() {
    let repository = Repository::red();
    repository.commit("two Workers");
    let clone = Repository::bare_folder();
    let url = repository.path().display().to_string();
    git(clone.path(), &["clone", "--quiet", "--bare", &url, "shop.git"]);
    let bare = clone.at("shop.git");
    let answer = Checks::within(&bare).words("run --head main --format json").run().expect(1);
    assert_eq!(answer.verdict("route-claimed-twice"), "red");
    let without = Checks::within(&bare).words("run").run().expect(2);
    assert!(without.stderr.contains("--head"), "{}", without.stderr);
}

#[test]
fn a_commit_is_judged_without_the_disk() {
    let repository = Repository::green();
    repository.write("jobs/wrangler.toml", RIVAL);
    repository.checks("run").run().expect(1);
    repository.checks("run --head HEAD").run().expect(0);
    let written = repository.checks("run --head HEAD --write-proofs").run().expect(2);
    assert!(written.stderr.contains("--write-proofs"), "{}", written.stderr);
}

#[test]
fn a_repository_without_a_commit_is_judged() {
    let repository = Repository::new();
    repository.write("api/wrangler.toml", WRANGLER);
    repository.checks("run").run().expect(0);
    repository.write("jobs/wrangler.toml", RIVAL);
    repository.checks("run").run().expect(1);
}

#[test]
fn a_linked_worktree_is_a_repository() {
    let repository = Repository::green();
    repository.git("branch change");
    let beside = Repository::bare_folder();
    let folder = beside.at("linked");
    let target = folder.display().to_string();
    git(repository.path(), &["worktree", "add", "--quiet", &target, "change"]);
    std::fs::write(folder.join("api/wrangler.toml"), "name = [\n").expect("a file");
    let answer = Checks::within(&folder).words("run --format json").run();
    assert_eq!(answer.verdict("route-claimed-twice"), "undecided");
}

#[test]
fn a_submodule_is_named_and_not_entered() {
    let library = Repository::new();
    library.write("wrangler.toml", WRANGLER);
    library.commit("a Worker elsewhere");
    let repository = Repository::green();
    let url = library.path().display().to_string();
    git(repository.path(), &["submodule", "--quiet", "add", &url, "vendor/library"]);
    repository.commit("a submodule");
    let answer = repository.report("run").expect(0);
    assert_eq!(answer.verdict("route-claimed-twice"), "green");
    repository.checks("run --write-proofs --base none").run().expect(0);
    let proof = repository.read("ops/proofs/api-route-audit-20261121-090000.intoto.json");
    assert!(proof.contains("vendor/library"), "{proof}");
    assert!(!proof.contains("vendor/library/wrangler.toml"), "{proof}");
}

#[test]
fn links_out_of_the_repository_are_not_followed() {
    if !cfg!(unix) {
        return println!("skipped: links need a Unix system");
    }
    let outside = Repository::bare_folder();
    outside.write("wrangler.toml", RIVAL);
    let repository = Repository::green();
    let target = outside.path().display().to_string();
    let link = std::process::Command::new("ln")
        .args(["-s", &target, &repository.at("jobs").display().to_string()])
        .status();
    assert!(link.expect("ln runs").success());
    repository.checks("run").run().expect(0);
}

#[test]
fn proofs_into_a_folder_that_cannot_be_written_are_no_answer() {
    let repository = Repository::green();
    repository.write("ops", "a file where the folder would be\n");
    let answer = repository.checks("run --write-proofs").run().expect(2);
    assert!(answer.stderr.contains("ops/proofs"), "{}", answer.stderr);
    assert_eq!(repository.git("status --porcelain --untracked-files=all"), "?? ops");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_gets_no_half_proof() {
    let repository = Repository::green();
    let folder = repository.at("ops/proofs");
    fs::create_dir_all(&folder).expect("a folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("permissions");
    if fs::write(folder.join("probe"), "").is_ok() {
        fs::remove_file(folder.join("probe")).expect("the probe goes");
        return println!("skipped: this user may write into read-only folders");
    }
    let answer = repository.checks("run --write-proofs").run().expect(2);
    assert!(answer.stderr.contains("ops/proofs"), "{}", answer.stderr);
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0);
}

#[test]
fn a_proof_is_never_overwritten() {
    let repository = Repository::green();
    repository.checks("run --write-proofs").run().expect(0);
    let before = repository.read("ops/proofs/api-route-audit-20261121-090000.txt");
    let again = repository.checks("run --write-proofs").run().expect(2);
    assert!(again.stderr.contains("never overwritten"), "{}", again.stderr);
    assert_eq!(repository.read("ops/proofs/api-route-audit-20261121-090000.txt"), before);
}
