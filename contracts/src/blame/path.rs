//! The way from the root of a location to one place inside its values.

use serde_json::Value;

use crate::{
    blame::asking::Asking,
    inclusion::{SchemaId, TypeSet},
};

/// One step of a way. Unlike a step of a position it knows what it passes by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

/// A schema that asks `demand` at the end of the way, and nothing else.
pub(crate) fn demand_at(asking: &mut Asking<'_>, way: &[Turn], demand: SchemaId) -> SchemaId {
    way.iter().rev().fold(demand, |inner, turn| turn_to(asking, turn, inner))
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
    way: &[Turn],
    demand: SchemaId,
    instance: &Value,
) -> crate::Pointer {
    let mut pointer = crate::Pointer::root();
    let mut at = instance;
    let mut rest = way;
    while let Some((turn, behind)) = rest.split_first() {
        rest = behind;
        let candidates = candidates(turn, at);
        if matches!(turn, Turn::Unless(_)) {
            continue;
        }
        let inner = demand_at(asking, behind, demand);
        let refused = candidates.into_iter().find(|it| !asking.takes(inner, it.1));
        let Some((name, value)) = refused else { break };
        pointer = pointer.child(&name);
        at = value;
    }
    pointer
}

/// The members or items that a turn may lead to; patterns are not looked at: what is not meant
/// fits, or is refused as well.
pub(crate) fn candidates<'v>(turn: &Turn, at: &'v Value) -> Vec<(String, &'v Value)> {
    let members = || at.as_object().into_iter().flatten().map(|(name, it)| (name.clone(), it));
    let items = |from: u64, n_items: usize| {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let items = at.as_array().into_iter().flatten().enumerate().skip(from).take(n_items);
        items.map(|(idx, it)| (idx.to_string(), it)).collect()
    };
    match turn {
        Turn::Property(name) => members().filter(|it| it.0 == *name).collect(),
        Turn::Pattern(_) => members().collect(),
        Turn::Others { names, .. } => members().filter(|it| !names.contains(&it.0)).collect(),
        Turn::Item(idx) => items(*idx, 1),
        Turn::Items(from) => items(*from, usize::MAX),
        Turn::Unless(_) => Vec::new(),
    }
}
