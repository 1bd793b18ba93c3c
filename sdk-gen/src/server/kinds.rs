//! How values are made of texts: kinds of the kit, by schemas.

use contracts::inclusion::TypeSet;

use crate::{
    model::{ShapeId, UnitId, View},
    operations::Field,
    schemas::Types,
    writer::Writer,
};

/// Texts hold no deeper structure; what lies deeper is one JSON text.
const DEPTH: usize = 3;

/// References are looked through to this depth.
const CHAIN: usize = 6;

/// The kind of a schema.
pub(super) fn of_unit(types: &Types, out: &mut Writer, unit: Option<UnitId>) {
    match unit {
        Some(unit) => of_shape(types, out, types.model().unit(unit).shape, DEPTH),
        None => out.put("serving.kinds.text").end(),
    }
}

/// The kind of a form whose fields are parameters.
pub(super) fn of_fields(types: &Types, out: &mut Writer, fields: &[&Field]) {
    out.put("serving.kinds.object({");
    for (idx, field) in fields.iter().enumerate() {
        out.put(if idx > 0 { ", " } else { " " }).property(&field.source.name).put(": ");
        of_unit(types, out, field.unit);
    }
    out.put(" })");
}

fn of_shape(types: &Types, out: &mut Writer, id: ShapeId, depth: usize) {
    let kinds = types.reach(id);
    let same = same_value(types, id);
    let list = same.iter().find_map(|it| types.model().shape(*it).array.as_ref()?.rest);
    let is_list = kinds.meets(TypeSet::ARRAY) && (kinds != TypeSet::ALL || list.is_some());
    let has_members = same.iter().any(|it| types.model().shape(*it).object.is_some());
    let is_object = kinds.meets(TypeSet::OBJECT) && (kinds != TypeSet::ALL || has_members);
    let mut parts: Vec<Part> = Vec::new();
    if kinds != TypeSet::ALL {
        let scalars = [
            (TypeSet::BOOLEAN, "serving.kinds.boolean"),
            (TypeSet::NUMBER, "serving.kinds.number"),
            (TypeSet::NULL, "serving.kinds.nothing"),
        ];
        let met = scalars.into_iter().filter(|it| kinds.meets(it.0));
        parts.extend(met.map(|it| Part::Scalar(it.1)));
    }
    if depth > 0 && is_list {
        parts.push(Part::List(list));
    }
    if depth > 0 && is_object {
        parts.push(Part::Object);
    }
    if kinds.meets(TypeSet::STRING) || parts.is_empty() {
        parts.push(Part::Scalar("serving.kinds.text"));
    }
    let is_joined = parts.len() > 1;
    out.put(if is_joined { "serving.kinds.either(" } else { "" });
    for (idx, part) in parts.iter().enumerate() {
        out.comma(idx);
        match part {
            Part::Scalar(word) => out.put(word).end(),
            Part::List(items) => of_list(types, out, *items, depth),
            Part::Object => object(types, out, &same, depth),
        }
    }
    out.put(if is_joined { ")" } else { "" });
}

enum Part {
    Scalar(&'static str),
    List(Option<ShapeId>),
    Object,
}

fn of_list(types: &Types, out: &mut Writer, items: Option<ShapeId>, depth: usize) {
    out.put("serving.kinds.list(");
    match items {
        Some(items) => of_shape(types, out, items, depth - 1),
        None => out.put("serving.kinds.text").end(),
    }
    out.put(")");
}

fn object(types: &Types, out: &mut Writer, same: &[ShapeId], depth: usize) {
    let model = types.model();
    let mut seen = std::collections::BTreeSet::new();
    out.put("serving.kinds.object({");
    let rules = same.iter().filter_map(|it| model.shape(*it).object.as_ref());
    for property in rules.clone().flat_map(|it| &it.properties) {
        if property.is_hidden(View::Sent) || !seen.insert(property.name) {
            continue;
        }
        out.put(if seen.len() > 1 { ", " } else { " " }).property(property.name).put(": ");
        of_shape(types, out, property.shape, depth - 1);
    }
    out.put(if seen.is_empty() { "}" } else { " }" });
    let additional: Vec<ShapeId> = rules.filter_map(|it| it.additional).collect();
    let is_closed = additional.iter().any(|it| model.shape(*it).constant == Some(false));
    if !is_closed {
        out.put(", ");
        match additional.first() {
            Some(it) if model.shape(*it).constant.is_none() => of_shape(types, out, *it, depth - 1),
            Some(_) | None => out.put("serving.kinds.text").end(),
        }
    }
    out.put(")");
}

/// The shape and all that speak of the same value: references, parts of `allOf`, alternatives.
fn same_value(types: &Types, id: ShapeId) -> Vec<ShapeId> {
    let model = types.model();
    let (mut found, mut open) = (Vec::new(), vec![(id, CHAIN)]);
    while let Some((id, depth)) = open.pop() {
        if found.contains(&id) || depth == 0 {
            continue;
        }
        found.push(id);
        let shape = model.shape(id);
        let referred = shape.references.iter().map(|it| model.unit(*it).shape);
        let parts = shape.all.iter().chain(&shape.any).chain(&shape.one).copied();
        open.extend(referred.chain(parts).map(|it| (it, depth - 1)));
    }
    found
}
