//! Issues; a pull request is one of them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    answer::{Refusal, Reply, Told},
    clock,
    routes::{Call, Route, Shape, pulls, short, view},
    world::Issue,
};

const MEMBERS: Shape = Shape::Members(&["number", "body", "title"]);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/issues",
        permissions: &["issues"],
        shape: MEMBERS,
        handler: list,
    },
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/issues",
        permissions: &["issues"],
        shape: MEMBERS,
        handler: create,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/issues/{issue_number}",
        permissions: &["issues"],
        shape: MEMBERS,
        handler: get,
    },
    Route {
        method: "PATCH",
        template: "/repos/{owner}/{repo}/issues/{issue_number}",
        permissions: &["issues"],
        shape: MEMBERS,
        handler: update,
    },
];

fn list(call: &mut Call<'_>) -> Told {
    let query = call.query;
    let labels = query.get("labels").unwrap_or_default();
    let labels: Vec<_> = labels.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    let since = query.get("since").and_then(clock::read).unwrap_or(i64::MIN);
    let has_labels = |issue: &Issue| {
        // GitHub compares labels without regard to case.
        let has = |name: &str| issue.labels.iter().any(|it| it.eq_ignore_ascii_case(name));
        labels.iter().all(|it| has(it))
    };
    let chosen = call.here().issues.values().filter(|it| {
        is_in_state(it, query.get("state"))
            && has_labels(it)
            && query.get("creator").is_none_or(|name| it.author.login == name)
            && it.updated_at >= since
    });
    let chosen = ordered(chosen.collect(), call);
    let shown = chosen.into_iter().map(|it| view::issue(call.here(), it, &call.links)).collect();
    Ok(Reply::list(shown))
}

/// Is it open, closed, or any, as a query says?
pub(super) fn is_in_state(issue: &Issue, state: Option<&str>) -> bool {
    match state {
        None | Some("open") => issue.is_open,
        Some("closed") => !issue.is_open,
        Some(_) => true,
    }
}

/// The newest first, if the query does not say otherwise.
pub(super) fn ordered<'a>(mut issues: Vec<&'a Issue>, call: &Call<'_>) -> Vec<&'a Issue> {
    match call.query.get("sort") {
        Some("updated") => issues.sort_by_key(|it| (it.updated_at, it.number)),
        _ => issues.sort_by_key(|it| it.number),
    }
    if call.query.get("direction") != Some("asc") {
        issues.reverse();
    }
    issues
}

fn create(call: &mut Call<'_>) -> Told {
    let title = match call.body.get("title") {
        Some(Value::Number(number)) => number.to_string(),
        _ => call.needed("Issue", "title")?,
    };
    let body = call.text("body").map(str::to_owned);
    short("Issue", body.as_deref())?;
    let (labels, author) = (labels(call), call.writer());
    let (id, now) = (call.world.next_id(), call.world.clock.tick());
    let issue = Issue {
        number: call.here().next_number(),
        id,
        author,
        title,
        body,
        labels,
        is_open: true,
        state_reason: None,
        created_at: now,
        updated_at: now,
        closed_at: None,
        pull: None,
    };
    let shown = view::issue(call.here(), &issue, &call.links);
    call.here_mut().issues.insert(issue.number, issue);
    Ok(Reply::created(shown))
}

fn labels(call: &Call<'_>) -> BTreeSet<String> {
    let entries = call.list("labels");
    let name = |it: &Value| it.as_str().or_else(|| it.get("name")?.as_str()).map(str::to_owned);
    entries.iter().filter_map(name).collect()
}

fn get(call: &mut Call<'_>) -> Told {
    let issue = call.issue(call.number("issue_number"))?;
    Ok(Reply::found(view::issue(call.here(), issue, &call.links)))
}

fn update(call: &mut Call<'_>) -> Told {
    let number = call.number("issue_number");
    let issue = call.issue(number)?;
    if call.text("state") == Some("open") && !issue.is_open && issue.pull.is_some() {
        pulls::reopenable(call, number)?;
    }
    short("Issue", call.text("body"))?;
    let new_labels = call.has("labels").then(|| labels(call));
    let reason = call.text("state_reason").map(str::to_owned);
    apply(call, number)?;
    if let Some(issue) = call.here_mut().issues.get_mut(&number) {
        if let Some(labels) = new_labels {
            issue.labels = labels;
        }
        let usual = (!issue.is_open).then(|| "completed".to_owned());
        issue.state_reason = if issue.is_open { None } else { reason.or(usual) };
    }
    get(call)
}

/// Title, body and state: what issues and pull requests have in common.
pub(super) fn apply(call: &mut Call<'_>, number: u64) -> Result<(), Refusal> {
    let now = call.world.clock.tick();
    let title = call.has("title").then(|| call.needed("Issue", "title")).transpose()?;
    let body = call.has("body").then(|| call.text("body").map(str::to_owned));
    let is_open = call.text("state").map(|it| it == "open");
    let issue = call.here_mut().issues.get_mut(&number).ok_or_else(Refusal::not_found)?;
    issue.updated_at = now;
    if let Some(title) = title {
        issue.title = title;
    }
    if let Some(body) = body {
        issue.body = body;
    }
    if let Some(is_open) = is_open {
        let closed_at = issue.closed_at.or(Some(now));
        issue.closed_at = if is_open { None } else { closed_at };
        issue.is_open = is_open;
    }
    Ok(())
}
