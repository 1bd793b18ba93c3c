//! Git itself is one of the clients.

use serde_json::json;

use crate::client::Double;

#[test]
fn what_is_pushed_is_in_the_api_and_what_the_api_makes_is_fetched() {
    let double = Double::with(|_, _| {});
    let url = format!("{}/acme/shop.git", double.server.url());
    double.git(&["clone", "--quiet", &url, "clone"]);
    let folder = double.folder().join("clone");
    std::fs::write(folder.join("a.txt"), "a\n").unwrap();
    double.git(&["-C", "clone", "checkout", "--quiet", "-B", "main"]);
    double.git(&["-C", "clone", "add", "."]);
    double.git(&["-C", "clone", "commit", "--quiet", "--message", "first"]);
    double.git(&["-C", "clone", "push", "--quiet", "origin", "main"]);
    let pushed = double.git(&["-C", "clone", "rev-parse", "HEAD"]);
    assert_eq!(double.state()["branches"]["main"], pushed);

    let made = double.commit("checks/a/b", &[&pushed], "made\n");
    double.git(&["-C", "clone", "fetch", "--quiet", "origin"]);
    let shown = double.git(&["-C", "clone", "show", "origin/checks/a/b:a.json"]);
    assert_eq!(shown, "made");
    assert_eq!(double.git(&["-C", "clone", "rev-parse", "origin/checks/a/b"]), made);
    // A large push comes in chunks, because git does not know its length beforehand.
    let noise = (0..300_000u32).map(|it| it.wrapping_mul(2_654_435_761).to_string());
    let noise = noise.collect::<Vec<_>>().join("\n");
    std::fs::write(folder.join("large"), noise).unwrap();
    double.git(&["-C", "clone", "add", "."]);
    double.git(&["-C", "clone", "commit", "--quiet", "--message", "large"]);
    double.git(&["-C", "clone", "push", "--quiet", "origin", "main"]);
    let large = double.git(&["-C", "clone", "rev-parse", "HEAD"]);
    assert_eq!(double.state()["branches"]["main"], large);
}

#[test]
fn trees_keep_modes_links_and_what_is_not_named() {
    let (double, sha) = Double::filled(|_, _| {});
    let base = double.get(&format!("/repos/acme/shop/git/commits/{sha}")).json();
    let base = base["tree"]["sha"].clone();
    let entry = |path: &str, mode: &str, content: &str| json!({"path": path, "mode": mode, "type": "blob", "content": content});
    let body = json!({"base_tree": base, "tree": [
        entry("run.sh", "100755", "#!/bin/sh\n"),
        entry("deep/er/link", "120000", "../../a.json"),
        entry("späce \"q\"\n.txt", "100644", "x"),
    ]});
    let tree = double.post("/repos/acme/shop/git/trees", &body).expect(201).json();
    let listed = |sha: &serde_json::Value| {
        let path = format!("/repos/acme/shop/git/trees/{}?recursive=1", sha.as_str().unwrap());
        let tree = double.get(&path).expect(200).json()["tree"].clone();
        let rows = tree.as_array().unwrap().iter();
        rows.map(|it| format!("{} {}", it["mode"].as_str().unwrap(), it["path"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let all = [
        "100644 a.json",
        "040000 deep",
        "040000 deep/er",
        "120000 deep/er/link",
        "100755 run.sh",
        "100644 späce \"q\"\n.txt",
    ];
    assert_eq!(listed(&tree["sha"]), all);

    let folder = tree["tree"].as_array().unwrap().iter().find(|it| it["path"] == "deep").unwrap();
    let body = json!({"base_tree": tree["sha"], "tree": [
        {"path": "a.json", "mode": "100644", "type": "blob", "sha": null},
        {"path": "späce \"q\"\n.txt", "mode": "100644", "type": "blob", "sha": null},
        {"path": "run.sh", "mode": "040000", "type": "tree", "sha": folder["sha"]},
    ]});
    let tree = double.post("/repos/acme/shop/git/trees", &body).expect(201).json();
    let all = [
        "040000 deep",
        "040000 deep/er",
        "120000 deep/er/link",
        "040000 run.sh",
        "040000 run.sh/er",
        "120000 run.sh/er/link",
    ];
    assert_eq!(listed(&tree["sha"]), all);

    // Another folder takes the place of all that was there; a deleted one goes with all its files.
    let body = json!({"base_tree": tree["sha"], "tree": [
        {"path": "deep", "mode": "040000", "type": "tree", "sha": base},
        {"path": "run.sh", "mode": "040000", "type": "tree", "sha": null},
    ]});
    let tree = double.post("/repos/acme/shop/git/trees", &body).expect(201).json();
    assert_eq!(listed(&tree["sha"]), ["040000 deep", "100644 deep/a.json"]);
}

#[test]
fn a_commit_keeps_every_byte_of_its_message() {
    let (double, sha) = Double::filled(|_, _| {});
    let commit = double.get(&format!("/repos/acme/shop/git/commits/{sha}")).json();
    let message = "subject\n\nbody  \n\nProofmark-Plan: 0123";
    let body = json!({"message": message, "tree": commit["tree"]["sha"], "parents": [sha]});
    let made = double.post("/repos/acme/shop/git/commits", &body).expect(201).json();
    let path = format!("/repos/acme/shop/git/commits/{}", made["sha"].as_str().unwrap());
    assert_eq!(double.get(&path).json()["message"], message);
    assert_eq!(made["author"]["name"], "github-actions[bot]");
}

#[test]
fn a_fork_opens_a_pull_request_whose_commits_the_base_has() {
    let (double, main) = Double::filled(|options, _| {
        options.repositories.push(("mallory/shop".parse().unwrap(), None));
    });
    let base = double.server.url();
    double.git(&["clone", "--quiet", &format!("{base}/acme/shop"), "clone"]);
    std::fs::write(double.folder().join("clone/b.txt"), "b\n").unwrap();
    double.git(&["-C", "clone", "add", "."]);
    double.git(&["-C", "clone", "commit", "--quiet", "--message", "fork"]);
    let fork = format!("{base}/mallory/shop");
    double.git(&["-C", "clone", "push", "--quiet", &fork, "HEAD:refs/heads/patch"]);
    let tip = double.git(&["-C", "clone", "rev-parse", "HEAD"]);
    let body = json!({"title": "t", "head": "mallory:patch", "base": "main"});
    let headers = ["authorization: token ghp_mallory_1", "user-agent: test"];
    let answer = double.raw("POST", "/repos/acme/shop/pulls", &headers, Some(&body));
    let pull = answer.unwrap().expect(201).json();
    assert_eq!(pull["head"]["repo"]["full_name"], "mallory/shop");
    assert_eq!(pull["user"]["login"], "mallory");
    assert_eq!(pull["base"]["sha"], main);
    double.get(&format!("/repos/acme/shop/git/commits/{tip}")).expect(200);
    let found = double.get("/repos/acme/shop/pulls?head=mallory:patch").json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    let found = double.get("/repos/acme/shop/pulls?head=acme:patch").json();
    assert_eq!(found.as_array().unwrap().len(), 0);
}

#[test]
fn pull_requests_follow_their_branches() {
    let (double, first) = Double::filled(|_, _| {});
    double.git(&["clone", "--quiet", &format!("{}/acme/shop", double.server.url()), "clone"]);
    let pulls = "/repos/acme/shop/pulls";
    for branch in ["merged", "deleted"] {
        double.commit(branch, &[&first], branch);
        let body = json!({"title": branch, "head": branch, "base": "main"});
        double.post(pulls, &body).expect(201);
    }
    let tip = double.state()["branches"]["merged"].clone();
    let next = double.loose_commit(&[tip.as_str().unwrap()], "n");
    let path = "/repos/acme/shop/git/refs/heads/merged";
    double.patch(path, &json!({"sha": next})).expect(200);
    assert_eq!(double.get("/repos/acme/shop/pulls/1").json()["head"]["sha"], next);
    double.git(&["-C", "clone", "fetch", "--quiet", "origin", "refs/pull/1/head"]);
    assert_eq!(double.git(&["-C", "clone", "rev-parse", "FETCH_HEAD"]), next);

    double.git(&["-C", "clone", "push", "--quiet", "origin", "FETCH_HEAD:main", ":deleted"]);
    let told = double.state()["pulls"].clone();
    let ends: Vec<_> =
        [0, 1].map(|idx| (told[idx]["state"].clone(), told[idx]["merged"].clone())).into();
    assert_eq!(ends, [(json!("closed"), json!(true)), (json!("closed"), json!(false))]);
    assert!(double.get("/repos/acme/shop/pulls/1").json()["merged_at"].is_string());
    for number in [1, 2] {
        let path = format!("{pulls}/{number}");
        double.patch(&path, &json!({"state": "open"})).expect(422);
    }
}
