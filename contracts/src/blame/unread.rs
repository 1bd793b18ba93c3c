//! Members of open objects that were read and are ignored now.

use serde_json::Value;

use crate::{
    Content, Direction, Evidence, HttpExchange, HttpRequest, Revision, Sides,
    blame::{
        asking::Asking,
        lists::lists_of,
        path::{Way, demand_at, refused_at},
        reader,
        remark::Remark,
        trial::Parties,
    },
    compare::{
        exchange::{self, Special},
        form::Member,
        question::{Carriage, SchemaQuestion, Serialization, Style},
    },
    inclusion::{Found, SchemaId, TypeSet},
    operations::{self, Operation, Place, Reading},
};

/// A call with the member, which both sides take and only the older one reads.
pub(crate) fn exchange(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    remark: &Remark,
    way: &Way,
) -> Option<Evidence> {
    if question.direction == Direction::FromProvider {
        return None;
    }
    let contract = asking.contract(Revision::Base);
    let reading = Reading { store: asking.store(), contract };
    let listed = asking.call(&question.operation)?;
    let operation = operations::expand(reading, listed);
    let shown = Shown { reading, operation, question };
    let request = if question.location == "body" {
        shown.in_body(asking, remark, way)
    } else {
        shown.in_parameter(asking, remark, way)
    }?;
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

/// Where a member is shown.
struct Shown<'a, 'q> {
    reading: Reading<'a>,
    operation: Operation,
    question: &'q SchemaQuestion,
}

impl Shown<'_, '_> {
    fn in_body(&self, asking: &mut Asking<'_>, remark: &Remark, way: &Way) -> Option<HttpRequest> {
        let body = self.operation.body.as_ref()?;
        let media = body.contents.iter().find(|it| it.schema == self.question.base)?;
        let name = exchange::media_name(media, &body.contents);
        let media = Some((media, name));
        let is_form = matches!(self.question.carriage, Carriage::Form(_));
        // A member of a form itself, whatever else is in it.
        if is_form && way.is_empty() && remark.but == SchemaId::FALSE {
            let member = Some(Member { name: remark.name.clone(), ..Member::default() });
            return self.request(&Special { media, member, ..Special::default() });
        }
        let instance = instance(asking, self.question, way, remark)?;
        if is_form {
            return self.request(&Special { media, form: Some(instance), ..Special::default() });
        }
        let mut request = self.request(&Special { media, ..Special::default() })?;
        request.body.as_mut()?.content = Content::Json(instance);
        Some(request)
    }

    fn in_parameter(
        &self,
        asking: &mut Asking<'_>,
        remark: &Remark,
        way: &Way,
    ) -> Option<HttpRequest> {
        let location = &self.question.location;
        let mut parameters = self.operation.parameters.iter();
        let parameter = parameters.find(|it| it.location() == *location)?;
        // The fields of a form of 2.0 are no objects.
        if parameter.place == Place::Form {
            return None;
        }
        let instance = instance(asking, self.question, way, remark)?;
        self.request(&Special { parameters: vec![(parameter, instance)], ..Special::default() })
    }

    fn request(&self, special: &Special) -> Option<HttpRequest> {
        exchange::request(self.reading, &self.operation, self.question.direction, special)
    }
}

/// A whole value that both sides take, with the member.
fn instance(
    asking: &mut Asking<'_>,
    question: &SchemaQuestion,
    way: &Way,
    remark: &Remark,
) -> Option<Value> {
    let written = written(asking, question)?;
    let parties = Parties::of(asking, question.direction);
    let sub = Parties::root(asking, &parties.sub, question);
    let sup = Parties::root(asking, &parties.sup, question);
    let mut both =
        vec![written, asking.whole(&parties.sub, &sub), asking.whole(&parties.sup, &sup)];
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

/// The values that can be written at all. Nothing if no member of them travels.
fn written(asking: &mut Asking<'_>, question: &SchemaQuestion) -> Option<SchemaId> {
    match &question.carriage {
        Carriage::Json | Carriage::Xml => Some(SchemaId::TRUE),
        Carriage::Text(by) => Some(object(asking, *by)),
        Carriage::Form(members) => {
            let is_urlencoded = question.media_type.as_ref()?.contains("urlencoded");
            let texts = texts(asking);
            let lists = lists_of(asking, texts, None);
            let plain = asking.schemas().any([texts, lists]);
            let mut names = Vec::new();
            let mut parts = vec![asking.schemas().types(TypeSet::OBJECT)];
            for (name, by) in members {
                let inner = match by {
                    None => SchemaId::TRUE,
                    Some(by) if is_urlencoded => {
                        let object = object(asking, *by);
                        asking.schemas().any([plain, object])
                    }
                    Some(_) => plain,
                };
                let schemas = asking.schemas();
                parts.push(schemas.property(name, inner));
                names.push(schemas.text(name));
            }
            let schemas = asking.schemas();
            parts.push(schemas.other_properties(names, Vec::new(), plain));
            Some(schemas.all(parts))
        }
        Carriage::Line | Carriage::Raw => None,
    }
}

/// Objects that a style writes.
fn object(asking: &mut Asking<'_>, by: Serialization) -> SchemaId {
    /// Brackets behind brackets.
    const DEEPEST: usize = 4;
    let texts = texts(asking);
    let mut members = texts;
    let n_levels = if by.style == Style::DeepObject { DEEPEST } else { 1 };
    for _ in 0..n_levels {
        let schemas = asking.schemas();
        let some = schemas.property_count(1, None);
        let of_texts = schemas.other_properties(Vec::new(), Vec::new(), members);
        let objects = schemas.types(TypeSet::OBJECT);
        let objects = schemas.all([objects, some, of_texts]);
        members = schemas.any([texts, objects]);
    }
    let schemas = asking.schemas();
    let objects = schemas.types(TypeSet::OBJECT);
    schemas.all([objects, members])
}

/// Values without parts; an empty text shows little.
fn texts(asking: &mut Asking<'_>) -> SchemaId {
    let schemas = asking.schemas();
    let some = schemas.length(1, None);
    let kinds = schemas.types(TypeSet::STRING | TypeSet::NUMBER | TypeSet::BOOLEAN);
    schemas.all([some, kinds])
}
