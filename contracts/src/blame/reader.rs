//! Who reads a member of a value: schemas that declare it, alternatives that take the value among
//! them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    Kind, Located, Store,
    blame::{
        asking::Asking,
        heirs::{heirs, selected},
        path::tagged,
        position::{Position, Side, Step},
    },
    inclusion::SchemaId,
};

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
        if position.parts.iter().any(|it| names_it(asking, self.side, it, &self.step)) {
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
        for condition in conditions(store, self.side, position) {
            found.push(self.inside(asking, &condition));
        }
        for (member, known) in position.parts.iter().filter_map(|it| heirs(store, self.side, it)) {
            for (tag, heir) in known {
                let has_tag = tagged(asking, &member, &tag);
                let inner = self.inside(asking, &heir);
                found.push(asking.schemas().all([has_tag, inner]));
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
}

/// Is the member at the end of the names read, in this value?
pub(crate) fn reads(
    asking: &mut Asking<'_>,
    side: &Side<'_>,
    positions: &[Position],
    (value, names): (&Value, &[String]),
) -> bool {
    let Some((name, further)) = names.split_first() else { return false };
    let mut parts = BTreeSet::new();
    for position in positions {
        speaking(asking, side, (position, value), &mut parts);
    }
    let (step, inner) = if let Value::Array(items) = value {
        let Ok(idx) = name.parse::<usize>() else { return false };
        (Step::Item(idx as u64), items.get(idx))
    } else {
        (Step::Property(name.clone()), value.get(name))
    };
    if further.is_empty() {
        return parts.iter().any(|it| names_it(asking, side, it, &step));
    }
    let (store, holds) = (asking.store(), asking.holds());
    let roots = parts.iter().flat_map(|it| side.step(store, it, &step, &holds));
    let inside: Vec<_> = roots.map(|it| side.position(store, &it)).collect();
    inner.is_some_and(|it| reads(asking, side, &inside, (it, further)))
}

/// The schemas that speak of a value: alternatives that do not take it say nothing, if another one
/// does.
fn speaking(
    asking: &mut Asking<'_>,
    side: &Side<'_>,
    (position, value): (&Position, &Value),
    found: &mut BTreeSet<Located>,
) {
    let store = asking.store();
    let n_known = found.len();
    found.extend(position.parts.iter().cloned());
    if found.len() == n_known {
        return;
    }
    let mut further = conditions(store, side, position);
    further.extend(position.parts.iter().filter_map(|it| selected(store, side, (it, value))));
    for union in side.unions(store, position).iter() {
        let taking = |it: &&Located| {
            let taken = asking.lower(side, it);
            asking.takes(taken, value)
        };
        let taken: Vec<_> = union.branches.iter().filter(taking).cloned().collect();
        further.extend(if taken.is_empty() { union.branches.clone() } else { taken });
    }
    for at in further {
        let position = side.position(store, &at);
        speaking(asking, side, (&position, value), found);
    }
}

/// The parts of conditions: each looks at members.
fn conditions(store: &Store, side: &Side<'_>, position: &Position) -> Vec<Located> {
    let keywords = ["if", "then", "else"];
    let parts = position.parts.iter().filter(|_| side.is_modern());
    let all = parts.flat_map(|it| keywords.map(|keyword| side.contract.member(store, it, keyword)));
    all.flatten().collect()
}

/// Does a schema itself speak of the member? `additionalProperties: true` is no reader.
fn names_it(asking: &Asking<'_>, side: &Side<'_>, part: &Located, step: &Step) -> bool {
    let store = asking.store();
    let is_schema = |it: &Located| store.kind(it.node) == Kind::Object;
    let found = side.step(store, part, step, &asking.holds());
    let other = part.pointer.child("additionalProperties");
    let rest = side.contract.member(store, part, "unevaluatedProperties");
    found.iter().any(|it| is_schema(it) || it.pointer != other)
        || side.is_modern() && rest.is_some_and(|it| is_schema(&it))
}
