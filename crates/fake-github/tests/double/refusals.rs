//! What GitHub refuses, its double refuses as well.

use serde_json::{Value, json};

use crate::client::{Answer, Double, WORKFLOW};

const SHOP: &str = "/repos/acme/shop";

/// The sentence of a refusal, or that of its first error.
fn sentence(answer: &Answer) -> String {
    let body = answer.json();
    let error = &body["errors"][0];
    let text = error["message"].as_str().or(error["field"].as_str());
    text.or(body["message"].as_str()).unwrap_or_default().to_owned()
}

#[track_caller]
fn refused(answer: &Answer, status: u16, text: &str) {
    assert_eq!((answer.status, sentence(answer).as_str()), (status, text));
}

#[test]
fn a_branch_moves_only_forward() {
    let (double, first) = Double::filled(|_, _| {});
    let second = double.loose_commit(&[&first], "second");
    let other = double.loose_commit(&[&first], "other");
    let refs = format!("{SHOP}/git/refs");
    let main = format!("{refs}/heads/main");
    double.patch(&main, &json!({"sha": second})).expect(200);
    let answer = double.patch(&main, &json!({"sha": other, "force": false}));
    refused(&answer, 422, "Update is not a fast forward");
    refused(&double.patch(&main, &json!({"sha": first})), 422, "Update is not a fast forward");
    let absent = "0123456789012345678901234567890123456789";
    refused(&double.patch(&main, &json!({"sha": absent})), 422, "Object does not exist");
    let answer = double.patch(&format!("{refs}/heads/gone"), &json!({"sha": other}));
    refused(&answer, 422, "Reference does not exist");
    assert_eq!(double.state()["branches"]["main"], second);
    double.patch(&main, &json!({"sha": other, "force": true})).expect(200);
    assert_eq!(double.state()["branches"]["main"], other);

    let create = |name: &str, sha: &str| double.post(&refs, &json!({"ref": name, "sha": sha}));
    refused(&create("refs/heads/main", &first), 422, "Reference already exists");
    refused(&create("refs/heads/x", absent), 422, "Object does not exist");
    refused(&create("refs/heads/main/x", &first), 422, "Reference update failed");
    for name in ["main", "refs/main", "refs/heads/a..b", "refs/heads/a b", "heads/a"] {
        let text = format!("Reference name is not valid: {name}");
        refused(&create(name, &first), 422, &text);
    }
    create("refs/heads/a/b", &first).expect(201);
    double.get(&format!("{SHOP}/git/ref/heads/a/b")).expect(200);
    refused(&double.get(&format!("{SHOP}/git/ref/heads/a")), 404, "Not Found");
}

#[test]
fn objects_name_only_what_exists() {
    let (double, sha) = Double::filled(|_, _| {});
    let tree = double.get(&format!("{SHOP}/git/commits/{sha}")).json()["tree"]["sha"].clone();
    let commit = |tree: &Value, parents: &Value| {
        let body = json!({"message": "m", "tree": tree, "parents": parents});
        double.post(&format!("{SHOP}/git/commits"), &body)
    };
    refused(&commit(&json!(sha), &json!([])), 422, "Tree SHA does not exist");
    let text = "Parent SHA does not exist or is not a commit object";
    refused(&commit(&tree, &json!([tree])), 422, text);
    let entry = |path: &str, sha: &Value| {
        let entry = json!({"path": path, "mode": "100644", "type": "blob", "sha": sha});
        let body = json!({"base_tree": tree, "tree": [entry]});
        double.post(&format!("{SHOP}/git/trees"), &body)
    };
    refused(&entry("gone.txt", &Value::Null), 422, "GitRPC::BadObjectState");
    refused(
        &entry("x", &tree),
        422,
        &format!("tree.sha {} is not a valid blob", tree.as_str().unwrap()),
    );
    for path in ["", "/x", "x/", "a//b", "../x", "a/./b", ".git/config", "a/.GIT/x"] {
        refused(&entry(path, &json!(sha)), 422, "tree.path contains a malformed path component");
    }
    let body = json!({"content": "%%", "encoding": "base64"});
    refused(&double.post(&format!("{SHOP}/git/blobs"), &body), 422, "content is not valid Base64");
    refused(&double.get(&format!("{SHOP}/git/commits/main")), 404, "Not Found");
}

#[test]
fn there_is_one_open_pull_request_for_a_head_and_a_base() {
    let (double, first) = Double::filled(|_, _| {});
    double.commit("topic", &[&first], "topic");
    double.commit("same", &[], "{}\n");
    double.post(&format!("{SHOP}/git/refs"), &json!({"ref": "refs/heads/even", "sha": first}));
    let pulls = format!("{SHOP}/pulls");
    let open = |head: &str, base: &str| {
        double.post(&pulls, &json!({"title": "t", "head": head, "base": base}))
    };
    refused(&open("gone", "main"), 422, "head");
    refused(&open("stranger:topic", "main"), 422, "head");
    refused(&open("topic", "gone"), 422, "base");
    refused(&open("even", "main"), 422, "No commits between main and even");
    let answer = double.post(&pulls, &json!({"head": "topic", "base": "main"}));
    refused(&answer, 422, "title");
    open("topic", "main").expect(201);
    let text = "A pull request already exists for acme:topic.";
    refused(&open("topic", "main"), 422, text);
    refused(&open("acme:topic", "main"), 422, text);
    open("topic", "even").expect(201);

    // A closed one makes room, and cannot come back then.
    let close = |state: &str| double.patch(&format!("{pulls}/1"), &json!({"state": state}));
    assert_eq!(close("closed").expect(200).json()["state"], "closed");
    assert_eq!(close("open").expect(200).json()["state"], "open");
    close("closed").expect(200);
    open("topic", "main").expect(201);
    refused(&close("open"), 422, text);
    let issue = double.patch(&format!("{SHOP}/issues/1"), &json!({"state": "open"}));
    refused(&issue, 422, text);
    assert_eq!(double.state()["pulls"].as_array().unwrap().len(), 3);
}

#[test]
fn a_check_run_takes_fifty_annotations_at_once() {
    let (double, sha) = Double::filled(|_, _| {});
    let runs = format!("{SHOP}/check-runs");
    let output = |n_annotations: usize, end_line: usize| {
        let annotation = json!({"path": "a.json", "start_line": 1, "end_line": end_line,
            "start_column": 1, "annotation_level": "failure", "message": "m"});
        json!({"title": "t", "summary": "s", "annotations": vec![annotation; n_annotations]})
    };
    let body = |output: Value| json!({"name": "n", "head_sha": sha, "output": output});
    let answer = double.post(&runs, &body(output(51, 1)));
    assert_eq!(answer.status, 422);
    assert!(sentence(&answer).contains("No more than 50 items"), "{}", answer.text);
    assert_eq!(double.post(&runs, &body(output(1, 2))).status, 422);
    let stray = json!({"name": "n", "head_sha": "0123456789012345678901234567890123456789"});
    assert!(sentence(&double.post(&runs, &stray)).starts_with("No commit found for SHA"));
    let open = json!({"name": "n", "head_sha": sha, "status": "completed"});
    refused(&double.post(&runs, &open), 422, "conclusion");
    let person = ["authorization: Bearer ghp_alice_1", "user-agent: test"];
    let answer = double.raw("POST", &runs, &person, Some(&body(output(1, 1)))).unwrap();
    refused(&answer, 403, "You must authenticate via a GitHub App.");

    let id = double.post(&runs, &body(output(50, 1))).expect(201).json()["id"].clone();
    let run = format!("{runs}/{id}");
    double.patch(&run, &json!({"output": output(50, 1)})).expect(200);
    let end = json!({"conclusion": "failure", "output": output(20, 1)});
    assert_eq!(double.patch(&run, &end).expect(200).json()["status"], "completed");
    let told = double.state()["check_runs"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!(told[0]["annotations"], 120);
    assert_eq!(told[0]["batches"], json!([50, 50, 20]));
    let found = format!("{SHOP}/commits/main/check-runs");
    assert_eq!(double.get(&found).json()["total_count"], 1);
}

#[test]
fn texts_have_a_length_and_numbers_exist() {
    let double = Double::with(|_, _| {});
    let issues = format!("{SHOP}/issues");
    let long = "ü".repeat(65_537);
    let text = "body is too long (maximum is 65536 characters)";
    refused(&double.post(&issues, &json!({"title": "t", "body": long})), 422, text);
    double.post(&issues, &json!({"title": "t", "body": "ü".repeat(65_536)})).expect(201);
    let comments = format!("{issues}/1/comments");
    refused(&double.post(&comments, &json!({"body": long})), 422, text);
    refused(&double.post(&comments, &json!({"body": " "})), 422, "body");
    let body = json!({"body": "b"});
    refused(&double.post(&format!("{issues}/7/comments"), &body), 404, "Not Found");
    refused(&double.patch(&format!("{issues}/comments/7"), &body), 404, "Not Found");
    refused(&double.get(&format!("{SHOP}/pulls/1")), 404, "Not Found");
    refused(&double.get("/repos/acme/other"), 404, "Not Found");
    double.get("/repos/Acme/SHOP").expect(200);
}

#[test]
fn a_token_says_what_may_be_done() {
    let ask = |double: &Double, method: &str, path: &str, headers: &[&str]| {
        let body = (method == "POST").then(|| json!({"title": "t"}));
        double.raw(method, path, headers, body.as_ref()).unwrap()
    };
    let issues = format!("{SHOP}/issues");
    let double = Double::with(|options, _| options.tokens = vec![WORKFLOW.into()]);
    let agent = "user-agent: test";
    refused(&ask(&double, "POST", &issues, &[agent]), 401, "Requires authentication");
    let stranger = ["authorization: Bearer other", agent];
    refused(&ask(&double, "GET", SHOP, &stranger), 401, "Bad credentials");
    ask(&double, "GET", SHOP, &[agent]).expect(200);
    assert_eq!(ask(&double, "GET", SHOP, &[]).status, 403);
    double.post(&issues, &json!({"title": "t"})).expect(201);
    refused(&double.get("/user"), 403, "Resource not accessible by integration");

    let double = Double::with(|options, _| options.is_read_only = true);
    let answer = double.post(&issues, &json!({"title": "t"}));
    refused(&answer, 403, "Resource not accessible by integration");
    assert_eq!(answer.header("x-accepted-github-permissions"), Some("issues=write"));
    let person = ["authorization: Bearer ghp_alice_1", agent];
    let text = "Resource not accessible by personal access token";
    refused(&ask(&double, "POST", &issues, &person), 403, text);
    assert_eq!(ask(&double, "GET", "/user", &person).expect(200).json()["login"], "alice");
    assert_eq!(double.state()["issues"], json!([]));
}
