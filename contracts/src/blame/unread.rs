//! Members of open objects that were read and are ignored now.

use serde_json::Value;

use crate::{
    Content, Direction, Evidence, HttpExchange, Revision, Sides,
    blame::{
        asking::Asking,
        path::{Way, demand_at, refused_at},
        reader,
        remark::Remark,
        trial::Parties,
    },
    compare::{
        exchange::{self, Special},
        form::Member,
        question::{Carriage, SchemaQuestion},
    },
    inclusion::{Found, SchemaId},
    operations::{self, Reading},
};

/// A call with the member, which both sides take and only the older one reads.
pub(crate) fn exchange(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    remark: &Remark,
    way: &Way,
) -> Option<Evidence> {
    let is_form = matches!(question.carriage, Carriage::Form(_));
    // A member of a form itself, whatever else is in it.
    let is_member = is_form && way.is_empty() && remark.but == SchemaId::FALSE;
    let instance = if is_member { None } else { Some(instance(asking, question, way, remark)?) };
    let contract = asking.contract(Revision::Base);
    let reading = Reading { store: asking.store(), contract };
    let listed = asking.call(&question.operation)?;
    let operation = operations::expand(reading, listed);
    let body = operation.body.as_ref()?;
    let media = body.contents.iter().find(|it| it.schema == question.base)?;
    let name = exchange::media_name(media, &body.contents);
    let member = Member { name: remark.name.clone(), ..Member::default() };
    let member = Some(member).filter(|_| is_member);
    let special = Special { media: Some((media, name)), member, ..Special::default() };
    let mut request = exchange::request(reading, &operation, question.direction, &special)?;
    if let Some(instance) = instance {
        request.body.as_mut()?.content = Content::Json(instance);
    }
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
    remark: &Remark,
) -> Option<Value> {
    let is_body = question.location == "body" && question.direction == Direction::ToProvider;
    if !is_body || question.carriage != Carriage::Json {
        return None;
    }
    let parties = Parties::of(asking, question.direction);
    let sub = Parties::root(asking, &parties.sub, question);
    let sup = Parties::root(asking, &parties.sup, question);
    let mut both = vec![asking.whole(&parties.sub, &sub), asking.whole(&parties.sup, &sup)];
    if asking.has_tags() {
        both.push(asking.heeding_tags(&parties.sub, &sub));
        both.push(asking.heeding_tags(&parties.sup, &sup));
    }
    let schemas = asking.schemas();
    let both = schemas.all(both);
    let without = schemas.property(&remark.name, SchemaId::FALSE);
    let without = schemas.any([without, remark.but]);
    let without = demand_at(asking, way, without);
    let Found::Value(instance) = asking.outside(both, without) else { return None };
    let pointer = refused_at(asking, way, without, instance).child(&remark.name);
    let instance = asking.value(instance);
    // Another alternative around the place may read it, whichever it is.
    let names: Vec<String> = pointer.names().collect();
    let is_read = reader::reads(asking, &parties.sup, &[sup], (&instance, &names));
    (!is_read).then_some(instance)
}
