//! `checks github …` and `--open-pr`, against a double of GitHub over a real repository.

use std::{fs, path::PathBuf};

use fake_github::{Options, Server};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    binary::{Answer, Checks},
    repository::{Repository, git},
};

/// Made up, in the form of a workflow's token.
pub(crate) const TOKEN: &str = "ghs_9fK2mQ7xW4bN8vC1zL5tR3yH6jD0sA2pE7uG";

const CONTRACT: &str = "contracts/shop.openapi.yaml";
const PROMISED: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, properties: {sku: {type: string}}}
      responses:
        \"204\": {description: done}
";

/// A double of GitHub, and room for files.
pub(crate) struct Hub {
    server: Server,
    folder: TempDir,
}

impl Hub {
    fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let slug = "acme/shop".parse().expect("it is a name");
        let mut options = Options::new(folder.path().join("hub"), slug);
        change(&mut options);
        Self { server: Server::start(&options).expect("it starts"), folder }
    }

    /// A double that has the branches of this repository.
    pub(crate) fn of(repository: &Repository) -> Self {
        let hub = Self::with(|_| ());
        hub.push(repository, "main");
        hub
    }

    pub(crate) fn push(&self, repository: &Repository, branch: &str) {
        repository.git(&format!("push --quiet {} {branch}", self.clone_url()));
    }

    pub(crate) fn url(&self) -> String {
        self.server.url().to_owned()
    }

    /// Plans failures.
    pub(crate) fn fail(&self, faults: &Value) {
        self.server.fail(faults).expect("it is a plan");
    }

    fn clone_url(&self) -> String {
        format!("{}/acme/shop.git", self.server.url())
    }

    /// The program, as a workflow runs it.
    fn checks(&self, repository: &Repository, words: &str) -> Checks {
        let checks = repository.checks(words);
        let checks = checks.env("GITHUB_API_URL", self.server.url());
        checks.env("GITHUB_REPOSITORY", "acme/shop").env("GITHUB_TOKEN", TOKEN)
    }

    /// The same, on a pull request.
    fn on(&self, event: &Value, repository: &Repository, words: &str) -> Checks {
        let file = self.write("event.json", &event.to_string());
        let checks = self.checks(repository, words).env("GITHUB_ACTIONS", "true");
        checks.env("GITHUB_EVENT_NAME", "pull_request").env("GITHUB_EVENT_PATH", file)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file
    }

    fn get(&self, path: &str) -> Value {
        let answer = ureq::get(format!("{}{path}", self.server.url())).call();
        let text = answer.expect("an answer").body_mut().read_to_string().expect("a text");
        serde_json::from_str(&text).expect("it is JSON")
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let request = ureq::post(format!("{}{path}", self.server.url()));
        let request = request.header("authorization", format!("Bearer {TOKEN}"));
        let text = request.send(body.to_string()).expect("an answer").body_mut().read_to_string();
        serde_json::from_str(&text.expect("a text")).unwrap_or_default()
    }

    pub(crate) fn state(&self) -> Value {
        self.get("/__state")["acme/shop"].take()
    }

    fn n_requests(&self) -> usize {
        self.get("/__requests").as_array().expect("a list").len()
    }

    /// A pull request of people, and its event.
    pub(crate) fn pull_request(&self, head: &str, commit: &str) -> Value {
        let body = json!({"title": "a change", "head": head, "base": "main"});
        let number = self.post("/repos/acme/shop/pulls", &body)["number"].clone();
        let repository = json!({"full_name": "acme/shop"});
        json!({
            "repository": {"default_branch": "main"},
            "pull_request": {
                "number": number,
                "head": {"ref": head, "sha": commit, "repo": repository},
                "base": {"ref": "main", "sha": commit, "repo": repository},
            },
        })
    }
}

/// The report of a repository, as a file of the hub.
fn report(hub: &Hub, repository: &Repository) -> PathBuf {
    let answer = repository.report("run --gate route-audit --base none");
    hub.write("report.json", &answer.stdout)
}

pub(crate) fn bodies(state: &Value) -> Vec<&str> {
    let comments = state["comments"].as_array().expect("a list");
    comments.iter().map(|it| it["body"].as_str().expect("a text")).collect()
}

/// A repository where a branch breaks the contract of `main`, with its pull request.
fn broken_contract() -> (Repository, Hub, Value) {
    let repository = Repository::new();
    repository.write(CONTRACT, PROMISED);
    repository.commit("a contract");
    let hub = Hub::of(&repository);
    repository.git("checkout --quiet -b narrow");
    repository.write(CONTRACT, PROMISED.replace("{type: string}", "{type: integer}"));
    let commit = repository.commit("narrow");
    hub.push(&repository, "narrow");
    let event = hub.pull_request("narrow", &commit);
    (repository, hub, event)
}

#[test]
fn a_report_is_one_comment_that_turns_green() {
    let repository = Repository::green();
    let hub = Hub::of(&repository);
    repository.git("checkout --quiet -b work");
    let commit = repository.commit("some work");
    hub.push(&repository, "work");
    let event = hub.pull_request("work", &commit);
    let publish = |file: PathBuf| {
        let checks = hub.on(&event, &repository, "github publish --comment --check-run --json");
        checks.arg("--report").arg(file).run().expect(0).json()
    };
    let green = publish(report(&hub, &repository));
    assert_eq!(green["comment"], "none needed on #1");
    repository.write("jobs/wrangler.toml", crate::repository::RIVAL);
    let red = report(&hub, &repository);
    assert_eq!(publish(red.clone())["comment"], "created on #1");
    assert_eq!(publish(red)["comment"], "unchanged on #1");
    let state = hub.state();
    let [body] = bodies(&state)[..] else { panic!("{state:#}") };
    assert!(body.starts_with("<!-- proofmark:route-audit -->\n**Proofmark is red: "), "{body}");
    fs::remove_file(repository.at("jobs/wrangler.toml")).expect("it is there");
    assert_eq!(publish(report(&hub, &repository))["comment"], "updated on #1");
    let state = hub.state();
    assert!(bodies(&state)[0].contains("Proofmark is green: nothing to do"), "{state:#}");
    let runs = state["check_runs"].as_array().expect("a list");
    assert_eq!(runs.len(), 1, "{runs:#?}");
    assert_eq!(runs[0]["name"], "proofmark/route-audit");
    assert_eq!(runs[0]["conclusion"], "success");
}

#[test]
fn without_a_token_nothing_is_computed_or_sent() {
    let (repository, hub, _) = broken_contract();
    let n_before = hub.n_requests();
    for words in [
        "github publish --report missing.json --comment",
        "github issue --report missing.json --label x",
        "github commit --paths ** --branch b --message m",
        "github whoami",
        "contract migrate --base main --open-pr",
    ] {
        let answer = hub.checks(&repository, words).env("GITHUB_TOKEN", "").run().expect(2);
        assert!(answer.stderr.contains("GH_TOKEN"), "{}", answer.stderr);
    }
    assert_eq!(hub.n_requests(), n_before);
    assert!(!repository.at(".git/checks/migrations").exists(), "nothing was computed");
}

#[test]
fn what_is_no_report_is_published_by_nobody() {
    let repository = Repository::green();
    let hub = Hub::of(&repository);
    let n_before = hub.n_requests();
    let long = hub.write("long.json", "{}");
    let opened = fs::OpenOptions::new().write(true).open(&long).expect("a file");
    opened.set_len(64 * 1024 * 1024 + 1).expect("a long file");
    for (file, words) in [
        (hub.write("other.json", r#"{"schema": "checks-migration/v1"}"#), "`checks-migration/v1`"),
        (hub.write("broken.json", "{"), "not JSON"),
        (long, "67108864 bytes"),
    ] {
        for command in ["publish --comment --pull-request 1", "issue --label x"] {
            let checks = hub.checks(&repository, &format!("github {command}"));
            let answer = checks.arg("--report").arg(&file).run().expect(2);
            assert!(answer.stderr.contains(words), "{}", answer.stderr);
        }
    }
    assert_eq!(hub.n_requests(), n_before);
}

#[test]
fn a_dry_run_prints_requests_and_sends_none() {
    let (repository, hub, event) = broken_contract();
    let red = report(&hub, &Repository::red());
    repository.write("sdk/a.ts", "new\n");
    let n_before = hub.n_requests();
    let check = |words: &str, with_report: bool, last: &str| {
        let mut checks = hub.on(&event, &repository, words).arg("--dry-run");
        if with_report {
            checks = checks.arg("--report").arg(&red);
        }
        let answer = checks.env("GITHUB_TOKEN", "").run().expect(0);
        let lines: Vec<Value> = answer
            .stdout
            .lines()
            .map(|it| serde_json::from_str(it).unwrap_or_else(|err| panic!("{err}: {it}")))
            .collect();
        let sent = |it: &Value| {
            format!(
                "{} {}",
                it["method"].as_str().unwrap_or("?"),
                it["path"].as_str().unwrap_or("?")
            )
        };
        assert_eq!(lines.last().map(sent).as_deref(), Some(last), "{words}");
    };
    check("github publish --comment", true, "POST /repos/acme/shop/issues/1/comments");
    check("github publish --check-run", true, "POST /repos/acme/shop/check-runs");
    check("github issue --label x", true, "POST /repos/acme/shop/issues");
    let commit = "github commit --paths sdk/** --branch b --message m --pull-request";
    check(commit, false, "POST /repos/acme/shop/pulls");
    check(
        "contract migrate --base main --open-pr",
        false,
        "POST /repos/acme/shop/issues/1/comments",
    );
    check("github whoami", false, "GET /rate_limit");
    assert_eq!(hub.n_requests(), n_before);
}

#[test]
fn changed_files_become_one_commit_and_one_pull_request() {
    let repository = Repository::green();
    repository.write("sdk/ts/gone.ts", "1\n");
    repository.commit("an SDK");
    let hub = Hub::of(&repository);
    fs::remove_file(repository.at("sdk/ts/gone.ts")).expect("it is there");
    repository.write("sdk/ts/new.ts", "2\n");
    repository.write("elsewhere.txt", "3\n");
    let commit = |message: &str| {
        let words =
            "github commit --paths sdk/ts/** --branch checks/sdk-sync/shop --pull-request --json";
        hub.checks(&repository, words).arg("--message").arg(message).run().expect(0)
    };
    let first = commit("sdk: as the contract says");
    assert!(first.stderr.contains("1 file outside of `--paths` left out"), "{}", first.stderr);
    let first = first.json();
    assert_eq!(first["pull-request"]["state"], "created");
    let second = commit("sdk: as the contract says").json();
    assert_eq!(second["state"], "unchanged");
    assert_eq!(second["pull-request"]["state"], "unchanged");
    assert_eq!(second["pull-request"]["number"], first["pull-request"]["number"]);
    let clone = hub.folder.path().join("clone");
    let clone_to = clone.to_str().expect("it is UTF-8");
    let branch =
        ["clone", "--quiet", "--branch", "checks/sdk-sync/shop", &hub.clone_url(), clone_to];
    git(hub.folder.path(), &branch);
    let changed = git(&clone, &["diff", "--name-status", "HEAD~1", "HEAD"]);
    assert_eq!(changed, "D\tsdk/ts/gone.ts\nA\tsdk/ts/new.ts");
    let message = git(&clone, &["log", "-1", "--format=%B"]);
    assert!(message.contains("\n\nProofmark-Plan: "), "{message}");
    let onto_main =
        hub.checks(&repository, "github commit --paths sdk/** --branch main --message m");
    let refused = onto_main.run().expect(2);
    assert!(refused.stderr.contains("`main` is the default branch"), "{}", refused.stderr);
    repository.git("checkout --quiet -- .");
    fs::remove_file(repository.at("sdk/ts/new.ts")).expect("it is there");
    let nothing =
        hub.checks(&repository, "github commit --paths sdk/** --branch other --message m");
    assert!(nothing.run().expect(0).stdout.contains("nothing changed"));
    let branches = hub.state()["branches"].as_object().expect("branches").len();
    assert_eq!(branches, 2, "main and one more");
}

#[test]
fn a_branch_of_somebody_else_is_left_alone() {
    let repository = Repository::green();
    let hub = Hub::of(&repository);
    repository.git("checkout --quiet -b taken");
    repository.write("mine.txt", "mine\n");
    repository.commit("my work");
    hub.push(&repository, "taken");
    repository.git("checkout --quiet main");
    repository.write("sdk/a.ts", "new\n");
    let before = hub.state();
    let words = "github commit --paths sdk/** --branch taken --message m --pull-request";
    let answer = hub.checks(&repository, words).run().expect(2);
    assert!(
        answer.stderr.contains("which is not ours, so nothing was changed"),
        "{}",
        answer.stderr
    );
    assert_eq!(hub.state(), before);
}

#[test]
fn merging_the_skeleton_repairs_the_pull_request() {
    let (repository, hub, event) = broken_contract();
    let migrate = |words: &str| {
        let words = format!("contract migrate --base main --open-pr {words}");
        hub.on(&event, &repository, words.trim_end()).run().expect(0)
    };
    let first = migrate("");
    let last = first.stdout.lines().last().expect("lines");
    assert!(last.starts_with("pull-request: #2 http"), "{}", first.stdout);
    assert!(last.ends_with(" created"), "{last}");
    assert!(first.stdout.contains("\nci: waits-for-approval\n"), "{}", first.stdout);
    let state = hub.state();
    let skeleton = &state["pulls"][1];
    assert_eq!(skeleton["base"], "narrow");
    assert_eq!(skeleton["head"], "checks/contract-gate/shop");
    let [link] = bodies(&state)[..] else { panic!("{state:#}") };
    assert!(link.starts_with("<!-- proofmark:contract-gate -->\n"), "{link}");
    assert!(link.contains("/pull/2"), "{link}");
    // Another machine, another day: the same plan.
    fs::remove_dir_all(repository.at(".git/checks")).expect("plans were written");
    let again = migrate("--now 2026-11-23T08:00:00Z --format json");
    let record = &again.json()[0]["pull-request"];
    assert_eq!((&record["number"], &record["state"]), (&json!(2), &json!("unchanged")), "{record}");
    assert_eq!(hub.state(), state);
    repository.git(&format!("fetch --quiet {} checks/contract-gate/shop", hub.clone_url()));
    repository.git("merge --quiet --no-edit FETCH_HEAD");
    let merged = repository.report("run --gate contract-gate --base main").json();
    assert_eq!(merged["contract"][0]["verdict"], "green", "{merged:#}");
}

#[test]
fn a_fork_gets_a_patch_and_no_push() {
    let (repository, hub, mut event) = broken_contract();
    event["pull_request"]["head"]["repo"]["full_name"] = "eve/shop".into();
    let before = hub.state();
    let answer =
        hub.on(&event, &repository, "contract migrate --base main --open-pr").run().expect(0);
    assert!(answer.stderr.contains("::notice title=proofmark::pull request #1 comes from a fork"));
    assert!(repository.at(".git/checks/migrations/shop/migration.patch").exists());
    assert_eq!(hub.state(), before);
}

#[test]
fn a_token_that_may_only_read_fails_no_publication() {
    let (repository, hub, mut event) = broken_contract();
    let red = report(&hub, &Repository::red());
    let refused = |path: &str| json!({"match": format!("POST /repos/*/{path}"), "status": 403});
    hub.post("/__faults", &json!([refused("comments"), refused("check-runs")]));
    let before = hub.state();
    for (owner, kind) in [("eve", "notice"), ("acme", "warning")] {
        event["pull_request"]["head"]["repo"]["full_name"] = format!("{owner}/shop").into();
        let summary = hub.write("summary.md", "");
        let checks = hub.on(&event, &repository, "github publish --check-run --comment");
        let checks = checks.env("GITHUB_STEP_SUMMARY", &summary).arg("--report").arg(&red);
        let answer = checks.run().expect(0);
        let told = format!("::{kind} title=proofmark::not published");
        assert_eq!(answer.stderr.matches(&told).count(), 2, "{}", answer.stderr);
        for permission in ["`checks: write`", "`pull-requests: write`"] {
            assert!(answer.stderr.contains(permission), "{}", answer.stderr);
        }
        assert!(fs::read_to_string(summary).expect("a summary").contains("not published"));
    }
    assert_eq!(hub.state(), before);
}

#[test]
fn what_was_written_before_a_refusal_is_told_and_found_again() {
    let (repository, hub, event) = broken_contract();
    let words = "contract migrate --base main --open-pr";
    hub.post("/__faults", &json!([{"match": "POST /repos/*/pulls", "status": 403}]));
    let answer = hub.on(&event, &repository, words).run().expect(2);
    let told = "written before that: branch `checks/contract-gate/shop` at ";
    assert!(answer.stderr.contains(told), "{}", answer.stderr);
    assert!(answer.stderr.contains("needs `pull-requests: write`"), "{}", answer.stderr);
    hub.post("/__faults", &json!([]));
    let branch = hub.state()["branches"]["checks/contract-gate/shop"].clone();
    hub.on(&event, &repository, words).run().expect(0);
    let state = hub.state();
    assert_eq!(state["branches"]["checks/contract-gate/shop"], branch);
    assert_eq!(state["pulls"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_incident_is_one_issue_while_it_lasts() {
    let (repository, calm) = (Repository::red(), Repository::green());
    let hub = Hub::of(&calm);
    let issue = |file: PathBuf| {
        let checks = hub.checks(&repository, "github issue --label proofmark-incident --json");
        checks.arg("--report").arg(file).run().expect(0).json()
    };
    let red = report(&hub, &repository);
    let opened = issue(red.clone());
    assert_eq!(opened["opened"].as_array().map(Vec::len), Some(1), "{opened}");
    assert_eq!(issue(red)["unchanged"], opened["opened"]);
    assert_eq!(issue(report(&hub, &calm))["closed"], opened["opened"]);
    let state = hub.state();
    assert_eq!(state["issues"][0]["state"], "closed");
    assert!(bodies(&state)[0].contains("Green again"), "{state:#}");
}

#[test]
fn whoami_tells_everything_but_the_token() {
    let repository = Repository::green();
    let hub = Hub::of(&repository);
    let plain = hub.checks(&repository, "github whoami").run().expect(0);
    assert!(plain.stdout.contains("from `GITHUB_TOKEN`"), "{}", plain.stdout);
    assert!(plain.stdout.contains("requests left"), "{}", plain.stdout);
    let person = hub.checks(&repository, "github whoami --json").env("GITHUB_TOKEN", "");
    let person = person.env("GH_TOKEN", "ghp_ada_secret").run().expect(0);
    assert_eq!(
        (&person.json()["login"], &person.json()["variable"]),
        (&json!("ada"), &json!("GH_TOKEN"))
    );
    for answer in [plain, person] {
        let said = answer.stdout + &answer.stderr;
        assert!(!said.contains(TOKEN) && !said.contains("ghp_ada_secret"), "{said}");
    }
}

#[test]
fn wrong_variables_are_named_with_an_example() {
    let repository = Repository::green();
    let hub = Hub::of(&repository);
    let check = |name: &str, value: &str, words: &[&str]| {
        let answer: Answer =
            hub.checks(&repository, "github whoami").env(name, value).run().expect(2);
        for word in words {
            assert!(answer.stderr.contains(word), "{}", answer.stderr);
        }
    };
    check("GITHUB_REPOSITORY", "", &["GITHUB_REPOSITORY", "acme/shop"]);
    check("GITHUB_REPOSITORY", "a/b/c", &["GITHUB_REPOSITORY", "acme/shop"]);
    check("GITHUB_API_URL", "api.github.com", &["GITHUB_API_URL", "https://api.github.com"]);
    check("GITHUB_TOKEN", "two words", &["GITHUB_TOKEN"]);
}

#[cfg(unix)]
#[test]
fn the_action_writes_what_contracts_yield_and_commits_nothing_else() {
    let repository = Repository::new();
    repository.write("contracts/shop.openapi.yaml", PROMISED);
    repository.commit("a contract");
    let hub = Hub::of(&repository);
    repository.write("mine.txt", "not committed");
    let run = |mode: &str| {
        let mut command = crate::binary::clean("bash", repository.path());
        command.arg(crate::binary::workspace().join("actions/run.sh"));
        command.env("IN_BINARY", crate::binary::path()).env("IN_MODE", mode);
        command.env("IN_TOKEN", TOKEN).env("GITHUB_API_URL", hub.server.url());
        command.env("GITHUB_REPOSITORY", "acme/shop").env("GITHUB_REF_NAME", "main");
        let output = hub.write("output", "");
        command.env("GITHUB_OUTPUT", &output).env("RUNNER_TEMP", hub.folder.path());
        let answer = Answer::of(command.output().expect("bash runs"));
        (answer, fs::read_to_string(output).expect("outputs"))
    };
    let (answer, _) = run("write");
    assert!(answer.expect(2).stdout.contains("check, commit and pull-request are accepted"));
    let (answer, outputs) = run("pull-request");
    answer.clone().expect(0);
    assert!(outputs.contains("changed=true\n") && outputs.contains("verdict=green\n"), "{outputs}");
    let commit = outputs.lines().find_map(|it| it.strip_prefix("commit=")).expect("an output");
    assert_eq!(commit.len(), 40, "{outputs}{}", answer.stdout);
    let branch = "checks/sdk-sync/main";
    assert_eq!(hub.state()["branches"][branch], commit);
    repository.git(&format!("fetch --quiet {} {branch}", hub.clone_url()));
    let files = repository.git("diff --name-only HEAD FETCH_HEAD");
    assert!(files.lines().count() > 3, "{files}");
    assert!(files.lines().all(|it| it.starts_with("sdk/ts/shop/")), "{files}");
    let n_requests = hub.n_requests();
    let (answer, outputs) = run("commit");
    answer.expect(0);
    assert!(outputs.contains("changed=false\n"), "{outputs}");
    assert_eq!(hub.n_requests(), n_requests, "nothing changed, nothing is asked");
}
