//! The same operations against a double of GitHub over HTTP, where faults are those of a wire.

use std::path::{Path, PathBuf};

use fake_github::{Options, Server};
use github::{Client, Endpoint, Error, Http, Secret, facts};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    faulty::Still,
    scenarios::{ALL, ISSUE, Scenario, Step, comment},
};

/// A token in the form of a workflow's.
const TOKEN: &str = "ghs_9fK2mQ7xW4bN8vC1zL5tR3yH6jD0sA2pE7uG";

/// A double with one commit on `main` and one issue.
struct Double {
    server: Server,
    base: String,
    _folder: TempDir,
}

impl Double {
    fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options::new(folder.path(), "acme/shop".parse().unwrap());
        change(&mut options);
        let is_read_only = std::mem::take(&mut options.is_read_only);
        assert!(!is_read_only, "the base has to be written");
        let server = Server::start(&options).unwrap();
        let mut double = Self { server, base: String::new(), _folder: folder };
        let entry = json!({"path": "old", "mode": "100644", "type": "blob", "content": "1"});
        let tree = double.post("/repos/acme/shop/git/trees", &json!({"tree": [entry]}));
        let commit = json!({"message": "start", "tree": tree["sha"], "parents": []});
        let commit = double.post("/repos/acme/shop/git/commits", &commit);
        let sha = commit["sha"].as_str().unwrap().to_owned();
        double.post("/repos/acme/shop/git/refs", &json!({"ref": "refs/heads/main", "sha": sha}));
        let issue = double.post("/repos/acme/shop/issues", &json!({"title": "a thread"}));
        assert_eq!(issue["number"], ISSUE);
        double.base = sha;
        double
    }

    fn plain() -> Self {
        Self::with(|_| ())
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let request = ureq::post(format!("{}{path}", self.server.url()));
        let request = request.header("authorization", format!("Bearer {TOKEN}"));
        let mut answer = request.send(body.to_string()).unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap_or_default()
    }

    fn get(&self, path: &str) -> Value {
        let mut answer = ureq::get(format!("{}{path}", self.server.url())).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// Does something as a client; whether it went well.
    fn play(&self, step: Step) -> Result<(), Error> {
        let endpoint = Endpoint::new(Some(self.server.url()), Some("acme/shop")).unwrap();
        let (forge, clock) = (Http::new(&endpoint, Secret::new(TOKEN)), Still::default());
        step(&Client::new(&forge, &clock, &endpoint), &self.base)
    }

    /// What people see, without ids of commits, which hold the time.
    fn visible(&self) -> Value {
        let mut state = self.get("/__state")["acme/shop"].take();
        without_ids(&mut state, &self.base);
        state
    }

    /// Plays what comes before a scenario.
    fn prepared(self, scenario: Scenario) -> Self {
        if let Some(before) = scenario.before {
            self.play(before).unwrap();
        }
        self
    }

    /// The writing requests of a scenario, as the double names them in faults.
    fn writes(&self, step: Step) -> Vec<String> {
        let n_before = self.requests().len();
        self.play(step).unwrap();
        let writes = self.requests().split_off(n_before);
        let writes = writes.into_iter().filter(|it| it["method"] != "GET");
        writes
            .map(|it| {
                format!("{} {}", it["method"].as_str().unwrap(), it["path"].as_str().unwrap())
            })
            .collect()
    }

    fn requests(&self) -> Vec<Value> {
        self.get("/__requests").as_array().unwrap().clone()
    }
}

fn without_ids(value: &mut Value, base: &str) {
    match value {
        Value::Object(members) => {
            for name in ["external_id", "head_sha", "base_sha", "id", "batches"] {
                members.remove(name);
            }
            members.values_mut().for_each(|it| without_ids(it, base));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| without_ids(it, base)),
        Value::String(text) if text.len() == 40 && *text != base => {
            "a commit".clone_into(text);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// GitHub's own description of its API, if the packages of `tests/node` are installed.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn description() -> Option<PathBuf> {
    let package = "../../tests/node/node_modules/@octokit/openapi/generated/api.github.com.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(package);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: GitHub's description is not installed in tests/node");
    None
}

#[test]
fn every_request_is_one_that_github_describes() {
    let description = description();
    for is_minimal in [false, true] {
        let double = Double::with(|it| {
            it.openapi.clone_from(&description);
            it.is_minimal = is_minimal;
        });
        for scenario in ALL {
            for _ in 0..2 {
                double.play(scenario.step).unwrap_or_else(|err| panic!("{}: {err}", scenario.name));
            }
        }
        let violations: Vec<Value> =
            double.requests().into_iter().filter(|it| it.get("violation").is_some()).collect();
        assert!(violations.is_empty(), "{violations:#?}");
        let state = double.visible();
        let count = |name: &str| state[name].as_array().unwrap().len();
        assert_eq!((count("pulls"), count("check_runs")), (1, 1), "{state:#}");
        assert_eq!(state["branches"].as_object().unwrap().len(), 2, "{state:#}");
        assert_eq!(state["check_runs"][0]["annotations"], 120);
    }
}

#[test]
fn everything_exists_once_after_any_fault_of_the_wire() {
    let kinds = [
        json!({"status": 502}),
        json!({"status": 403, "headers": {"retry-after": "1"}}),
        json!({"status": "cut"}),
    ];
    for scenario in ALL.into_iter().filter(|it| it.name != "second plan") {
        let clean = Double::plain().prepared(scenario);
        let writes = clean.writes(scenario.step);
        let expected = clean.visible();
        for (idx, write) in writes.iter().enumerate() {
            let nth = writes.iter().take(idx + 1).filter(|it| *it == write).count();
            for (kind, after) in kinds.iter().flat_map(|it| [(it, false), (it, true)]) {
                let double = Double::plain().prepared(scenario);
                let mut fault = kind.clone();
                fault["match"] = write.as_str().into();
                fault["nth"] = nth.into();
                fault["after"] = after.into();
                double.post("/__faults", &json!([fault]));
                let at = format!("{}: {fault}", scenario.name);
                double.play(scenario.step).unwrap_or_else(|err| panic!("{at}: {err}"));
                let hit = double.requests().iter().any(|it| it.get("fault").is_some());
                assert!(hit, "{at}: the fault was met");
                double.play(scenario.step).unwrap_or_else(|err| panic!("{at}: {err}"));
                assert_eq!(double.visible(), expected, "{at}");
            }
        }
    }
}

#[test]
fn facts_are_kept_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facts.json");
    let answers = json!({
        "/rules/branches/main": {"status": 200, "body": [
            {"type": "pull_request", "ruleset_id": 7}, {"type": "of tomorrow", "ruleset_id": 7},
            {"type": "required_status_checks", "ruleset_id": 8},
        ]},
        "/rulesets/7": {"status": 200, "body": {"id": 7, "enforcement": "active", "new": {"a": 1}}},
        "/rulesets/8": {"status": 403, "body": {"message": "Resource not accessible"}},
        "/environments": {"status": 200, "body": {"total_count": 1, "environments": [{"name": "live eu"}]}},
        "/environments/live eu/secrets": {"status": 200, "body": {"total_count": 1, "secrets": [{"name": "KEY"}]}},
    });
    let given = json!({"schema": "github-facts/v1", "repository": "acme/shop", "default-branch": "main", "answers": answers});
    std::fs::write(&file, given.to_string()).unwrap();
    let double = Double::with(|it| it.facts = Some(file));
    let endpoint = Endpoint::new(Some(double.server.url()), Some("acme/shop")).unwrap();
    let (forge, clock) = (Http::new(&endpoint, Secret::new(TOKEN)), Still::default());
    let facts = facts(&Client::new(&forge, &clock, &endpoint)).unwrap();
    for path in ["/rules/branches/main", "/rulesets/7"] {
        assert_eq!(facts["answers"][path], answers[path], "{facts:#}");
    }
    assert_eq!(facts["answers"]["/rulesets/8"]["status"], 403, "{facts:#}");
    assert_eq!(facts["answers"]["/branches/main/protection"]["status"], 404, "{facts:#}");
    let secrets = &facts["answers"]["/environments/live%20eu/secrets"]["body"]["secrets"];
    assert_eq!(*secrets, json!([{"name": "KEY"}]), "{facts:#}");
}

#[test]
fn errors_name_the_request_and_never_the_token() {
    let double = Double::plain();
    let check = |fault: Value, words: &[&str]| {
        double.post("/__faults", &json!([fault]));
        let message = double.play(|it, _| comment(it)).unwrap_err().to_string();
        for word in words {
            assert!(message.contains(word), "{message}");
        }
        assert!(!message.contains(TOKEN), "{message}");
    };
    let all = "GET /repos/acme/shop/issues/*/comments";
    let quoting = json!({"message": format!("bad credentials: {TOKEN}")});
    check(json!({"match": all, "status": 401, "body": quoting}), &["token refused"]);
    check(json!({"match": all, "status": 422, "body": quoting}), &["bad credentials: <redacted>"]);
    check(json!({"match": all, "status": 403}), &["needs `pull-requests: write`"]);
    check(json!({"match": all, "status": 404}), &["not found or not visible to this token"]);
    check(json!({"match": all, "status": 502}), &["status 502", "4 times"]);
    check(json!({"match": all, "status": "cut"}), &["no connection", "4 times"]);
    let headers = json!({"retry-after": "90", "x-github-request-id": "C0:FE"});
    check(
        json!({"match": all, "status": 403, "headers": headers}),
        &["come back at 2027-01-15T08:01:30Z", "(x-github-request-id: C0:FE)"],
    );
}
