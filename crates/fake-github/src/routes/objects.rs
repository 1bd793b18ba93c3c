//! Blobs, trees and commits.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    answer::{Refusal, Reply, Told},
    clock,
    git::{
        Git,
        commit::{Commit, Signature},
        tree::{Change, FOLDER},
    },
    request::Actor,
    routes::{Call, Route, Shape, view},
};

const COMMIT: Shape = Shape::Members(&["sha", "tree.sha", "message", "parents[].sha"]);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/git/blobs",
        permissions: &["contents"],
        shape: Shape::Members(&["sha"]),
        handler: create_blob,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/git/blobs/{file_sha}",
        permissions: &["contents"],
        shape: Shape::Members(&["sha", "content", "encoding"]),
        handler: get_blob,
    },
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/git/trees",
        permissions: &["contents"],
        shape: Shape::Members(&["sha"]),
        handler: create_tree,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/git/trees/{tree_sha}",
        permissions: &["contents"],
        shape: Shape::Members(&["sha", "tree", "truncated"]),
        handler: get_tree,
    },
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/git/commits",
        permissions: &["contents"],
        shape: COMMIT,
        handler: create_commit,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/git/commits/{commit_sha}",
        permissions: &["contents"],
        shape: COMMIT,
        handler: get_commit,
    },
];

fn create_blob(call: &mut Call<'_>) -> Told {
    let content = call.text("content").ok_or_else(|| missing("content"))?;
    let bytes = match call.text("encoding") {
        None | Some("utf-8") => content.as_bytes().to_vec(),
        Some("base64") => {
            let packed: String = content.split_whitespace().collect();
            let decoded = STANDARD.decode(packed);
            decoded.map_err(|_| Refusal::unprocessable("content is not valid Base64"))?
        }
        Some(_) => return Err(Refusal::unprocessable("encoding must be utf-8 or base64")),
    };
    let sha = call.here().git.blob(&bytes)?;
    let url = url(call, "blobs", &sha);
    Ok(Reply::created(json!({"sha": sha, "url": url})))
}

fn get_blob(call: &mut Call<'_>) -> Told {
    let sha = call.value("file_sha");
    let content = call.here().git.content("blob", sha).ok_or_else(Refusal::not_found)?;
    Ok(Reply::found(json!({
        "sha": sha, "url": url(call, "blobs", sha), "size": content.len(),
        "encoding": "base64", "content": STANDARD.encode(content),
    })))
}

fn create_tree(call: &mut Call<'_>) -> Told {
    let git = &call.here().git;
    let base = call.text("base_tree");
    if let Some(base) = base
        && !git.kind(base).is_some_and(|it| it == "tree" || it == "commit")
    {
        return Err(Refusal::unprocessable("base_tree is not a valid tree oid"));
    }
    let entries = call.list("tree");
    let changes: Result<Vec<_>, _> = entries.iter().map(|it| change(git, base, it)).collect();
    let sha = git.tree(base, &changes?)?;
    let entries = git.entries(&sha, false);
    let url = url(call, "trees", &sha);
    Ok(Reply::created(json!({"sha": sha, "url": url, "tree": entries, "truncated": false})))
}

/// One entry of a new tree, if git can take it.
fn change(git: &Git, base: Option<&str>, entry: &Value) -> Result<Change, Refusal> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let path = text("path").unwrap_or_default().to_owned();
    let is_odd = |it: &str| matches!(it, "" | "." | "..") || it.eq_ignore_ascii_case(".git");
    if path.contains('\0') || path.split('/').any(is_odd) {
        return Err(Refusal::unprocessable("tree.path contains a malformed path component"));
    }
    let mode = text("mode").unwrap_or_default().to_owned();
    let sha = match (entry.get("sha"), text("content")) {
        (Some(Value::String(_)), Some(_)) => {
            return Err(Refusal::unprocessable("Must supply either tree.sha or tree.content"));
        }
        (Some(Value::Null), _) => {
            let is_there = base.is_some_and(|it| git.entry(it, &path).is_some());
            return if is_there {
                Ok(Change { path, mode, sha: None })
            } else {
                Err(Refusal::unprocessable("GitRPC::BadObjectState"))
            };
        }
        (Some(Value::String(sha)), None) => sha.clone(),
        (_, Some(content)) => git.blob(content.as_bytes())?,
        (_, None) => return Err(missing("tree.sha")),
    };
    let expected = match mode.as_str() {
        FOLDER => "tree",
        "160000" => return Ok(Change { path, mode, sha: Some(sha) }),
        "100644" | "100755" | "120000" => "blob",
        _ => return Err(Refusal::unprocessable("tree.mode is not a valid mode")),
    };
    if git.kind(&sha).is_none_or(|it| it != expected) {
        return Err(Refusal::unprocessable(format!("tree.sha {sha} is not a valid {expected}")));
    }
    Ok(Change { path, mode, sha: Some(sha) })
}

fn get_tree(call: &mut Call<'_>) -> Told {
    let git = &call.here().git;
    let named = call.value("tree_sha");
    // A commit stands for its tree.
    let sha = match git.read_commit(named) {
        Some(commit) => commit.tree,
        None => named.to_owned(),
    };
    if git.kind(&sha).is_none_or(|it| it != "tree") {
        return Err(Refusal::not_found());
    }
    let entries = git.entries(&sha, call.query.get("recursive").is_some());
    let url = url(call, "trees", &sha);
    Ok(Reply::found(json!({"sha": sha, "url": url, "tree": entries, "truncated": false})))
}

fn create_commit(call: &mut Call<'_>) -> Told {
    let message = call.needed("Commit", "message")?;
    let tree = call.needed("Commit", "tree")?;
    let is = |sha: &str, kind: &str| call.here().git.kind(sha).is_some_and(|it| it == kind);
    if !is(&tree, "tree") {
        return Err(Refusal::unprocessable("Tree SHA does not exist"));
    }
    let parents = call.list("parents");
    let parents: Vec<_> = parents.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if parents.iter().any(|it| !is(it, "commit")) {
        let text = "Parent SHA does not exist or is not a commit object";
        return Err(Refusal::unprocessable(text));
    }
    let now = call.world.clock.tick();
    let author = signature(call.body.get("author"), &call.writer(), now);
    let committer = match call.body.get("committer") {
        Some(told) => signature(Some(told), &call.writer(), now),
        None => author.clone(),
    };
    let commit = Commit { tree, parents, author, committer, message };
    let sha = call.here().git.commit(&commit)?;
    Ok(Reply::created(shown(call, &sha, &commit)))
}

fn signature(told: Option<&Value>, actor: &Actor, now: i64) -> Signature {
    let text = |name: &str| told.and_then(|it| it.get(name)).and_then(Value::as_str);
    let email = || format!("{}@users.noreply.github.example", actor.login);
    Signature {
        name: text("name").unwrap_or(&actor.login).to_owned(),
        email: text("email").map_or_else(email, str::to_owned),
        seconds: text("date").and_then(clock::read).unwrap_or(now),
    }
}

fn get_commit(call: &mut Call<'_>) -> Told {
    let sha = call.value("commit_sha");
    let commit = call.here().git.read_commit(sha).ok_or_else(Refusal::not_found)?;
    Ok(Reply::found(shown(call, sha, &commit)))
}

fn shown(call: &Call<'_>, sha: &str, commit: &Commit) -> Value {
    let web = format!("{}/{}/commit", call.links.web, call.here().slug);
    let parent = |it: &String| json!({"sha": it, "url": url(call, "commits", it), "html_url": format!("{web}/{it}")});
    json!({
        "sha": sha, "url": url(call, "commits", sha), "html_url": format!("{web}/{sha}"),
        "message": commit.message,
        "tree": {"sha": commit.tree, "url": url(call, "trees", &commit.tree)},
        "parents": commit.parents.iter().map(parent).collect::<Value>(),
        "author": commit.author.shown(), "committer": commit.committer.shown(),
    })
}

fn url(call: &Call<'_>, kind: &str, sha: &str) -> String {
    format!("{}/git/{kind}/{sha}", view::api(call.here(), &call.links))
}

fn missing(member: &str) -> Refusal {
    Refusal::unprocessable(format!("Invalid request.\n\n\"{member}\" wasn't supplied."))
}
