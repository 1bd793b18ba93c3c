//! Members of open objects that were read and are ignored now.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    Answer, Content, Direction, Evidence, HttpExchange, Kind, Located, Revision, Sides,
    blame::{
        asking::Asking,
        path::{Way, demand_at},
        position::{Position, Side, Step},
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
    let instance = instance(asking, question, way, remark)?;
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
    match asking.fits(both, without) {
        Answer::NotIncluded(instance) => Some(instance),
        Answer::Included | Answer::Undecided(_) => None,
    }
}

/// The objects whose member of this name is read: those that an alternative takes which declares
/// it, or all.
pub(crate) fn readers(
    asking: &mut Asking<'_>,
    (side, position): (&Side<'_>, &Position),
    name: &str,
) -> SchemaId {
    let step = Step::Property(name.to_owned());
    let mut seen = BTreeSet::new();
    Readers { side, step, seen: &mut seen }.of(asking, position)
}

/// Looks for the schemas that read one member.
struct Readers<'q, 'a> {
    side: &'q Side<'a>,
    step: Step,
    seen: &'q mut BTreeSet<Located>,
}

impl Readers<'_, '_> {
    fn of(&mut self, asking: &mut Asking<'_>, position: &Position) -> SchemaId {
        if position.parts.iter().any(|it| self.is_read(asking, it)) {
            return SchemaId::TRUE;
        }
        let store = asking.store();
        let mut found = Vec::new();
        let unions = self.side.unions(store, position);
        for branch in unions.iter().flat_map(|it| &it.branches) {
            let inner = self.inside(asking, branch);
            let taken = asking.lower(self.side, branch);
            found.push(asking.schemas().all([taken, inner]));
        }
        for part in position.parts.iter().filter(|_| self.side.is_modern()) {
            for keyword in ["if", "then", "else"] {
                let condition = self.side.contract.member(store, part, keyword);
                found.extend(condition.map(|it| self.inside(asking, &it)));
            }
        }
        asking.schemas().any(found)
    }

    fn inside(&mut self, asking: &mut Asking<'_>, at: &Located) -> SchemaId {
        if !self.seen.insert(at.clone()) {
            return SchemaId::FALSE;
        }
        let position = self.side.position(asking.store(), at);
        self.of(asking, &position)
    }

    /// Does the schema itself speak of the member? `additionalProperties: true` is no reader.
    fn is_read(&self, asking: &Asking<'_>, part: &Located) -> bool {
        let store = asking.store();
        let is_schema = |it: &Located| store.kind(it.node) == Kind::Object;
        let found = self.side.step(store, part, &self.step, &asking.holds());
        let other = part.pointer.child("additionalProperties");
        let rest = self.side.contract.member(store, part, "unevaluatedProperties");
        found.iter().any(|it| is_schema(it) || it.pointer != other)
            || self.side.is_modern() && rest.is_some_and(|it| is_schema(&it))
    }
}
