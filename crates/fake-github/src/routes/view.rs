//! Objects as GitHub shows them; what is missing here comes from its examples.

use serde_json::{Value, json};

use crate::{
    clock,
    request::Actor,
    routes::Links,
    world::{Comment, Issue, Pull, Repository},
};

/// The number of the application `github-actions`.
const ACTIONS_APP: u64 = 15_368;

/// A person or an application.
pub(super) fn user(actor: &Actor, links: &Links) -> Value {
    let Actor { login, is_app } = actor;
    // A number that the name alone decides.
    let id = login.bytes().fold(7u64, |id, it| (id * 31 + u64::from(it)) % 100_000_000);
    let api = format!("{}/users/{}", links.api, login.replace(['[', ']'], ""));
    let mut user = json!({
        "login": login, "id": id, "node_id": format!("U_{id}"), "gravatar_id": "",
        "type": if *is_app { "Bot" } else { "User" }, "site_admin": false, "url": api,
        "avatar_url": format!("{}/avatars/{id}", links.web),
        "html_url": format!("{}/{}", links.web, login.replace(['[', ']'], "")),
        "gists_url": format!("{api}/gists{{/gist_id}}"), "events_url": format!("{api}/events"),
        "following_url": format!("{api}/following{{/other_user}}"),
        "starred_url": format!("{api}/starred{{/owner}}{{/repo}}"),
    });
    for name in ["followers", "organizations", "received_events", "repos", "subscriptions"] {
        if let Some(user) = user.as_object_mut() {
            user.insert(format!("{name}_url"), format!("{api}/{name}").into());
        }
    }
    user
}

/// The application through which somebody wrote.
pub(super) fn app(actor: &Actor, links: &Links) -> Value {
    if !actor.is_app {
        return Value::Null;
    }
    let owner = Actor { login: "github".into(), is_app: false };
    json!({
        "id": ACTIONS_APP, "slug": "github-actions", "node_id": "MDM6QXBwMTUzNjg=",
        "name": "GitHub Actions", "description": "Automate your workflow from idea to production",
        "owner": user(&owner, links), "external_url": "https://help.github.com/en/actions",
        "html_url": "https://github.com/apps/github-actions",
        "created_at": "2018-07-30T09:30:17Z", "updated_at": "2019-12-10T19:04:12Z",
        "permissions": {"checks": "write", "contents": "write", "issues": "write"},
        "events": ["check_run", "push"],
    })
}

/// The URL of a repository's API.
pub(super) fn api(repository: &Repository, links: &Links) -> String {
    format!("{}/repos/{}", links.api, repository.slug)
}

/// A repository, inside another object or alone.
pub(super) fn repository(repository: &Repository, links: &Links) -> Value {
    let slug = &repository.slug;
    let owner = Actor { login: slug.owner.clone(), is_app: false };
    let web = format!("{}/{slug}", links.web);
    json!({
        "id": repository.id, "name": slug.name, "full_name": slug.to_string(),
        "owner": user(&owner, links), "private": false, "language": null, "fork": repository.id > 1,
        "html_url": web, "url": api(repository, links), "clone_url": format!("{web}.git"),
        "default_branch": repository.git.default_branch(),
    })
}

/// An issue, or the issue that a pull request is as well.
pub(super) fn issue(repository: &Repository, issue: &Issue, links: &Links) -> Value {
    let Issue { number, id, .. } = issue;
    let api = api(repository, links);
    let kind = if issue.pull.is_some() { "pull" } else { "issues" };
    let n_comments = repository.comments.values().filter(|it| it.issue == *number).count();
    let mut shown = json!({
        "id": id, "number": number, "title": issue.title, "body": issue.body,
        "state": if issue.is_open { "open" } else { "closed" },
        "state_reason": issue.state_reason, "locked": false, "comments": n_comments,
        "user": user(&issue.author, links), "milestone": null, "assignee": null, "assignees": [],
        "labels": labels(issue, &api),
        "url": format!("{api}/issues/{number}"),
        "html_url": format!("{}/{}/{kind}/{number}", links.web, repository.slug),
        "comments_url": format!("{api}/issues/{number}/comments"), "repository_url": api,
        "created_at": clock::written(issue.created_at),
        "updated_at": clock::written(issue.updated_at),
        "closed_at": issue.closed_at.map(clock::written),
        "performed_via_github_app": app(&issue.author, links),
    });
    if let (Some(shown), Some(pull)) = (shown.as_object_mut(), &issue.pull) {
        let html_url = shown.get("html_url").cloned().unwrap_or_default();
        let pull = json!({
            "url": format!("{api}/pulls/{number}"), "html_url": html_url, "diff_url": html_url,
            "patch_url": html_url, "merged_at": pull.merged_at.map(clock::written),
        });
        shown.insert("pull_request".into(), pull);
    }
    shown
}

fn labels(issue: &Issue, api: &str) -> Value {
    let label = |(idx, name): (usize, &String)| {
        json!({
            "id": idx + 1, "node_id": format!("L{idx}"), "name": name, "description": null,
            "url": format!("{api}/labels/{name}"), "color": "ededed", "default": false,
        })
    };
    issue.labels.iter().enumerate().map(label).collect()
}

/// A pull request. `head` is the repository of its head.
pub(super) fn pull(
    repository: &Repository,
    head: &Repository,
    (issue, pull): (&Issue, &Pull),
    links: &Links,
) -> Value {
    let Issue { number, id, .. } = issue;
    let api = api(repository, links);
    let html_url = format!("{}/{}/pull/{number}", links.web, repository.slug);
    let side = |repository: &Repository, branch: &str, sha: &str| {
        let owner = Actor { login: repository.slug.owner.clone(), is_app: false };
        json!({
            "label": format!("{}:{branch}", repository.slug.owner), "ref": branch, "sha": sha,
            "user": user(&owner, links), "repo": self::repository(repository, links),
        })
    };
    json!({
        "id": id, "number": number, "title": issue.title, "body": issue.body,
        "state": if issue.is_open { "open" } else { "closed" }, "locked": false,
        "draft": pull.is_draft, "merged": pull.merged_at.is_some(), "merged_at": pull.merged_at.map(clock::written),
        "user": user(&issue.author, links), "labels": labels(issue, &api),
        "milestone": null, "assignee": null, "assignees": [], "requested_reviewers": [], "requested_teams": [],
        "head": side(head, &pull.head, &pull.head_sha),
        "base": side(repository, &pull.base, &pull.base_sha),
        "url": format!("{api}/pulls/{number}"), "html_url": html_url,
        "diff_url": format!("{html_url}.diff"), "patch_url": format!("{html_url}.patch"),
        "issue_url": format!("{api}/issues/{number}"),
        "comments_url": format!("{api}/issues/{number}/comments"),
        "created_at": clock::written(issue.created_at),
        "updated_at": clock::written(issue.updated_at),
        "closed_at": issue.closed_at.map(clock::written),
    })
}

/// A comment.
pub(super) fn comment(repository: &Repository, comment: &Comment, links: &Links) -> Value {
    let Comment { id, issue, .. } = comment;
    let api = api(repository, links);
    let is_pull = repository.issues.get(issue).is_some_and(|it| it.pull.is_some());
    let kind = if is_pull { "pull" } else { "issues" };
    let web = format!("{}/{}/{kind}/{issue}", links.web, repository.slug);
    json!({
        "id": id, "body": comment.body, "user": user(&comment.author, links),
        "url": format!("{api}/issues/comments/{id}"),
        "issue_url": format!("{api}/issues/{issue}"),
        "html_url": format!("{web}#issuecomment-{id}"),
        "created_at": clock::written(comment.created_at),
        "updated_at": clock::written(comment.updated_at),
        "performed_via_github_app": app(&comment.author, links),
    })
}
