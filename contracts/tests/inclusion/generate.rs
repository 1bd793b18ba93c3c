//! Small schemas, all keywords mixed.

mod domain;
mod edit;

use serde_json::{Map, Value, json};

pub(crate) use self::{
    domain::{built, domain, named},
    edit::edited,
};
use crate::random::Random;

/// Names that members have.
const NAMES: [&str; 5] = ["a", "b", "ab", "c", "0"];
const PATTERNS: [&str; 12] = [
    "^a",
    "b$",
    "^[ab]*$",
    "a.b",
    "^.$",
    "c",
    "^(a|bb)+$",
    "^\\d",
    "^[^b]*$",
    "^.{2,3}$",
    "\\W",
    "^(?:ab?)*$",
];

/// Which keywords there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    Oas30,
    Draft4,
    Draft2020,
}

/// Makes schemas of one dialect.
pub(crate) struct Maker<'r> {
    pub(crate) random: &'r mut Random,
    pub(crate) words: Words,
    /// Whether there are definitions to refer to.
    pub(crate) refers: bool,
}

type Members = Map<String, Value>;

fn set(schema: &mut Members, name: &str, value: impl Into<Value>) {
    schema.insert(name.to_owned(), value.into());
}

impl Maker<'_> {
    /// A schema of so many levels.
    pub(crate) fn schema(&mut self, depth: usize) -> Value {
        if self.words == Words::Draft2020 && self.random.percent(4) {
            return json!(self.random.percent(70));
        }
        let n_groups = 1 + self.random.below(2) + usize::from(self.random.percent(20));
        let mut schema = Map::new();
        if self.random.percent(50) {
            self.types(&mut schema);
        }
        for _ in 0..n_groups {
            match self.random.below(if depth == 0 { 4 } else { 11 }) {
                0 => self.numbers(&mut schema),
                1 => self.texts(&mut schema),
                2 => self.values(&mut schema),
                3 => self.counts(&mut schema),
                4 | 5 => self.members(&mut schema, depth - 1),
                6 | 7 => self.items(&mut schema, depth - 1),
                _ => self.variants(&mut schema, depth - 1),
            }
        }
        if self.refers && self.random.percent(15) {
            // Before 2019-09 the siblings mean nothing.
            let siblings = if self.random.percent(20) { schema } else { Map::new() };
            return self.reference(siblings);
        }
        Value::Object(schema)
    }

    fn reference(&mut self, siblings: Members) -> Value {
        let name = *self.random.pick(&["r", "s"]);
        let mut schema = siblings;
        set(&mut schema, "$ref", format!("#/definitions/{name}"));
        Value::Object(schema)
    }

    fn types(&mut self, schema: &mut Members) {
        let all = ["null", "boolean", "integer", "number", "string", "array", "object"];
        let one = *self.random.pick(&all);
        let several = self.random.percent(30);
        let kind = match self.words {
            Words::Oas30 if one == "null" => json!("string"),
            Words::Draft4 | Words::Draft2020 if several => {
                let other = *self.random.pick(&all);
                if other == one { json!([one]) } else { json!([one, other]) }
            }
            Words::Oas30 | Words::Draft4 | Words::Draft2020 => json!(one),
        };
        set(schema, "type", kind);
        if self.words == Words::Oas30 && self.random.percent(30) {
            set(schema, "nullable", true);
        }
    }

    fn numbers(&mut self, schema: &mut Members) {
        let bounds = [-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.5];
        for side in ["Minimum", "Maximum"] {
            if self.random.percent(45) {
                let bound = self.random.pick(&bounds).to_string();
                let bound: Value = serde_json::from_str(&bound).unwrap();
                self.bound(schema, side, bound);
            }
        }
        if self.random.percent(40) {
            let steps = [json!(2), json!(0.5), json!(1), json!(1.5), json!(3), json!(0.1)];
            let step = self.random.pick(&steps).clone();
            set(schema, "multipleOf", step);
        }
    }

    fn bound(&mut self, schema: &mut Members, side: &str, bound: Value) {
        let exclusive = self.random.percent(30);
        if exclusive && self.words == Words::Draft2020 {
            set(schema, &format!("exclusive{side}"), bound);
            return;
        }
        set(schema, &side.to_lowercase(), bound);
        if exclusive {
            set(schema, &format!("exclusive{side}"), true);
        }
    }

    fn texts(&mut self, schema: &mut Members) {
        if self.random.percent(50) {
            let pattern = *self.random.pick(&PATTERNS);
            set(schema, "pattern", pattern);
        }
        for name in ["minLength", "maxLength"] {
            if self.random.percent(35) {
                set(schema, name, self.random.below(4));
            }
        }
    }

    fn counts(&mut self, schema: &mut Members) {
        for name in ["minItems", "maxItems", "minProperties", "maxProperties"] {
            if self.random.percent(30) {
                set(schema, name, self.random.below(4));
            }
        }
        if self.random.percent(30) {
            set(schema, "uniqueItems", true);
        }
    }

    fn values(&mut self, schema: &mut Members) {
        let n_values = 1 + self.random.below(5);
        let mut chosen: Vec<Value> = Vec::new();
        for _ in 0..n_values {
            let value = self.random.pick(domain()).clone();
            if !chosen.contains(&value) {
                chosen.push(value);
            }
        }
        if self.words == Words::Draft2020 && chosen.len() == 1 {
            set(schema, "const", chosen.swap_remove(0));
        } else {
            set(schema, "enum", chosen);
        }
    }

    fn members(&mut self, schema: &mut Members, depth: usize) {
        let mut properties = Map::new();
        for _ in 0..=self.random.below(3) {
            let name = *self.random.pick(&NAMES);
            properties.insert(name.to_owned(), self.schema(depth));
        }
        set(schema, "properties", properties);
        if self.random.percent(40) {
            let mut names = vec![*self.random.pick(&NAMES), *self.random.pick(&NAMES)];
            names.dedup();
            names.truncate(1 + self.random.below(2));
            set(schema, "required", names);
        }
        if self.random.percent(40) {
            let rest = if self.random.percent(60) { json!(false) } else { self.schema(depth) };
            set(schema, "additionalProperties", rest);
        }
        if self.words != Words::Oas30 && self.random.percent(25) {
            let pattern = *self.random.pick(&PATTERNS);
            let inner = self.schema(depth);
            set(schema, "patternProperties", json!({pattern: inner}));
        }
        match self.words {
            Words::Draft4 if self.random.percent(15) => {
                let (name, other) = (*self.random.pick(&NAMES), *self.random.pick(&NAMES));
                let wanted =
                    if self.random.percent(50) { json!([other]) } else { self.schema(depth) };
                set(schema, "dependencies", json!({name: wanted}));
            }
            Words::Oas30 | Words::Draft4 => {}
            Words::Draft2020 => self.newer_members(schema, depth),
        }
    }

    fn newer_members(&mut self, schema: &mut Members, depth: usize) {
        let name = *self.random.pick(&NAMES);
        let other = *self.random.pick(&NAMES);
        match self.random.below(10) {
            0 => set(schema, "dependentRequired", json!({name: [other]})),
            1 => {
                let inner = self.schema(depth);
                set(schema, "dependentSchemas", json!({name: inner}));
            }
            2 => {
                let names = self.schema(0);
                set(schema, "propertyNames", names);
            }
            3 | 4 => {
                let rest = if self.random.percent(60) { json!(false) } else { self.schema(depth) };
                schema.remove("additionalProperties");
                set(schema, "unevaluatedProperties", rest);
            }
            _ => {}
        }
    }

    fn items(&mut self, schema: &mut Members, depth: usize) {
        let items = self.schema(depth);
        set(schema, "items", items);
        match self.words {
            Words::Draft4 if self.random.percent(30) => {
                let first = self.schema(depth);
                set(schema, "items", json!([first]));
                let rest = self.schema(depth);
                let rest = if self.random.percent(50) { rest } else { json!(false) };
                set(schema, "additionalItems", rest);
            }
            Words::Oas30 | Words::Draft4 => {}
            Words::Draft2020 => self.newer_items(schema, depth),
        }
        if self.random.percent(20) {
            set(schema, "uniqueItems", true);
        }
    }

    fn newer_items(&mut self, schema: &mut Members, depth: usize) {
        if self.random.percent(30) {
            let n_first = 1 + self.random.below(2);
            let first: Vec<_> = (0..n_first).map(|_| self.schema(depth)).collect();
            set(schema, "prefixItems", first);
        }
        if self.random.percent(30) {
            self.contains(schema, depth);
        }
        if self.random.percent(20) {
            schema.remove("items");
            let rest = if self.random.percent(60) { json!(false) } else { self.schema(depth) };
            set(schema, "unevaluatedItems", rest);
        }
    }

    fn contains(&mut self, schema: &mut Members, depth: usize) {
        let inner = self.schema(depth);
        set(schema, "contains", inner);
        for name in ["minContains", "maxContains"] {
            if self.random.percent(40) {
                set(schema, name, self.random.below(3));
            }
        }
    }

    fn variants(&mut self, schema: &mut Members, depth: usize) {
        if self.random.percent(25) {
            let inner = self.schema(depth);
            set(schema, "not", inner);
            return;
        }
        if self.words == Words::Draft2020 && self.random.percent(20) {
            for name in ["if", "then", "else"] {
                let inner = self.schema(depth);
                set(schema, name, inner);
            }
            return;
        }
        let name = *self.random.pick(&["allOf", "anyOf", "oneOf"]);
        let n_branches = 1 + self.random.below(3);
        let mut branches: Vec<_> = (0..n_branches).map(|_| self.schema(depth)).collect();
        // A branch that comes twice is another matter for `oneOf`.
        if self.random.percent(10) {
            branches.push(self.random.pick(&branches).clone());
        }
        set(schema, name, branches);
    }

    /// A schema with definitions that may refer to each other, only inside values.
    pub(crate) fn document(&mut self, depth: usize) -> Value {
        let mut document = self.schema(depth);
        let Some(members) = document.as_object_mut() else { return document };
        if members.contains_key("$ref") && self.words != Words::Draft2020 {
            let inner = document.clone();
            document = json!({"allOf": [inner]});
        }
        if self.refers {
            let (r, s) = (self.definition(), self.definition());
            document["definitions"] = json!({"r": r, "s": s});
        }
        document
    }

    fn definition(&mut self) -> Value {
        let leaf = self.flat();
        let name = *self.random.pick(&NAMES);
        let whole = self.random.percent(20);
        let inner = if whole { json!({"$ref": "#"}) } else { self.reference(Map::new()) };
        match self.random.below(5) {
            0 | 1 => {
                let closed = json!(!self.random.percent(50));
                json!({"type": "object", "properties": {name: inner, "c": leaf}, "additionalProperties": closed})
            }
            2 => {
                json!({"not": {"type": "object", "properties": {name: inner}, "required": [name]}})
            }
            3 => json!({"allOf": [leaf, {"items": inner}]}),
            _ => {
                let most = 1 + self.random.below(2);
                json!({"anyOf": [leaf, {"type": "array", "items": inner, "maxItems": most}]})
            }
        }
    }

    fn flat(&mut self) -> Value {
        let refers = std::mem::replace(&mut self.refers, false);
        let schema = self.schema(0);
        self.refers = refers;
        schema
    }
}
