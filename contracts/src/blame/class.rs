//! Keywords by the promise that they make.

use serde_json::{Map, Value};

use crate::{Direction, Kind, Located, NodeId, Rule, Store};

/// A class of keywords: one promise. The order is the order of blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Which kinds of values.
    Type,
    /// Which constants.
    Value,
    /// Which members are there.
    Required,
    /// Which members are let in.
    Refused,
    /// Which texts.
    Text,
    /// Which numbers.
    Number,
    /// Which lists.
    List,
    /// Which variants.
    Variant,
}

impl Class {
    /// The rule of a breach.
    pub fn rule(self, direction: Direction) -> Rule {
        match (direction, self) {
            (Direction::ToProvider, Self::Type) => Rule::InputTypeNarrowed,
            (Direction::ToProvider, Self::Value) => Rule::InputValueForbidden,
            (Direction::ToProvider, Self::Required) => Rule::InputPropertyRequired,
            (Direction::ToProvider, Self::Refused) => Rule::InputPropertyRefused,
            (Direction::ToProvider, Self::Text) => Rule::InputStringNarrowed,
            (Direction::ToProvider, Self::Number) => Rule::InputNumberNarrowed,
            (Direction::ToProvider, Self::List) => Rule::InputArrayNarrowed,
            (Direction::ToProvider, Self::Variant) => Rule::InputVariantRefused,
            (Direction::FromProvider, Self::Type) => Rule::OutputTypeWidened,
            (Direction::FromProvider, Self::Value) => Rule::OutputValueUnannounced,
            (Direction::FromProvider, Self::Required) => Rule::OutputPropertyNotGuaranteed,
            (Direction::FromProvider, Self::Refused) => Rule::OutputPropertyUnannounced,
            (Direction::FromProvider, Self::Text) => Rule::OutputStringWidened,
            (Direction::FromProvider, Self::Number) => Rule::OutputNumberWidened,
            (Direction::FromProvider, Self::List) => Rule::OutputArrayWidened,
            (Direction::FromProvider, Self::Variant) => Rule::OutputVariantUnannounced,
        }
    }
}

/// A part of a schema that can be given back by itself.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// The promise.
    pub class: Class,
    /// The keyword that decides.
    pub keyword: &'static str,
    /// The member that it speaks of, if one.
    pub name: Option<String>,
    /// The schema whose keyword it is.
    pub part: Located,
    /// A schema of this keyword (and those that it needs) alone.
    pub node: NodeId,
}

/// A keyword, its class, and the neighbours without which it means something else.
type Row = (Class, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    (Class::Type, "type", &["nullable", "x-nullable"]),
    (Class::Value, "enum", &[]),
    (Class::Value, "const", &[]),
    (Class::Value, "not", &[]),
    (Class::Required, "required", &[]),
    (Class::Required, "dependentRequired", &[]),
    (Class::Required, "dependentSchemas", &[]),
    (Class::Required, "dependencies", &[]),
    (Class::Required, "minProperties", &[]),
    (Class::Refused, "propertyNames", &[]),
    (Class::Refused, "maxProperties", &[]),
    (Class::Text, "pattern", &[]),
    (Class::Text, "minLength", &[]),
    (Class::Text, "maxLength", &[]),
    (Class::Text, "format", &["type"]),
    (Class::Number, "minimum", &["exclusiveMinimum"]),
    (Class::Number, "exclusiveMinimum", &["minimum"]),
    (Class::Number, "maximum", &["exclusiveMaximum"]),
    (Class::Number, "exclusiveMaximum", &["maximum"]),
    (Class::Number, "multipleOf", &[]),
    (Class::List, "minItems", &[]),
    (Class::List, "maxItems", &[]),
    (Class::List, "uniqueItems", &[]),
    (Class::List, "contains", &["minContains", "maxContains"]),
    (Class::Variant, "anyOf", &[]),
    (Class::Variant, "oneOf", &[]),
    (Class::Variant, "if", &["then", "else"]),
];

/// Formats that are ranges of numbers (the OpenAPI format registry).
pub(crate) fn is_numeric_format(name: &str) -> bool {
    let bits = name.strip_prefix('u').unwrap_or(name).strip_prefix("int");
    bits.is_some_and(|it| it.parse::<u8>().is_ok()) || matches!(name, "float" | "double")
}

/// The units of one schema, without those of its children, in the order of blame.
/// A boolean schema has one: `class` says which promise its place makes.
pub(crate) fn units(store: &mut Store, part: &Located, of_false: Class) -> Vec<Unit> {
    if store.kind(part.node) != Kind::Object {
        let refuses = store.as_bool(part.node) == Some(false);
        let unit = |keyword| unit(of_false, keyword, part, part.node);
        return refuses.then(|| unit("")).into_iter().collect();
    }
    ROWS.iter().flat_map(|row| row_units(store, part, row)).collect()
}

fn unit(class: Class, keyword: &'static str, part: &Located, node: NodeId) -> Unit {
    Unit { class, keyword, name: None, part: part.clone(), node }
}

fn row_units(store: &mut Store, part: &Located, (class, keyword, neighbours): &Row) -> Vec<Unit> {
    let Some(value) = store.get(part.node, keyword) else { return Vec::new() };
    if is_twin(store, part.node, keyword) {
        return Vec::new();
    }
    match *keyword {
        "required" => {
            let names = texts(store, value);
            names.into_iter().map(|name| named_unit(store, part, *class, keyword, name)).collect()
        }
        "dependentRequired" | "dependentSchemas" | "dependencies" => {
            let names: Vec<_> = store.members(value).map(|it| it.0.to_owned()).collect();
            names.into_iter().map(|name| named_unit(store, part, *class, keyword, name)).collect()
        }
        _ => {
            let node = restricted(store, part.node, &[&[*keyword], *neighbours].concat());
            let numeric =
                *keyword == "format" && store.as_str(value).is_some_and(is_numeric_format);
            let class = if numeric { Class::Number } else { *class };
            vec![unit(class, keyword, part, node)]
        }
    }
}

/// Draft 4 writes `exclusiveMinimum: true` beside `minimum`: one bound, told at `minimum`.
fn is_twin(store: &Store, node: NodeId, keyword: &str) -> bool {
    keyword.starts_with("exclusive")
        && store.get(node, keyword).is_some_and(|it| store.kind(it) == Kind::Bool)
}

fn named_unit(
    store: &mut Store,
    part: &Located,
    class: Class,
    keyword: &'static str,
    name: String,
) -> Unit {
    let value = if keyword == "required" {
        Value::from(vec![name.clone()])
    } else {
        let member = store.get(part.node, keyword).and_then(|it| store.get(it, &name));
        let member = member.map_or(Value::Null, |it| store.value(it));
        Value::Object(Map::from_iter([(name.clone(), member)]))
    };
    let schema = Value::Object(Map::from_iter([(keyword.to_owned(), value)]));
    let node = store.insert(&schema);
    Unit { class, keyword, name: Some(name), part: part.clone(), node }
}

/// A schema with these keywords only.
pub(crate) fn restricted(store: &mut Store, node: NodeId, keywords: &[&str]) -> NodeId {
    let kept = store.members(node).filter(|it| keywords.contains(&it.0));
    let kept: Map<_, _> = kept.map(|(name, it)| (name.to_owned(), store.value(it))).collect();
    store.insert(&Value::Object(kept))
}

/// A schema without these keywords.
pub(crate) fn without(store: &mut Store, node: NodeId, keywords: &[&str]) -> NodeId {
    let kept = store.members(node).filter(|it| !keywords.contains(&it.0));
    let kept: Map<_, _> = kept.map(|(name, it)| (name.to_owned(), store.value(it))).collect();
    store.insert(&Value::Object(kept))
}

/// The texts of a list.
pub(crate) fn texts(store: &Store, node: NodeId) -> Vec<String> {
    store.items(node).iter().filter_map(|it| store.as_str(*it)).map(str::to_owned).collect()
}
