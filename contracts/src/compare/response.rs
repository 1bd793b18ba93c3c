//! Responses: statuses, bodies and header fields.

use std::collections::BTreeSet;

use crate::{
    Direction, ErrorStatuses, Evidence, HttpExchange, Revision, Rule, Spot,
    compare::{
        contents::{self, Contents},
        evidence::because_of,
        exchange::{self, Reply, Special},
        headers, reply_parts,
        sample::Sampler,
        work::{Cause, Pair, Work, subject},
    },
    operations::{Address, Event, Media, MediaRange, Operation, Response, Server, Status},
};

/// Two responses that one status can mean.
pub(crate) struct Meeting<'a> {
    /// What may come.
    pub sent: &'a Response,
    /// What was told.
    pub known: &'a Response,
    /// As witnesses and messages name it.
    pub status: Status,
    /// One code of it.
    pub code: u16,
}

/// Compares the responses of two operations.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    let direction = pair.request.reversed();
    let (sent, known) =
        direction.sides(pair.base.responses.as_slice(), pair.head.responses.as_slice());
    let mut met: Vec<(Spot, Spot)> = Vec::new();
    for (status, code) in codes(sent, known) {
        let Some(one) = best(sent, code) else { continue };
        match best(known, code) {
            Some(other) => {
                let places = (one.at.spot(), other.at.spot());
                let is_same = {
                    let (base, head) = direction.sides(&one.at, &other.at);
                    // In 2.0 the media types stand elsewhere.
                    work.same(base, head) && ranges(one).eq(ranges(other))
                };
                if !is_same && !met.contains(&places) {
                    met.push(places);
                    meet(work, pair, &Meeting { sent: one, known: other, status, code });
                }
            }
            None => unannounced(work, pair, one, (status, code)),
        }
    }
    let fails = success(work, pair);
    narrowed(work, pair, (sent, known), fails);
}

/// The codes that either side tells apart: those it names, and one that stands for the rest of
/// each class.
fn codes(sent: &[Response], known: &[Response]) -> Vec<(Status, u16)> {
    let keys: BTreeSet<Status> = sent.iter().chain(known).map(|it| it.status).collect();
    let named = |code: u16| keys.contains(&Status::Code(code));
    let mut found: Vec<_> = keys
        .iter()
        .filter_map(|it| if let Status::Code(code) = it { Some((*it, *code)) } else { None })
        .collect();
    let has_default = keys.contains(&Status::Default);
    for class in 1..=5 {
        let is_named = keys.contains(&Status::Class(class));
        let rest = (class * 100..class * 100 + 100).find(|it| !named(*it));
        if let Some(code) = rest.filter(|_| is_named || has_default) {
            let status = if is_named { Status::Class(class) } else { Status::Default };
            found.push((status, code));
        }
    }
    // What `default` means is asked of errors first: that is what it is for.
    found.sort_by_key(|(status, code)| (*status, std::cmp::Reverse(code / 100)));
    found
}

fn ranges(response: &Response) -> impl Iterator<Item = &MediaRange> {
    response.contents.iter().map(|it| &it.range)
}

fn best(responses: &[Response], code: u16) -> Option<&Response> {
    responses.iter().find(|it| it.status.names(code))
}

fn unannounced(work: &mut Work, pair: &Pair, sent: &Response, (status, code): (Status, u16)) {
    let direction = pair.request.reversed();
    let is_error = code >= 400;
    // A `default` beside named statuses speaks of errors; nobody announces new success with it.
    let (one, _) = direction.sides(&pair.base.responses, &pair.head.responses);
    let has_success = one.iter().any(|it| it.status.is_success());
    if sent.status == Status::Default && has_success && !is_error {
        return;
    }
    let spot = sent.at.spot();
    let subject = format!("{}#status.{status}", pair.label);
    let is_policy = work.settings.error_statuses == ErrorStatuses::Expected;
    let (base, head) = direction.sides(Some(spot), None);
    let base = base.or_else(|| Some(pair.base.listed.at.spot()));
    let head = head.or_else(|| Some(pair.head.listed.at.spot()));
    if is_error && is_policy {
        if direction == Direction::FromProvider {
            work.tell(Cause {
                rule: Rule::ErrorStatusAdded,
                operation: &pair.label,
                subject,
                message: format!("the error `{status}` is announced"),
                remedy: "nothing to do: clients take an unknown code as its class".to_owned(),
                base,
                head,
                evidence: Evidence::Texts { base: None, head: Some(status.to_string()) },
            });
        }
        return;
    }
    let because = (base.clone(), head.clone());
    let evidence = answered(work, pair, (sent, code), Reply::default(), because);
    let Some(evidence) = evidence else { return };
    work.tell(Cause {
        rule: Rule::ResponseStatusUnannounced,
        operation: &pair.label,
        subject,
        message: match direction {
            Direction::FromProvider => {
                format!("`{status}` may come now; clients were told of no such answer")
            }
            Direction::ToProvider => {
                format!("`{status}` is no answer any more that the provider takes")
            }
        },
        remedy: match direction {
            Direction::FromProvider => {
                format!("send `{status}` only to those who ask for it, or in a new version")
            }
            Direction::ToProvider => format!("keep `{status}`"),
        },
        base,
        head,
        evidence,
    });
}

/// No 2xx is left on the side of head; tells whether that is so.
fn success(work: &mut Work, pair: &Pair) -> bool {
    if pair.request == Direction::FromProvider {
        // What receivers may answer is compared status by status.
        return false;
    }
    let can = |it: &&Response| it.status.is_success() || it.status == Status::Default;
    if pair.head.responses.iter().any(|it| can(&it)) {
        return false;
    }
    let Some(gone) = pair.base.responses.iter().find(|it| it.status.is_success()) else {
        return false;
    };
    let code = exchange::code(gone.status, &pair.base.responses);
    let because = (Some(gone.at.spot()), Some(pair.head.listed.at.spot()));
    let reading = work.base;
    let direction = Direction::FromProvider;
    let sampler = Sampler { reading, direction };
    let special = Special { fixed: pair.fixed.clone(), ..Special::default() };
    let request = exchange::request(reading, pair.base, pair.request, &special);
    let response = exchange::response(sampler, gone, code, Reply::default());
    let (Some(request), Some(response)) = (request, response) else { return false };
    let evidence = Evidence::Exchange(HttpExchange {
        direction,
        operation: pair.label.clone(),
        accepted_by: Revision::Base,
        refused_by: Revision::Head,
        request,
        response: Some(response),
        because: because_of(work, because.clone()),
    });
    work.tell(Cause {
        rule: Rule::ResponseSuccessRemoved,
        operation: &pair.label,
        subject: format!("{}#status", pair.label),
        message: "no answer of success is left".to_owned(),
        remedy: format!("keep `{}` among the responses", gone.status),
        base: because.0,
        head: because.1,
        evidence,
    });
    true
}

fn narrowed(work: &mut Work, pair: &Pair, (sent, known): (&[Response], &[Response]), fails: bool) {
    if pair.request == Direction::FromProvider {
        return;
    }
    let is_gone = |it: &&Response| !sent.iter().any(|other| other.status == it.status);
    // That no success is left was told already.
    let is_told = |it: &Response| fails && it.status.is_success();
    for gone in known.iter().filter(is_gone).filter(|it| !is_told(it)) {
        let status = gone.status.to_string();
        work.tell(Cause {
            rule: Rule::OutputNarrowed,
            operation: &pair.label,
            subject: format!("{}#status.{status}", pair.label),
            message: format!("`{status}` does not come any more"),
            remedy: "nothing to do".to_owned(),
            base: Some(gone.at.spot()),
            head: Some(pair.head.listed.at.spot()),
            evidence: Evidence::Texts { base: Some(status), head: None },
        });
    }
}

/// Two responses to one status.
fn meet(work: &mut Work, pair: &Pair, meeting: &Meeting) {
    let direction = pair.request.reversed();
    let Meeting { sent, known, status, .. } = meeting;
    let (base, head) = direction.sides(*sent, *known);
    if sent.contents.is_empty() && !known.contents.is_empty() {
        missing(work, pair, meeting);
    }
    if !sent.contents.is_empty() && !known.contents.is_empty() {
        let contents = Contents {
            operation: &pair.label,
            direction,
            location: format!("status.{status}.body"),
            status: Some(status.to_string()),
            base: &base.contents,
            head: &head.contents,
        };
        for media in contents::compare(work, &contents) {
            surprising(work, pair, meeting, media);
        }
        for media in &known.contents {
            if media.range.best_of(&sent.contents, |it| &it.range).is_none() {
                less(work, pair, meeting, media);
            }
        }
    }
    reply_parts::compare(work, pair, meeting);
    headers::compare(work, pair, meeting);
}

fn missing(work: &mut Work, pair: &Pair, meeting: &Meeting) {
    let Meeting { sent, known, status, code } = meeting;
    let direction = pair.request.reversed();
    let (base, head) = direction.sides(sent.at.spot(), known.at.spot());
    let evidence = answered(
        work,
        pair,
        (sent, *code),
        Reply::default(),
        (Some(base.clone()), Some(head.clone())),
    );
    let Some(evidence) = evidence else { return };
    work.tell(Cause {
        rule: Rule::ResponseBodyMissing,
        operation: &pair.label,
        subject: subject(&sent.at.spot(), &pair.label, &format!("status.{status}.body")),
        message: format!("`{status}` comes without the body that was promised"),
        remedy: format!("keep `content` of `{status}`"),
        base: Some(base),
        head: Some(head),
        evidence,
    });
}

/// A media type that nobody was told.
fn surprising(work: &mut Work, pair: &Pair, meeting: &Meeting, media: &Media) {
    let Meeting { sent, known, status, code } = meeting;
    let direction = pair.request.reversed();
    let taken: Vec<_> = known.contents.iter().map(|it| &it.range).collect();
    let others = sent.contents.iter().map(|it| &it.range);
    let others = others.filter(|it| **it != media.range && media.range.covers(it));
    let name = media.range.sample(&taken.iter().copied().chain(others).collect::<Vec<_>>());
    let told = known.contents.first().map_or(&known.at, Media::said_at);
    let (base, head) = direction.sides(media.said_at().spot(), told.spot());
    let because = (Some(base), Some(head));
    let evidence = answered(
        work,
        pair,
        (sent, *code),
        Reply { media: Some((media, name)), ..Reply::default() },
        because.clone(),
    );
    let Some(evidence) = evidence else { return };
    let (subject, noun) = told_of(pair, (sent, status), media);
    work.tell(Cause {
        rule: Rule::ResponseMediaTypeUnannounced,
        operation: &pair.label,
        subject,
        message: format!("{noun} may come as `{}`, which nobody was told", media.range),
        remedy: "send the new media type only to those who ask for it".to_owned(),
        base: because.0,
        head: because.1,
        evidence,
    });
}

/// Subject and noun for a media type: of a list of 2.0, or of one response.
fn told_of(
    pair: &Pair,
    (response, status): (&Response, &Status),
    media: &Media,
) -> (String, String) {
    if let Some(list) = media.list(&pair.label) {
        return (format!("{list} {}", media.range), "an answer".to_owned());
    }
    let inner = format!("status.{status}.body {}", media.range);
    (subject(&response.at.spot(), &pair.label, &inner), format!("`{status}`"))
}

fn less(work: &mut Work, pair: &Pair, meeting: &Meeting, media: &Media) {
    if pair.request == Direction::FromProvider {
        return;
    }
    let (subject, noun) = told_of(pair, (meeting.known, &meeting.status), media);
    work.tell(Cause {
        rule: Rule::OutputNarrowed,
        operation: &pair.label,
        subject,
        message: format!("{noun} does not come as `{}` any more", media.range),
        remedy: "nothing to do".to_owned(),
        base: Some(media.said_at().spot()),
        head: Some(meeting.sent.at.spot()),
        evidence: Evidence::Texts { base: Some(media.range.to_string()), head: None },
    });
}

/// The base URL of base at which head answers too.
fn served_by_both<'a>(work: &Work, pair: &Pair<'a>) -> Option<&'a Server> {
    let address = |server: &Server, operation: &Operation| {
        let prefix = server.key(work.settings.servers);
        Address::parse(&format!("{prefix}{}", operation.listed.path))
    };
    pair.base.servers.iter().find(|server| {
        let asked = address(server, pair.base);
        pair.head.servers.iter().any(|it| address(it, pair.head).answers(&asked).is_some())
    })
}

/// A response that its sender's side allows and the other does not; nothing if there can be none.
pub(crate) fn answered(
    work: &Work,
    pair: &Pair,
    (sent, code): (&Response, u16),
    reply: Reply,
    because: (Option<Spot>, Option<Spot>),
) -> Option<Evidence> {
    let direction = pair.request.reversed();
    let (accepted_by, refused_by) = direction.revisions();
    let sampler = Sampler { reading: work.reading(accepted_by), direction };
    // The request is one that was fine before, and that both sides route to this operation, if
    // there is one; else the one that is answered now.
    let server = served_by_both(work, pair);
    let is_old = pair.request == Direction::ToProvider
        && (server.is_some() || pair.base.listed.event != Event::Call);
    let (asking, revision) =
        if is_old { (pair.base, Revision::Base) } else { (pair.head, Revision::Head) };
    let server = server.filter(|_| is_old);
    let special = Special { fixed: pair.fixed.clone(), server, ..Special::default() };
    Some(Evidence::Exchange(HttpExchange {
        direction,
        operation: pair.label.clone(),
        accepted_by,
        refused_by,
        request: exchange::request(work.reading(revision), asking, pair.request, &special)?,
        response: Some(exchange::response(sampler, sent, code, reply)?),
        because: because_of(work, because),
    }))
}
