//! Commits through the Git data API: no clone, no git credentials, the author is the token's.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    Error,
    branch::Branch,
    client::{Client, escaped, text},
    forge::{Permission, Request},
    proposal::PLAN_TRAILER,
    pull_request::State,
};

/// How far back our own commits are followed to see what they started from.
const MOST_STEPS: usize = 50;

/// One file, as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The path from the root of the repository, with `/`.
    pub path: String,
    /// What is there.
    pub content: Content,
}

/// What a path holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A file.
    File {
        /// What it holds, as git stores it.
        bytes: Vec<u8>,
        /// May it be run?
        is_executable: bool,
    },
    /// A symbolic link; where it points to.
    Link(Vec<u8>),
    /// Nothing any more.
    Gone,
}

impl Content {
    fn mode(&self) -> &'static str {
        match self {
            Self::File { is_executable: true, .. } => "100755",
            Self::File { is_executable: false, .. } | Self::Gone => "100644",
            Self::Link(_) => "120000",
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::File { bytes, .. } | Self::Link(bytes) => Some(bytes),
            Self::Gone => None,
        }
    }
}

/// What shall stand on a branch.
pub(crate) struct Work<'a> {
    pub(crate) branch: &'a Branch,
    /// The commit that the files were changed from.
    pub(crate) base: &'a str,
    pub(crate) files: &'a [FileChange],
    pub(crate) message: &'a str,
    pub(crate) digest: &'a str,
}

/// The commit that a branch ends with, and whether it is new.
pub(crate) struct Committed {
    pub(crate) commit: Option<String>,
    pub(crate) state: State,
}

/// A commit as GitHub has it.
struct Commit {
    sha: String,
    tree: String,
    parents: Vec<String>,
    plan: Option<String>,
}

/// Why one attempt came to nothing.
enum Missed {
    /// Somebody moved the branch meanwhile.
    Moved,
    /// Everything else.
    Broken(Error),
}

impl From<Error> for Missed {
    fn from(err: Error) -> Self {
        Self::Broken(err)
    }
}

/// Writes one commit, unless the branch ends with this very plan. Nothing is ever forced: if the
/// branch moves meanwhile, its new state is looked at once.
pub(crate) fn commit(client: &Client<'_>, work: &Work<'_>) -> Result<Committed, Error> {
    for _ in 0..2 {
        match attempt(client, work) {
            Ok(committed) => return Ok(committed),
            Err(Missed::Broken(err)) => return Err(err),
            Err(Missed::Moved) => {}
        }
    }
    Err(Error::Moved { branch: work.branch.to_string() })
}

fn attempt(client: &Client<'_>, work: &Work<'_>) -> Result<Committed, Missed> {
    let tip = match tip(client, work.branch)? {
        Some(sha) => Some(read(client, &sha)?),
        None => None,
    };
    if let Some(tip) = &tip {
        if tip.plan.as_deref() == Some(work.digest) {
            let commit = Some(tip.sha.clone());
            return Ok(Committed { commit, state: State::Unchanged });
        }
        // A branch that still ends where the files were changed from holds nobody's work.
        if tip.plan.is_none() && tip.sha != work.base {
            let (branch, tip) = (work.branch.to_string(), tip.sha.clone());
            return Err(Missed::Broken(Error::ForeignTip { branch, tip }));
        }
    }
    if work.files.is_empty() {
        let commit = tip.map(|it| it.sha);
        return Ok(Committed { commit, state: State::Unchanged });
    }
    let base = match read(client, work.base) {
        // 422 is the answer for what is no commit at all.
        Err(Error::NotFound { .. } | Error::Refused { status: 422, .. }) => {
            return Err(Missed::Broken(Error::UnknownBase { commit: work.base.to_owned() }));
        }
        other => other?,
    };
    let seen_tip = tip.as_ref().map(|it| it.sha.as_str());
    let tree = tree(client, work, &base.tree, seen_tip)?;
    let before = tip.as_ref().map_or(&base.tree, |it| &it.tree);
    if tree == *before {
        let commit = tip.map(|it| it.sha);
        return Ok(Committed { commit, state: State::Unchanged });
    }
    let parents = parents(client, tip.as_ref(), work.base)?;
    let message = format!("{}\n\n{PLAN_TRAILER}: {}\n", work.message.trim_end(), work.digest);
    let body = json!({"message": message, "tree": tree, "parents": parents});
    let sha = object(client, work, "/git/commits", body, seen_tip)?;
    point(client, work.branch, seen_tip, &sha)?;
    client.note(format!("branch `{}` at {sha}", work.branch));
    let state = if tip.is_some() { State::Updated } else { State::Created };
    Ok(Committed { commit: Some(sha), state })
}

/// The commit that a branch ends with.
pub(crate) fn tip(client: &Client<'_>, branch: &Branch) -> Result<Option<String>, Error> {
    let below = format!("/git/ref/heads/{}", escaped(branch.as_str()));
    let request = client.read(&below, Permission::ReadContents);
    let Some(body) = client.find(&request)? else { return Ok(None) };
    text(&body, "/object/sha", &request).map(Some)
}

fn read(client: &Client<'_>, sha: &str) -> Result<Commit, Error> {
    let below = format!("/git/commits/{}", escaped(sha));
    let request = client.read(&below, Permission::ReadContents);
    let body = client.get(&request)?;
    let message = text(&body, "/message", &request)?;
    let last = message.trim_end().lines().next_back().unwrap_or_default();
    let plan = last.strip_prefix(PLAN_TRAILER).and_then(|it| it.strip_prefix(':'));
    let parents = body.get("parents").and_then(Value::as_array);
    let sha_of = |it: &Value| it.get("sha")?.as_str().map(str::to_owned);
    Ok(Commit {
        sha: sha.to_owned(),
        tree: text(&body, "/tree/sha", &request)?,
        parents: parents.into_iter().flatten().filter_map(sha_of).collect(),
        plan: plan.map(|it| it.trim().to_owned()),
    })
}

/// The new commit stands on our last one. Where that one does not know `base`, it stands on both,
/// so that the branch differs from `base` by the plan alone.
fn parents(client: &Client<'_>, tip: Option<&Commit>, base: &str) -> Result<Vec<String>, Error> {
    let Some(tip) = tip else { return Ok(vec![base.to_owned()]) };
    if tip.sha == base {
        return Ok(vec![base.to_owned()]);
    }
    let mut known = tip.parents.clone();
    let mut is_ours = tip.plan.is_some();
    for _ in 0..MOST_STEPS {
        if known.iter().any(|it| it == base) {
            return Ok(vec![tip.sha.clone()]);
        }
        let Some(first) = known.first().filter(|_| is_ours) else { break };
        let commit = read(client, first)?;
        is_ours = commit.plan.is_some();
        known = commit.parents;
    }
    Ok(vec![tip.sha.clone(), base.to_owned()])
}

/// The tree of `base` with the files of the plan.
fn tree(
    client: &Client<'_>,
    work: &Work<'_>,
    base_tree: &str,
    seen_tip: Option<&str>,
) -> Result<String, Missed> {
    let mut blobs: BTreeMap<&[u8], String> = BTreeMap::new();
    let mut entries = Vec::new();
    for file in work.files {
        let mut sha = Value::Null;
        if let Some(bytes) = file.content.bytes() {
            if !blobs.contains_key(bytes) {
                let body = json!({"content": STANDARD.encode(bytes), "encoding": "base64"});
                blobs.insert(bytes, object(client, work, "/git/blobs", body, seen_tip)?);
            }
            sha = blobs.get(bytes).map_or(Value::Null, |it| it.as_str().into());
        }
        let mode = file.content.mode();
        entries.push(json!({"path": file.path, "mode": mode, "type": "blob", "sha": sha}));
    }
    let body = json!({"base_tree": base_tree, "tree": entries});
    object(client, work, "/git/trees", body, seen_tip)
}

/// Makes an object that nothing points to yet. What shows whether it had an effect is the branch:
/// as long as it stands where it stood, one object more is harmless.
fn object(
    client: &Client<'_>,
    work: &Work<'_>,
    below: &str,
    body: Value,
    seen_tip: Option<&str>,
) -> Result<String, Missed> {
    let request = Request::post(client.endpoint().path(below), body, Permission::Contents);
    let moved = std::cell::Cell::new(false);
    let seen = || {
        let now = tip(client, work.branch)?;
        moved.set(now.as_deref() != seen_tip);
        Ok(moved.get().then_some(Value::Null))
    };
    let answer = client.post(&request, &seen)?;
    if moved.get() {
        return Err(Missed::Moved);
    }
    Ok(text(&answer, "/sha", &request)?)
}

/// Lets the branch end with this commit, if it still ends where it did.
fn point(
    client: &Client<'_>,
    branch: &Branch,
    seen_tip: Option<&str>,
    sha: &str,
) -> Result<(), Missed> {
    let endpoint = client.endpoint();
    let request = if seen_tip.is_some() {
        let path = endpoint.path(&format!("/git/refs/heads/{}", escaped(branch.as_str())));
        Request::patch(path, json!({"sha": sha, "force": false}), Permission::Contents)
    } else {
        let body = json!({"ref": format!("refs/heads/{branch}"), "sha": sha});
        Request::post(endpoint.path("/git/refs"), body, Permission::Contents)
    };
    let seen = || {
        let now = tip(client, branch)?;
        let is_still = now.as_deref() == seen_tip;
        Ok((!is_still).then(|| json!({"object": {"sha": now}})))
    };
    let answer = match client.change(&request, &seen) {
        Ok(answer) => answer,
        // 409 and 422 are what GitHub says when the branch is not where we think.
        Err(Error::Refused { status: 409 | 422, .. })
            if tip(client, branch)?.as_deref() != seen_tip =>
        {
            json!({"object": {"sha": tip(client, branch)?}})
        }
        Err(err) => return Err(err.into()),
    };
    if text(&answer, "/object/sha", &request)? == sha { Ok(()) } else { Err(Missed::Moved) }
}
