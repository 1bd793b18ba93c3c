//! Answers are of the form that GitHub describes, and lists come by pages.

use std::collections::BTreeSet;

use fake_github::answer_violation;
use serde_json::{Value, json};

use crate::client::{Answer, Double, openapi};

const SHOP: &str = "/repos/acme/shop";

const FACTS: &str = r#"{"schema": "github-facts/v1", "repository": "acme/shop", "answers": {
    "/rules/branches/main": {"status": 200, "body": [
        {"type": "pull_request", "ruleset_id": 7, "ruleset_source": "acme/shop",
         "ruleset_source_type": "Repository", "parameters": {
            "allowed_merge_methods": ["squash"], "dismiss_stale_reviews_on_push": true,
            "require_code_owner_review": true, "require_last_push_approval": false,
            "required_approving_review_count": 1, "required_review_thread_resolution": false}},
        {"type": "deletion"}, {"type": "non_fast_forward"}]},
    "/rulesets/7": {"status": 200, "body": {"id": 7, "name": "main", "source": "acme/shop",
        "enforcement": "active", "unheard_of": [1]}},
    "/branches/main/protection": {"status": 404, "body": {"message": "Branch not protected"}},
    "/environments/production/secrets": {"status": 200, "body": {"total_count": 3, "secrets": [
        {"name": "A", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"},
        {"name": "B", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"},
        {"name": "C", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}]}},
    "/environments/a b/secrets": {"status": 200, "body": {"total_count": 0, "secrets": []}}
}}"#;

/// A double with everything once: a pull request, an issue, comments and a check run.
fn peopled(change: impl FnOnce(&mut fake_github::Options)) -> (Double, String) {
    let (double, first) = Double::filled(|options, folder| {
        let facts = folder.join("facts.json");
        std::fs::write(&facts, FACTS).unwrap();
        options.facts = Some(facts);
        change(options);
    });
    double.commit("a/topic", &[&first], "topic");
    (double, first)
}

/// Every kind of request once, with the answers.
fn everything(double: &Double, sha: &str) -> Vec<(&'static str, String, Answer)> {
    let tree = double.get(&format!("{SHOP}/git/commits/{sha}")).json()["tree"]["sha"].clone();
    let annotation = json!({"path": "a.json", "start_line": 1, "end_line": 1,
        "annotation_level": "warning", "message": "m"});
    let output = json!({"title": "t", "summary": "s", "annotations": [annotation]});
    let entry = json!({"path": "b", "mode": "100644", "type": "blob", "content": "b"});
    let mut asked = Vec::new();
    let mut ask = |method: &'static str, path: String, body: Value| {
        let path = format!("{SHOP}{path}");
        let answer = double.send(method, &path, (!body.is_null()).then_some(&body));
        let told = serde_json::from_str(&answer.text).unwrap_or(Value::Null);
        asked.push((method, path, answer));
        told
    };
    ask("GET", String::new(), Value::Null);
    ask("GET", "/git/ref/heads/a/topic".into(), Value::Null);
    ask("POST", "/git/refs".into(), json!({"ref": "refs/heads/new", "sha": sha}));
    ask("PATCH", "/git/refs/heads/new".into(), json!({"sha": sha}));
    ask("POST", "/git/refs".into(), json!({"ref": "refs/heads/new", "sha": sha}));
    ask("GET", "/git/ref/heads/gone".into(), Value::Null);
    ask("GET", format!("/git/commits/{sha}"), Value::Null);
    let parents = json!({"message": "m", "tree": tree, "parents": [sha]});
    ask("POST", "/git/commits".into(), parents);
    let blob = ask("POST", "/git/blobs".into(), json!({"content": "eA==", "encoding": "base64"}));
    ask("GET", format!("/git/blobs/{}", blob["sha"].as_str().unwrap()), Value::Null);
    ask("POST", "/git/trees".into(), json!({"base_tree": tree, "tree": [entry]}));
    ask("GET", format!("/git/trees/{sha}?recursive=1"), Value::Null);
    let open = json!({"title": "t", "head": "a/topic", "base": "main", "body": "b", "draft": true});
    ask("POST", "/pulls".into(), open.clone());
    ask("POST", "/pulls".into(), open);
    ask("GET", "/pulls?state=open&head=acme:a/topic&base=main&per_page=100".into(), Value::Null);
    ask("GET", "/pulls/1".into(), Value::Null);
    ask("PATCH", "/pulls/1".into(), json!({"title": "u", "body": "c"}));
    ask("GET", format!("/commits/{sha}/pulls"), Value::Null);
    ask("POST", "/issues/1/comments".into(), json!({"body": "<!-- x -->"}));
    let comment = ask("GET", "/issues/1/comments?per_page=100".into(), Value::Null);
    let comment = comment[0]["id"].clone();
    ask("PATCH", format!("/issues/comments/{comment}"), json!({"body": "d"}));
    ask("GET", format!("/issues/comments/{comment}"), Value::Null);
    ask("POST", "/issues".into(), json!({"title": "i", "body": "b", "labels": ["x", "y"]}));
    ask("GET", "/issues?state=open&labels=x".into(), Value::Null);
    ask("GET", "/issues?state=all".into(), Value::Null);
    ask("PATCH", "/issues/2".into(), json!({"state": "closed", "state_reason": "completed"}));
    ask("GET", "/issues/1".into(), Value::Null);
    let run = json!({"name": "n", "head_sha": sha, "status": "in_progress", "output": output});
    let run = ask("POST", "/check-runs".into(), run)["id"].clone();
    let done = json!({"status": "completed", "conclusion": "failure", "output": output});
    ask("PATCH", format!("/check-runs/{run}"), done);
    ask("GET", format!("/check-runs/{run}"), Value::Null);
    ask("GET", "/commits/main/check-runs".into(), Value::Null);
    ask("GET", "/rules/branches/main".into(), Value::Null);
    ask("GET", "/branches/main/protection".into(), Value::Null);
    ask("GET", "/environments/production/secrets?per_page=100".into(), Value::Null);
    ask("GET", "/actions/secrets".into(), Value::Null);
    asked
}

#[test]
fn every_answer_is_one_that_github_describes() {
    let Some(openapi) = openapi() else { return };
    let (double, sha) = peopled(|options| options.openapi = Some(openapi.clone()));
    let mut complaints = Vec::new();
    let judge = |method: &str, path: &str, answer: &Answer| {
        let path = path.split('?').next().unwrap();
        let told = (answer.status, &answer.json());
        answer_violation(&openapi, (method, path), told).unwrap()
    };
    // Statuses that GitHub gives and does not describe.
    let undescribed = [("GET", "/actions/secrets", 404u16)];
    for (method, path, answer) in everything(&double, &sha) {
        let is_known = undescribed
            .iter()
            .any(|it| it.0 == method && path.ends_with(it.1) && it.2 == answer.status);
        let complaint = judge(method, &path, &answer).filter(|_| !is_known);
        complaints.extend(complaint.map(|it| format!("{method} {path} {}: {it}", answer.status)));
    }
    let person = ["authorization: Bearer ghp_alice_1", "user-agent: test"];
    for path in ["/user", "/rate_limit"] {
        let answer = double.raw("GET", path, &person, None).unwrap().expect(200);
        complaints.extend(judge("GET", path, &answer));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let requests = double.get("/__requests").json();
    let odd: Vec<_> =
        requests.as_array().unwrap().iter().filter(|it| it.get("violation").is_some()).collect();
    assert!(odd.is_empty(), "{odd:#?}");
}

#[test]
fn a_minimal_answer_has_the_members_that_a_client_may_need() {
    let (double, sha) = peopled(|options| options.is_minimal = true);
    let pull = r#"["base.ref", "body", "head.ref", "head.sha", "html_url", "number", "state"]"#;
    let rows = [
        ("GET", "/shop", r#"["default_branch"]"#),
        ("GET", "/git/ref/heads/a/topic", r#"["object.sha"]"#),
        ("POST", "/git/refs", r#"["object.sha"]"#),
        ("PATCH", "/git/refs/heads/new", r#"["object.sha"]"#),
        ("POST", "/git/commits", r#"["message", "parents.sha", "sha", "tree.sha"]"#),
        ("POST", "/git/blobs", r#"["sha"]"#),
        ("POST", "/git/trees", r#"["sha"]"#),
        ("POST", "/pulls", pull),
        ("GET", "&base=main&per_page=100", pull),
        ("PATCH", "/pulls/1", pull),
        ("POST", "/issues/1/comments", r#"["body", "id"]"#),
        ("GET", "/issues/1/comments?per_page=100", r#"["body", "id"]"#),
        ("POST", "/check-runs", r#"["id"]"#),
        ("POST", "/issues", r#"["body", "number", "title"]"#),
        ("GET", "&labels=x", r#"["body", "number", "title"]"#),
    ];
    let asked = everything(&double, &sha);
    for (method, end, expected) in rows {
        let found = asked.iter().find(|it| it.0 == method && it.1.ends_with(end)).unwrap();
        let mut names = BTreeSet::new();
        leaves(&found.2.json(), "", &mut names);
        assert_eq!(json!(names).to_string().replace(',', ", "), expected, "{method} {end}");
    }
    // Facts are told as they stand.
    let body = double.get(&format!("{SHOP}/rulesets/7")).expect(200).json();
    assert_eq!(body["unheard_of"], json!([1]));
}

/// The names of all members that are no objects.
fn leaves(value: &Value, name: &str, names: &mut BTreeSet<String>) {
    for entry in value.as_array().into_iter().flatten() {
        leaves(entry, name, names);
    }
    for (member, value) in value.as_object().into_iter().flatten() {
        let inner = if name.is_empty() { member.clone() } else { format!("{name}.{member}") };
        leaves(value, &inner, names);
    }
    if !value.is_array() && !value.is_object() {
        names.insert(name.to_owned());
    }
}

/// All entries of a list, by following its links.
fn walked(double: &Double, path: &str) -> (Vec<Value>, usize) {
    let (mut entries, mut n_pages, mut next) = (Vec::new(), 0, Some(path.to_owned()));
    while let Some(path) = next {
        let answer = double.get(&path).expect(200);
        let body = answer.json();
        let list = body.as_array().or_else(|| body["secrets"].as_array()).unwrap();
        entries.extend(list.iter().cloned());
        n_pages += 1;
        next = answer.header("link").and_then(|it| {
            let link = it.split(", ").find(|it| it.ends_with("rel=\"next\""))?;
            let url = link.split(['<', '>']).nth(1)?;
            url.strip_prefix(double.server.url()).map(str::to_owned)
        });
    }
    (entries, n_pages)
}

#[test]
fn lists_come_by_pages_of_two() {
    let (double, _) = peopled(|_| {});
    double.post(&format!("{SHOP}/issues"), &json!({"title": "t"})).expect(201);
    for number in 0..5 {
        let body = json!({"body": format!("comment {number}")});
        double.post(&format!("{SHOP}/issues/1/comments"), &body).expect(201);
    }
    let check = |path: &str, n_entries: usize, n_pages: usize| {
        let (entries, n_walked) = walked(&double, path);
        let unlike: BTreeSet<_> = entries.iter().map(ToString::to_string).collect();
        assert_eq!((unlike.len(), n_walked), (n_entries, n_pages), "{path}");
    };
    check(&format!("{SHOP}/issues/1/comments?per_page=100"), 5, 3);
    check(&format!("{SHOP}/issues/1/comments?per_page=1"), 5, 5);
    check(&format!("/api/v3{SHOP}/issues/1/comments?per_page=100"), 5, 3);
    check(&format!("{SHOP}/environments/production/secrets"), 3, 2);
    check(&format!("{SHOP}/environments/a%20b/secrets"), 0, 1);
    check(&format!("{SHOP}/rules/branches/main?per_page=100"), 3, 2);
    check(&format!("{SHOP}/pulls"), 0, 1);
    let (double, _) = peopled(|options| options.page_size = 100);
    let answer = double.get(&format!("{SHOP}/rules/branches/main"));
    assert_eq!(answer.json().as_array().unwrap().len(), 3);
    assert_eq!(answer.header("link"), None);
}

#[test]
fn pull_requests_are_issues_and_a_head_without_owner_is_no_filter() {
    let (double, _) = peopled(|options| options.page_size = 100);
    let body = json!({"title": "t", "head": "a/topic", "base": "main"});
    double.post(&format!("{SHOP}/pulls"), &body).expect(201);
    double.post(&format!("{SHOP}/issues"), &json!({"title": "i", "labels": ["Q"]})).expect(201);
    let numbers = |path: &str| {
        let list = double.get(&format!("{SHOP}{path}")).expect(200).json();
        list.as_array().unwrap().iter().map(|it| it["number"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    let check = |path: &str, expected: &[u64]| assert_eq!(numbers(path), expected, "{path}");
    check("/issues", &[2, 1]);
    check("/issues?direction=asc", &[1, 2]);
    check("/issues?labels=q", &[2]);
    check("/issues?labels=q,r", &[]);
    check("/pulls?head=acme:a/topic", &[1]);
    check("/pulls?head=acme:other", &[]);
    check("/pulls?head=other", &[1]);
    check("/pulls?base=other", &[]);
    check("/pulls?state=closed", &[]);
    double.patch(&format!("{SHOP}/pulls/1"), &json!({"state": "closed"})).expect(200);
    check("/pulls", &[]);
    check("/pulls?state=all", &[1]);
    check("/issues", &[2]);
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let (double, _) = peopled(|_| {});
    let path = format!("{SHOP}/git/ref/heads/main");
    let tag = double.get(&path).header("etag").unwrap().to_owned();
    let again = |double: &Double| {
        let headers = ["user-agent: test".to_owned(), format!("if-none-match: {tag}")];
        double.raw("GET", &path, &headers.each_ref().map(String::as_str), None).unwrap()
    };
    let answer = again(&double).expect(304);
    assert_eq!((answer.text.as_str(), answer.header("etag")), ("", Some(tag.as_str())));
    let other = double.loose_commit(&[], "other");
    let body = json!({"sha": other, "force": true});
    double.patch(&format!("{SHOP}/git/refs/heads/main"), &body).expect(200);
    again(&double).expect(200);
}
