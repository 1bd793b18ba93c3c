//! What `checks init` writes: whole, clean, and never over somebody's own file.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    binary::{self, Answer, Checks, clean, workspace},
    repository::Repository,
};

const WORKFLOW: &str = ".github/workflows/proofmark.yml";
const COMMENT: &str = ".github/workflows/proofmark-comment.yml";
const RULESET: &str = "ops/governance/ruleset-main.json";
const AGGREGATOR: &str = "ops/governance/aggregator.yml";
const SDK: &str = ".github/workflows/proofmark-sdk.yml";

/// A program that `cargo xtask test` installs; without it, that is said aloud.
fn tool(path: &str) -> Option<PathBuf> {
    let target = binary::path().parent().and_then(Path::parent).expect("a target folder");
    let program = target.join("tools").join(path);
    let name = program.file_name().expect("a program has a name").display();
    if program.is_file() {
        return Some(program);
    }
    println!("skipped: {name} is not installed (`cargo xtask test` does)");
    None
}

/// A green repository after `init`, with all workflows where a linter looks for them.
fn initialized(part: &str) -> Repository {
    let repository = Repository::green();
    let answer = repository.checks("init").arg(part).run().expect(0);
    for path in ["checks.toml", WORKFLOW, RULESET] {
        assert!(answer.stdout.contains(&format!("wrote {path}\n")), "{}", answer.stdout);
    }
    repository
}

#[track_caller]
fn content(command: &mut Command) {
    Answer::of(command.output().expect("the program starts")).expect(0);
}

#[test]
fn every_template_is_well_formed_and_safe() {
    let repository = initialized("all");
    // It is to be copied from, and yet it is a workflow.
    let copy = ".github/workflows/aggregator.yml";
    repository.write(copy, repository.read(AGGREGATOR));
    let workflows = [WORKFLOW, COMMENT, SDK, copy];
    if let Some(program) = tool("bin/actionlint") {
        content(clean(program, repository.path()).args(workflows));
    }
    if let Some(program) = tool("python/bin/zizmor") {
        let mut command = clean(program, repository.path());
        command.args(["--offline", "--persona", "auditor", "--no-progress", "--color", "never"]);
        content(command.arg(".github"));
    }
    if let Some(program) = tool("python/bin/check-jsonschema") {
        let mut command = clean(program, repository.path());
        content(command.args(["--builtin-schema", "vendor.github-workflows"]).args(workflows));
    }
}

#[test]
fn the_usual_part_is_the_policy_the_check_and_the_rules_of_the_branch() {
    let repository = initialized("gates");
    for absent in [COMMENT, AGGREGATOR] {
        assert!(!repository.at(absent).exists(), "{absent} was not asked for");
    }
    let workflow = repository.read(WORKFLOW);
    for line in ["fetch-depth: 0", "persist-credentials: false", "merge_group: {}"] {
        assert!(workflow.contains(line), "{line}\n{workflow}");
    }
    let rights: Vec<&str> = workflow.lines().filter(|it| it.contains(": read")).collect();
    assert_eq!((rights.len(), workflow.contains(": write")), (1, false), "{workflow}");
    let ruleset: Value = serde_json::from_str(&repository.read(RULESET)).expect("JSON");
    let context = &ruleset["rules"][3]["parameters"]["required_status_checks"][0]["context"];
    assert_eq!(context, "checks");
    let job = workflow.split("\njobs:\n").nth(1).unwrap_or_default();
    assert!(job.starts_with("  checks:\n    name: checks\n"), "the job is what is required: {job}");
}

#[test]
fn sdks_have_a_workflow_of_their_own_and_attributes_are_only_proposed() {
    let repository = Repository::green();
    repository.write(".gitattributes", "* text=auto\n");
    let answer = repository.checks("init sdk").run().expect(0);
    assert!(answer.stdout.contains(&format!("wrote {SDK}\n")), "{}", answer.stdout);
    assert!(!repository.at(WORKFLOW).exists() && !repository.at("checks.toml").exists());
    assert_eq!(repository.read(".gitattributes"), "* text=auto\n");
    let proposed = repository.read(".gitattributes.proposed");
    assert_eq!(proposed, "* text=auto\nsdk/ts/** linguist-generated\n");
    assert!(repository.read(SDK).contains("mode: pull-request"));
}

#[test]
fn whoever_comments_keeps_what_the_comment_is_made_of() {
    let repository = initialized("all");
    assert!(repository.read(WORKFLOW).contains("upload-artifact@"));
    repository.checks("init gates").run().expect(0);
    assert!(repository.read(WORKFLOW).contains("upload-artifact@"));
    fs::remove_file(repository.at(COMMENT)).expect("a file");
    // There are fewer workflows to read now, so there is a new proof, and it needs a new instant.
    let later = Checks::plain(repository.path()).words("--now 2026-11-21T10:00:00Z");
    later.words("init gates").run().expect(0);
    assert!(!repository.read(WORKFLOW).contains("upload-artifact@"));
}

#[test]
fn a_file_of_somebody_else_stays_as_it_is() {
    let repository = initialized("all");
    for path in ["checks.toml", WORKFLOW, RULESET, COMMENT, AGGREGATOR] {
        let written = repository.read(path);
        let mine = written.clone() + "\n";
        repository.write(path, &mine);
        let dry = repository.checks("init all --dry-run").run().expect(0);
        assert!(dry.stdout.contains(&format!("would write {path}.proposed")), "{}", dry.stdout);
        assert!(!repository.at(&format!("{path}.proposed")).exists(), "{path}");
        repository.checks("init all").run().expect(0);
        assert_eq!(repository.read(path), mine, "{path}");
        assert_eq!(repository.read(&format!("{path}.proposed")), written);
        repository.write(path, &written);
        let again = repository.checks("init all").run().expect(0);
        assert!(again.stdout.contains(&format!("{path} is as it should be")), "{}", again.stdout);
    }
}

#[test]
fn the_branch_is_the_one_of_the_remote() {
    let check = |prepare: &dyn Fn(&Repository), expected: &str| {
        let repository = Repository::green();
        prepare(&repository);
        repository.checks("init").run().expect(0);
        let line = format!("    branches: [{expected}]");
        let workflow = repository.read(WORKFLOW);
        assert!(workflow.lines().any(|it| it == line), "{line}\n{workflow}");
    };
    check(&|_| (), "main");
    check(&|it| drop(it.git("branch --quiet -m main master")), "master");
    let head = ".git/refs/remotes/origin/HEAD";
    check(&|it| it.write(head, "ref: refs/remotes/origin/trunk\n"), "trunk");
    check(&|it| it.write(head, "ref: refs/remotes/origin/a]b: {}\n"), "main");
}

#[test]
fn the_example_is_governed_by_these_templates() {
    let repository = initialized("gates");
    for path in [WORKFLOW, RULESET] {
        let example = fs::read_to_string(workspace().join("examples/shop").join(path));
        assert_eq!(example.expect("the example has it"), repository.read(path), "{path}");
    }
}

#[test]
fn the_aggregator_is_green_only_if_all_are() {
    let repository = initialized("all");
    let text = repository.read(AGGREGATOR);
    let block = text.split("        run: |\n").nth(1).expect("the job runs a script");
    let script: String = block
        .lines()
        .map(|it| it.strip_prefix("          ").unwrap_or(it))
        .flat_map(|it| [it, "\n"])
        .collect();
    let is_there = clean("jq", repository.path()).arg("--version").stdout(Stdio::null()).status();
    if !is_there.is_ok_and(|it| it.success()) {
        return println!("skipped: jq is not installed");
    }
    let check = |needs: &[(&str, &str)], may_be_skipped: &str, is_green: bool| {
        let results =
            needs.iter().map(|(job, result)| format!("\"{job}\":{{\"result\":\"{result}\"}}"));
        let needs = format!("{{{}}}", results.collect::<Vec<_>>().join(","));
        let mut command = clean("bash", repository.path());
        command.args(["-e", "-c", &script]).env("NEEDS", &needs);
        let output = command.env("MAY_BE_SKIPPED", may_be_skipped).output().expect("bash runs");
        assert_eq!(output.status.success(), is_green, "{needs} {may_be_skipped}");
    };
    check(&[("a", "success"), ("b", "success")], "", true);
    check(&[("a", "success"), ("b", "skipped")], "", false);
    check(&[("a", "success"), ("b", "skipped")], "a", false);
    check(&[("a", "success"), ("b", "skipped")], "b", true);
    check(&[("a", "success"), ("b", "skipped")], "c b", true);
    check(&[("a", "success"), ("b", "failure")], "b", false);
    check(&[("a", "success"), ("b", "cancelled")], "b", false);
}

#[test]
fn the_first_three_findings_are_shown_with_their_witnesses() {
    let repository = Repository::red();
    let answer = repository.checks("init").run().expect(0);
    assert!(answer.stdout.contains("[route-claimed-twice]"), "{}", answer.stdout);
    assert!(answer.stdout.contains("witness: "), "{}", answer.stdout);
}
