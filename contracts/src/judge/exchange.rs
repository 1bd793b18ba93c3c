//! A plain reading of the OpenAPI Specification on one concrete message.
//!
//! Conventions of witnesses: relative servers are at `https://contract.example`; webhooks and
//! callbacks are found by the name of the operation, whatever the address; a credential is
//! `‹name scope …›` in its place of the wire, a client certificate the field `client-certificate`.

mod body;
mod credential;
mod declared;
mod event;
mod form;
pub(super) mod media;
mod member;
mod parameter;
mod response;
pub(super) mod route;
mod server;
mod shape;
mod style;

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    instance::name,
    texts::{At, Texts},
    validator::Verdict,
    world::{Manner, Ruling, World},
};
use crate::{Direction, HttpExchange, Revision};

/// What was read of a message: each location with its value, all scalars as texts.
pub(super) type Reads = BTreeMap<String, Value>;

/// Why a message is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Objection {
    Refused(String),
    Unable(String),
}

pub(super) type Taking<T> = Result<T, Objection>;

/// One side, asked about one exchange.
#[derive(Clone, Copy)]
struct Side<'w> {
    world: &'w World,
    revision: Revision,
    texts: &'w Texts,
    /// Does the tag of a discriminator select a schema?
    by_tag: bool,
    /// Do only those alternatives read a member that take its object?
    is_exact: bool,
    /// Do the values that are looked into travel as characters?
    is_text: bool,
}

/// The operation that answers.
#[derive(Debug, Clone)]
struct Call {
    /// The operation object.
    operation: At,
    /// The path item, then those that it refers to.
    items: Vec<At>,
    /// The method, in upper case where it is one of HTTP's own.
    method: String,
    /// The texts of path parameters by name, each with its offset in the path of the URL.
    path: BTreeMap<String, (usize, String)>,
    /// Who sends the request.
    direction: Direction,
}

impl World {
    /// Does one side take the exchange, and the other refuse it or not read what it says?
    #[must_use]
    pub fn rule_exchange(&self, exchange: &HttpExchange) -> Ruling {
        match self.objection(exchange, false) {
            Ok(_) => Ruling::Confirmed,
            Err(ruling) => ruling,
        }
    }

    /// Does the side take the exchange that should? If not, it shows nothing either way: it was made
    /// up of samples, and one of them is wrong.
    #[must_use]
    pub fn takes_exchange(&self, exchange: &HttpExchange) -> bool {
        self.side(exchange.accepted_by, false).take(exchange).is_ok()
    }

    /// Why the one side refuses what the other takes, or what it does not read. If brief, nothing
    /// is said of an exchange that shows nothing.
    pub(super) fn objection(
        &self,
        exchange: &HttpExchange,
        is_brief: bool,
    ) -> Result<String, Ruling> {
        let take = |revision, by_tag| self.side(revision, by_tag).take(exchange);
        let both = |by_tag| (take(exchange.accepted_by, by_tag), take(exchange.refused_by, by_tag));
        let accepted = take(exchange.accepted_by, false);
        if is_brief && accepted.is_err() {
            return Err(Ruling::Contradicted(String::new()));
        }
        let (accepted, refused) = match (accepted, take(exchange.refused_by, false)) {
            (Ok(here), Ok(there)) => {
                if let Some(lost) = lost(&here, &there, exchange.response.is_some()) {
                    return Ok(lost);
                }
                both(true)
            }
            other => other,
        };
        match (accepted, refused) {
            (Ok(_), Err(Objection::Refused(why))) => Ok(why),
            (Err(Objection::Unable(why)), _) | (_, Err(Objection::Unable(why))) => {
                Err(Ruling::Unable(why))
            }
            (Err(Objection::Refused(why)), _) => {
                let side = name(exchange.accepted_by);
                Err(Ruling::Contradicted(format!("{side} refuses it: {why}")))
            }
            (Ok(_), Ok(_)) => self.unread(exchange).ok_or_else(|| {
                let side = name(exchange.refused_by);
                Ruling::Contradicted(format!("{side} takes it too and reads the same"))
            }),
        }
    }

    /// May a value of the schema be a list?
    pub(super) fn takes_lists(&self, revision: Revision, at: &At) -> bool {
        let shapes = self.side(revision, false).outline([at]).shapes;
        shapes.is_empty() || shapes.contains(&style::Shape::List)
    }

    /// What only an alternative reads that does not take the message.
    fn unread(&self, exchange: &HttpExchange) -> Option<String> {
        let read = |revision| {
            let side = Side { is_exact: true, ..self.side(revision, false) };
            side.take(exchange).ok()
        };
        let (here, there) = (read(exchange.accepted_by)?, read(exchange.refused_by)?);
        lost(&here, &there, exchange.response.is_some())
    }

    fn side(&self, revision: Revision, by_tag: bool) -> Side<'_> {
        Side {
            world: self,
            revision,
            texts: self.texts(revision),
            by_tag,
            is_exact: false,
            is_text: false,
        }
    }
}

/// The first thing that one side reads and the other does not, or not as this value. Whoever gets
/// an answer may ignore what nobody told it.
fn lost(here: &Reads, there: &Reads, is_answer: bool) -> Option<String> {
    here.iter().find_map(|(location, value)| match there.get(location) {
        // A path is read by whoever answers it: a literal of a template is as good as a parameter.
        None if is_answer || is_of_path(location, there) => None,
        None => Some(format!("`{location}` is not read")),
        Some(other) if other != value => Some(format!("`{location}` is read as {other}")),
        Some(_) => None,
    })
}

/// Is it a part of the path that the other side reads as something whole?
fn is_of_path(location: &str, there: &Reads) -> bool {
    let whole = location.split_once('#').map(|it| it.0);
    let is_object = whole.and_then(|it| there.get(it)).is_some_and(Value::is_object);
    location.starts_with("path at ") && !is_object
}

impl Side<'_> {
    fn take(self, exchange: &HttpExchange) -> Taking<Reads> {
        if self.texts.is_gone() {
            return refused("the contract is gone");
        }
        if let Some(problem) = self.texts.problem() {
            return Err(Objection::Unable(problem));
        }
        let call = self.call(exchange)?;
        match &exchange.response {
            // The request only says which answer is meant.
            Some(response) => self.response(&call, exchange, response),
            None => self.request(&call, exchange),
        }
    }

    fn request(self, call: &Call, exchange: &HttpExchange) -> Taking<Reads> {
        let mut reads = Reads::new();
        self.parameters(call, &exchange.request, &mut reads)?;
        self.credentials(call, &exchange.request, &mut reads)?;
        self.request_body(call, &exchange.request, &mut reads)?;
        Ok(reads)
    }

    /// Is the value one of the schema?
    fn fits(self, at: &At, direction: Direction, value: &Value, is_text: bool) -> Verdict {
        let manner = Manner { direction, by_tag: self.by_tag, is_brief: false };
        if is_text {
            return self.world.ask_text((self.revision, at), manner, value);
        }
        self.world.ask((self.revision, at), manner, value)
    }

    /// The value of a place, its references followed.
    fn object(self, at: &At) -> Option<(At, Value)> {
        let at = self.texts.settle(at)?;
        let value = self.texts.value(&at)?;
        Some((at, value))
    }

    /// The version begins so, such as `3.0`.
    fn is_version(self, start: &str) -> bool {
        self.texts.openapi().is_some_and(|it| it.starts_with(start))
    }

    fn is_swagger(self) -> bool {
        self.texts.swagger().is_some()
    }
}

fn refused<T>(why: impl Into<String>) -> Taking<T> {
    Err(Objection::Refused(why.into()))
}

/// A verdict about a part of a message.
fn part(verdict: Verdict, what: &str) -> Taking<()> {
    match verdict {
        Verdict::Accepted => Ok(()),
        Verdict::Unable(why) => Err(Objection::Unable(why)),
        Verdict::Refused(refusals) => {
            let because = refusals.first().map_or("", |it| it.because.as_str());
            refused(format!("{what} does not fit: {because}"))
        }
    }
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name) == Some(&Value::Bool(true))
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

/// The other way round.
fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::ToProvider => Direction::FromProvider,
        Direction::FromProvider => Direction::ToProvider,
    }
}

#[cfg(test)]
pub(super) mod tests;
