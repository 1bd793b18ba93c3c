//! Comments on issues and pull requests.

use crate::{
    answer::{Refusal, Reply, Told},
    clock,
    routes::{Call, Route, Shape, short, view},
    world::Comment,
};

const MEMBERS: Shape = Shape::Members(&["id", "body"]);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
        permissions: &["issues", "pull_requests"],
        shape: MEMBERS,
        handler: list,
    },
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
        permissions: &["issues", "pull_requests"],
        shape: MEMBERS,
        handler: create,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
        permissions: &["issues", "pull_requests"],
        shape: MEMBERS,
        handler: get,
    },
    Route {
        method: "PATCH",
        template: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
        permissions: &["issues", "pull_requests"],
        shape: MEMBERS,
        handler: update,
    },
];

fn list(call: &mut Call<'_>) -> Told {
    let number = call.number("issue_number");
    call.issue(number)?;
    let since = call.query.get("since").and_then(clock::read).unwrap_or(i64::MIN);
    let comments = call.here().comments.values();
    let chosen = comments.filter(|it| it.issue == number && it.updated_at >= since);
    let shown = chosen.map(|it| view::comment(call.here(), it, &call.links)).collect();
    Ok(Reply::list(shown))
}

fn create(call: &mut Call<'_>) -> Told {
    let issue = call.number("issue_number");
    call.issue(issue)?;
    let body = body(call)?;
    let (id, now, author) = (call.world.next_id(), call.world.clock.tick(), call.writer());
    let comment = Comment { id, issue, author, body, created_at: now, updated_at: now };
    let shown = view::comment(call.here(), &comment, &call.links);
    call.here_mut().comments.insert(id, comment);
    Ok(Reply::created(shown))
}

fn get(call: &mut Call<'_>) -> Told {
    let comment = call.here().comments.get(&call.number("comment_id"));
    let comment = comment.ok_or_else(Refusal::not_found)?;
    Ok(Reply::found(view::comment(call.here(), comment, &call.links)))
}

fn update(call: &mut Call<'_>) -> Told {
    let id = call.number("comment_id");
    if !call.here().comments.contains_key(&id) {
        return Err(Refusal::not_found());
    }
    let (body, now) = (body(call)?, call.world.clock.tick());
    if let Some(comment) = call.here_mut().comments.get_mut(&id) {
        comment.body = body;
        comment.updated_at = now;
    }
    get(call)
}

fn body(call: &Call<'_>) -> Result<String, Refusal> {
    let body = call.needed("IssueComment", "body")?;
    short("IssueComment", Some(&body))?;
    Ok(body)
}
