//! The request that shows what broke: the one of the witness, or the smallest one around it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Content, Contract, Direction, Evidence, Finding, HttpRequest, JsonInstance, Store,
    compare::{
        exchange::{self, Special},
        form_text,
    },
    operations::{Body, Media, MediaRange, Operation, Reading, calls, expand},
};

/// A request for each finding about one operation of base; those that no request shows are left
/// out.
#[must_use]
pub fn requests(
    store: &Store,
    base: &Contract,
    label: &str,
    findings: Vec<Finding>,
) -> Vec<(Finding, HttpRequest)> {
    let reading = Reading { store, contract: base };
    let listed = calls(reading).into_iter().find(|it| it.label() == label);
    let Some(operation) = listed.map(|it| expand(reading, &it)) else { return Vec::new() };
    let pair = |it: Finding| {
        let request = request(reading, &operation, &it.evidence)?;
        Some((it, request))
    };
    findings.into_iter().filter_map(pair).collect()
}

fn request(reading: Reading, operation: &Operation, evidence: &Evidence) -> Option<HttpRequest> {
    match evidence {
        Evidence::Exchange(it) => Some(it.request.clone()),
        Evidence::Instance(it) if it.direction == Direction::FromProvider => {
            plain(reading, operation, &Special::default())
        }
        Evidence::Instance(it) if it.location == "body" => with_body(reading, operation, it),
        Evidence::Instance(it) => {
            let parameter = operation.parameters.iter().find(|one| one.location() == it.location);
            let parameters = vec![(parameter?, it.instance.clone())];
            plain(reading, operation, &Special { parameters, ..Special::default() })
        }
        Evidence::Symbol { .. }
        | Evidence::Texts { .. }
        | Evidence::Rejected { .. }
        | Evidence::Readings { .. } => None,
    }
}

fn plain(reading: Reading, operation: &Operation, special: &Special) -> Option<HttpRequest> {
    exchange::request(reading, operation, Direction::ToProvider, special)
}

/// The smallest request, with the witness in the place of its body.
fn with_body(
    reading: Reading,
    operation: &Operation,
    witness: &JsonInstance,
) -> Option<HttpRequest> {
    let (media, name) = media(operation.body.as_ref()?, witness.media_type.as_deref())?;
    let special = Special { media: Some((media, name.clone())), ..Special::default() };
    let mut request = plain(reading, operation, &special)?;
    let range = MediaRange::parse(&name);
    let body = request.body.as_mut()?;
    let instance = &witness.instance;
    if range.is_json() {
        body.content = Content::Json(instance.clone());
    } else if range.is_urlencoded() {
        body.content = Content::Text(form_text(instance));
    } else if let (Value::String(text), false) = (instance, range.is_form()) {
        body.content = Content::Text(text.clone());
    }
    // A multipart body keeps the parts of its sample.
    Some(request)
}

/// The entry of a content that a witness is of, and a media type that it describes.
fn media<'a>(body: &'a Body, said: Option<&str>) -> Option<(&'a Media, String)> {
    let wanted = said.map(MediaRange::parse);
    let is_it = |it: &&Media| wanted.as_ref().is_none_or(|wanted| it.range == *wanted);
    let by_name: BTreeMap<bool, &Media> =
        body.contents.iter().rev().filter(is_it).map(|it| (!it.range.is_json(), it)).collect();
    let media = *by_name.values().next()?;
    Some((media, exchange::media_name(media, &body.contents)))
}
