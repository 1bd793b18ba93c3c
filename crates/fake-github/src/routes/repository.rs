//! The repository itself.

use crate::{
    answer::{Reply, Told},
    routes::{Call, Route, Shape, view},
};

pub(super) const ROUTES: &[Route] = &[Route {
    method: "GET",
    template: "/repos/{owner}/{repo}",
    permissions: &["metadata"],
    shape: Shape::Members(&["default_branch"]),
    handler: get,
}];

fn get(call: &mut Call<'_>) -> Told {
    Ok(Reply::found(view::repository(call.here(), &call.links)))
}
