//! Small witnesses: parts are taken away as long as the judge still confirms for the same reason.
//!
//! Greedy and in a fixed order, so that the same witness always becomes the same small one.

mod edit;

use std::cell::Cell;

use serde_json::Value;

use super::{
    instance::{Depth, Shown},
    validator::Refusal,
    world::World,
};
use crate::{Content, HttpBody, HttpExchange, JsonInstance};

/// Questions to the judge for one witness.
const MAX_QUESTIONS: usize = 2_000;

/// How the reason begins where no operation is found.
const UNANSWERED: &str = "nothing answers";

/// Counts the questions of one witness.
struct Budget {
    left: Cell<usize>,
}

impl Budget {
    fn new() -> Self {
        Self { left: Cell::new(MAX_QUESTIONS) }
    }

    fn spend(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        self.left.get() > 0
    }

    /// No question is confirmed any more: whoever goes on to edit only loses time.
    fn is_spent(&self) -> bool {
        self.left.get() <= 1
    }
}

impl World {
    /// The smallest value found that the judge still confirms for the same reason.
    #[must_use]
    pub fn shrink_instance(&self, instance: &JsonInstance) -> JsonInstance {
        let Ok(refusals) = self.refusals(Shown::of(instance), Depth::Full) else {
            return instance.clone();
        };
        let reasons = reasons(&refusals, &instance.pointer);
        // Whether a member is read is only asked where that is what the witness shows.
        let is_schemas = reasons.iter().all(|it| !it.1.is_empty());
        let depth = if is_schemas { Depth::Schemas } else { Depth::Brief };
        let budget = Budget::new();
        let mut confirms = |value: &Value, pointer: &str| {
            let smaller = Shown { instance, value, pointer };
            let still =
                |it: &Vec<Refusal>| it.iter().any(|it| reasons.contains(&reason(it, pointer)));
            // Most questions end here: the smaller value shows nothing.
            budget.spend()
                && self.refusals(smaller, depth).is_ok()
                && self.refusals(smaller, Depth::Full).as_ref().is_ok_and(still)
        };
        let mut best = instance.clone();
        (best.instance, best.pointer) =
            edit::smallest((best.instance, best.pointer), &budget, &mut confirms);
        best
    }

    /// The smallest exchange found that the judge still confirms for the same reason.
    #[must_use]
    pub fn shrink_exchange(&self, exchange: &HttpExchange) -> HttpExchange {
        let Ok(why) = self.objection(exchange, false) else { return exchange.clone() };
        let gist = gist(&why).to_owned();
        if gist == UNANSWERED {
            // What is not answered at all shows that whatever it says, and is to show more than that
            // where a base URL is gone besides.
            return exchange.clone();
        }
        let budget = Budget::new();
        let mut confirms = |it: &HttpExchange| {
            let still = |why: &String| self::gist(why) == gist;
            budget.spend() && self.objection(it, true).as_ref().is_ok_and(still)
        };
        let mut best = exchange.clone();
        shrink_headers(&mut best, &mut confirms);
        shrink_query(&mut best, &mut confirms);
        shrink_bodies(&mut best, &budget, &mut confirms);
        best
    }
}

type Confirms<'c> = &'c mut dyn FnMut(&HttpExchange) -> bool;

fn shrink_headers(best: &mut HttpExchange, confirms: Confirms<'_>) {
    let mut idx = 0;
    while idx < best.request.headers.len() {
        let mut smaller = best.clone();
        smaller.request.headers.remove(idx);
        keep_or_go_on(best, smaller, &mut idx, confirms);
    }
    let mut idx = 0;
    while idx < best.response.as_ref().map_or(0, |it| it.headers.len()) {
        let mut smaller = best.clone();
        if let Some(response) = &mut smaller.response {
            response.headers.remove(idx);
        }
        keep_or_go_on(best, smaller, &mut idx, confirms);
    }
}

fn shrink_query(best: &mut HttpExchange, confirms: Confirms<'_>) {
    let split = |url: &str| url.split_once('?').map(|it| (it.0.to_owned(), it.1.to_owned()));
    let mut idx = 0;
    while let Some((path, query)) = split(&best.request.url) {
        let mut pairs: Vec<&str> = query.split('&').collect();
        if idx >= pairs.len() {
            break;
        }
        pairs.remove(idx);
        let mut smaller = best.clone();
        let query = pairs.join("&");
        smaller.request.url = if query.is_empty() { path } else { format!("{path}?{query}") };
        keep_or_go_on(best, smaller, &mut idx, confirms);
    }
}

fn shrink_bodies(best: &mut HttpExchange, budget: &Budget, confirms: Confirms<'_>) {
    let mut bare = best.clone();
    bare.request.body = None;
    bare.request.headers.retain(|it| it.0 != "content-type");
    if best.request.body.is_some() && confirms(&bare) {
        *best = bare;
    }
    let mut bare = best.clone();
    if let Some(response) = &mut bare.response {
        response.body = None;
        response.headers.retain(|it| it.0 != "content-type");
    }
    if best.response.as_ref().is_some_and(|it| it.body.is_some()) && confirms(&bare) {
        *best = bare;
    }
    for body in [request_body, response_body] {
        let mut template = best.clone();
        let Some(HttpBody { content: Content::Json(value), .. }) = body(&mut template) else {
            continue;
        };
        let start = (value.clone(), String::new());
        let with = |value: &Value| {
            let mut exchange = template.clone();
            if let Some(body) = body(&mut exchange) {
                body.content = Content::Json(value.clone());
            }
            exchange
        };
        let (value, _) = edit::smallest(start, budget, &mut |value, _| confirms(&with(value)));
        *best = with(&value);
    }
}

fn request_body(exchange: &mut HttpExchange) -> Option<&mut HttpBody> {
    exchange.request.body.as_mut()
}

fn response_body(exchange: &mut HttpExchange) -> Option<&mut HttpBody> {
    exchange.response.as_mut()?.body.as_mut()
}

fn keep_or_go_on(
    best: &mut HttpExchange,
    smaller: HttpExchange,
    idx: &mut usize,
    confirms: Confirms<'_>,
) {
    if confirms(&smaller) {
        *best = smaller;
    } else {
        *idx += 1;
    }
}

/// What stays the same when a witness becomes smaller: where it is refused, seen from the place
/// that the witness names, and by which keyword.
type Reason = (Place, String);

/// Where a refusal is, seen from the place that a witness names, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    There,
    Inside,
    Around,
    Elsewhere,
}

/// The reasons at the place that is nearest to the one that the witness names.
fn reasons(refusals: &[Refusal], pointer: &str) -> Vec<Reason> {
    let all: Vec<Reason> = refusals.iter().map(|it| reason(it, pointer)).collect();
    let nearest = all.iter().map(|it| it.0).min();
    all.into_iter().filter(|it| Some(it.0) == nearest).collect()
}

fn reason(refusal: &Refusal, pointer: &str) -> Reason {
    let within =
        |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|it| it.starts_with('/'));
    let place = if refusal.pointer == pointer {
        Place::There
    } else if within(pointer, &refusal.pointer) {
        Place::Inside
    } else if within(&refusal.pointer, pointer) {
        Place::Around
    } else {
        Place::Elsewhere
    };
    let is_name = |it: &&str| !it.bytes().all(|it| it.is_ascii_digit());
    let keyword = refusal.keyword.rsplit('/').find(is_name).unwrap_or_default();
    (place, keyword.to_owned())
}

/// The part of an objection that does not depend on the values in the message.
fn gist(why: &str) -> &str {
    let starts = [UNANSWERED, "the media type"];
    let start = starts.iter().find(|it| why.starts_with(**it));
    let ends = [": ", " is read as "];
    let end = ends.iter().filter_map(|it| why.find(it)).min();
    start.copied().unwrap_or_else(|| why.get(..end.unwrap_or(why.len())).unwrap_or(why))
}

#[cfg(test)]
mod tests;
