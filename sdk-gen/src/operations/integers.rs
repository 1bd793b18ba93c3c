//! Integers that a number of JavaScript may not hold: `format: int64`.

use std::collections::BTreeSet;

use crate::{
    model::{Model, ShapeId, UnitId},
    notes::NoteCode,
    operations::Operations,
};

/// Tells where they are, and marks the answers that may have one.
pub(crate) fn mark(model: &mut Model, operations: &mut Operations) {
    let (units, shapes) = found(model);
    let places: Vec<_> = shapes.iter().map(|it| model.located(*it)).collect();
    for at in places {
        let message = "beyond 2^53 − 1 a number loses digits".to_owned();
        model.note(NoteCode::IntegerBeyondDouble, &at, message);
    }
    let answers = operations.all.iter_mut().flat_map(|it| &mut it.answers);
    for content in answers.flat_map(|it| &mut it.contents) {
        content.may_lose_digits = content.unit.is_some_and(|it| units.contains(&it));
    }
}

/// The units that lead to one, and where they are written.
fn found(model: &Model) -> (BTreeSet<UnitId>, Vec<ShapeId>) {
    let mut users: Vec<(UnitId, UnitId)> = Vec::new();
    let (mut open, mut places) = (Vec::new(), Vec::new());
    for (id, unit) in model.units() {
        users.extend(model.targets(id).iter().map(|it| (*it, id)));
        let mut shapes = vec![unit.shape];
        while let Some(shape) = shapes.pop() {
            if is_long(model, shape) {
                places.push(shape);
                open.push(id);
            }
            model.shape(shape).push_inside(&mut shapes);
        }
    }
    users.sort_unstable();
    let mut units = BTreeSet::new();
    while let Some(id) = open.pop() {
        if units.insert(id) {
            let first = users.partition_point(|it| it.0 < id);
            let all = users.iter().skip(first).take_while(|it| it.0 == id);
            open.extend(all.map(|it| it.1));
        }
    }
    (units, places)
}

fn is_long(model: &Model, id: ShapeId) -> bool {
    let format = model.store.get(model.shape(id).node, "format");
    format.and_then(|it| model.store.as_str(it)) == Some("int64")
}
