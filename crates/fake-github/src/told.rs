//! The state of the double, for tests that count.

use serde_json::{Map, Value, json};

use crate::world::{CheckRun, Comment, Issue, Repository, World};

/// When the limit of requests starts anew: 2026-01-01T01:00:00Z.
pub(crate) const RESET: u64 = 1_767_229_200;

/// All there is, by repository.
pub(crate) fn state(world: &World) -> Value {
    let rows = world.repositories.iter().map(|it| (it.slug.to_string(), repository(it)));
    Value::Object(rows.collect())
}

fn repository(repository: &Repository) -> Value {
    let branches: Map<_, _> =
        repository.git.branches().into_iter().map(|(name, sha)| (name, sha.into())).collect();
    let (pulls, issues): (Vec<_>, Vec<_>) =
        repository.issues.values().partition(|it| it.pull.is_some());
    json!({
        "default_branch": repository.git.default_branch(),
        "branches": branches,
        "pulls": pulls.into_iter().map(issue).collect::<Value>(),
        "issues": issues.into_iter().map(issue).collect::<Value>(),
        "comments": repository.comments.values().map(comment).collect::<Value>(),
        "check_runs": repository.check_runs.values().map(check_run).collect::<Value>(),
    })
}

fn issue(issue: &Issue) -> Value {
    let state = if issue.is_open { "open" } else { "closed" };
    let mut told = json!({
        "number": issue.number, "state": state, "title": issue.title, "body": issue.body,
        "author": issue.author.login, "labels": issue.labels,
    });
    if let (Some(told), Some(pull)) = (told.as_object_mut(), &issue.pull) {
        let rows = [
            ("head", pull.head.as_str()),
            ("head_sha", &pull.head_sha),
            ("base", &pull.base),
            ("base_sha", &pull.base_sha),
        ];
        told.extend(rows.map(|(name, value)| (name.to_owned(), value.into())));
        told.insert("head_repository".into(), pull.head_repository.to_string().into());
        told.insert("draft".into(), pull.is_draft.into());
        told.insert("merged".into(), pull.merged_at.is_some().into());
    }
    told
}

fn comment(comment: &Comment) -> Value {
    let Comment { id, issue, author, body, .. } = comment;
    json!({"id": id, "issue": issue, "author": author.login, "body": body})
}

fn check_run(run: &CheckRun) -> Value {
    let told = |name: &str| run.told.get(name).cloned().unwrap_or_default();
    json!({
        "id": run.id, "name": told("name"), "head_sha": run.head_sha, "status": told("status"),
        "conclusion": told("conclusion"), "external_id": told("external_id"),
        "title": told("output").get("title"), "summary": told("output").get("summary"),
        "annotations": run.annotations.len(), "batches": run.batches,
    })
}
