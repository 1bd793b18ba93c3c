//! Members of open objects that were read and are ignored now.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    Answer, Content, Contract, Direction, Evidence, HttpExchange, Revision, Sides, Store,
    blame::{
        asking::Asking,
        path::{Way, demand_at},
        remark::Remark,
        trial::Parties,
    },
    compare::{
        exchange::{self, Special},
        question::{Carriage, SchemaQuestion},
    },
    inclusion::SchemaId,
    operations::{self, Reading},
};

/// A call with the member, which both sides take and only the older one reads.
pub(crate) fn exchange(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    remark: &Remark,
    way: &Way,
) -> Option<Evidence> {
    let instance = instance(asking, question, way, &remark.name)?;
    let contract = asking.contract(Revision::Base);
    let reading = Reading { store: asking.store(), contract };
    let listed = asking.call(&question.operation)?;
    let operation = operations::expand(reading, listed);
    let body = operation.body.as_ref()?;
    let media = body.contents.iter().find(|it| it.schema == question.base)?;
    let name = exchange::media_name(media, &body.contents);
    let special = Special { media: Some((media, name)), ..Special::default() };
    let mut request = exchange::request(reading, &operation, question.direction, &special)?;
    request.body.as_mut()?.content = Content::Json(instance);
    let because = |at: &crate::Located| Some(format!("#{}", at.pointer));
    Some(Evidence::Exchange(HttpExchange {
        direction: question.direction,
        operation: question.operation.clone(),
        accepted_by: Revision::Base,
        refused_by: Revision::Head,
        request,
        response: None,
        because: Sides { base: because(&remark.base), head: because(&remark.head) },
    }))
}

/// A whole body that both sides take, with the member.
fn instance(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    way: &Way,
    name: &str,
) -> Option<Value> {
    let is_body = question.location == "body" && question.direction == Direction::ToProvider;
    if !is_body || question.carriage != Carriage::Json {
        return None;
    }
    let parties = Parties::of(asking, question.direction);
    let sub = Parties::root(asking, &parties.sub, question);
    let sup = Parties::root(asking, &parties.sup, question);
    let sub = asking.whole(&parties.sub, &sub);
    let sup = asking.whole(&parties.sup, &sup);
    let schemas = asking.schemas();
    let both = schemas.all([sub, sup]);
    let without = schemas.property(name, SchemaId::FALSE);
    let without = demand_at(asking, way, without);
    match asking.fits(both, without) {
        Answer::NotIncluded(instance) => (!is_untagged(asking, &instance)).then_some(instance),
        Answer::Included | Answer::Undecided(_) => None,
    }
}

/// Does a member that may be a tag select nothing? The search does not look at tags.
fn is_untagged(asking: &Asking<'_>, instance: &Value) -> bool {
    if !asking.has_tags() {
        return false;
    }
    let tags = asking.tags();
    selects_nothing(instance, &tags.names, &tags.tags)
}

/// What tags are called, and what they may say.
#[derive(Default)]
pub(crate) struct Tags<'a> {
    names: BTreeSet<&'a str>,
    tags: BTreeSet<&'a str>,
}

impl<'a> Tags<'a> {
    /// All of a contract. Equal values are looked at once.
    pub(crate) fn of(store: &'a Store, contract: &Contract) -> Self {
        let mut found = Self::default();
        let mut seen = BTreeSet::new();
        let mut open: Vec<_> = contract.files.iter().map(|it| it.root).collect();
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            found.names.extend(store.get(node, "propertyName").and_then(|it| store.as_str(it)));
            for keyword in ["mapping", "schemas"] {
                let map = store.get(node, keyword);
                found.tags.extend(map.into_iter().flat_map(|it| store.members(it)).map(|it| it.0));
            }
            open.extend(store.members(node).map(|it| it.1));
            open.extend(store.items(node));
        }
        found
    }
}

fn selects_nothing(value: &Value, names: &BTreeSet<&str>, tags: &BTreeSet<&str>) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|it| selects_nothing(it, names, tags)),
        Value::Object(members) => members.iter().any(|(name, it)| {
            let is_tag = names.contains(name.as_str());
            (is_tag && it.as_str().is_none_or(|it| !tags.contains(it)))
                || selects_nothing(it, names, tags)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
