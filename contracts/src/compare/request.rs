//! Request bodies.

use kernel::Level;

use crate::{
    Direction, Evidence, Rule,
    compare::{
        contents::{self, Contents},
        encoding,
        evidence::{Claim, request, tell},
        exchange,
        exchange::Special,
        form::Member,
        lifecycle, part_headers,
        work::{Cause, Pair, Work, subject},
    },
    operations::{Body, Media, Parameter, Place},
};

/// Compares the bodies of two operations.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    let (base, head) = (pair.base.body.as_ref(), pair.head.body.as_ref());
    let (sent, read) = pair.request.sides(base, head);
    let is_needed = |read: &&Body| read.required && !sent.is_some_and(|it| it.required);
    if let Some(read) = read.filter(is_needed).filter(|_| !needs_field(pair)) {
        needed(work, pair, read, sent);
    }
    match (sent, read) {
        (Some(sent), None) => unread(work, pair, sent),
        (Some(_), Some(_)) => both(work, pair),
        (None, Some(read)) if !read.required => widened(work, pair, read, None),
        (None, _) => {}
    }
}

/// Is the body only needed because a field of it is, which is told by itself?
fn needs_field(pair: &Pair) -> bool {
    let (sender, receiver) = pair.request.sides(pair.base, pair.head);
    // Fields are only compared with fields.
    let is_form = sender.body.iter().flat_map(|it| &it.contents).any(|it| it.has_fields);
    let has =
        |it: &Parameter| sender.parameters.iter().any(|own| own.key() == it.key() && own.required);
    let mut fields = receiver.parameters.iter().filter(|it| it.place == Place::Form);
    is_form && fields.any(|it| it.required && !has(it))
}

fn both(work: &mut Work, pair: &Pair) {
    let (Some(base), Some(head)) = (&pair.base.body, &pair.head.body) else { return };
    let contents = Contents {
        operation: &pair.label,
        direction: pair.request,
        location: "body".to_owned(),
        status: None,
        base: &base.contents,
        head: &head.contents,
    };
    let refused = contents::compare(work, &contents);
    let (sent, read) = pair.request.sides(base, head);
    for media in refused {
        if !(read.contents.is_empty()) {
            refuse(work, pair, media, (sent, read));
        }
    }
    for media in &sent.contents {
        let Some(other) = media.range.best_of(&read.contents, |it| &it.range) else { continue };
        if media.range.is_form() {
            recoded(work, pair, (media, sent), other);
        }
    }
    for media in &read.contents {
        if media.range.best_of(&sent.contents, |it| &it.range).is_none() {
            widened(work, pair, read, Some(media));
        }
    }
}

fn needed(work: &mut Work, pair: &Pair, read: &Body, sent: Option<&Body>) {
    let (rule, message, remedy) = match pair.request {
        Direction::ToProvider => (
            Rule::RequestBodyRequired,
            "calls without a body are refused now",
            "leave the body optional (`required: false`)",
        ),
        Direction::FromProvider => (
            Rule::ResponseBodyMissing,
            "the event may come without a body; receivers rely on it",
            "keep the body required",
        ),
    };
    let sent = sent.map_or_else(|| None, |it| Some(it.at.spot()));
    let (base, head) = pair.request.sides(sent, Some(read.at.spot()));
    let base = base.or_else(|| Some(pair.base.listed.at.spot()));
    let head = head.or_else(|| Some(pair.head.listed.at.spot()));
    let special = Special { is_bare: true, fixed: pair.fixed.clone(), ..Special::default() };
    let (message, remedy) = (message.to_owned(), remedy.to_owned());
    let subject = subject(&read.at.spot(), &pair.label, "body");
    tell(work, pair, Claim { rule, subject, message, remedy, base, head }, &special);
}

/// The whole body is gone.
fn unread(work: &mut Work, pair: &Pair, sent: &Body) {
    // Of a body without a media type nothing is known that could be sent.
    if pair.request == Direction::FromProvider || sent.contents.is_empty() {
        return;
    }
    let base = Some(sent.at.spot());
    let head = Some(pair.head.listed.at.spot());
    let media = sent.contents.first().map(|it| (it, exchange::media_name(it, &sent.contents)));
    let special = Special { media, fixed: pair.fixed.clone(), ..Special::default() };
    let evidence = request(work, pair, &special, (base.clone(), head.clone()));
    let Some(evidence) = evidence else { return };
    let is_over = lifecycle::is_over(work.base, &pair.base.listed.at, work.settings.now);
    let level = if is_over { Level::Note } else { Rule::InputUnread.level() };
    let cause = Cause {
        rule: Rule::InputUnread,
        operation: &pair.label,
        subject: subject(&sent.at.spot(), &pair.label, "body"),
        message: "the request body is not read any more: what callers send is ignored".to_owned(),
        remedy: "keep the body, or deprecate the operation with a sunset".to_owned(),
        base,
        head,
        evidence,
    };
    work.tell_at(level, cause);
}

fn refuse(work: &mut Work, pair: &Pair, media: &Media, (sent, read): (&Body, &Body)) {
    let taken: Vec<_> = read.contents.iter().map(|it| &it.range).collect();
    let others = sent.contents.iter().map(|it| &it.range);
    let others = others.filter(|it| **it != media.range && media.range.covers(it));
    let name = media.range.sample(&taken.iter().copied().chain(others).collect::<Vec<_>>());
    let (rule, message, remedy) = match pair.request {
        Direction::ToProvider => (
            Rule::RequestMediaTypeRefused,
            format!("bodies of type `{}` are not taken any more", media.range),
            format!("keep `{}` beside the new media types", media.range),
        ),
        Direction::FromProvider => (
            Rule::ResponseMediaTypeUnannounced,
            format!("the event may come as `{}`, which no receiver was told", media.range),
            "send the new media type only to those who ask for it".to_owned(),
        ),
    };
    let taken = read.contents.first().map_or(&read.at, Media::said_at);
    let (base, head) = pair.request.sides(media.said_at().spot(), taken.spot());
    let (base, head) = (Some(base), Some(head));
    let special =
        Special { media: Some((media, name)), fixed: pair.fixed.clone(), ..Special::default() };
    let of_body = || subject(&sent.at.spot(), &pair.label, &format!("body {}", media.range));
    let list = media.list(&pair.label).map(|it| format!("{it} {}", media.range));
    let subject = list.unwrap_or_else(of_body);
    tell(work, pair, Claim { rule, subject, message, remedy, base, head }, &special);
}

fn recoded(work: &mut Work, pair: &Pair, (media, sent): (&Media, &Body), other: &Media) {
    let (accepts, refuses) = pair.request.revisions();
    let sides = ((work.reading(accepts), media), (work.reading(refuses), other));
    let changes = encoding::changes(sides.0, sides.1, pair.request);
    part_headers::compare(work, pair, (media, sent), other);
    for change in changes {
        let (base, head) = pair.request.sides(
            change.base.map_or_else(|| media.at.spot(), |it| it.spot()),
            change.head.map_or_else(|| other.at.spot(), |it| it.spot()),
        );
        let (base, head) = (Some(base), Some(head));
        let name = exchange::media_name(media, &sent.contents);
        let special = Special {
            media: Some((media, name)),
            fixed: pair.fixed.clone(),
            member: Some(Member {
                name: change.name.clone(),
                media: change.refused,
                ..Member::default()
            }),
            ..Special::default()
        };
        let inner = format!("body {} {}", media.range, change.name);
        let claim = Claim {
            rule: Rule::RequestEncodingChanged,
            subject: subject(&sent.at.spot(), &pair.label, &inner),
            message: format!(
                "part `{}` of the form is read otherwise: {}",
                change.name, change.why
            ),
            remedy: "keep the encoding, or add a part of another name".to_owned(),
            base,
            head,
        };
        tell(work, pair, claim, &special);
    }
}

fn widened(work: &mut Work, pair: &Pair, read: &Body, media: Option<&Media>) {
    if pair.request == Direction::FromProvider {
        return;
    }
    let what = media.map_or_else(|| "body".to_owned(), |it| it.range.to_string());
    let inner = media.map_or_else(|| "body".to_owned(), |it| format!("body {}", it.range));
    work.tell(Cause {
        rule: Rule::InputWidened,
        operation: &pair.label,
        subject: subject(&read.at.spot(), &pair.label, &inner),
        message: format!("`{what}` is read now"),
        remedy: "nothing to do".to_owned(),
        base: Some(pair.base.listed.at.spot()),
        head: Some(contents::spot(media, &read.at)),
        evidence: Evidence::Texts { base: None, head: Some(what) },
    });
}
