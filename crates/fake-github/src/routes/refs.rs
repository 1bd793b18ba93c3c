//! References: one moves only forward, unless the client insists.

use serde_json::{Value, json};

use crate::{
    answer::{Refusal, Reply, Told},
    git::ABSENT,
    routes::{Call, Route, Shape, view},
};

const MEMBERS: Shape = Shape::Members(&["object.sha"]);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/repos/{owner}/{repo}/git/ref/{ref}",
        permissions: &["contents"],
        shape: MEMBERS,
        handler: get,
    },
    Route {
        method: "POST",
        template: "/repos/{owner}/{repo}/git/refs",
        permissions: &["contents"],
        shape: MEMBERS,
        handler: create,
    },
    Route {
        method: "PATCH",
        template: "/repos/{owner}/{repo}/git/refs/{ref}",
        permissions: &["contents"],
        shape: MEMBERS,
        handler: update,
    },
];

fn get(call: &mut Call<'_>) -> Told {
    let name = format!("refs/{}", call.value("ref"));
    let sha = call.here().git.tip(&name).ok_or_else(Refusal::not_found)?;
    Ok(Reply::found(shown(call, &name, &sha)))
}

fn create(call: &mut Call<'_>) -> Told {
    let (name, sha) = (call.needed("Reference", "ref")?, call.needed("Reference", "sha")?);
    let git = &call.here().git;
    if !name.starts_with("refs/") || name.matches('/').count() < 2 || !git.is_name(&name) {
        return Err(Refusal::unprocessable(format!("Reference name is not valid: {name}")));
    }
    if git.kind(&sha).is_none() {
        return Err(Refusal::unprocessable("Object does not exist"));
    }
    if git.tip(&name).is_some() {
        return Err(Refusal::unprocessable("Reference already exists"));
    }
    git.move_ref(&name, ABSENT, &sha).map_err(|_| not_updated())?;
    Ok(Reply::created(shown(call, &name, &sha)))
}

fn update(call: &mut Call<'_>) -> Told {
    let name = format!("refs/{}", call.value("ref"));
    let sha = call.needed("Reference", "sha")?;
    let is_forced = call.body.get("force").and_then(Value::as_bool).unwrap_or_default();
    let git = &call.here().git;
    let Some(base) = git.tip(&name) else {
        return Err(Refusal::unprocessable("Reference does not exist"));
    };
    if git.kind(&sha).is_none() {
        return Err(Refusal::unprocessable("Object does not exist"));
    }
    if !is_forced && !git.is_forward(&base, &sha) {
        return Err(Refusal::unprocessable("Update is not a fast forward"));
    }
    git.move_ref(&name, &base, &sha).map_err(|_| not_updated())?;
    Ok(Reply::found(shown(call, &name, &sha)))
}

fn not_updated() -> Refusal {
    Refusal::unprocessable("Reference update failed")
}

fn shown(call: &Call<'_>, name: &str, sha: &str) -> Value {
    let repository = call.here();
    let kind = repository.git.kind(sha).unwrap_or_default();
    let api = view::api(repository, &call.links);
    json!({
        "ref": name, "url": format!("{api}/git/{name}"),
        "object": {"type": kind, "sha": sha, "url": format!("{api}/git/{kind}s/{sha}")},
    })
}
