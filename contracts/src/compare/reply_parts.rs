//! The media types of parts of a multipart answer. OAS 3.1.1 lets `encoding` speak of answers too;
//! in 3.0 it is read in requests only.

use crate::{
    Rule, Version,
    compare::{
        encoding,
        exchange::{self, Reply},
        form::Member,
        response::{Meeting, answered},
        work::{Cause, Pair, Work, subject},
    },
};

/// Tells of parts that come as what nobody was told.
pub(crate) fn compare(work: &mut Work, pair: &Pair, meeting: &Meeting) {
    let Meeting { sent, known, status, code } = meeting;
    let direction = pair.request.reversed();
    let (accepts, refuses) = direction.revisions();
    let is_old = |it| work.reading(it).contract.version <= Version::V3_0;
    if is_old(accepts) || is_old(refuses) {
        return;
    }
    let multipart = sent.contents.iter().filter(|it| it.range.is_form());
    let pairs =
        multipart.filter_map(|it| Some((it, it.range.best_of(&known.contents, |it| &it.range)?)));
    for (media, read) in pairs {
        let sides = ((work.reading(accepts), media), (work.reading(refuses), read));
        for change in encoding::changes(sides.0, sides.1, direction) {
            let Some(name_sent) = change.refused else { continue };
            let (base, head) = direction.sides(
                change.base.map_or_else(|| media.at.spot(), |it| it.spot()),
                change.head.map_or_else(|| read.at.spot(), |it| it.spot()),
            );
            let name = exchange::media_name(media, &sent.contents);
            let member =
                Member { name: change.name.clone(), media: Some(name_sent), ..Member::default() };
            let reply =
                Reply { media: Some((media, name)), member: Some(member), ..Reply::default() };
            let because = (Some(base.clone()), Some(head.clone()));
            let Some(evidence) = answered(work, pair, (sent, *code), reply, because) else {
                continue;
            };
            let inner = format!("status.{status}.body {} {}", media.range, change.name);
            work.tell(Cause {
                rule: Rule::ResponseMediaTypeUnannounced,
                operation: &pair.label,
                subject: subject(&sent.at.spot(), &pair.label, &inner),
                message: format!(
                    "part `{}` of `{status}` comes as nobody was told: {}",
                    change.name, change.why
                ),
                remedy: "keep the encoding, or add a part of another name".to_owned(),
                base: Some(base),
                head: Some(head),
                evidence,
            });
        }
    }
}
