//! A schema of a contract, rewritten as one schema of 2020-12 that stands alone.
//!
//! Everything that differs between dialects is settled here, so that the validator sees one
//! dialect only: keywords are copied from a list, references become `#/$defs/N`, members that are
//! not sent in a direction vanish, numeric formats become bounds.
//!
//! The rewriting is made for instances with known member names: a property that no instance has
//! is not looked into. So the cost is that of the witness and not that of the contract.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hashbrown::HashSet;
use serde_json::{Map, Value, json};

use super::{
    dialect::Dialect,
    direction::Unsent,
    keywords,
    texts::{At, RECURSIVE, Texts},
};
use crate::{Direction, Formats};

/// How a schema is read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Who sends the value; `None` in plain JSON Schema.
    pub(super) direction: Option<Direction>,
    /// Does the tag of a discriminator select a schema?
    pub(super) by_tag: bool,
    /// The member names and texts that instances may have: asked for each member of each of them.
    pub(super) words: HashSet<String>,
    /// May instances hold lists?
    pub(super) has_lists: bool,
}

impl Reading {
    /// The reading that does for one instance, and for what is left of it when parts are taken away.
    pub(super) fn of(instance: &Value, direction: Option<Direction>, by_tag: bool) -> Self {
        let mut reading = Self { direction, by_tag, words: HashSet::new(), has_lists: false };
        reading.note(instance);
        reading
    }

    fn note(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    self.words.get_or_insert_with(name.as_str(), str::to_owned);
                    self.note(member);
                }
            }
            Value::Array(items) => {
                self.has_lists = true;
                for item in items {
                    self.note(item);
                }
            }
            Value::String(text) if self.by_tag => drop(self.words.insert(text.clone())),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Does a schema of this reading answer for an instance?
    pub(super) fn covers(&self, value: &Value) -> bool {
        match value {
            Value::Object(members) => {
                members.iter().all(|it| self.words.contains(it.0) && self.covers(it.1))
            }
            Value::Array(items) => self.has_lists && items.iter().all(|it| self.covers(it)),
            Value::String(text) => !self.by_tag || self.words.contains(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        }
    }
}

/// The place of a schema, and what was decided on the way to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Goal {
    at: At,
    /// The resources with dynamic names on the way, the outermost first.
    scope: Vec<String>,
    /// The members that are not sent, as a schema of the same value says.
    unsent: BTreeSet<String>,
    /// Has a tag been followed for the same value?
    is_tagged: bool,
}

/// Rewrites one schema and all it refers to.
pub(super) struct Rewriting<'a> {
    pub(super) texts: &'a Texts,
    pub(super) reading: &'a Reading,
    pub(super) formats: Formats,
    unsent: Unsent<'a>,
    numbers: BTreeMap<Goal, usize>,
    waiting: VecDeque<(usize, Goal)>,
    /// From definition to definition without a step into the value.
    in_place: BTreeSet<(usize, usize)>,
    /// Does any schema that was looked into have a discriminator?
    has_tags: bool,
}

/// A schema that stands alone.
pub(super) struct Rewritten {
    pub(super) schema: Value,
    /// Would it be another one if tags selected schemas?
    pub(super) has_tags: bool,
}

/// Where in the rewriting a schema stands.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    goal: Goal,
    pub(super) dialect: Dialect,
    /// The definition whose value it constrains, `None` for a value inside it.
    definition: Option<usize>,
}

impl<'a> Rewriting<'a> {
    pub(super) fn new(texts: &'a Texts, reading: &'a Reading, formats: Formats) -> Self {
        Self {
            texts,
            reading,
            formats,
            unsent: Unsent::new(texts, reading.direction),
            numbers: BTreeMap::new(),
            waiting: VecDeque::new(),
            in_place: BTreeSet::new(),
            has_tags: false,
        }
    }

    /// The schema at a place, alone; or why it cannot be had.
    pub(super) fn run(mut self, at: &At) -> Result<Rewritten, String> {
        let scope = Vec::new();
        let goal = Goal { at: at.clone(), scope, unsent: BTreeSet::new(), is_tagged: false };
        let root = self.number(goal);
        let mut definitions = Map::new();
        while let Some((number, goal)) = self.waiting.pop_front() {
            let value = self.texts.schema(&goal.at).ok_or("the schema is not there")?;
            let dialect = Dialect::at(self.texts, &goal.at)
                .map_err(|it| format!("the dialect `{it}` is not known"))?;
            let spot = Spot { goal, dialect, definition: Some(number) };
            definitions.insert(number.to_string(), self.schema(&value, &spot)?);
        }
        if self.has_circle(definitions.len()) {
            return Err("the schema leads back to itself for the same value".to_owned());
        }
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/$defs/{root}"),
            "$defs": definitions,
        });
        Ok(Rewritten { schema, has_tags: self.has_tags })
    }

    fn number(&mut self, mut goal: Goal) -> usize {
        let resource = self.texts.dynamic_resource(&goal.at);
        goal.scope.extend(resource.filter(|it| !goal.scope.contains(it)));
        let next = self.numbers.len();
        let number = *self.numbers.entry(goal.clone()).or_insert(next);
        if number == next {
            self.waiting.push_back((number, goal));
        }
        number
    }

    fn has_circle(&self, n_definitions: usize) -> bool {
        // Whoever has no way out any more is taken away, until nobody is left or all are in circles.
        let mut edges = self.in_place.clone();
        for _ in 0..n_definitions {
            let starts: BTreeSet<usize> = edges.iter().map(|it| it.0).collect();
            let n_edges = edges.len();
            edges.retain(|it| starts.contains(&it.1));
            if edges.len() == n_edges {
                break;
            }
        }
        !edges.is_empty()
    }

    /// Rewrites a schema.
    pub(super) fn schema(&mut self, value: &Value, spot: &Spot) -> Result<Value, String> {
        let members = match value {
            Value::Object(members) => members,
            Value::Bool(it) => return Ok(Value::Bool(*it)),
            // Validators ignore what is no schema.
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Ok(Value::Bool(true));
            }
        };
        let mut out = Map::new();
        self.has_tags |= members.contains_key("discriminator");
        let mut spot = spot.clone();
        spot.goal.unsent.extend(self.unsent.names(members, &spot.goal.at, spot.dialect));
        self.references(members, &spot, &mut out)?;
        if members.get("$ref").is_some_and(Value::is_string) && spot.dialect.drops_siblings() {
            return Ok(Value::Object(out));
        }
        for (keyword, value) in members.iter().filter(|it| spot.dialect.knows(it.0)) {
            keywords::rewrite(self, (keyword, value), (members, &spot), &mut out)?;
        }
        keywords::scalars(self, members, &spot, &mut out);
        if self.reading.by_tag && !spot.goal.is_tagged {
            self.tags(members, &spot, &mut out)?;
        }
        Ok(Value::Object(out))
    }

    fn references(
        &mut self,
        members: &Map<String, Value>,
        spot: &Spot,
        out: &mut Map<String, Value>,
    ) -> Result<(), String> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        if let Some(reference) = text("$ref") {
            let target = self.texts.follow(&spot.goal.at, reference);
            let target = target.ok_or_else(|| nowhere(reference))?;
            out.insert("$ref".to_owned(), self.refer(target, spot));
        }
        let scope = &spot.goal.scope;
        if let Some(reference) = text("$dynamicRef").filter(|_| spot.dialect == Dialect::Draft2020)
        {
            let plain = self.texts.follow(&spot.goal.at, reference);
            let plain = plain.ok_or_else(|| nowhere(reference))?;
            let name = reference.split_once('#').map_or("", |it| it.1);
            let found = self.texts.follow_dynamic(&plain, name, scope).unwrap_or(plain);
            let target = self.refer(found, spot);
            add(out, "allOf", json!({ "$ref": target }));
        }
        if text("$recursiveRef") == Some("#") && spot.dialect == Dialect::Draft2019 {
            let plain = self.texts.follow(&spot.goal.at, "#").ok_or_else(|| nowhere("#"))?;
            let found = self.texts.follow_dynamic(&plain, RECURSIVE, scope).unwrap_or(plain);
            let target = self.refer(found, spot);
            add(out, "allOf", json!({ "$ref": target }));
        }
        Ok(())
    }

    fn refer(&mut self, at: At, spot: &Spot) -> Value {
        let number = self.number(Goal { at, ..spot.goal.clone() });
        if let Some(definition) = spot.definition {
            self.in_place.insert((definition, number));
        }
        Value::String(format!("#/$defs/{number}"))
    }

    /// A tag that a discriminator knows leads to its schema, another one leads nowhere. Without a
    /// choice it knows every component by its name.
    fn tags(
        &mut self,
        members: &Map<String, Value>,
        spot: &Spot,
        out: &mut Map<String, Value>,
    ) -> Result<(), String> {
        let Some(discriminator) = members.get("discriminator") else { return Ok(()) };
        let property = discriminator.get("propertyName").or(Some(discriminator));
        let Some(property) = property.and_then(Value::as_str) else { return Ok(()) };
        let targets = self.targets(members, spot);
        let mut tagged = spot.clone();
        tagged.goal.is_tagged = true;
        tagged.goal.unsent.clear();
        for (tag, target) in &targets {
            if !self.reading.words.contains(tag) {
                continue;
            }
            let at = self.texts.follow(&spot.goal.at, target).ok_or_else(|| nowhere(target))?;
            let is_tag = json!({"type": "object", "required": [property], "properties": {property: {"const": tag}}});
            let target = self.refer(at, &tagged);
            add(out, "allOf", json!({"if": is_tag, "then": {"$ref": target}}));
        }
        let known: Vec<_> = targets.keys().collect();
        add(out, "allOf", json!({"properties": {property: {"enum": known}}}));
        Ok(())
    }

    /// The tags that a discriminator knows, and the references they stand for.
    fn targets(&self, members: &Map<String, Value>, spot: &Spot) -> BTreeMap<String, String> {
        let components =
            if spot.dialect == Dialect::Oas20 { "/definitions" } else { "/components/schemas" };
        let component = |name: &str| At { file: 0, pointer: components.to_owned() }.child(name);
        let choices = ["oneOf", "anyOf"].iter().filter_map(|it| members.get(*it)?.as_array());
        let mut targets = BTreeMap::new();
        let mut has_choices = false;
        for choice in choices.flatten() {
            has_choices = true;
            let Some(reference) = choice.get("$ref").and_then(Value::as_str) else { continue };
            let name = reference.rsplit('/').next().unwrap_or_default();
            targets.insert(name.to_owned(), reference.to_owned());
        }
        let address = |at: At| {
            let path = self.texts.path(at.file);
            format!("file:///{path}#{}", at.pointer.replace('%', "%25"))
        };
        if !has_choices {
            let words = self.reading.words.iter().filter(|it| self.texts.has(&component(it)));
            targets.extend(words.map(|it| (it.clone(), address(component(it)))));
        }
        let mapping = members.get("discriminator").and_then(|it| it.get("mapping"));
        for (tag, target) in mapping.and_then(Value::as_object).into_iter().flatten() {
            let Some(target) = target.as_str() else { continue };
            let named = component(target);
            let target = if self.texts.has(&named) { address(named) } else { target.to_owned() };
            targets.insert(tag.clone(), target);
        }
        targets
    }
}

impl Spot {
    /// A schema inside, for the same value.
    pub(super) fn same(&self, path: &[&str]) -> Self {
        let mut inner = self.clone();
        inner.goal.at = path.iter().fold(inner.goal.at, |at, name| at.child(name));
        inner
    }

    /// A schema inside, for the same value, where what is not sent has no part (`not`, `if`).
    pub(super) fn same_but_plain(&self, path: &[&str]) -> Self {
        let mut inner = self.same(path);
        inner.goal.unsent.clear();
        inner
    }

    /// A schema inside, for a value inside.
    pub(super) fn inner(&self, path: &[&str]) -> Self {
        let mut inner = self.same_but_plain(path);
        inner.goal.is_tagged = false;
        inner.definition = None;
        inner
    }

    pub(super) fn is_unsent(&self, name: &str) -> bool {
        self.goal.unsent.contains(name)
    }
}

/// Adds to a list of schemas.
pub(super) fn add(out: &mut Map<String, Value>, keyword: &str, schema: Value) {
    let list = out.entry(keyword).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.push(schema);
    }
}

fn nowhere(reference: &str) -> String {
    format!("`{reference}` leads nowhere")
}
