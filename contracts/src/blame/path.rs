//! The way from the root of a location to one place inside its values.

use std::rc::Rc;

use serde_json::Value;

use crate::{
    blame::asking::Asking,
    inclusion::{Constant, ConstantId, Constants, SchemaId, TextId, TypeSet},
};

/// One step of a way. Unlike a step of a position it knows what it passes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turn {
    /// To a member.
    Property(String),
    /// To the members whose names have a pattern.
    Pattern(String),
    /// To the members that have none of these names and patterns.
    Others {
        /// Names that are ways of their own.
        names: Vec<String>,
        /// Patterns that are ways of their own.
        patterns: Vec<String>,
    },
    /// To one item.
    Item(u64),
    /// To the items from an index on.
    Items(u64),
    /// Into one alternative of a union; whatever fits these is let through.
    Unless(SchemaId),
}

/// All turns from the root to one place. Ways that begin alike share their beginning: there is one
/// for each pair of positions, and some are long.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way(Option<Rc<Leg>>);

/// The last turn of a way, and the way to it.
#[derive(Debug)]
struct Leg {
    turn: Rc<Turn>,
    before: Way,
    length: usize,
}

impl Way {
    /// The way with one more turn.
    pub(crate) fn then(&self, turn: Rc<Turn>) -> Self {
        Self(Some(Rc::new(Leg { turn, before: self.clone(), length: self.len() + 1 })))
    }

    /// The way that goes on as the other one does.
    pub(crate) fn join(&self, further: &Self) -> Self {
        if self.is_empty() {
            return further.clone();
        }
        further.turns().into_iter().fold(self.clone(), |way, turn| way.then(Rc::clone(turn)))
    }

    /// How many turns it has.
    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |it| it.length)
    }

    /// Is it the root?
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The last turn.
    pub(crate) fn last(&self) -> Option<&Rc<Turn>> {
        self.0.as_ref().map(|it| &it.turn)
    }

    /// The turns, the last one first.
    pub(crate) fn back(&self) -> impl Iterator<Item = &Rc<Turn>> {
        let legs = std::iter::successors(self.0.as_ref(), |it| it.before.0.as_ref());
        legs.map(|it| &it.turn)
    }

    /// The turns from the root.
    fn turns(&self) -> Vec<&Rc<Turn>> {
        let mut turns: Vec<_> = self.back().collect();
        turns.reverse();
        turns
    }
}

impl PartialEq for Way {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let (mut one, mut two) = (self, other);
        while let (Some(leg), Some(other)) = (&one.0, &two.0) {
            if Rc::ptr_eq(leg, other) {
                return true;
            }
            if leg.turn != other.turn {
                return false;
            }
            (one, two) = (&leg.before, &other.before);
        }
        true
    }
}

/// A schema that asks `demand` at the end of the way, and nothing else.
pub(crate) fn demand_at(asking: &mut Asking<'_>, way: &Way, demand: SchemaId) -> SchemaId {
    way.back().fold(demand, |inner, turn| turn_to(asking, turn, inner))
}

fn turn_to(asking: &mut Asking<'_>, turn: &Turn, inner: SchemaId) -> SchemaId {
    let schemas = asking.schemas();
    match turn {
        Turn::Property(name) => schemas.property(name, inner),
        Turn::Pattern(pattern) => schemas.pattern_property(pattern, inner),
        Turn::Others { names, patterns } => {
            let names = names.iter().map(|it| schemas.text(it)).collect();
            let patterns = patterns.iter().map(|it| schemas.text(it)).collect();
            schemas.other_properties(names, patterns, inner)
        }
        Turn::Item(idx) => schemas.item(*idx, inner),
        Turn::Items(from) => schemas.items_from(*from, inner),
        Turn::Unless(others) => schemas.any([*others, inner]),
    }
}

/// Objects that have this tag.
pub(crate) fn tagged(asking: &mut Asking<'_>, name: &str, tag: &str) -> SchemaId {
    let schemas = asking.schemas();
    let value = schemas.constant(&Value::from(tag));
    let member = schemas.property(name, value);
    let having = schemas.required(name);
    let object = schemas.types(TypeSet::OBJECT);
    schemas.all([object, having, member])
}

/// Where in an instance the demand is not met, as a pointer.
pub(crate) fn refused_at(
    asking: &mut Asking<'_>,
    way: &Way,
    demand: SchemaId,
    instance: ConstantId,
) -> crate::Pointer {
    let mut pointer = crate::Pointer::root();
    let mut at = instance;
    // What is asked behind each turn, the last one first.
    let mut inner = demand;
    let mut asked = Vec::new();
    for turn in way.back() {
        asked.push((turn, inner));
        inner = turn_to(asking, turn, inner);
    }
    for (turn, inner) in asked.into_iter().rev() {
        if matches!(**turn, Turn::Unless(_)) {
            continue;
        }
        let candidates = candidates(&mut asking.schemas().constants, turn, at);
        let refused = candidates.into_iter().find(|it| !asking.takes_kept(inner, it.1));
        let Some((part, value)) = refused else { break };
        pointer = match part {
            Part::Member(name) => pointer.child(asking.schemas().constants.str(name)),
            Part::Item(idx) => pointer.item(idx),
        };
        at = value;
    }
    pointer
}

/// The part of a value that a turn leads to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// A member.
    Member(TextId),
    /// An item.
    Item(usize),
}

/// The members or items that a turn may lead to; patterns are not looked at: what is not meant
/// fits, or is refused as well.
pub(crate) fn candidates(
    constants: &mut Constants,
    turn: &Turn,
    at: ConstantId,
) -> Vec<(Part, ConstantId)> {
    match turn {
        Turn::Property(name) => {
            let name = constants.text(name);
            let member = constants.member(at, name);
            member.map(|it| (Part::Member(name), it)).into_iter().collect()
        }
        Turn::Pattern(_) => members(constants, at, &[]),
        Turn::Others { names, .. } => members(constants, at, names),
        Turn::Item(idx) => items(constants, at, (*idx, 1)),
        Turn::Items(from) => items(constants, at, (*from, usize::MAX)),
        Turn::Unless(_) => Vec::new(),
    }
}

/// The members but these, by name.
fn members(constants: &Constants, at: ConstantId, but: &[String]) -> Vec<(Part, ConstantId)> {
    let Constant::Object(members) = constants.get(at) else { return Vec::new() };
    let named = members.iter().map(|(name, it)| (constants.str(*name), *name, *it));
    let mut found: Vec<_> = named.filter(|it| !but.iter().any(|name| name == it.0)).collect();
    found.sort_unstable_by_key(|it| it.0);
    found.into_iter().map(|it| (Part::Member(it.1), it.2)).collect()
}

fn items(
    constants: &Constants,
    at: ConstantId,
    (from, n_items): (u64, usize),
) -> Vec<(Part, ConstantId)> {
    let Constant::Array(items) = constants.get(at) else { return Vec::new() };
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let items = items.iter().enumerate().skip(from).take(n_items);
    items.map(|(idx, it)| (Part::Item(idx), *it)).collect()
}
