//! Failures happen when and how they were planned.

use serde_json::{Value, json};

use crate::client::Double;

const COMMENTS: &str = "/repos/acme/shop/issues/1/comments";
const HEADERS: &[&str] = &["authorization: Bearer x", "user-agent: test"];

fn commented() -> Double {
    let double = Double::with(|_, _| {});
    double.post("/repos/acme/shop/issues", &json!({"title": "t"})).expect(201);
    double
}

#[test]
fn a_failure_comes_before_or_after_the_effect() {
    let check = |status: &Value, after: bool, n_comments: usize| {
        let double = commented();
        let fault = json!([{"match": "POST /repos/*/comments", "nth": 1, "status": status, "after": after}]);
        double.fail(&fault);
        let body = json!({"body": "b"});
        let answer = double.raw("POST", COMMENTS, HEADERS, Some(&body));
        assert_eq!(answer.map(|it| it.status.into()).unwrap_or(json!("cut")), *status);
        let comments = double.state()["comments"].clone();
        assert_eq!(comments.as_array().unwrap().len(), n_comments, "{status} {after}");
        // The second of them is not meant.
        double.post(COMMENTS, &body).expect(201);
        let requests = double.get("/__requests").json();
        assert_eq!(requests[1]["status"], *status);
        assert_eq!(requests[1]["fault"], true);
        assert!(requests[2].get("fault").is_none());
    };
    for status in [json!(502), json!(403), json!(429), json!("cut")] {
        check(&status, false, 0);
        check(&status, true, 1);
    }
}

#[test]
fn the_headers_of_a_failure_are_those_of_the_plan() {
    let double = commented();
    double.fail(&json!([
        {"match": "GET /rate_limit", "status": 429, "headers": {"Retry-After": "0", "x-ratelimit-remaining": 0}},
        {"match": "GET /user", "status": 403},
        {"match": "GET /repos/*", "nth": 2, "status": 500, "body": {"message": "own"}},
    ]));
    let answer = double.get("/rate_limit").expect(429);
    assert_eq!(answer.header("retry-after"), Some("0"));
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"));
    assert!(answer.json()["message"].as_str().unwrap().contains("secondary rate limit"));
    let answer = double.get("/user").expect(403);
    assert_eq!(answer.json()["message"], "Resource not accessible by integration");
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("4997"));
    double.get("/api/v3/repos/acme/shop").expect(200);
    assert_eq!(double.get("/repos/acme/shop").expect(500).json(), json!({"message": "own"}));
    double.get("/repos/acme/shop").expect(200);
    double.fail(&json!([]));
    double.get("/rate_limit").expect(200);
    double.post("/__faults", &json!([{"match": "GET /user", "status": 204}])).expect(400);
}

#[test]
fn somebody_else_is_faster() {
    let (double, first) = Double::filled(|_, _| {});
    let ours = double.loose_commit(&[&first], "ours");
    let theirs = double.loose_commit(&[&first], "theirs");
    let main = "/repos/acme/shop/git/refs/heads/main";
    let meanwhile = |method: &str, path: &str, body: Value| {
        json!([{"match": format!("{method} {path}"), "nth": 1, "meanwhile":
            {"method": method, "path": path, "body": body, "token": "ghp_alice_1"}}])
    };
    double.fail(&meanwhile("PATCH", main, json!({"sha": theirs})));
    let answer = double.patch(main, &json!({"sha": ours})).expect(422);
    assert_eq!(answer.json()["message"], "Update is not a fast forward");
    assert_eq!(double.state()["branches"]["main"], theirs);

    double.post("/repos/acme/shop/issues", &json!({"title": "t"})).expect(201);
    double.fail(&meanwhile("POST", COMMENTS, json!({"body": "theirs"})));
    double.post(COMMENTS, &json!({"body": "ours"})).expect(201);
    let comments = double.state()["comments"].clone();
    let authors: Vec<_> =
        comments.as_array().unwrap().iter().map(|it| it["author"].as_str().unwrap()).collect();
    assert_eq!(authors, ["alice", "github-actions[bot]"]);
}
