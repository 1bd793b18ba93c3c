//! From a root cause of the engine to a finding of the report.

use contracts::{Finding as Cause, Spot, Store};
use kernel::{Confirmed, Details, Finding, Level, Place, Side};
use serde_json::{Map, Value, json};

use crate::contract_gate::{
    Judging, Read,
    difference::{View, difference},
    places::Places,
};

/// Both revisions with their places.
pub(crate) struct Sight<'a> {
    pub(crate) store: &'a Store,
    pub(crate) base: Option<(&'a Read, Places)>,
    pub(crate) head: Option<(&'a Read, Places)>,
    pub(crate) by: Judging<'a>,
}

/// The finding of a cause whose witness was replayed.
pub(crate) fn told(cause: &Cause, level: Level, witness: Confirmed, sight: &Sight<'_>) -> Finding {
    let (place, side) = place(cause, sight);
    let mut members = Map::new();
    members.insert("category".to_owned(), json!(cause.rule.category()));
    members.insert("operations".to_owned(), json!(cause.operations));
    let base = sight.base.as_ref().map(|(_, places)| places.shown(cause.base.as_ref()));
    members.insert("base".to_owned(), base.unwrap_or(Value::Null));
    let pointer = cause.head.as_ref().filter(|_| sight.head.is_some());
    let pointer = pointer.map(|it| it.pointer.as_str());
    members.insert("head-pointer".to_owned(), json!(pointer));
    let [base, head] = [&sight.base, &sight.head].map(|it| it.as_ref().map(|it| it.0));
    let base = View { read: base, spot: cause.base.as_ref() };
    let head = View { read: head, spot: cause.head.as_ref() };
    members.insert("diff".to_owned(), json!(difference(sight.store, &base, &head)));
    let within = sight.by.within.to_string();
    Finding {
        place,
        side,
        subject: cause.subject.clone(),
        message: cause.message.clone(),
        remedy: cause.remedy.clone(),
        related: Vec::new(),
        witness,
        fix: None,
        details: Some(Box::new(Details { level, within, members })),
    }
}

/// The line at head; for what has none there, the line at base.
fn place(cause: &Cause, sight: &Sight<'_>) -> (Place, Side) {
    let of = |side: &Option<(&Read, Places)>, spot: Option<&Spot>| {
        side.as_ref().and_then(|(_, places)| places.get(spot?).cloned())
    };
    if let Some(place) = of(&sight.head, cause.head.as_ref()) {
        return (place, Side::Head);
    }
    if let Some((head, _)) = &sight.head {
        return (Place::start_of(&head.path), Side::Head);
    }
    let base = of(&sight.base, cause.base.as_ref());
    (base.unwrap_or_else(|| Place::start_of(sight.by.within)), Side::Base)
}
