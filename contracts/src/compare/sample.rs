//! A value for the parts of an exchange that are not what breaks: the required parameter beside
//! the one that moved, the body of a call that lost its credentials.
//!
//! It is a guess by the usual keywords, corrected by the search where it is wrong; the judge
//! confirms the whole exchange.

use serde_json::{Map, Number, Value};

use crate::{
    Direction, Formats, Kind, Located,
    compare::{text::Shape, values::Values},
    inclusion::TypeSet,
    operations::Reading,
};

/// Levels of nesting that a sample goes into.
const DEEPEST: usize = 24;

/// Makes samples of one side.
#[derive(Clone, Copy)]
pub(crate) struct Sampler<'a> {
    /// The contract.
    pub reading: Reading<'a>,
    /// Who sends the value: the other one's own members are left out.
    pub direction: Direction,
}

impl Sampler<'_> {
    /// A value that a schema takes, as far as one can see; no schema takes everything.
    pub(crate) fn sample(&self, schema: Option<&Located>) -> Value {
        let Some(schema) = schema else { return Value::from("a") };
        let guess = self.value(schema, DEEPEST);
        self.corrected(schema, guess)
    }

    /// The guess, or a value that the search finds if it is certain that the guess is none.
    fn corrected(&self, schema: &Located, guess: Value) -> Value {
        let mut values = Values::of(self.reading, self.direction, Formats::All);
        if values.takes(schema, &guess) != Some(false) {
            return guess;
        }
        values.some(schema).unwrap_or(guess)
    }

    /// Is it certain that no value fits?
    pub(crate) fn is_impossible(&self, schema: Option<&Located>) -> bool {
        let Some(schema) = schema else { return false };
        let here = self.reading.resolved(schema.clone());
        let mut keywords = self.reading.store.members(here.node).map(|it| it.0);
        if self.reading.store.kind(here.node) == Kind::Object && keywords.all(is_free) {
            return false;
        }
        let mut values = Values::of(self.reading, self.direction, Formats::None);
        let guess = self.value(schema, DEEPEST);
        values.takes(schema, &guess) == Some(false) && values.is_empty(schema)
    }

    /// A value that leaves characters on the wire: lists and objects have a part.
    pub(crate) fn present(&self, schema: Option<&Located>) -> Value {
        self.writable(schema).unwrap_or_else(|| {
            let value = self.sample(schema);
            if has_parts(&value) { value } else { self.shaped(schema, shape_of(&value)) }
        })
    }

    /// Is there a value that a style can write?
    pub(crate) fn can_send(&self, schema: Option<&Located>) -> bool {
        self.writable(schema).is_some() && !self.is_impossible(schema)
    }

    /// A value that a schema takes and that a style can write, as far as one can see.
    fn writable(&self, schema: Option<&Located>) -> Option<Value> {
        let value = self.sample(schema);
        if is_plain(&value) {
            return Some(value);
        }
        self.sendable(schema, shape_of(&value)).or_else(|| {
            let mut values = Values::of(self.reading, self.direction, Formats::All);
            let text = TypeSet::STRING | TypeSet::NUMBER | TypeSet::BOOLEAN;
            values.some_plain(schema?, text, 0)
        })
    }

    /// A value of a shape that a schema takes and that no part of is a list or object: what a style
    /// can write. Nothing if there is none.
    pub(crate) fn sendable(&self, schema: Option<&Located>, shape: Shape) -> Option<Value> {
        let guess = self.shaped(schema, shape);
        let Some(schema) = schema else { return Some(guess) };
        let mut values = Values::of(self.reading, self.direction, Formats::All);
        let kind = match shape {
            Shape::Scalar => return Some(guess),
            Shape::Array => TypeSet::ARRAY,
            Shape::Object => TypeSet::OBJECT,
        };
        if is_plain(&guess) && values.takes(schema, &guess) != Some(false) {
            return Some(guess);
        }
        [2, 1].into_iter().find_map(|least| values.some_plain(schema, kind, least))
    }

    /// Several values that a schema takes, the sample first.
    pub(crate) fn others(&self, schema: Option<&Located>) -> Vec<Value> {
        let first = self.present(schema);
        let here = schema.map(|it| self.reading.resolved(it.clone()));
        let constants = here.map(|it| self.reading.items_of(&it, "enum")).unwrap_or_default();
        let more: Vec<Value> = match &first {
            _ if !constants.is_empty() => {
                constants.iter().map(|it| self.reading.store.value(it.node)).collect()
            }
            Value::String(text) => {
                let letters = ["b", "c", "x", "z", "0", "1"].into_iter();
                letters.map(|it| Value::from(it.repeat(text.chars().count()))).collect()
            }
            Value::Number(number) => {
                let steps =
                    number.as_i64().into_iter().flat_map(|it| (1..5).map(move |by| it + by));
                steps.map(Value::from).collect()
            }
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Vec::new(),
        };
        std::iter::once(first).chain(more).collect()
    }

    /// A value of a shape, with two parts where it has parts.
    pub(crate) fn shaped(&self, schema: Option<&Located>, shape: Shape) -> Value {
        let Some(schema) = schema.map(|it| self.reading.resolved(it.clone())) else {
            return match shape {
                Shape::Scalar => Value::from("a"),
                Shape::Array => Value::from(vec!["a", "b"]),
                Shape::Object => serde_json::json!({ "a": "x", "b": "y" }),
            };
        };
        match shape {
            Shape::Scalar => self.sample(Some(&schema)),
            Shape::Array => self.two_items(&schema),
            Shape::Object => self.all_members(&schema),
        }
    }

    fn two_items(&self, schema: &Located) -> Value {
        let items = self.reading.member(schema, "items");
        let first = items.as_ref().map_or_else(|| Value::from("a"), |it| self.value(it, DEEPEST));
        let enumerated = items.as_ref().map(|it| self.reading.resolved(it.clone()));
        let second = enumerated.and_then(|it| {
            let all = self.reading.items_of(&it, "enum");
            all.get(1).map(|it| self.reading.store.value(it.node))
        });
        let second = second.unwrap_or_else(|| match &first {
            Value::String(it) if it == "a" => Value::from("b"),
            Value::Number(it) if it.as_i64() == Some(0) => Value::from(1),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => first.clone(),
        });
        Value::Array(vec![first, second])
    }

    fn all_members(&self, schema: &Located) -> Value {
        let members = self.reading.members_of(schema, "properties");
        let pair = |(name, it): (String, Located)| (name, self.value(&it, DEEPEST));
        let mut found: Map<_, _> = members.into_iter().map(pair).collect();
        if found.is_empty() {
            found.insert("a".to_owned(), Value::from("x"));
        }
        Value::Object(found)
    }

    fn value(&self, schema: &Located, depth: usize) -> Value {
        let here = self.reading.resolved(schema.clone());
        if depth == 0 {
            return Value::Null;
        }
        if let Some(it) = self.reading.member(&here, "const") {
            return self.reading.store.value(it.node);
        }
        if let Some(it) = self.reading.items_of(&here, "enum").first() {
            return self.reading.store.value(it.node);
        }
        let mut found = self.typed(&here, depth);
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let branches = self.reading.items_of(&here, keyword);
            let n_taken = if keyword == "allOf" { branches.len() } else { 1 };
            for branch in branches.iter().take(n_taken) {
                found = merged(found, Some(self.value(branch, depth - 1)));
            }
        }
        found.unwrap_or_else(|| Value::from("a"))
    }

    fn typed(&self, at: &Located, depth: usize) -> Option<Value> {
        match self.type_of(at)?.as_str() {
            "object" => Some(self.object(at, depth)),
            "array" => Some(self.array(at, depth)),
            "integer" | "number" => Some(self.number(at)),
            "boolean" => Some(Value::Bool(true)),
            "null" => Some(Value::Null),
            _ => Some(self.string(at)),
        }
    }

    fn type_of(&self, at: &Located) -> Option<String> {
        let written = self.reading.member(at, "type");
        let list = self.reading.texts(at, "type").unwrap_or_default();
        if let Some(first) = list.iter().find(|it| *it != "null").or_else(|| list.first()) {
            return Some(first.clone());
        }
        if let Some(it) = written.and_then(|it| self.reading.store.as_str(it.node)) {
            return Some(it.to_owned());
        }
        let has = |name: &&(&str, &str)| self.reading.member(at, name.0).is_some();
        let hints = [
            ("properties", "object"),
            ("required", "object"),
            ("items", "array"),
            ("minLength", "string"),
            ("pattern", "string"),
            ("minimum", "number"),
        ];
        // In 2.0 the boolean `required` of a parameter stands beside its `type`.
        hints.iter().find(has).map(|it| it.1.to_owned())
    }

    fn object(&self, at: &Located, depth: usize) -> Value {
        let mut found = Map::new();
        for name in self.reading.texts(at, "required").unwrap_or_default() {
            let properties = self.reading.member(at, "properties");
            let property = properties.and_then(|it| self.reading.member(&it, &name));
            let hidden = match self.direction {
                Direction::ToProvider => "readOnly",
                Direction::FromProvider => "writeOnly",
            };
            let is_hidden = |it: &Located| {
                self.reading.flag(&self.reading.resolved(it.clone()), hidden) == Some(true)
            };
            if property.as_ref().is_some_and(is_hidden) {
                continue;
            }
            let extra = || self.reading.member(at, "additionalProperties");
            let schema = property
                .or_else(|| extra().filter(|it| self.reading.store.kind(it.node) == Kind::Object));
            let value = schema.map_or_else(|| Value::from("a"), |it| self.value(&it, depth - 1));
            found.insert(name, value);
        }
        Value::Object(found)
    }

    fn array(&self, at: &Located, depth: usize) -> Value {
        let n_items = self.count(at, "minItems").min(64);
        let prefix = self.reading.items_of(at, "prefixItems");
        let items = self.reading.member(at, "items");
        let item = |idx: usize| {
            let schema = prefix.get(idx).or(items.as_ref());
            schema.map_or_else(|| Value::from("a"), |it| self.value(it, depth - 1))
        };
        Value::Array((0..n_items).map(item).collect())
    }

    fn count(&self, at: &Located, name: &str) -> usize {
        let number = self.reading.member(at, name);
        let text = number.and_then(|it| self.reading.store.as_number(it.node));
        text.and_then(|it| it.parse().ok()).unwrap_or(0)
    }

    fn bound(&self, at: &Located, name: &str) -> Option<f64> {
        let number = self.reading.member(at, name)?;
        self.reading.store.as_number(number.node)?.parse().ok()
    }

    fn number(&self, at: &Located) -> Value {
        let minimum = self.bound(at, "minimum");
        let above = self.bound(at, "exclusiveMinimum").map(|it| it.floor() + 1.0);
        let is_open = self.reading.flag(at, "exclusiveMinimum") == Some(true);
        let step = self.bound(at, "multipleOf").filter(|it| *it > 0.0).unwrap_or(1.0);
        let lower = minimum.map(|it| if is_open { it + step } else { it });
        let lower = [lower, above].into_iter().flatten().fold(f64::NEG_INFINITY, f64::max);
        let upper = self.bound(at, "maximum").or_else(|| self.bound(at, "exclusiveMaximum"));
        let value = match upper {
            Some(upper) if upper < 0.0 => ((upper - 1.0) / step).floor() * step,
            _ if lower > 0.0 => (lower / step).ceil() * step,
            _ => 0.0,
        };
        #[expect(clippy::cast_possible_truncation, reason = "a whole number within 2^53")]
        let whole = (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64);
        whole
            .map(Value::from)
            .or_else(|| Number::from_f64(value).map(Value::Number))
            .unwrap_or_default()
    }

    fn string(&self, at: &Located) -> Value {
        // The author's own example is the best guess where a pattern or format asks for more.
        let asks = self.reading.member(at, "pattern").or_else(|| self.reading.member(at, "format"));
        let example = self.reading.text(at, "example");
        let examples = self.reading.texts(at, "examples").and_then(|it| it.first().cloned());
        if let Some(it) = asks.and(example.map(ToOwned::to_owned).or(examples)) {
            return Value::from(it);
        }
        Value::from("a".repeat(self.count(at, "minLength").clamp(1, 4_096)))
    }
}

/// Does a keyword leave values whatever it says, if those beside it do?
fn is_free(keyword: &str) -> bool {
    const FREE: [&str; 8] =
        ["type", "format", "title", "description", "default", "example", "examples", "deprecated"];
    FREE.contains(&keyword) || keyword.starts_with("x-")
}

fn shape_of(value: &Value) -> Shape {
    match value {
        Value::Array(_) => Shape::Array,
        Value::Object(_) => Shape::Object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::Scalar,
    }
}

fn has_parts(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Has it parts, each of which is one text?
fn is_plain(value: &Value) -> bool {
    let is_text = |it: &Value| it.is_string() || it.is_number() || it.is_boolean();
    match value {
        Value::Array(items) => has_parts(value) && items.iter().all(is_text),
        Value::Object(members) => has_parts(value) && members.values().all(is_text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn merged(one: Option<Value>, other: Option<Value>) -> Option<Value> {
    match (one, other) {
        (Some(Value::Object(mut one)), Some(Value::Object(other))) => {
            one.extend(other);
            Some(Value::Object(one))
        }
        (one, other) => one.or(other),
    }
}
