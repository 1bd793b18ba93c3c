//! What head is compared with, wherever it comes from.

use std::fs;

use serde_json::{Value, json};

use crate::{
    binary::Answer,
    repository::{Repository, git},
};

const ZEROS: &str = "0000000000000000000000000000000000000000";

/// `main`, then a branch with one more commit on each side.
struct Fork {
    repository: Repository,
    /// Where the branch left.
    root: String,
    /// The tip of `main`.
    main: String,
    /// A commit on the branch before its tip.
    middle: String,
}

fn fork() -> Fork {
    let repository = Repository::green();
    let root = repository.git("rev-parse HEAD");
    repository.git("switch --quiet --create change");
    repository.write("a.txt", "a");
    let middle = repository.commit("first");
    repository.write("b.txt", "b");
    repository.commit("second");
    repository.git("switch --quiet main");
    repository.write("c.txt", "c");
    let main = repository.commit("meanwhile");
    repository.git("switch --quiet change");
    Fork { repository, root, main, middle }
}

fn base_of(answer: &Answer) -> Value {
    answer.json()["base"].clone()
}

#[test]
fn the_base_is_where_the_branch_left_main() {
    let fork = fork();
    assert_eq!(base_of(&fork.repository.report("run").expect(0)), fork.root);
    let named = fork.repository.report("run --base main").expect(0);
    assert_eq!(base_of(&named), fork.main);
    let declined = fork.repository.report("run --base none").expect(0);
    assert_eq!(base_of(&declined), Value::Null);
}

#[test]
fn events_of_github_choose_the_base() {
    let fork = fork();
    let check = |event: &str, payload: &Value, expected: &str| {
        let answer = as_event(&fork.repository, event, payload).expect(0);
        assert_eq!(base_of(&answer), expected, "{event}");
    };
    let pull_request = json!({"pull_request": {"base": {"sha": fork.main}}});
    check("pull_request", &pull_request, &fork.root);
    check("merge_group", &json!({"merge_group": {"base_sha": fork.main}}), &fork.main);
    check("push", &json!({"before": fork.middle}), &fork.middle);
    check("push", &json!({"before": ZEROS}), &fork.root);
    check("schedule", &json!({}), &fork.root);
    check("workflow_dispatch", &json!({"inputs": null}), &fork.root);
    check("pull_request", &json!({"unexpected": []}), &fork.root);
}

fn as_event(repository: &Repository, event: &str, payload: &Value) -> Answer {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), payload.to_string()).expect("a payload");
    let checks = repository.checks("run --format json").env("GITHUB_ACTIONS", "true");
    checks.env("GITHUB_EVENT_NAME", event).env("GITHUB_EVENT_PATH", file.path()).run()
}

#[test]
fn a_base_that_was_named_and_is_not_here_is_no_answer() {
    let repository = Repository::green();
    let absent = "1".repeat(40);
    let named = repository.checks("run --base").arg(&absent).run().expect(2);
    let payload = json!({"pull_request": {"base": {"sha": absent}}});
    let event = as_event(&repository, "pull_request", &payload).expect(2);
    let group = json!({"merge_group": {"base_sha": absent}});
    let group = as_event(&repository, "merge_group", &group).expect(2);
    for answer in [named, event, group] {
        assert!(answer.stderr.contains("fetch-depth: 0"), "{}", answer.stderr);
        assert_eq!(answer.stdout, "");
    }
}

#[test]
fn a_shallow_clone_says_how_to_get_the_base() {
    let fork = fork();
    // What `actions/checkout` does unless it is told otherwise.
    let clone = Repository::new();
    let url = format!("file://{}", fork.repository.path().display());
    git(clone.path(), &["remote", "add", "origin", &url]);
    clone.git("fetch --quiet --depth=1 origin change:refs/remotes/pull/1/merge");
    clone.git("checkout --quiet --detach refs/remotes/pull/1/merge");
    clone.write("checks.toml", "[gates.route-audit]\nrequire-proof = \"on-change\"\n");
    let answer = clone.report("run").expect(0);
    assert_eq!(base_of(&answer), Value::Null);
    assert_eq!(answer.verdict("route-proof-missing"), "undecided");
    assert!(answer.stdout.contains("fetch-depth: 0"), "{}", answer.stdout);
    let named = clone.checks("run --base").arg(&fork.main).run().expect(2);
    for said in ["fetch-depth: 0", "which is 1 deep"] {
        assert!(named.stderr.contains(said), "{}", named.stderr);
    }
    let payload = json!({"pull_request": {"base": {"sha": fork.main}}});
    let event = as_event(&clone, "pull_request", &payload).expect(2);
    assert!(event.stderr.contains("which is 1 deep"), "{}", event.stderr);
}

#[test]
fn an_event_that_cannot_be_read_falls_back_and_says_so() {
    let fork = fork();
    let check = |payload: Option<&str>, event: &str| {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        if let Some(text) = payload {
            fs::write(file.path(), text).expect("a payload");
        } else {
            fs::remove_file(file.path()).expect("it was there");
        }
        let checks = fork.repository.checks("run --format json").env("GITHUB_ACTIONS", "true");
        let checks = checks.env("GITHUB_EVENT_NAME", event).env("GITHUB_EVENT_PATH", file.path());
        let answer = checks.run().expect(0);
        assert_eq!(base_of(&answer), fork.root, "{event}: {payload:?}");
        assert!(answer.stderr.contains(&format!("compared with `{}`", fork.root)), "{event}");
    };
    for event in ["pull_request", "push", "merge_group", "release", "workflow_run"] {
        check(None, event);
        check(Some("not JSON"), event);
        check(Some(""), event);
        check(Some("{\"pull_request\": 5, \"merge_group\": [], \"before\": {}}"), event);
    }
}

#[test]
fn an_event_without_its_name_is_known_by_what_it_holds() {
    let fork = fork();
    let check = |payload: &Value, expected: &str| {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        fs::write(file.path(), payload.to_string()).expect("a payload");
        let checks = fork.repository.checks("run --format json");
        let answer = checks.env("GITHUB_EVENT_PATH", file.path()).run().expect(0);
        assert_eq!(base_of(&answer), expected, "{payload}");
    };
    let base = json!({"base": {"sha": fork.main}});
    check(&json!({"pull_request": base, "before": fork.middle}), &fork.root);
    check(&json!({"merge_group": {"base_sha": fork.main}}), &fork.main);
    check(&json!({"before": fork.middle}), &fork.middle);
}

#[test]
fn an_event_without_a_base_falls_back_and_says_so() {
    let fork = fork();
    let payloads = [json!({}), json!([]), json!({"before": ZEROS}), json!({"before": 5})];
    for payload in payloads {
        let answer = as_event(&fork.repository, "push", &payload).expect(0);
        assert_eq!(base_of(&answer), fork.root, "{payload}");
        let said = format!("compared with `{}`", fork.root);
        assert!(answer.stderr.contains(&said), "{payload}: {}", answer.stderr);
    }
}

#[test]
fn the_default_branch_of_the_event_counts_whatever_its_name() {
    let fork = fork();
    fork.repository.git("branch --quiet -m main trunk");
    fork.repository.git("update-ref refs/remotes/origin/trunk trunk");
    let payload = json!({"repository": {"default_branch": "trunk"}});
    let answer = as_event(&fork.repository, "workflow_dispatch", &payload).expect(0);
    assert_eq!(base_of(&answer), fork.root);
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_no_regular_file_is_named() {
    let repository = Repository::green();
    fs::create_dir(repository.at("jobs")).expect("a folder");
    let link = repository.at("jobs/wrangler.toml");
    std::os::unix::fs::symlink("../api/wrangler.toml", link).expect("a link");
    let made = crate::binary::clean("mkfifo", repository.path()).arg("wrangler.jsonc").status();
    assert!(made.expect("mkfifo runs").success());
    let report = repository.report("run").expect(0).json();
    let expected = json!([
        "`jobs/wrangler.toml` is a symbolic link, which is not followed",
        "`wrangler.jsonc` is a pipe, a socket or a device, which is never opened",
    ]);
    assert_eq!(report["notes"], expected);
}
