//! Requests that are none of GitHub's, or none of ours, are told.

use serde_json::{Value, json};

use crate::client::{Double, openapi};

#[test]
fn requests_that_github_does_not_describe_are_told() {
    let Some(openapi) = openapi() else { return };
    let double = Double::with(|options, _| options.openapi = Some(openapi));
    let no_body = Value::Null;
    let rows = [
        ("GET", "/unheard/of", no_body.clone(), "no path of the API: `/unheard/of`"),
        ("POST", "/repos/acme/shop/issues/comments/1", json!({"body": "b"}), "no method of"),
        (
            "GET",
            "/repos/acme/shop/pulls?heads=x",
            no_body.clone(),
            "no parameter of the query: `heads`",
        ),
        ("GET", "/repos/acme/shop/pulls?state=gone", no_body.clone(), "`state` of the query"),
        ("GET", "/repos/acme/shop/pulls?per_page=many", no_body.clone(), "`per_page` of the query"),
        ("GET", "/repos/acme/shop/pulls/one", no_body.clone(), "`pull_number` of the path"),
        ("POST", "/repos/acme/shop/pulls", no_body, "no body"),
        (
            "POST",
            "/repos/acme/shop/pulls",
            json!({"title": "t", "head": "h"}),
            "\"base\" is a required",
        ),
        (
            "POST",
            "/repos/acme/shop/git/refs",
            json!({"ref": "refs/heads/x", "sha": 7}),
            "body at `/sha`",
        ),
        (
            "POST",
            "/repos/acme/shop/issues",
            json!({"title": "t", "label": []}),
            "no member of the body: `label`",
        ),
        (
            "POST",
            "/repos/acme/shop/git/commits",
            json!({"message": "m", "tree": "t", "author": {"name": "n", "email": "e", "date": "today"}}),
            "body at `/author/date`",
        ),
    ];
    for (method, path, body, _) in &rows {
        double.send(method, path, (!body.is_null()).then_some(body)).expect(400);
    }
    let requests = double.get("/__requests").json();
    let told = requests.as_array().unwrap();
    assert_eq!(told.len(), rows.len());
    for ((method, path, _, expected), request) in rows.iter().zip(told) {
        assert_eq!((&request["method"], &request["path"]), (&json!(method), &json!(path)));
        let violation = request["violation"].as_str().unwrap_or_default();
        assert!(violation.contains(expected), "{method} {path}: {violation}");
    }
    assert_eq!(double.state()["issues"], json!([]));
}

#[test]
fn what_is_too_much_is_told_and_answered_as_github_does() {
    let Some(openapi) = openapi() else { return };
    let (double, sha) = Double::filled(|options, _| options.openapi = Some(openapi));
    let annotation = json!({"path": "a", "start_line": 1, "end_line": 1,
        "annotation_level": "notice", "message": "m"});
    let output = json!({"title": "t", "summary": "s", "annotations": vec![annotation; 51]});
    let body = json!({"name": "n", "head_sha": sha, "output": output});
    double.post("/repos/acme/shop/check-runs", &body).expect(422);
    let requests = double.server.requests();
    let told = requests.as_array().unwrap().last().unwrap();
    assert!(told["violation"].as_str().unwrap().contains("/output/annotations"), "{told}");
    assert_eq!(double.state()["check_runs"], json!([]));
}

#[test]
fn requests_that_proofmark_does_not_send_are_told() {
    let check = |double: &Double| {
        double.get("/repos/acme/shop/branches").expect(501);
        let told = double.server.requests();
        let violation = told[0]["violation"].as_str().unwrap_or_default();
        assert!(violation.contains("does not play"), "{told}");
        double.send("DELETE", "/__requests", None).expect(200);
        assert_eq!(double.get("/__requests").json(), json!([]));
    };
    check(&Double::with(|_, _| {}));
    let Some(openapi) = openapi() else { return };
    check(&Double::with(|options, _| options.openapi = Some(openapi)));
}
