//! Request bodies.

use kernel::Level;

use crate::{
    Direction, Evidence, Rule, UndecidedPart,
    compare::{
        contents::{self, Contents},
        encoding,
        evidence::request,
        exchange,
        exchange::Special,
        lifecycle,
        work::{Cause, Pair, Work, subject},
    },
    operations::{Body, Media},
};

/// Compares the bodies of two operations.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    let (base, head) = (pair.base.body.as_ref(), pair.head.body.as_ref());
    let (sent, read) = pair.request.sides(base, head);
    if let Some(read) = read.filter(|read| read.required && !sent.is_some_and(|it| it.required)) {
        needed(work, pair, read, sent);
    }
    match (sent, read) {
        (Some(sent), None) => unread(work, pair, sent),
        (Some(_), Some(_)) => both(work, pair),
        (None, Some(read)) if !read.required => widened(work, pair, read, None),
        (None, _) => {}
    }
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
    let evidence = request(work, pair, &special, (base.clone(), head.clone()));
    work.tell(Cause {
        rule,
        operation: &pair.label,
        subject: subject(&read.at.spot(), &pair.label, "body"),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
        base,
        head,
        evidence,
    });
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
            format!("keep `{}` in `content` beside the new media types", media.range),
        ),
        Direction::FromProvider => (
            Rule::ResponseMediaTypeUnannounced,
            format!("the event may come as `{}`, which no receiver was told", media.range),
            "send the new media type only to those who ask for it".to_owned(),
        ),
    };
    let (base, head) = pair.request.sides(media.at.spot(), read.at.spot());
    let (base, head) = (Some(base), Some(head));
    let special =
        Special { media: Some((media, name)), fixed: pair.fixed.clone(), ..Special::default() };
    let evidence = request(work, pair, &special, (base.clone(), head.clone()));
    let subject = subject(&sent.at.spot(), &pair.label, &format!("body {}", media.range));
    work.tell(Cause {
        rule,
        operation: &pair.label,
        subject,
        message,
        remedy,
        base,
        head,
        evidence,
    });
}

fn recoded(work: &mut Work, pair: &Pair, (media, sent): (&Media, &Body), other: &Media) {
    let (accepts, refuses) = pair.request.revisions();
    let changes = encoding::changes((work.reading(accepts), media), (work.reading(refuses), other));
    let sides = ((work.reading(accepts), media), (work.reading(refuses), other));
    for wanted in encoding::wanted_headers(sides.0, sides.1) {
        let detail = format!("a header of a part became required (`{wanted}`)");
        let subject = format!("{} body {} {wanted}", pair.label, media.range);
        let reason = "part-headers".to_owned();
        work.undecided.push(UndecidedPart { subject, reason, detail });
    }
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
            member: Some((change.name.clone(), change.refused)),
            ..Special::default()
        };
        let evidence = request(work, pair, &special, (base.clone(), head.clone()));
        let inner = format!("body {} {}", media.range, change.name);
        work.tell(Cause {
            rule: Rule::RequestEncodingChanged,
            operation: &pair.label,
            subject: subject(&sent.at.spot(), &pair.label, &inner),
            message: format!(
                "part `{}` of the form is read otherwise: {}",
                change.name, change.why
            ),
            remedy: "keep the encoding, or add a part of another name".to_owned(),
            base,
            head,
            evidence,
        });
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
