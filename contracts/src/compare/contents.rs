//! Media types of a message: which come, which are read, and how their schemas pair up.

use crate::{
    Direction, Located, Spot,
    compare::{
        encoding,
        question::{Carriage, SchemaQuestion},
        work::Work,
    },
    operations::{Media, MediaRange, Reading},
};

/// A content of both sides and where in the exchange it is.
pub(crate) struct Contents<'a> {
    /// The operation or event.
    pub operation: &'a str,
    /// Who sends it.
    pub direction: Direction,
    /// `body`, or `status.200.body`.
    pub location: String,
    /// The status of a response.
    pub status: Option<String>,
    /// The content at base.
    pub base: &'a [Media],
    /// The content at head.
    pub head: &'a [Media],
}

/// Asks about each pair of schemas that one media type can meet. Hands back what is sent and not
/// read at all.
pub(crate) fn compare<'a>(work: &mut Work, contents: &Contents<'a>) -> Vec<&'a Media> {
    let (sender, receiver) = contents.direction.sides(contents.base, contents.head);
    let mut asked: Vec<(Spot, Spot, Carriage)> = Vec::new();
    for range in sender.iter().chain(receiver).map(|it| &it.range) {
        let sent = range.best_of(sender, |it| &it.range);
        let read = range.best_of(receiver, |it| &it.range);
        let (Some(sent), Some(read)) = (sent, read) else { continue };
        let (base, head) = contents.direction.sides(sent, read);
        let carriage = carriage(range, (work.base, base), (work.head, head));
        let places = (base.at.spot(), head.at.spot(), carriage.clone());
        if !asked.contains(&places) {
            // In 2.0 all media types share one schema, which is asked about once for each way to
            // carry it.
            asked.push(places);
            pair(work, contents, (base, head), (range, carriage));
        }
    }
    sender.iter().filter(|it| it.range.best_of(receiver, |it| &it.range).is_none()).collect()
}

fn pair(
    work: &mut Work,
    contents: &Contents,
    (base, head): (&Media, &Media),
    (range, carriage): (&MediaRange, Carriage),
) {
    if base.has_fields || head.has_fields {
        // Fields are parameters; a form of 2.0 beside one of 3.x has no schema to compare with.
        return;
    }
    let kinds = [(&base.schema, &head.schema), (&base.item_schema, &head.item_schema)];
    for (idx, (one, other)) in kinds.into_iter().enumerate() {
        let is_absent = one.is_none() && other.is_none();
        if is_absent || work.same_option(one.as_ref(), other.as_ref()) {
            continue;
        }
        // Without `itemSchema` nothing is said of the items; the whole has its own schema.
        if idx == 1 && base.schema.is_some() != head.schema.is_some() {
            continue;
        }
        work.questions.push(SchemaQuestion {
            operation: contents.operation.to_owned(),
            direction: contents.direction,
            location: contents.location.clone(),
            media_type: Some(range.to_string()),
            status: contents.status.clone(),
            base: one.clone(),
            head: other.clone(),
            base_holder: base.at.spot(),
            head_holder: head.at.spot(),
            carriage: carriage.clone(),
        });
    }
}

fn carriage(range: &MediaRange, base: (Reading, &Media), head: (Reading, &Media)) -> Carriage {
    if range.is_form() {
        return Carriage::Form(encoding::fields(base, head));
    }
    match range {
        _ if range.is_text() => Carriage::Line,
        _ if range.is_xml() => Carriage::Xml,
        _ if range.is_bytes() => Carriage::Raw,
        _ => Carriage::Json,
    }
}

/// The place of a content: the media type, or its owner if there is none.
pub(crate) fn spot(media: Option<&Media>, owner: &Located) -> Spot {
    media.map_or(owner, |it| &it.at).spot()
}
