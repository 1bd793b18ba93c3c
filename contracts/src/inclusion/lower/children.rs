//! The schemas inside a schema, with their places.

use crate::{
    Located, NodeId,
    inclusion::lower::{
        Lowering, SchemaPlace, View,
        classes::{Keywords, may_be_schema},
    },
};

/// How a schema is reached from the one around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A member.
    Property(String),
    /// Members whose names have a pattern.
    PatternProperty(String),
    /// Members that nothing else names.
    AdditionalProperties,
    /// Members that nothing else looked at.
    UnevaluatedProperties,
    /// The names of members.
    PropertyNames,
    /// One item of a tuple.
    Item(usize),
    /// All items from an index on.
    Items(usize),
    /// Items that nothing else looked at.
    UnevaluatedItems,
    /// Some items.
    Contains,
    /// A branch of `allOf`.
    AllOf(usize),
    /// A branch of `anyOf`.
    AnyOf(usize),
    /// A branch of `oneOf`.
    OneOf(usize),
    /// `not`
    Not,
    /// `if`
    If,
    /// `then`
    Then,
    /// `else`
    Else,
    /// What holds where a member is there.
    Dependent(String),
    /// Where `$ref` leads.
    Reference,
}

impl Step {
    /// Does it lead to values inside the value, instead of to the value itself?
    #[must_use]
    pub fn is_inward(&self) -> bool {
        match self {
            Self::Property(_)
            | Self::PatternProperty(_)
            | Self::AdditionalProperties
            | Self::UnevaluatedProperties
            | Self::PropertyNames
            | Self::Item(_)
            | Self::Items(_)
            | Self::UnevaluatedItems
            | Self::Contains => true,
            Self::AllOf(_)
            | Self::AnyOf(_)
            | Self::OneOf(_)
            | Self::Not
            | Self::If
            | Self::Then
            | Self::Else
            | Self::Dependent(_)
            | Self::Reference => false,
        }
    }
}

/// A schema inside another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// How it is reached.
    pub step: Step,
    /// Where it stands.
    pub place: SchemaPlace,
}

impl Lowering<'_> {
    /// The schemas inside a schema, in the order of this list of keywords; members that are never
    /// sent in the direction of the view are left out.
    pub fn children(&mut self, place: &SchemaPlace, view: View) -> Vec<Child> {
        let keywords = Keywords::new(self, place, view);
        let mut listing = Listing { keywords, children: Vec::new() };
        listing.references();
        if listing.children.is_empty()
            || listing.keywords.place.dialect.reads_siblings_of_references()
        {
            listing.members();
            listing.items();
            listing.variants();
        }
        listing.children
    }
}

struct Listing<'l, 'a> {
    keywords: Keywords<'l, 'a>,
    children: Vec<Child>,
}

impl Listing<'_, '_> {
    fn references(&mut self) {
        let Some(node) = self.keywords.keyword("$ref") else { return };
        let place = self.keywords.place.clone();
        if let Some(place) = self.keywords.lowering.follow(&place, node) {
            self.children.push(Child { step: Step::Reference, place });
        }
    }

    fn push(&mut self, step: Step, steps: &[&str], node: NodeId) {
        if may_be_schema(self.keywords.lowering.store(), node) {
            let place = self.keywords.below(steps, node);
            let place = self.keywords.lowering.entered(place);
            self.children.push(Child { step, place });
        }
    }

    fn single(&mut self, keyword: &str, step: Step) {
        if let Some(node) = self.keywords.keyword(keyword) {
            self.push(step, &[keyword], node);
        }
    }

    fn named(&mut self, keyword: &str, step: fn(String) -> Step) {
        let Some(node) = self.keywords.keyword(keyword) else { return };
        let store = self.keywords.lowering.store();
        for (name, node) in store.members(node) {
            self.push(step(name.to_owned()), &[keyword, name], node);
        }
    }

    fn list(&mut self, keyword: &str, step: fn(usize) -> Step) {
        let Some(node) = self.keywords.keyword(keyword) else { return };
        let store = self.keywords.lowering.store();
        for (idx, node) in store.items(node).iter().enumerate() {
            self.push(step(idx), &[keyword, &idx.to_string()], *node);
        }
    }

    fn members(&mut self) {
        self.named("properties", Step::Property);
        let direction = self.keywords.view.direction;
        let lowering = &mut *self.keywords.lowering;
        self.children.retain(|it| {
            it.step == Step::Reference || !lowering.is_never_sent(&it.place, direction)
        });
        let dialect = self.keywords.place.dialect;
        if dialect.is_json_schema() {
            self.named("patternProperties", Step::PatternProperty);
        }
        self.single("additionalProperties", Step::AdditionalProperties);
        if dialect.has_draft6() {
            self.single("propertyNames", Step::PropertyNames);
        }
        if dialect.has_dependencies() {
            self.named("dependencies", Step::Dependent);
        }
        if dialect.has_draft2019() {
            self.named("dependentSchemas", Step::Dependent);
            self.single("unevaluatedProperties", Step::UnevaluatedProperties);
        }
    }

    fn items(&mut self) {
        let (tuple, rest) = self.keywords.tuple_keywords();
        let store = self.keywords.lowering.store();
        let node = tuple.and_then(|it| self.keywords.keyword(it));
        let n_prefix = node.map_or(0, |it| store.items(it).len());
        if let Some(tuple) = tuple {
            self.list(tuple, Step::Item);
        }
        if let Some(rest) = rest {
            self.single(rest, Step::Items(n_prefix));
        }
        let dialect = self.keywords.place.dialect;
        if dialect.has_draft6() {
            self.single("contains", Step::Contains);
        }
        if dialect.has_draft2019() {
            self.single("unevaluatedItems", Step::UnevaluatedItems);
        }
    }

    fn variants(&mut self) {
        self.list("allOf", Step::AllOf);
        let dialect = self.keywords.place.dialect;
        if dialect == crate::Dialect::Oas20 {
            return;
        }
        self.list("anyOf", Step::AnyOf);
        self.list("oneOf", Step::OneOf);
        self.single("not", Step::Not);
        if dialect.has_draft7() {
            self.single("if", Step::If);
            self.single("then", Step::Then);
            self.single("else", Step::Else);
        }
    }
}

impl Child {
    /// The place by itself.
    #[must_use]
    pub fn at(&self) -> &Located {
        &self.place.at
    }
}
