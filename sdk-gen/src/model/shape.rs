//! One schema object, its keywords read.

use contracts::{NodeId, inclusion::TypeSet};

use crate::model::{Few, Pattern, UnitId, View};

/// A schema object of a [`Model`](crate::Model).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(pub(super) u32);

/// The way from the shape around to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// It is the root of its unit.
    Root,
    /// `not`
    Keyword(&'static str),
    /// `properties`, and the name
    Named(&'static str, &'a str),
    /// A keyword such as `allOf`, and the index
    Item(&'static str, usize),
}

/// One schema object. Every part holds by itself: a value fits if it fits all of them.
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    /// Its value in the contract; `JSDoc` comes from it.
    pub node: NodeId,
    /// The unit it is part of.
    pub unit: UnitId,
    /// The shape around it; itself for the root.
    pub parent: ShapeId,
    /// The way from there.
    pub step: Step<'a>,
    /// A truth value instead of an object, or an object that means one.
    pub constant: Option<bool>,
    /// `$ref` and `$dynamicRef`.
    pub references: Few<UnitId>,
    /// `type` and what adds `null` to it; all kinds if nothing is said.
    pub types: TypeSet,
    /// The lists of `enum` and `const`.
    pub values: Few<(&'static str, Vec<NodeId>)>,
    /// `x-extensible-enum`: texts besides the listed ones are fine.
    pub is_extensible: bool,
    /// The values of `x-extensible-enum`, where it lists them itself.
    pub suggested: Few<NodeId>,
    /// Rules of numbers.
    pub bounds: Few<Bound>,
    /// Rules of texts.
    pub text: Option<Box<TextRules<'a>>>,
    /// Rules of objects.
    pub object: Option<Box<ObjectRules<'a>>>,
    /// Rules of lists.
    pub array: Option<Box<ArrayRules>>,
    /// `allOf`
    pub all: Few<ShapeId>,
    /// `anyOf`
    pub any: Few<ShapeId>,
    /// `oneOf`
    pub one: Few<ShapeId>,
    /// `not`
    pub not: Option<ShapeId>,
    /// `if`, `then`, `else`
    pub condition: Option<(ShapeId, Option<ShapeId>, Option<ShapeId>)>,
}

/// A rule of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The keyword that says so.
    pub keyword: &'static str,
    /// What it says.
    pub limit: Limit,
    /// The number, in the grammar of JSON.
    pub number: String,
}

/// What a rule of numbers says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// From here.
    Minimum,
    /// Above here.
    Above,
    /// Up to here.
    Maximum,
    /// Below here.
    Below,
    /// A multiple of this.
    MultipleOf,
}

impl Limit {
    /// What a number is that does not keep it, up to the limit itself.
    pub(crate) fn broken(self) -> &'static str {
        match self {
            Self::Minimum => "less than ",
            Self::Above => "not more than ",
            Self::Maximum => "more than ",
            Self::Below => "not less than ",
            Self::MultipleOf => "not a multiple of ",
        }
    }
}

/// Rules of texts.
#[derive(Debug, Clone, Default)]
pub struct TextRules<'a> {
    /// `minLength`
    pub min: Option<u64>,
    /// `maxLength`
    pub max: Option<u64>,
    /// `pattern`
    pub pattern: Option<Pattern<'a>>,
}

/// A declared member.
#[derive(Debug, Clone)]
pub struct Property<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its schema.
    pub shape: ShapeId,
    /// `readOnly`: never sent.
    pub read_only: bool,
    /// `writeOnly`: never received.
    pub write_only: bool,
}

/// A member that has to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required<'a> {
    /// Its name.
    pub name: &'a str,
    /// It is declared as never sent.
    pub read_only: bool,
    /// It is declared as never received.
    pub write_only: bool,
}

/// Rules of objects.
#[derive(Debug, Clone, Default)]
pub struct ObjectRules<'a> {
    /// `properties`
    pub properties: Vec<Property<'a>>,
    /// `required`, each once.
    pub required: Vec<Required<'a>>,
    /// `patternProperties`
    pub patterns: Vec<(Pattern<'a>, ShapeId)>,
    /// `additionalProperties`
    pub additional: Option<ShapeId>,
    /// `minProperties`
    pub min: Option<u64>,
    /// `maxProperties`
    pub max: Option<u64>,
    /// `propertyNames`
    pub names: Option<ShapeId>,
    /// `dependentRequired`, and `dependencies` that are lists.
    pub dependent_required: Vec<(&'a str, Vec<&'a str>)>,
    /// `dependentSchemas`, and `dependencies` that are schemas.
    pub dependent_schemas: Vec<(&'a str, ShapeId)>,
    /// `unevaluatedProperties`
    pub unevaluated: Option<ShapeId>,
}

/// `contains` with its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contains {
    /// What is looked for.
    pub shape: ShapeId,
    /// `minContains`, else 1.
    pub min: u64,
    /// `maxContains`
    pub max: Option<u64>,
    /// Do the items found count as looked at?
    pub evaluates: bool,
}

/// Rules of lists.
#[derive(Debug, Clone, Default)]
pub struct ArrayRules {
    /// `prefixItems`, or the list form of `items`.
    pub prefix: Vec<ShapeId>,
    /// `items` behind the prefix, or `additionalItems`.
    pub rest: Option<ShapeId>,
    /// `minItems`
    pub min: Option<u64>,
    /// `maxItems`
    pub max: Option<u64>,
    /// `uniqueItems`
    pub is_unique: bool,
    /// `contains`
    pub contains: Option<Contains>,
    /// `unevaluatedItems`
    pub unevaluated: Option<ShapeId>,
}

impl Property<'_> {
    /// Is it never there in this view?
    #[must_use]
    pub fn is_hidden(&self, view: View) -> bool {
        is_hidden(view, self.read_only, self.write_only)
    }
}

impl Required<'_> {
    /// Does the view not ask for it?
    #[must_use]
    pub fn is_hidden(&self, view: View) -> bool {
        is_hidden(view, self.read_only, self.write_only)
    }
}

fn is_hidden(view: View, read_only: bool, write_only: bool) -> bool {
    match view {
        View::Received => write_only,
        View::Sent => read_only,
    }
}

impl<'a> Shape<'a> {
    /// A shape that takes everything, to be filled.
    pub(super) fn open(node: NodeId, unit: UnitId, parent: ShapeId, step: Step<'a>) -> Self {
        Self {
            node,
            unit,
            parent,
            step,
            constant: None,
            references: Few::NONE,
            types: TypeSet::ALL,
            values: Few::NONE,
            is_extensible: false,
            suggested: Few::NONE,
            bounds: Few::NONE,
            text: None,
            object: None,
            array: None,
            all: Few::NONE,
            any: Few::NONE,
            one: Few::NONE,
            not: None,
            condition: None,
        }
    }

    /// Does it say nothing?
    #[must_use]
    pub fn is_open(&self) -> bool {
        let has_rules = self.text.is_some() || self.object.is_some() || self.array.is_some();
        let has_parts = [&self.all, &self.any, &self.one].iter().any(|it| !it.is_empty());
        self.constant.is_none()
            && self.references.is_empty()
            && self.types == TypeSet::ALL
            && self.values.is_empty()
            && self.bounds.is_empty()
            && self.not.is_none()
            && self.condition.is_none()
            && !has_rules
            && !has_parts
    }

    /// Does it take all texts, and nothing else?
    #[must_use]
    pub fn is_any_text(&self) -> bool {
        let is_free = self.text.is_none() && self.values.is_empty() && self.references.is_empty();
        let lists = [&self.all, &self.any, &self.one];
        self.types == TypeSet::STRING
            && self.constant.is_none()
            && is_free
            && lists.iter().all(|it| it.is_empty())
            && self.not.is_none()
            && self.condition.is_none()
    }

    /// Puts all shapes directly inside behind others, in the order of this struct.
    pub fn push_inside(&self, found: &mut Vec<ShapeId>) {
        if let Some(object) = &self.object {
            found.extend(object.properties.iter().map(|it| it.shape));
            found.extend(object.patterns.iter().map(|it| it.1));
            found.extend(object.additional);
            found.extend(object.names);
            found.extend(object.dependent_schemas.iter().map(|it| it.1));
            found.extend(object.unevaluated);
        }
        if let Some(array) = &self.array {
            found.extend(&array.prefix);
            found.extend(array.rest);
            found.extend(array.contains.map(|it| it.shape));
            found.extend(array.unevaluated);
        }
        self.push_variants(found);
    }

    /// Puts the shapes directly inside that look at the same value behind others.
    pub(super) fn push_beside(&self, found: &mut Vec<ShapeId>) {
        if let Some(object) = &self.object {
            found.extend(object.dependent_schemas.iter().map(|it| it.1));
        }
        self.push_variants(found);
    }

    fn push_variants(&self, found: &mut Vec<ShapeId>) {
        for list in [&self.all, &self.any, &self.one] {
            found.extend(list);
        }
        found.extend(self.not);
        if let Some((condition, then, otherwise)) = self.condition {
            found.push(condition);
            found.extend(then);
            found.extend(otherwise);
        }
    }
}
