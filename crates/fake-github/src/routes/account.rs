//! Who asks, and how much more they may ask.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::{Refusal, Reply, Told},
    app::RATE,
    routes::{Call, Route, Shape, view},
    told::RESET,
};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/user",
        permissions: &["metadata"],
        shape: Shape::Members(&["login", "id", "type"]),
        handler: user,
    },
    Route {
        method: "GET",
        template: "/rate_limit",
        permissions: &["metadata"],
        shape: Shape::Members(&["resources", "rate"]),
        handler: rate_limit,
    },
];

fn user(call: &mut Call<'_>) -> Told {
    match &call.actor {
        None => Err(Refusal::new(StatusCode::UNAUTHORIZED, "Requires authentication")),
        Some(actor) if actor.is_app => {
            Err(Refusal::new(StatusCode::FORBIDDEN, "Resource not accessible by integration"))
        }
        Some(actor) => Ok(Reply::found(view::user(actor, &call.links))),
    }
}

fn rate_limit(call: &mut Call<'_>) -> Told {
    let (used, remaining) = (call.n_requests, RATE.saturating_sub(call.n_requests));
    let core = json!({"limit": RATE, "used": used, "remaining": remaining, "reset": RESET});
    let body: Value = json!({"resources": {"core": core}, "rate": core});
    Ok(Reply::found(body))
}
