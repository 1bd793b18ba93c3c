//! Keywords by the promise that they make.

use crate::{
    Direction, Kind, Located, Rule, Store,
    blame::{asking::Asking, beside, position::Side},
    inclusion::{KeywordClass, Schema, SchemaId},
};

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
    /// Which tag selects which variant.
    Tag,
}

/// The classes that a schema has besides its alternatives, as the engine names them.
const CLASSES: [(Class, KeywordClass); 7] = [
    (Class::Type, KeywordClass::Type),
    (Class::Value, KeywordClass::Value),
    (Class::Required, KeywordClass::Required),
    (Class::Refused, KeywordClass::Refused),
    (Class::Text, KeywordClass::String),
    (Class::Number, KeywordClass::Number),
    (Class::List, KeywordClass::Array),
];

impl Class {
    /// The rule of a breach.
    pub(crate) fn rule(self, direction: Direction) -> Rule {
        let (input, output) = match self {
            Self::Type => (Rule::InputTypeNarrowed, Rule::OutputTypeWidened),
            Self::Value => (Rule::InputValueForbidden, Rule::OutputValueUnannounced),
            Self::Required => (Rule::InputPropertyRequired, Rule::OutputPropertyNotGuaranteed),
            Self::Refused => (Rule::InputPropertyRefused, Rule::OutputPropertyUnannounced),
            Self::Text => (Rule::InputStringNarrowed, Rule::OutputStringWidened),
            Self::Number => (Rule::InputNumberNarrowed, Rule::OutputNumberWidened),
            Self::List => (Rule::InputArrayNarrowed, Rule::OutputArrayWidened),
            Self::Variant => (Rule::InputVariantRefused, Rule::OutputVariantUnannounced),
            Self::Tag => (Rule::DiscriminatorTagLost, Rule::DiscriminatorTagLost),
        };
        match direction {
            Direction::ToProvider => input,
            Direction::FromProvider => output,
        }
    }

    /// The keywords that make this promise, the usual one first.
    pub(crate) fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Type => &["type", "nullable", "x-nullable"],
            Self::Value => &["enum", "const", "not"],
            Self::Required => &[
                "required",
                "dependentRequired",
                "dependentSchemas",
                "dependencies",
                "minProperties",
            ],
            Self::Refused => {
                &["additionalProperties", "unevaluatedProperties", "propertyNames", "maxProperties"]
            }
            Self::Text => &["pattern", "minLength", "maxLength", "format"],
            Self::Number => &[
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "format",
            ],
            Self::List => &[
                "minItems",
                "maxItems",
                "uniqueItems",
                "contains",
                "minContains",
                "maxContains",
                "items",
                "additionalItems",
                "unevaluatedItems",
            ],
            Self::Variant => &["oneOf", "anyOf", "allOf", "if", "then", "else"],
            Self::Tag => &["discriminator"],
        }
    }
}

/// A part of a schema that can be given back by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The promise.
    pub class: Class,
    /// The keyword that decides; empty for a boolean schema.
    pub keyword: &'static str,
    /// The member that it speaks of, if one.
    pub name: Option<String>,
    /// The schema whose keyword it is.
    pub part: Located,
    /// What it alone asks.
    pub demand: SchemaId,
    /// Does it look at what other keywords looked at? Then it is asked last.
    pub looks_around: bool,
}

/// The units of one schema, without alternatives and those of its children, in the order of blame.
/// A boolean schema has one: `of_false` says which promise its place makes.
pub(crate) fn units(
    asking: &mut Asking<'_>,
    side: &Side<'_>,
    part: &Located,
    of_false: Class,
) -> Vec<Unit> {
    let store = asking.store();
    if store.kind(part.node) != Kind::Object {
        let refuses = store.as_bool(part.node) == Some(false);
        return refuses.then(|| unit(of_false, "", part, SchemaId::FALSE)).into_iter().collect();
    }
    let mut found = Vec::new();
    let of_engine = CLASSES.map(|it| it.1);
    let joined = asking.lower_classes(side, part, &of_engine);
    for ((class, _), joined) in CLASSES.into_iter().zip(joined) {
        for demand in asking.conjuncts(joined) {
            found.extend(told(asking, class, part, demand));
        }
    }
    found
}

fn unit(class: Class, keyword: &'static str, part: &Located, demand: SchemaId) -> Unit {
    let part = part.clone();
    Unit { class, keyword, name: None, part, demand, looks_around: false }
}

fn told(asking: &mut Asking<'_>, class: Class, part: &Located, demand: SchemaId) -> Option<Unit> {
    let store = asking.store();
    let schemas = asking.schemas();
    let schema = schemas.get(demand);
    if class == Class::Refused && is_of_children(schema) {
        return None;
    }
    let keyword = keyword(store, part, class, schema);
    let name = if let Schema::Required(name) = schema {
        Some(schemas.constants.str(*name).to_owned())
    } else {
        None
    };
    let looks_around =
        matches!(schema, Schema::UnevaluatedProperties(..) | Schema::UnevaluatedItems(..));
    Some(Unit { name, looks_around, ..unit(class, keyword, part, demand) })
}

/// Members that may not be there are told where they would stand.
fn is_of_children(schema: &Schema) -> bool {
    matches!(
        schema,
        Schema::Property(..) | Schema::PatternProperty(..) | Schema::OtherProperties(..)
    )
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what has no keyword of its own has that of its class"
)]
/// The keyword that asks this: by what is asked, else the first of the class that stands there.
fn keyword(store: &Store, part: &Located, class: Class, schema: &Schema) -> &'static str {
    let has = |name: &str| store.get(part.node, name).is_some();
    let candidates: &[&'static str] = match schema {
        Schema::Types(_) if class == Class::Type => &["type"],
        Schema::Types(_) | Schema::MultipleOf(_) => &["multipleOf"],
        Schema::Constants(_) => &["enum", "const"],
        Schema::Minimum(..) => &["minimum", "exclusiveMinimum", "format"],
        Schema::Maximum(..) => &["maximum", "exclusiveMaximum", "format"],
        Schema::MinLength(_) => &["minLength"],
        Schema::MaxLength(_) => &["maxLength"],
        Schema::Pattern(_) => &["pattern", "format"],
        Schema::PropertyNames(_) => &["propertyNames"],
        Schema::Required(_) => &["required"],
        Schema::MinProperties(_) => &["minProperties"],
        Schema::MaxProperties(_) => &["maxProperties"],
        Schema::MinItems(_) => &["minItems"],
        Schema::MaxItems(_) => &["maxItems", "items", "additionalItems"],
        Schema::AtLeast(..) | Schema::AtMost(..) => &["contains"],
        Schema::Unique => &["uniqueItems"],
        Schema::UnevaluatedProperties(..) => &["unevaluatedProperties"],
        Schema::UnevaluatedItems(..) => &["unevaluatedItems"],
        Schema::If(..) if class == Class::Required => beside::KEYWORDS,
        Schema::Not(_) => &["not"],
        _ => class.keywords(),
    };
    let found = candidates.iter().chain(class.keywords()).find(|it| has(it));
    found.copied().unwrap_or_else(|| candidates.first().copied().unwrap_or_default())
}
