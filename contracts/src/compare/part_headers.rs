//! Header fields of the parts of a multipart body (OAS, Encoding Object).

use crate::{
    Direction, Rule,
    compare::{
        encoding,
        evidence::{self, Claim},
        exchange::{self, Special, header_text},
        form::Member,
        sample::Sampler,
        work::{Pair, Work, subject},
        writing::{Where, Writing, ask, rewritten},
    },
    operations::{Body, Header, Media},
};

/// A part of both sides, as one sends it.
struct Parts<'a> {
    media: &'a Media,
    body: &'a Body,
    other: &'a Media,
    /// The name of the part.
    name: &'a str,
}

/// What is wrong with one header field of a part.
struct Told<'a> {
    rule: Rule,
    message: String,
    remedy: String,
    sent: Option<&'a Header>,
    read: Option<&'a Header>,
    /// The text with which it is sent; otherwise it is only there if the sender needs it.
    text: Option<String>,
}

/// Compares the header fields of all parts that both sides have.
pub(crate) fn compare(work: &mut Work, pair: &Pair, (media, body): (&Media, &Body), other: &Media) {
    let (accepts, refuses) = pair.request.revisions();
    let sent = encoding::parts((work.reading(accepts), media));
    let read = encoding::parts((work.reading(refuses), other));
    for (name, sent) in &sent {
        let Some(read) = read.get(name) else { continue };
        let parts = Parts { media, body, other, name };
        for header in &read.headers {
            let own = sent.headers.iter().find(|it| it.name == header.name);
            if header.required && !own.is_some_and(|it| it.required) {
                needed(work, pair, &parts, (own, header));
            }
        }
        for header in &sent.headers {
            match read.headers.iter().find(|it| it.name == header.name) {
                Some(other) => both(work, pair, &parts, (header, other)),
                None => unread(work, pair, &parts, header),
            }
        }
    }
}

fn needed(work: &mut Work, pair: &Pair, parts: &Parts, (sent, read): (Option<&Header>, &Header)) {
    let (name, header) = (parts.name, &read.name);
    let (rule, message, remedy) = match pair.request {
        Direction::ToProvider => (
            Rule::RequestEncodingChanged,
            format!("part `{name}` of the form needs the header `{header}` now"),
            format!("leave the header `{header}` of the part optional"),
        ),
        Direction::FromProvider => (
            Rule::ResponseHeaderNotGuaranteed,
            format!("header `{header}` of the part `{name}` need not come any more"),
            format!("keep `{header}` required"),
        ),
    };
    tell(work, pair, parts, Told { rule, message, remedy, sent, read: Some(read), text: None });
}

/// A header field that nobody reads any more.
fn unread(work: &mut Work, pair: &Pair, parts: &Parts, header: &Header) {
    if pair.request == Direction::FromProvider {
        return;
    }
    let value = sampler(work, pair).present(header.schema.as_ref());
    let (name, what) = (parts.name, &header.name);
    let told = Told {
        rule: Rule::InputUnread,
        message: format!(
            "header `{what}` of the part `{name}` is not read any more: what callers send is ignored"
        ),
        remedy: format!("keep the header `{what}` of the part"),
        sent: Some(header),
        read: None,
        text: Some(header_text(header, &value)),
    };
    tell(work, pair, parts, told);
}

/// A header field that both sides have.
fn both(work: &mut Work, pair: &Pair, parts: &Parts, (sent, read): (&Header, &Header)) {
    let reading = work.reading(pair.request.revisions().0);
    let writings = (Writing::of_header(sent), Writing::of_header(read));
    let schema = sent.schema.as_ref();
    if let Some(change) = rewritten(reading, writings, pair.request) {
        // What no style can write is never sent, before or now.
        let value = sampler(work, pair).sendable(schema, change.shape);
        let Some(value) = value else { return };
        let (name, what) = (parts.name, &sent.name);
        let told = Told {
            rule: Rule::RequestEncodingChanged,
            message: format!(
                "header `{what}` of the part `{name}` is written otherwise now: {}",
                change.why
            ),
            remedy: "keep the serialization, or add a header of another name".to_owned(),
            sent: Some(sent),
            read: Some(read),
            text: Some(header_text(sent, &value)),
        };
        tell(work, pair, parts, told);
        return;
    }
    let (base, head) = pair.request.sides(writings.0, writings.1);
    let location = format!("form.{}.header.{}", parts.name, sent.name);
    let place = Where { operation: &pair.label, direction: pair.request, location, status: None };
    ask(work, place, (base, head));
}

fn sampler<'a>(work: &'a Work, pair: &Pair) -> Sampler<'a> {
    Sampler { reading: work.reading(pair.request.revisions().0), direction: pair.request }
}

fn tell(work: &mut Work, pair: &Pair, parts: &Parts, told: Told) {
    let Told { rule, message, remedy, sent, read, text } = told;
    let header = sent.or(read).map(|it| it.name.clone()).unwrap_or_default();
    let sent_at = sent.map_or_else(|| parts.media.at.spot(), |it| it.at.spot());
    let read_at = read.map_or_else(|| parts.other.at.spot(), |it| it.at.spot());
    let (base, head) = pair.request.sides(Some(sent_at), Some(read_at));
    let name = exchange::media_name(parts.media, &parts.body.contents);
    let special = Special {
        media: Some((parts.media, name)),
        fixed: pair.fixed.clone(),
        member: Some(Member {
            name: parts.name.to_owned(),
            media: None,
            header: text.map(|it| (header.clone(), it)),
        }),
        ..Special::default()
    };
    let inner = format!("body {} {} {header}", parts.media.range, parts.name);
    let subject = subject(&parts.body.at.spot(), &pair.label, &inner);
    evidence::tell(work, pair, Claim { rule, subject, message, remedy, base, head }, &special);
}
