//! Contracts with random schemas: every keyword that guards know, in every company.

use serde_json::{Map, Value, json};

/// Schemas of one contract.
const COUNT: usize = 40;

/// Which words a schema may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    V30,
    V31,
}

/// Numbers that are the same in every run of a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// A contract whose components are random schemas.
pub(crate) fn contract(dialect: Dialect, seed: u64) -> String {
    let mut writer = Writer { dice: Dice(seed), dialect, at: 0 };
    let mut schemas = Map::new();
    for at in 0..COUNT {
        writer.at = at;
        schemas.insert(name(at), writer.schema(0));
    }
    let version = if dialect == Dialect::V30 { "3.0.3" } else { "3.1.0" };
    let info = json!({"title": "Random", "version": "1.0.0"});
    json!({"openapi": version, "info": info, "paths": {}, "components": {"schemas": schemas}})
        .to_string()
}

fn name(at: usize) -> String {
    // Names that JavaScript has plans for are among them.
    match at {
        3 => "constructor".to_owned(),
        5 => "class".to_owned(),
        8 => "a-b.c".to_owned(),
        _ => format!("Part{at}"),
    }
}

const NAMES: &[&str] = &["a", "b", "c", "x-a", "toString", "__proto__", "with space", "k1"];
const PATTERNS: &[&str] = &["^a", "b$", "^[a-c]{1,3}$", "^\\d+$", "😀", "^(a|b)*$"];

struct Writer {
    dice: Dice,
    dialect: Dialect,
    at: usize,
}

impl Writer {
    fn is_new(&self) -> bool {
        self.dialect == Dialect::V31
    }

    fn schema(&mut self, depth: usize) -> Value {
        if depth > 3 {
            return self.scalar();
        }
        match self.dice.below(24) {
            0..=4 => self.scalar(),
            5..=11 => self.object(depth),
            12..=15 => self.array(depth),
            16..=19 => self.composed(depth),
            20 => self.constant(),
            21 if self.is_new() => json!(!self.dice.one_in(4)),
            22 if self.is_new() => self.conditional(depth),
            _ => self.reference(depth > 0),
        }
    }

    /// Below a member any component may be meant, beside it only one that was written before:
    /// a schema that is a part of itself at the same value has no meaning.
    fn reference(&mut self, is_below: bool) -> Value {
        let end = if is_below { COUNT } else { self.at };
        if end == 0 {
            return self.scalar();
        }
        let target = name(self.dice.below(end));
        let mut schema = json!({"$ref": format!("#/components/schemas/{target}")});
        if self.is_new() && self.dice.one_in(3) {
            schema["minProperties"] = json!(1);
        }
        schema
    }

    fn typed(&mut self, name: &str) -> Map<String, Value> {
        let mut schema = Map::new();
        if self.dice.one_in(6) {
            return schema;
        }
        let is_nullable = self.dice.one_in(4);
        if self.is_new() && is_nullable {
            schema.insert("type".into(), json!([name, "null"]));
        } else {
            schema.insert("type".into(), json!(name));
            if is_nullable {
                schema.insert("nullable".into(), json!(true));
            }
        }
        schema
    }

    fn scalar(&mut self) -> Value {
        let kind = self.dice.pick(&["string", "string", "integer", "number", "boolean"]);
        let mut schema = self.typed(kind);
        match kind {
            "string" => {
                self.maybe(&mut schema, "minLength", &[json!(1), json!(2)]);
                self.maybe(&mut schema, "maxLength", &[json!(1), json!(3)]);
                let patterns: Vec<Value> = PATTERNS.iter().map(|it| json!(it)).collect();
                self.maybe(&mut schema, "pattern", &patterns);
            }
            "integer" | "number" => {
                self.maybe(&mut schema, "multipleOf", &[json!(2), json!(0.1), json!(0.01)]);
                self.maybe(&mut schema, "format", &[json!("int32"), json!("int64")]);
                self.bounds(&mut schema);
            }
            _ => {}
        }
        if self.dice.one_in(8) {
            let all = [json!("a"), json!("ab"), json!(1), json!(1.5), json!(true), json!(null)];
            let chosen: Vec<Value> = all.iter().filter(|_| self.dice.one_in(2)).cloned().collect();
            if !chosen.is_empty() {
                schema.insert("enum".into(), json!(chosen));
            }
        }
        Value::Object(schema)
    }

    fn bounds(&mut self, schema: &mut Map<String, Value>) {
        for (plain, strict) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let limit = self.dice.pick(&[json!(0), json!(2), json!(10), json!(1.5)]);
            match self.dice.below(6) {
                0 => drop(schema.insert(plain.into(), limit)),
                1 if self.is_new() => drop(schema.insert(strict.into(), limit)),
                1 => {
                    schema.insert(plain.into(), limit);
                    schema.insert(strict.into(), json!(true));
                }
                _ => {}
            }
        }
    }

    fn maybe(&mut self, schema: &mut Map<String, Value>, word: &str, values: &[Value]) {
        if self.dice.one_in(4) {
            let value = self.dice.pick(values);
            schema.insert(word.to_owned(), value);
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut schema = self.typed("object");
        let mut properties = Map::new();
        for _ in 0..self.dice.below(4) {
            let name = self.dice.pick(NAMES);
            properties.insert(name.to_owned(), self.schema(depth + 1));
        }
        if !properties.is_empty() {
            schema.insert("properties".into(), Value::Object(properties));
        }
        let mut required: Vec<&str> =
            NAMES.iter().filter(|_| self.dice.one_in(5)).copied().collect();
        required.truncate(2);
        if !required.is_empty() {
            schema.insert("required".into(), json!(required));
        }
        match self.dice.below(6) {
            0 => drop(schema.insert("additionalProperties".into(), json!(false))),
            1 => drop(schema.insert("additionalProperties".into(), self.schema(depth + 1))),
            2 if self.is_new() => drop(schema.insert("unevaluatedProperties".into(), json!(false))),
            _ => {}
        }
        self.maybe(&mut schema, "minProperties", &[json!(1), json!(2)]);
        self.maybe(&mut schema, "maxProperties", &[json!(1), json!(3)]);
        if self.is_new() {
            self.new_words_of_objects(&mut schema, depth);
        }
        Value::Object(schema)
    }

    fn new_words_of_objects(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        if self.dice.one_in(4) {
            let (pattern, part) = (self.dice.pick(PATTERNS), self.schema(depth + 1));
            schema.insert("patternProperties".into(), json!({pattern: part}));
        }
        if self.dice.one_in(6) {
            let names = self.schema(4);
            schema.insert("propertyNames".into(), names);
        }
        self.maybe(schema, "dependentRequired", &[json!({"a": ["b"]}), json!({"b": ["a", "c"]})]);
        if self.dice.one_in(8) {
            let part = self.beside(depth);
            schema.insert("dependentSchemas".into(), json!({"a": part}));
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = self.typed("array");
        let needs_items = !self.is_new() && schema.contains_key("type");
        if needs_items || self.dice.one_in(2) {
            let items = self.schema(depth + 1);
            schema.insert("items".into(), items);
        }
        self.maybe(&mut schema, "minItems", &[json!(1), json!(2)]);
        self.maybe(&mut schema, "maxItems", &[json!(1), json!(3)]);
        self.maybe(&mut schema, "uniqueItems", &[json!(true)]);
        if !self.is_new() {
            return Value::Object(schema);
        }
        if self.dice.one_in(3) {
            let parts: Vec<Value> =
                (0..=self.dice.below(2)).map(|_| self.schema(depth + 1)).collect();
            schema.insert("prefixItems".into(), json!(parts));
        }
        if self.dice.one_in(4) {
            let part = self.schema(depth + 1);
            schema.insert("contains".into(), part);
            self.maybe(&mut schema, "minContains", &[json!(0), json!(2)]);
            self.maybe(&mut schema, "maxContains", &[json!(1), json!(2)]);
        }
        if self.dice.one_in(6) {
            schema.insert("unevaluatedItems".into(), json!(false));
        }
        Value::Object(schema)
    }

    /// A schema for the same value.
    fn beside(&mut self, depth: usize) -> Value {
        let before = self.at;
        let reference = self.dice.one_in(4);
        if reference && before > 0 {
            return self.reference(false);
        }
        match self.dice.below(4) {
            0 => self.scalar(),
            1 => self.array(depth + 2),
            _ => self.object(depth + 1),
        }
    }

    fn composed(&mut self, depth: usize) -> Value {
        let word = self.dice.pick(&["allOf", "anyOf", "oneOf", "not"]);
        let mut schema = if self.dice.one_in(3) { self.object(depth + 1) } else { json!({}) };
        let part = if word == "not" {
            self.beside(depth)
        } else {
            let count = 1 + self.dice.below(3);
            Value::Array((0..count).map(|_| self.beside(depth)).collect())
        };
        schema[word] = part;
        if self.is_new() && self.dice.one_in(4) {
            let word = self.dice.pick(&["unevaluatedProperties", "unevaluatedItems"]);
            schema[word] = self.scalar();
        }
        schema
    }

    fn conditional(&mut self, depth: usize) -> Value {
        let mut schema = json!({"if": self.beside(depth)});
        for word in ["then", "else"] {
            if !self.dice.one_in(3) {
                schema[word] = self.beside(depth);
            }
        }
        schema
    }

    fn constant(&mut self) -> Value {
        let value = self.dice.pick(&[
            json!({"a": 1, "b": [1, null]}),
            json!([1, "a"]),
            json!("a"),
            json!(1),
            json!(null),
            json!({}),
        ]);
        if self.is_new() { json!({"const": value}) } else { json!({"enum": [value, "b"]}) }
    }
}
