//! Which shapes a schema allows, and the members that it declares: what a receiver has to know
//! before it can read characters.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Side, style::Shape};
use crate::{
    Direction,
    judge::{dialect::Dialect, texts::At, validator::Verdict},
};

/// What a schema says of the shape of its values.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) shapes: BTreeSet<Shape>,
    /// The schemas of declared members.
    pub(super) members: Vec<(String, At)>,
    /// Schemas of members whose names have a pattern.
    pub(super) patterns: Vec<(String, At)>,
    /// Schemas of members that are not named.
    pub(super) others: Vec<At>,
    /// Schemas of items.
    pub(super) items: Vec<At>,
    /// All schemas that were looked at.
    pub(super) seen: BTreeSet<At>,
}

impl Outline {
    /// The shapes to try, the likelier first; a schema that says nothing takes what comes.
    pub(super) fn candidates(&self) -> Vec<Shape> {
        if self.shapes.is_empty() {
            return vec![Shape::Scalar, Shape::List, Shape::Object];
        }
        self.shapes.iter().rev().copied().collect()
    }

    /// The schemas of a member.
    pub(super) fn member(&self, name: &str) -> impl Iterator<Item = &At> {
        let named = self.members.iter().filter(move |it| it.0 == name);
        named.map(|it| &it.1)
    }

    pub(super) fn declares(&self, name: &str) -> bool {
        self.members.iter().any(|it| it.0 == name)
    }
}

impl Side<'_> {
    /// What some schemas say of the shape of one value.
    pub(super) fn outline<'a>(self, schemas: impl IntoIterator<Item = &'a At>) -> Outline {
        let mut outline = Outline::default();
        for at in schemas {
            self.draw(at, None, &mut outline);
        }
        outline
    }

    /// The same for one value: alternatives that do not take it say nothing, if another one does.
    pub(super) fn outline_of<'a>(
        self,
        schemas: impl IntoIterator<Item = &'a At>,
        value: (&Value, Direction),
    ) -> Outline {
        let mut outline = Outline::default();
        for at in schemas {
            self.draw(at, Some(value), &mut outline);
        }
        outline
    }

    /// The alternatives that take a value; all of them if there is none.
    fn chosen(self, at: &At, n_parts: usize, value: Option<(&Value, Direction)>) -> Vec<At> {
        let parts: Vec<At> = (0..n_parts).map(|it| at.child(&it.to_string())).collect();
        let Some((value, direction)) = value.filter(|_| self.is_exact) else { return parts };
        let takes = |it: &&At| self.fits(it, direction, value, self.is_text) == Verdict::Accepted;
        let taking: Vec<At> = parts.iter().filter(takes).cloned().collect();
        if taking.is_empty() { parts } else { taking }
    }

    fn draw(self, at: &At, value: Option<(&Value, Direction)>, outline: &mut Outline) {
        if !outline.seen.insert(at.clone()) {
            return;
        }
        let Some(schema) = self.texts.schema(at) else { return };
        let dialect = Dialect::at(self.texts, at).unwrap_or(Dialect::Draft2020);
        let reference = schema.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(|it| self.texts.follow(at, it)) {
            self.draw(&target, value, outline);
            if dialect.drops_siblings() {
                return;
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let parts = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            let choosing = value.filter(|_| keyword != "allOf");
            for part in self.chosen(&at.child(keyword), parts, choosing) {
                let shapes = std::mem::take(&mut outline.shapes);
                self.draw(&part, value, outline);
                let is_open = keyword != "allOf" && outline.shapes.is_empty();
                // An alternative that says nothing of the shape takes what comes.
                let all = [Shape::Scalar, Shape::List, Shape::Object];
                outline.shapes.extend(all.into_iter().filter(|_| is_open));
                outline.shapes.extend(shapes);
            }
        }
        for keyword in ["then", "else"] {
            if dialect.knows("if") && schema.get(keyword).is_some() {
                self.draw(&at.child(keyword), value, outline);
            }
        }
        if dialect.knows("if") && schema.get("if").is_some() {
            // It looks at members, and lets every shape through.
            let shapes = std::mem::take(&mut outline.shapes);
            self.draw(&at.child("if"), value, outline);
            outline.shapes = shapes;
        }
        let types = match schema.get("type") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(name)) => vec![name.as_str()],
            _ => Vec::new(),
        };
        outline.shapes.extend(types.iter().map(|it| match *it {
            "array" => Shape::List,
            "object" => Shape::Object,
            _ => Shape::Scalar,
        }));
        let constants = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        outline.shapes.extend(constants.chain(schema.get("const")).map(shape_of));
        self.draw_members(at, &schema, dialect, outline);
        if let Some(heir) = value.and_then(|it| self.selected(at, &schema, it.0)) {
            self.draw(&heir, value, outline);
        }
        if schema.get("items").is_some_and(Value::is_object) {
            outline.items.push(at.child("items"));
        }
        let tuple = schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        for idx in 0..tuple {
            outline.items.push(at.child("prefixItems").child(&idx.to_string()));
        }
    }

    /// The schema that the tag of a value selects, where there is no choice to find it in.
    fn selected(self, at: &At, schema: &Value, value: &Value) -> Option<At> {
        if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() {
            return None;
        }
        let discriminator = schema.get("discriminator")?;
        let property = discriminator.get("propertyName").unwrap_or(discriminator).as_str()?;
        let tag = value.get(property)?.as_str()?;
        let components = if self.is_swagger() { "/definitions" } else { "/components/schemas" };
        let component = |name: &str| {
            let at = At { file: 0, pointer: components.to_owned() }.child(name);
            Some(at).filter(|it| self.texts.has(it))
        };
        let mapped = discriminator.get("mapping").and_then(|it| it.get(tag)?.as_str());
        let Some(target) = mapped else { return component(tag) };
        component(target).or_else(|| self.texts.follow(at, target))
    }

    fn draw_members(self, at: &At, schema: &Value, dialect: Dialect, outline: &mut Outline) {
        for name in self.texts.names(&at.child("properties")) {
            let member = at.child("properties").child(&name);
            outline.members.push((name, member));
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if dialect.knows(keyword) && schema.get(keyword).is_some_and(Value::is_object) {
                outline.others.push(at.child(keyword));
            }
        }
        if dialect.knows("patternProperties") {
            let all = at.child("patternProperties");
            let names = self.texts.names(&all).into_iter();
            outline.patterns.extend(names.map(|it| (it.clone(), all.child(&it))));
        }
    }
}

/// The shape of a value.
pub(super) fn shape_of(value: &Value) -> Shape {
    match value {
        Value::Array(_) => Shape::List,
        Value::Object(_) => Shape::Object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::Scalar,
    }
}
