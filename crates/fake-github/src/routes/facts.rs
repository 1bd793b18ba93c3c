//! What the file of facts says: rulesets, environments, names of secrets.

use hyper::StatusCode;
use serde_json::Value;

use crate::{
    answer::{Refusal, Reply, Told},
    request::decoded,
    routes::{Call, Route, Shape},
};

pub(super) const ROUTES: &[Route] = &[
    fact("/repos/{owner}/{repo}/rules/branches/{branch}", &["metadata"]),
    fact("/repos/{owner}/{repo}/rulesets", &["metadata"]),
    fact("/repos/{owner}/{repo}/rulesets/{ruleset_id}", &["metadata"]),
    fact("/repos/{owner}/{repo}/branches/{branch}/protection", &["administration"]),
    fact("/repos/{owner}/{repo}/environments", &["actions"]),
    fact("/repos/{owner}/{repo}/environments/{environment_name}", &["actions"]),
    fact(
        "/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
        &["actions"],
    ),
    fact("/repos/{owner}/{repo}/environments/{environment_name}/secrets", &["environments"]),
    fact("/repos/{owner}/{repo}/actions/secrets", &["secrets"]),
    fact("/repos/{owner}/{repo}/actions/organization-secrets", &["secrets"]),
];

const fn fact(template: &'static str, permissions: &'static [&'static str]) -> Route {
    Route { method: "GET", template, permissions, shape: Shape::Verbatim, handler: get }
}

fn get(call: &mut Call<'_>) -> Told {
    let path = format!("/{}", call.below);
    let facts = &call.world.facts;
    let fact = facts.get(&path).or_else(|| facts.get(&decoded(&path)));
    let fact = fact.ok_or_else(Refusal::not_found)?;
    let status = fact.get("status").and_then(Value::as_u64).unwrap_or(200);
    let status = u16::try_from(status).ok().and_then(|it| StatusCode::from_u16(it).ok());
    let status = status.unwrap_or(StatusCode::OK);
    let body = fact.get("body").cloned().unwrap_or_default();
    if !status.is_success() {
        let message = body.get("message").and_then(Value::as_str);
        let usual = status.canonical_reason().unwrap_or_default();
        return Err(Refusal::new(status, message.unwrap_or(usual)));
    }
    Ok(Reply { status, ..Reply::list(body) })
}
