//! Check runs, which only applications may write.

use std::collections::BTreeMap;

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::{Refusal, Reply, Told},
    clock,
    request::Actor,
    routes::{Call, Route, Shape, view},
    world::CheckRun,
};

/// GitHub takes no more annotations in one request.
const MOST_ANNOTATIONS: usize = 50;

const MEMBERS: Shape = Shape::Members(&["id"]);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/check-runs",
        permissions: &["checks"],
        shape: MEMBERS,
        handler: create,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
        permissions: &["checks"],
        shape: MEMBERS,
        handler: get,
    },
    Route {
        method: "PATCH",
        template: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
        permissions: &["checks"],
        shape: MEMBERS,
        handler: update,
    },
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/commits/{ref}/check-runs",
        permissions: &["checks"],
        shape: Shape::Members(&[
            "total_count",
            "check_runs[].id",
            "check_runs[].name",
            "check_runs[].head_sha",
            "check_runs[].external_id",
        ]),
        handler: of_commit,
    },
];

fn create(call: &mut Call<'_>) -> Told {
    let head_sha = call.needed("CheckRun", "head_sha")?;
    call.needed("CheckRun", "name")?;
    if call.here().git.kind(&head_sha).is_none_or(|it| it != "commit") {
        let text = format!("No commit found for SHA: {head_sha}");
        return Err(Refusal::unprocessable(text));
    }
    allowed(call)?;
    let (id, now) = (call.world.next_id(), call.world.clock.tick());
    let mut run = CheckRun {
        id,
        head_sha,
        told: BTreeMap::from([("status".to_owned(), "queued".into())]),
        annotations: Vec::new(),
        batches: Vec::new(),
        started_at: now,
    };
    tell(&mut run, call, now);
    let shown = shown(call, &run);
    call.here_mut().check_runs.insert(id, run);
    Ok(Reply::created(shown))
}

fn update(call: &mut Call<'_>) -> Told {
    let id = call.number("check_run_id");
    if !call.here().check_runs.contains_key(&id) {
        return Err(Refusal::not_found());
    }
    allowed(call)?;
    let now = call.world.clock.tick();
    // Taken out while it changes, because it is a part of what the call reads.
    if let Some(mut run) = call.here_mut().check_runs.remove(&id) {
        tell(&mut run, call, now);
        call.here_mut().check_runs.insert(id, run);
    }
    get(call)
}

fn get(call: &mut Call<'_>) -> Told {
    let run = call.here().check_runs.get(&call.number("check_run_id"));
    let run = run.ok_or_else(Refusal::not_found)?;
    Ok(Reply::found(shown(call, run)))
}

fn of_commit(call: &mut Call<'_>) -> Told {
    let (here, named) = (call.here(), call.value("ref"));
    let branch = here.git.tip(&format!("refs/heads/{}", named.trim_start_matches("heads/")));
    let sha = branch.unwrap_or_else(|| named.to_owned());
    let name = call.query.get("check_name");
    let runs = here.check_runs.values().rev().filter(|it| it.head_sha == sha);
    let runs = runs.filter(|it| {
        name.is_none_or(|name| it.told.get("name").and_then(Value::as_str) == Some(name))
    });
    let runs: Vec<_> = runs.map(|it| shown(call, it)).collect();
    Ok(Reply::list(json!({"total_count": runs.len(), "check_runs": runs})))
}

/// Refuses what GitHub refuses.
fn allowed(call: &Call<'_>) -> Result<(), Refusal> {
    if !call.writer().is_app {
        let text = "You must authenticate via a GitHub App.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, text));
    }
    let output = call.body.get("output");
    let annotations = annotations(call);
    if annotations.len() > MOST_ANNOTATIONS {
        let text = format!(
            "Invalid request.\n\nNo more than {MOST_ANNOTATIONS} items are allowed; {} were supplied.",
            annotations.len()
        );
        return Err(Refusal::unprocessable(text));
    }
    if annotations.iter().any(has_stray_columns) {
        let text = "start_column and end_column are allowed only on one line";
        return Err(Refusal::custom("CheckRun", Some("annotations"), text));
    }
    let lacks = |name: &str| output.is_some_and(|it| it.get(name).is_none());
    if lacks("title") || lacks("summary") {
        return Err(Refusal::invalid("CheckRun", "output", "missing_field"));
    }
    let is_completed = call.text("status") == Some("completed") || call.has("completed_at");
    if is_completed && !call.has("conclusion") {
        return Err(Refusal::invalid("CheckRun", "conclusion", "missing_field"));
    }
    Ok(())
}

fn annotations(call: &Call<'_>) -> Vec<Value> {
    let annotations = call.body.get("output").and_then(|it| it.get("annotations"));
    annotations.and_then(Value::as_array).cloned().unwrap_or_default()
}

fn has_stray_columns(annotation: &Value) -> bool {
    let has_columns = ["start_column", "end_column"].iter().any(|it| annotation.get(*it).is_some());
    has_columns && annotation.get("start_line") != annotation.get("end_line")
}

/// Lays what the client says over what it said before; annotations are added.
fn tell(run: &mut CheckRun, call: &Call<'_>, now: i64) {
    let annotations = annotations(call);
    if !annotations.is_empty() {
        run.batches.push(annotations.len());
        run.annotations.extend(annotations);
    }
    for (name, value) in call.body.as_object().into_iter().flatten() {
        if name != "head_sha" {
            run.told.insert(name.clone(), value.clone());
        }
    }
    if call.has("conclusion") {
        run.told.insert("status".into(), "completed".into());
        run.told.entry("completed_at".into()).or_insert_with(|| clock::written(now).into());
    }
}

fn shown(call: &Call<'_>, run: &CheckRun) -> Value {
    let (here, id) = (call.here(), run.id);
    let url = format!("{}/check-runs/{id}", view::api(here, &call.links));
    let web = format!("{}/{}/runs/{id}", call.links.web, here.slug);
    let told = |name: &str| run.told.get(name).cloned().unwrap_or_default();
    let output = told("output");
    let of_output = |name: &str| output.get(name).cloned().unwrap_or_default();
    let started_at = run.told.get("started_at").cloned();
    json!({
        "id": id, "name": told("name"), "head_sha": run.head_sha, "status": told("status"),
        "conclusion": told("conclusion"), "external_id": told("external_id"),
        "details_url": told("details_url"), "url": url, "html_url": web,
        "started_at": started_at.unwrap_or_else(|| clock::written(run.started_at).into()),
        "completed_at": told("completed_at"), "pull_requests": [],
        "app": view::app(&Actor { login: "github-actions[bot]".into(), is_app: true }, &call.links),
        "output": {
            "title": of_output("title"), "summary": of_output("summary"),
            "text": of_output("text"), "annotations_count": run.annotations.len(),
            "annotations_url": format!("{url}/annotations"),
        },
    })
}
