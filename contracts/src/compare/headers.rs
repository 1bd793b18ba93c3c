//! Header fields of responses.

use serde_json::Value;

use crate::{
    Rule, Spot,
    compare::{
        exchange::Reply,
        response::{Meeting, answered},
        sample::Sampler,
        work::{Cause, Pair, Work, subject},
        writing::{Where, Writing, ask, rewritten},
    },
    operations::Header,
};

/// Compares the header fields of two responses.
pub(crate) fn compare(work: &mut Work, pair: &Pair, meeting: &Meeting) {
    for expected in &meeting.known.headers {
        let found = meeting.sent.headers.iter().find(|it| it.name == expected.name);
        if expected.required && !found.is_some_and(|it| it.required) {
            unsure(work, pair, meeting, (expected, found));
        }
        if let Some(found) = found {
            both(work, pair, meeting, (found, expected));
        }
    }
}

fn unsure(
    work: &mut Work,
    pair: &Pair,
    meeting: &Meeting,
    (expected, found): (&Header, Option<&Header>),
) {
    let Meeting { sent, status, .. } = meeting;
    let there = found.map_or(&sent.at, |it| &it.at);
    let told = Told {
        rule: Rule::ResponseHeaderNotGuaranteed,
        message: format!("header `{}` of `{status}` need not come any more", expected.name),
        remedy: format!("keep `{}` required", expected.name),
        sent: there.spot(),
        known: expected.at.spot(),
    };
    tell(work, pair, (meeting, expected), told, None);
}

/// A header field that both sides have.
fn both(work: &mut Work, pair: &Pair, meeting: &Meeting, (sent, known): (&Header, &Header)) {
    let direction = pair.request.reversed();
    let reading = work.reading(direction.revisions().0);
    let writings = (Writing::of_header(sent), Writing::of_header(known));
    if let Some(change) = rewritten(reading, writings, direction) {
        let sampler = Sampler { reading, direction };
        // What no style can write is never sent, before or now.
        let Some(value) = sampler.sendable(sent.schema.as_ref(), change.shape) else { return };
        let status = meeting.status;
        let told = Told {
            rule: Rule::ParameterSerializationChanged,
            message: format!(
                "header `{}` of `{status}` is written otherwise now: {}",
                known.name, change.why
            ),
            remedy: "keep the serialization, or send a header of another name".to_owned(),
            sent: sent.at.spot(),
            known: known.at.spot(),
        };
        tell(work, pair, (meeting, known), told, Some((sent, value)));
        return;
    }
    let (base, head) = direction.sides(writings.0, writings.1);
    let location = format!("status.{}.header.{}", meeting.status, known.name);
    let status = Some(meeting.status.to_string());
    ask(work, Where { operation: &pair.label, direction, location, status }, (base, head));
}

struct Told {
    rule: Rule,
    message: String,
    remedy: String,
    sent: Spot,
    known: Spot,
}

fn tell(
    work: &mut Work,
    pair: &Pair,
    (meeting, header): (&Meeting, &Header),
    told: Told,
    shown: Option<(&Header, Value)>,
) {
    let Told { rule, message, remedy, sent, known } = told;
    let Meeting { sent: response, status, code, .. } = meeting;
    let inner = format!("status.{status}.header.{}", header.name);
    let subject = subject(&sent, &pair.label, &inner);
    let (base, head) = pair.request.reversed().sides(Some(sent), Some(known));
    let because = (base.clone(), head.clone());
    let reply = Reply { header: shown, ..Reply::default() };
    let evidence = answered(work, pair, (response, *code), reply, because);
    let Some(evidence) = evidence else { return };
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
