//! Pull requests: one open for each head and base.

use serde_json::Value;

use crate::{
    answer::{Refusal, Reply, Told},
    options::Slug,
    routes::{Call, Route, Shape, issues, short, view},
    world::{Issue, Pull, Repository},
};

const MEMBERS: Shape =
    Shape::Members(&["number", "html_url", "state", "head.ref", "head.sha", "base.ref", "body"]);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/pulls",
        permissions: &["pull_requests"],
        shape: MEMBERS,
        handler: list,
    },
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/pulls",
        permissions: &["pull_requests"],
        shape: MEMBERS,
        handler: create,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/pulls/{pull_number}",
        permissions: &["pull_requests"],
        shape: MEMBERS,
        handler: get,
    },
    Route {
        method: "PATCH",
        template: "/repos/{owner}/{repo}/pulls/{pull_number}",
        permissions: &["pull_requests"],
        shape: MEMBERS,
        handler: update,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/commits/{commit_sha}/pulls",
        permissions: &["pull_requests"],
        shape: MEMBERS,
        handler: of_commit,
    },
];

fn list(call: &mut Call<'_>) -> Told {
    let query = call.query;
    // GitHub does not filter by a head without an owner, and says nothing.
    let head = query.get("head").and_then(|it| it.split_once(':'));
    let is_chosen = |issue: &Issue| {
        let Some(pull) = &issue.pull else { return false };
        issues::is_in_state(issue, query.get("state"))
            && query.get("base").is_none_or(|it| it == pull.base)
            && head.is_none_or(|(owner, branch)| {
                pull.head == branch && pull.head_repository.owner.eq_ignore_ascii_case(owner)
            })
    };
    Ok(Reply::list(chosen(call, is_chosen)))
}

fn of_commit(call: &mut Call<'_>) -> Told {
    let sha = call.value("commit_sha");
    let is_chosen = |issue: &Issue| issue.pull.as_ref().is_some_and(|it| it.head_sha == sha);
    Ok(Reply::list(chosen(call, is_chosen)))
}

fn chosen(call: &Call<'_>, is_chosen: impl Fn(&Issue) -> bool) -> Value {
    let issues = call.here().issues.values().filter(|it| is_chosen(it)).collect();
    issues::ordered(issues, call).into_iter().map(|it| shown(call, it)).collect()
}

fn shown(call: &Call<'_>, issue: &Issue) -> Value {
    let repository = call.here();
    let Some(pull) = &issue.pull else { return Value::Null };
    let head = call.world.head_of(pull).unwrap_or(repository);
    view::pull(repository, head, (issue, pull), &call.links)
}

fn get(call: &mut Call<'_>) -> Told {
    let issue = call.issue(call.number("pull_number"))?;
    if issue.pull.is_none() {
        return Err(Refusal::not_found());
    }
    Ok(Reply::found(shown(call, issue)))
}

fn create(call: &mut Call<'_>) -> Told {
    let title = call.needed("PullRequest", "title")?;
    let base = call.needed("PullRequest", "base")?;
    let (head_repository, head) = head(call, &call.needed("PullRequest", "head")?)?;
    let pull = pull(call, head_repository, (head, base))?;
    let body = call.text("body").map(str::to_owned);
    short("PullRequest", body.as_deref())?;
    let (id, now, author) = (call.world.next_id(), call.world.clock.tick(), call.writer());
    let issue = Issue {
        number: call.here().next_number(),
        id,
        author,
        title,
        body,
        labels: std::collections::BTreeSet::new(),
        is_open: true,
        state_reason: None,
        created_at: now,
        updated_at: now,
        closed_at: None,
        pull: Some(pull),
    };
    let shown = shown(call, &issue);
    call.here_mut().issues.insert(issue.number, issue);
    Ok(Reply::created(shown))
}

/// The repository and the branch that `owner:branch` means.
fn head(call: &Call<'_>, text: &str) -> Result<(Slug, String), Refusal> {
    let own = call.here();
    let (owner, branch) = text.split_once(':').unwrap_or((&own.slug.owner, text));
    let name = call.text("head_repo").and_then(|it| it.split_once('/')).map(|it| it.1);
    let repository = call.world.repository(owner, name.unwrap_or(&own.slug.name));
    let there = repository.filter(|it| it.git.tip(&format!("refs/heads/{branch}")).is_some());
    let there = there.ok_or_else(|| Refusal::invalid("PullRequest", "head", "invalid"))?;
    Ok((there.slug.clone(), branch.to_owned()))
}

fn pull(
    call: &Call<'_>,
    head_repository: Slug,
    (head, base): (String, String),
) -> Result<Pull, Refusal> {
    let here = call.here();
    let there = call.world.repository(&head_repository.owner, &head_repository.name);
    let tip = |it: &Repository, branch: &str| it.git.tip(&format!("refs/heads/{branch}"));
    let invalid = |field: &str| Refusal::invalid("PullRequest", field, "invalid");
    let base_sha = tip(here, &base).ok_or_else(|| invalid("base"))?;
    let there = there.ok_or_else(|| invalid("head"))?;
    let head_sha = tip(there, &head).ok_or_else(|| invalid("head"))?;
    unique(here, &head_repository, (&head, &base))?;
    // The base learns of the commits of a fork, as on GitHub.
    let name = format!("refs/pull/{}/head", here.next_number());
    here.git.take(&there.git, &head_sha, &name).map_err(|_| invalid("head"))?;
    if here.git.ahead(&base_sha, &head_sha) == Some(0) {
        let text = format!("No commits between {base} and {head}");
        return Err(Refusal::custom("PullRequest", None, &text));
    }
    let is_draft = call.body.get("draft").and_then(Value::as_bool).unwrap_or_default();
    Ok(Pull { head_repository, head, head_sha, base, base_sha, is_draft, merged_at: None })
}

/// Refuses a second open pull request.
fn unique(
    here: &Repository,
    head_repository: &Slug,
    (head, base): (&str, &str),
) -> Result<(), Refusal> {
    let open = here.issues.values().filter(|it| it.is_open).filter_map(|it| it.pull.as_ref());
    let mut same = open
        .filter(|it| it.head == head && it.base == base && it.head_repository == *head_repository);
    if same.next().is_none() {
        return Ok(());
    }
    let owner = &head_repository.owner;
    let text = format!("A pull request already exists for {owner}:{head}.");
    Err(Refusal::custom("PullRequest", None, &text))
}

/// Refuses to open a pull request again whose head is gone, or which has a successor.
pub(super) fn reopenable(call: &Call<'_>, number: u64) -> Result<(), Refusal> {
    let issue = call.issue(number)?;
    let Some(pull) = &issue.pull else { return Ok(()) };
    if pull.merged_at.is_some() {
        let text = "state cannot be changed. The pull request cannot be reopened.";
        return Err(Refusal::custom("PullRequest", Some("state"), text));
    }
    let there = call.world.head_of(pull);
    let tip = there.and_then(|it| it.git.tip(&format!("refs/heads/{}", pull.head)));
    if tip.is_none() {
        let text = format!("state cannot be changed. The {} branch was deleted.", pull.head);
        return Err(Refusal::custom("PullRequest", Some("state"), &text));
    }
    unique(call.here(), &pull.head_repository, (&pull.head, &pull.base))
}

fn update(call: &mut Call<'_>) -> Told {
    let number = call.number("pull_number");
    let issue = call.issue(number)?;
    let Some(pull) = issue.pull.clone() else { return Err(Refusal::not_found()) };
    if call.text("state") == Some("open") && !issue.is_open {
        reopenable(call, number)?;
    }
    short("PullRequest", call.text("body"))?;
    let base = call.text("base").filter(|it| *it != pull.base).map(str::to_owned);
    if let Some(base) = &base {
        if call.here().git.tip(&format!("refs/heads/{base}")).is_none() {
            return Err(Refusal::invalid("PullRequest", "base", "invalid"));
        }
        unique(call.here(), &pull.head_repository, (&pull.head, base))?;
    }
    issues::apply(call, number)?;
    let issue = call.here_mut().issues.get_mut(&number);
    if let (Some(pull), Some(base)) = (issue.and_then(|it| it.pull.as_mut()), base) {
        pull.base = base;
    }
    call.world.look();
    get(call)
}
