//! An object that is several pieces of a query beside parameters of these names: `filter` as a
//! `deepObject` and `filter[name]`, or an exploded object and one parameter for each member. On the
//! wire they are the same, so the object is taken apart.

use std::collections::BTreeMap;

use crate::{
    Located, UndecidedPart,
    compare::{
        encoding::{FORM, properties},
        fields,
        question::Style,
        shape,
        text::Shape,
    },
    operations::{MediaRange, Operation, Parameter, Place, Reading},
};

/// Takes objects of both sides apart whose pieces the other side knows by their names. Tells what
/// single parameters cannot say.
pub(crate) fn align(
    (base_reading, base): (Reading, &mut Operation),
    (head_reading, head): (Reading, &mut Operation),
) -> Vec<UndecidedPart> {
    call_alike((base_reading, base), (head_reading, head));
    let one = apart((base_reading, base), (head_reading, head));
    let other = apart((head_reading, head), (base_reading, base));
    let keys: Vec<_> = one.iter().chain(&other).map(|it| it.key.clone()).collect();
    let names = |of: &Operation| of.parameters.iter().map(|it| it.name.clone()).collect();
    let names: [Vec<String>; 2] = [names(head), names(base)];
    let mut left = Vec::new();
    let sides = [(base_reading, base), (head_reading, head)];
    for ((reading, operation), others) in sides.into_iter().zip(&names) {
        for key in &keys {
            left.extend(take_apart((reading, operation), key, others));
        }
    }
    left
}

/// The name of an exploded object is not on the wire: one that is only called otherwise is the same.
fn call_alike(base: (Reading, &Operation), (reading, head): (Reading, &mut Operation)) {
    let own = |of: &Operation, other: &Operation, place| {
        let is_own = |it: &&Parameter| {
            let is_deep = it.serialization.style == Style::DeepObject;
            let is_known = other.parameters.iter().any(|other| other.key() == it.key());
            it.place == place && !is_deep && !is_known
        };
        of.parameters.iter().filter(is_own).cloned().collect::<Vec<_>>()
    };
    for place in [Place::Query, Place::Cookie, Place::Querystring] {
        let lost = own(base.1, head, place).into_iter().filter_map(|it| spread(base.0, &it));
        let mut new: Vec<_> =
            own(head, base.1, place).iter().filter_map(|it| pieces(reading, it)).collect();
        let mut pairs = Vec::new();
        // Those that share a piece first: any other ones are as good as the next.
        let shares = |one: &Spread, other: &Spread| {
            one.pieces.keys().any(|it| other.pieces.contains_key(it))
        };
        let mut left = Vec::new();
        for it in lost {
            match new.iter().position(|other| shares(&it, other)) {
                Some(idx) => pairs.push((it, new.remove(idx))),
                None => left.push(it),
            }
        }
        pairs.extend(left.into_iter().zip(new));
        for (was, is) in pairs {
            let mut named = head.parameters.iter_mut();
            if let Some(parameter) = named.find(|it| it.key() == is.key) {
                parameter.name = was.key.1;
            }
        }
    }
}

/// An object and its pieces.
struct Spread {
    key: (Place, String),
    /// Where the pieces are.
    place: Place,
    pieces: BTreeMap<String, Located>,
}

/// The objects of the one side of which the other knows a piece as a parameter of its own.
fn apart(own: (Reading, &Operation), other: (Reading, &Operation)) -> Vec<Spread> {
    let knows = |(reading, of): (Reading, &Operation), place, name: &String| {
        let mut named = of.parameters.iter().filter(|it| (it.place, &it.name) == (place, name));
        named.any(|it| spread(reading, it).is_none())
    };
    let spreads = own.1.parameters.iter().filter_map(|it| spread(own.0, it));
    let is_apart = |it: &Spread| {
        let mut names = it.pieces.keys();
        names.any(|name| knows(other, it.place, name) && !knows(own, it.place, name))
    };
    spreads.filter(is_apart).collect()
}

fn is_spread(parameter: &Parameter) -> bool {
    let is_list = matches!(parameter.place, Place::Query | Place::Cookie);
    let by = parameter.serialization;
    is_list && parameter.content.is_none() && (by.explode || by.style == Style::DeepObject)
}

/// The query as a form (3.2).
fn is_whole_form(parameter: &Parameter) -> bool {
    let is_form = parameter.content.as_ref().is_some_and(MediaRange::is_urlencoded);
    parameter.place == Place::Querystring && is_form
}

fn spread(reading: Reading, parameter: &Parameter) -> Option<Spread> {
    let schema = parameter.schema.as_ref();
    let is_object = shape::shapes(reading, schema) == [Shape::Object];
    pieces(reading, parameter).filter(|_| is_object)
}

/// What an object is taken apart into; the parameter may take other values too.
fn pieces(reading: Reading, parameter: &Parameter) -> Option<Spread> {
    let is_whole = is_whole_form(parameter);
    let schema = parameter.schema.as_ref().filter(|_| is_whole || is_spread(parameter))?;
    if !shape::shapes(reading, Some(schema)).contains(&Shape::Object) {
        return None;
    }
    let mut members = BTreeMap::new();
    properties(reading, schema, 8, &mut members);
    let is_deep = parameter.serialization.style == Style::DeepObject;
    let piece = |(member, at): (String, Located)| {
        let name = if is_deep { format!("{}[{member}]", parameter.name) } else { member };
        (name, at)
    };
    let pieces = members.into_iter().map(piece).collect();
    let place = if is_whole { Place::Query } else { parameter.place };
    Some(Spread { key: parameter.key(), place, pieces })
}

fn take_apart(
    (reading, operation): (Reading, &mut Operation),
    key: &(Place, String),
    others: &[String],
) -> Option<UndecidedPart> {
    let idx = operation.parameters.iter().position(|it| it.key() == *key)?;
    let whole = operation.parameters.get(idx)?.clone();
    let Spread { pieces, place, .. } = spread(reading, &whole)?;
    let schema = whole.schema.as_ref()?;
    let mut needed = Vec::new();
    fields::required(reading, schema, 8, &mut needed);
    let start = format!("{}[", whole.name);
    let is_other = |it: &&String| it.starts_with(&start) && !pieces.contains_key(*it);
    let is_closed_to = others.iter().any(|it| is_other(&it));
    let more = fields::beyond(reading, schema, is_closed_to, 8);
    // Needed only where another member comes.
    let together =
        (!whole.required && !needed.is_empty() && pieces.len() > 1).then(|| "required".to_owned());
    operation.parameters.remove(idx);
    for (name, at) in pieces {
        let member = at.pointer.names().last().unwrap_or_default();
        let is_known = operation.parameters.iter().any(|it| (it.place, &it.name) == (place, &name));
        // Two that read the same piece: the plain one speaks of it.
        if is_known {
            continue;
        }
        let mut part = Parameter {
            name,
            required: whole.required && needed.contains(&member),
            at: at.clone(),
            schema: Some(at),
            place,
            content: None,
            ..whole.clone()
        };
        part.serialization = FORM;
        operation.parameters.push(part);
    }
    more.or(together).map(|keyword| UndecidedPart {
        subject: format!("{} {}", operation.listed.label(), whole.location()),
        reason: "object-beside-its-pieces".to_owned(),
        detail: format!("`{keyword}` of the object has no counterpart among single parameters"),
    })
}
