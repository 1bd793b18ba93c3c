//! What each operation does to a repository that other people use too.

use std::collections::BTreeSet;

use github::{
    Branch, Client, Comment, DryRun, Error, Forge, Method, Noted, Permission, Request, State,
    marker, propose, sticky,
};
use serde_json::{Value, json};

use crate::{
    faulty::Still,
    model::{BASE, Model},
    scenarios::{
        ALL, ISSUE, Scenario, annotated, comment, endpoint, files, incident, proposal, proposed,
    },
};

/// Does something to this forge as a client.
fn play<T>(forge: &dyn Forge, act: impl FnOnce(&Client<'_>) -> T) -> T {
    let (clock, endpoint) = (Still::default(), endpoint());
    act(&Client::new(forge, &clock, &endpoint))
}

fn bodies(model: &Model) -> Vec<String> {
    let of = |it: &Value| it["body"].as_str().unwrap().to_owned();
    model.with(|it| it.comments.iter().map(of).collect())
}

fn foreign_comment(model: &Model, id: u64, login: &str, body: &str) {
    let user = json!({"login": login, "type": "User"});
    model
        .with(|it| it.comments.push(json!({"id": id, "issue": ISSUE, "body": body, "user": user})));
}

#[test]
fn a_comment_is_edited_and_found_behind_many_others() {
    let model = Model::new();
    for id in 900..1_000 {
        foreign_comment(&model, id, "ada", "looks good");
    }
    // Whoever copies our marker does not get our text.
    foreign_comment(&model, 1_000, "eve", &format!("{}\nmine", marker("checks")));
    play(&model, comment).unwrap();
    play(&model, comment).unwrap();
    let ours: Vec<String> = bodies(&model).into_iter().filter(|it| it.contains("red")).collect();
    assert_eq!(ours, ["<!-- proofmark:checks -->\nred: repair `a`\n"]);
}

#[test]
fn a_thread_without_end_gets_no_second_comment() {
    let model = Model::new();
    for id in 0..202 {
        foreign_comment(&model, id, "ada", "looks good");
    }
    let err = play(&model, comment).unwrap_err();
    assert!(matches!(err, Error::TooLong { .. }), "{err}");
}

#[test]
fn two_comments_of_a_race_become_the_older_one() {
    let model = Model::new();
    for (id, text) in [(7, "old"), (5, "older"), (8, "new")] {
        foreign_comment(&model, id, "shop-bot", &format!("{}\r\n{text}", marker("checks")));
    }
    play(&model, comment).unwrap();
    let marked: Vec<String> =
        bodies(&model).into_iter().filter(|it| it.starts_with("<!-- proofmark:checks")).collect();
    assert_eq!(marked, ["<!-- proofmark:checks -->\nred: repair `a`\n"]);
    assert_eq!(bodies(&model).iter().filter(|it| it.contains("#issuecomment-5")).count(), 2);
    let before = model.visible();
    play(&model, comment).unwrap();
    assert_eq!(model.visible(), before);
}

#[test]
fn green_edits_a_comment_and_makes_none() {
    let marker = marker("checks");
    let comment_at = Comment { issue: ISSUE, marker: &marker, needs: Permission::PullRequests };
    let green = |client: &Client<'_>| {
        sticky(client, &comment_at, &|there| there.map(|_| "green".to_owned())).unwrap()
    };
    let model = Model::new();
    assert_eq!(play(&model, green), Noted::Absent);
    assert!(bodies(&model).is_empty());
    play(&model, comment).unwrap();
    assert!(matches!(play(&model, green), Noted::Updated(_)));
    assert_eq!(bodies(&model), ["<!-- proofmark:checks -->\ngreen"]);
}

#[test]
fn annotations_come_in_batches_of_fifty() {
    for (count, expected) in
        [(0, vec![0]), (1, vec![1]), (50, vec![50]), (51, vec![50, 1]), (120, vec![50, 50, 20])]
    {
        let model = Model::new();
        play(&model, |client| annotated(client, BASE, count)).unwrap();
        let sizes: Vec<usize> = model.with(|it| {
            let writes = it.asked.iter().filter_map(|it| it.body.as_ref());
            writes.map(|it| it["output"]["annotations"].as_array().map_or(0, Vec::len)).collect()
        });
        assert_eq!(sizes, expected);
        let lines: BTreeSet<u64> = model.with(|it| {
            assert_eq!(it.runs.len(), 1);
            let all = it.runs[0]["output"]["annotations"].as_array().unwrap();
            all.iter().map(|it| it["start_line"].as_u64().unwrap()).collect()
        });
        assert_eq!(lines.len() as u64, count, "each annotation once");
    }
}

#[test]
fn a_commit_holds_exactly_its_files_and_names_its_plan() {
    let model = Model::new();
    let proposed = play(&model, |it| proposal(it, BASE, "d1")).unwrap();
    assert_eq!(proposed.state, State::Created);
    let pull_request = proposed.pull_request.unwrap();
    assert_eq!((pull_request.number, pull_request.state), (1, State::Created));
    let (message, tree) = model.with(|it| {
        let commit = it.commits[&it.refs["checks/sdk-sync/shop"]].clone();
        (commit["message"].clone(), it.trees[commit["tree"]["sha"].as_str().unwrap()].clone())
    });
    assert_eq!(message, "sdk: as the contract says\n\nProofmark-Plan: d1\n");
    let kinds: Vec<(&str, &str)> =
        tree.iter().map(|(path, it)| (path.as_str(), it.split_once(' ').unwrap().0)).collect();
    assert_eq!(kinds, [("sdk/a.ts", "100644"), ("sdk/link", "120000"), ("sdk/run.sh", "100755")]);
}

#[test]
fn another_plan_is_one_more_commit_and_the_same_pull_request() {
    let model = Model::new();
    play(&model, |it| proposal(it, BASE, "d1")).unwrap();
    let first = model.with(|it| it.refs["checks/sdk-sync/shop"].clone());
    let second = play(&model, |it| proposal(it, BASE, "d2")).unwrap();
    assert_eq!(second.state, State::Updated);
    assert_eq!(second.pull_request.unwrap().state, State::Updated);
    model.with(|it| {
        let tip = &it.commits[&it.refs["checks/sdk-sync/shop"]];
        assert_eq!(tip["parents"], json!([{"sha": first}]));
        assert_eq!(it.pulls.len(), 1);
        assert!(it.pulls[0]["body"].as_str().unwrap().contains("plan=d2"));
    });
}

#[test]
fn a_plan_from_a_newer_base_stands_on_both() {
    let model = Model::new();
    play(&model, |it| proposal(it, BASE, "d1")).unwrap();
    let first = model.with(|it| it.refs["checks/sdk-sync/shop"].clone());
    model.with(|it| {
        let commit = json!({"sha": "base2", "message": "more", "tree": {"sha": "tree"}, "parents": [{"sha": BASE}]});
        it.commits.insert("base2".into(), commit);
    });
    let (branch, files) = (Branch::new("checks/sdk-sync/shop"), files("d2"));
    let mut newer = proposed(&branch, "d2", &files);
    newer.base = "base2";
    play(&model, |it| propose(it, &newer)).unwrap();
    let parents = model.with(|it| it.commits[&it.refs["checks/sdk-sync/shop"]]["parents"].clone());
    assert_eq!(parents, json!([{"sha": first}, {"sha": "base2"}]));
}

#[test]
fn work_of_others_is_never_overwritten() {
    let model = Model::new();
    play(&model, |it| proposal(it, BASE, "d1")).unwrap();
    model.with(|it| {
        let tip = it.refs["checks/sdk-sync/shop"].clone();
        let commit = json!({"sha": "ada", "message": "mine", "tree": {"sha": "tree"}, "parents": [{"sha": tip}]});
        it.commits.insert("ada".into(), commit);
        it.refs.insert("checks/sdk-sync/shop".into(), "ada".into());
    });
    let before = model.visible();
    let err = play(&model, |it| proposal(it, BASE, "d2")).unwrap_err();
    assert!(matches!(err, Error::ForeignTip { .. }), "{err}");
    assert_eq!(model.visible(), before);
}

#[test]
fn a_branch_that_holds_nobodys_work_is_taken() {
    let model = Model::new();
    model.with(|it| it.refs.insert("checks/sdk-sync/shop".into(), BASE.into()));
    assert_eq!(play(&model, |it| proposal(it, BASE, "d1")).unwrap().state, State::Updated);
}

#[test]
fn the_default_branch_is_never_written() {
    let model = Model::new();
    let before = model.visible();
    let (branch, files) = (Branch::new("refs/heads/main"), files("d1"));
    let err = play(&model, |it| propose(it, &proposed(&branch, "d1", &files))).unwrap_err();
    assert!(matches!(err, Error::DefaultBranch { .. }), "{err}");
    assert_eq!(model.visible(), before);
}

#[test]
fn a_base_that_nobody_pushed_is_named() {
    let model = Model::new();
    let before = model.visible();
    let err = play(&model, |it| proposal(it, "local", "d1")).unwrap_err();
    assert!(matches!(err, Error::UnknownBase { .. }), "{err}");
    assert_eq!(model.visible(), before);
}

#[test]
fn nothing_changed_is_nothing_written() {
    let model = Model::new();
    let before = model.visible();
    let branch = Branch::new("b");
    let written = play(&model, |it| propose(it, &proposed(&branch, "d1", &[]))).unwrap();
    assert_eq!((written.commit, written.pull_request), (None, None));
    assert_eq!(model.visible(), before);
}

#[test]
fn a_closed_pull_request_is_respected_until_the_plan_changes() {
    let model = Model::new();
    play(&model, |it| proposal(it, BASE, "d1")).unwrap();
    model.with(|it| {
        it.pulls[0]["state"] = "closed".into();
        it.refs.remove("checks/sdk-sync/shop");
    });
    let before = model.visible();
    let again = play(&model, |it| proposal(it, BASE, "d1")).unwrap().pull_request.unwrap();
    assert!(again.is_closed);
    assert_eq!((again.number, again.state), (1, State::Unchanged));
    assert_eq!(model.visible(), before);
    let new = play(&model, |it| proposal(it, BASE, "d2")).unwrap().pull_request.unwrap();
    assert_eq!((new.number, new.state), (2, State::Created));
}

#[test]
fn what_people_write_into_a_pull_request_stays() {
    let model = Model::new();
    play(&model, |it| proposal(it, BASE, "d1")).unwrap();
    model.with(|it| {
        let body = it.pulls[0]["body"].as_str().unwrap().replace('\n', "\r\n");
        it.pulls[0]["body"] = format!("{body}Ada: please wait\r\n").into();
    });
    let before = model.visible();
    let same = play(&model, |it| proposal(it, BASE, "d1")).unwrap().pull_request.unwrap();
    assert_eq!(same.state, State::Unchanged);
    assert_eq!(model.visible(), before);
    play(&model, |it| proposal(it, BASE, "d2")).unwrap();
    let body = model.with(|it| it.pulls[0]["body"].as_str().unwrap().to_owned());
    assert!(body.ends_with("<!-- proofmark:end -->\n\nAda: please wait\n"), "{body}");
}

#[test]
fn an_incident_has_one_issue_and_one_closing_comment() {
    let model = Model::new();
    for is_red in [true, true, false, false] {
        play(&model, |it| incident(it, is_red)).unwrap();
    }
    model.with(|it| {
        assert_eq!(it.issues.len(), 1);
        assert_eq!(it.issues[0]["state"], "closed");
        assert_eq!(it.comments.len(), 1);
        assert!(it.comments[0]["body"].as_str().unwrap().ends_with("green again"));
    });
    play(&model, |it| incident(it, true)).unwrap();
    assert_eq!(model.with(|it| it.issues.len()), 2, "a new one for a new time");
}

#[test]
fn only_known_requests_are_sent() {
    let model = Model::new();
    for scenario in ALL {
        play(&model, |it| (scenario.step)(it, BASE)).unwrap();
    }
    let known = [
        "GET /repos/acme/shop",
        "GET /repos/acme/shop/git/ref/heads/",
        "GET /repos/acme/shop/git/commits/",
        "GET /repos/acme/shop/pulls",
        "GET /repos/acme/shop/issues",
        "GET /repos/acme/shop/commits/base/check-runs",
        "GET /user",
        "POST /repos/acme/shop/git/",
        "POST /repos/acme/shop/pulls",
        "POST /repos/acme/shop/issues",
        "POST /repos/acme/shop/check-runs",
        "PATCH /repos/acme/shop/git/refs/heads/",
        "PATCH /repos/acme/shop/pulls/",
        "PATCH /repos/acme/shop/issues/",
        "PATCH /repos/acme/shop/check-runs/",
    ];
    for request in model.with(|it| it.asked.clone()) {
        let text = request.to_string();
        assert!(known.iter().any(|it| text.starts_with(it)), "{text}");
    }
}

#[test]
fn a_dry_run_asks_for_all_and_sends_nothing() {
    for Scenario { name, step, .. } in ALL {
        let dry = DryRun::new("main", Value::Null);
        let endpoint = endpoint();
        step(&Client::new(&dry, &dry, &endpoint), BASE).unwrap();
        let lines = dry.lines();
        assert!(!lines.is_empty(), "{name}");
        for line in lines.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert!(line["method"].is_string() && line["path"].is_string(), "{line}");
        }
    }
}

#[test]
fn a_token_without_rights_stops_in_the_middle_and_says_what_is_there() {
    struct ReadOnlyPulls(Model);
    impl Forge for ReadOnlyPulls {
        fn send(&self, request: &Request) -> Result<github::Answer, github::Lost> {
            if request.method == Method::Post && request.path.ends_with("/pulls") {
                let words = json!({"message": "Resource not accessible by integration"});
                return Ok(github::Answer::of(403, words));
            }
            self.0.send(request)
        }
    }
    let forge = ReadOnlyPulls(Model::new());
    let (err, written) = play(&forge, |it| (proposal(it, BASE, "d1").unwrap_err(), it.written()));
    assert!(err.to_string().contains("needs `pull-requests: write`"), "{err}");
    assert_eq!(written.len(), 1);
    assert!(written[0].starts_with("branch `checks/sdk-sync/shop` at "), "{written:?}");
    play(&forge.0, |it| proposal(it, BASE, "d1")).unwrap();
    assert_eq!(forge.0.with(|it| (it.pulls.len(), it.commits.len())), (1, 2));
}
