//! Small schemas, all keywords mixed, and the values that they are likely to tell apart.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Names that members have.
const NAMES: [&str; 4] = ["a", "b", "ab", "c"];
const PATTERNS: [&str; 6] = ["^a", "b$", "^[ab]*$", "a.b", "^.$", "c"];

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
            match self.random.below(if depth == 0 { 4 } else { 10 }) {
                0 => self.numbers(&mut schema),
                1 => self.texts(&mut schema),
                2 => self.values(&mut schema),
                3 => self.counts(&mut schema),
                4 | 5 => self.members(&mut schema, depth - 1),
                6 => self.items(&mut schema, depth - 1),
                _ => self.variants(&mut schema, depth - 1),
            }
        }
        if self.refers && self.random.percent(15) {
            return self.reference();
        }
        Value::Object(schema)
    }

    fn reference(&mut self) -> Value {
        let name = *self.random.pick(&["r", "s"]);
        json!({"$ref": format!("#/definitions/{name}")})
    }

    fn types(&mut self, schema: &mut Map<String, Value>) {
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
        schema.insert("type".to_owned(), kind);
        if self.words == Words::Oas30 && self.random.percent(30) {
            schema.insert("nullable".to_owned(), json!(true));
        }
    }

    fn put(&mut self, schema: &mut Map<String, Value>, choices: &[(&str, Value)]) {
        let (name, value) = self.random.pick(choices).clone();
        schema.insert(name.to_owned(), value);
    }

    fn numbers(&mut self, schema: &mut Map<String, Value>) {
        let bounds = [json!(-1), json!(0), json!(0.5), json!(1), json!(2)];
        let bound = self.random.pick(&bounds).clone();
        let exclusive = self.random.percent(30);
        let side = if self.random.percent(50) { "Minimum" } else { "Maximum" };
        let plain = side.to_lowercase();
        if exclusive && self.words == Words::Draft2020 {
            schema.insert(format!("exclusive{side}"), bound);
        } else {
            schema.insert(plain, bound);
            if exclusive {
                schema.insert(format!("exclusive{side}"), json!(true));
            }
        }
        if self.random.percent(40) {
            let steps = [json!(2), json!(0.5), json!(1), json!(1.5)];
            let step = self.random.pick(&steps).clone();
            schema.insert("multipleOf".to_owned(), step);
        }
    }

    fn texts(&mut self, schema: &mut Map<String, Value>) {
        let pattern = *self.random.pick(&PATTERNS);
        let count = self.random.below(3);
        self.put(
            schema,
            &[
                ("pattern", json!(pattern)),
                ("minLength", json!(count)),
                ("maxLength", json!(count)),
            ],
        );
    }

    fn counts(&mut self, schema: &mut Map<String, Value>) {
        let count = self.random.below(3);
        let names = ["minItems", "maxItems", "minProperties", "maxProperties"];
        let name = *self.random.pick(&names);
        schema.insert(name.to_owned(), json!(count));
        if self.random.percent(30) {
            schema.insert("uniqueItems".to_owned(), json!(true));
        }
    }

    fn values(&mut self, schema: &mut Map<String, Value>) {
        let values = domain();
        let n_values = 1 + self.random.below(4);
        let mut chosen: Vec<Value> = Vec::new();
        for _ in 0..n_values {
            let value = self.random.pick(&values).clone();
            if !chosen.contains(&value) {
                chosen.push(value);
            }
        }
        if self.words == Words::Draft2020 && chosen.len() == 1 {
            schema.insert("const".to_owned(), chosen.swap_remove(0));
        } else {
            schema.insert("enum".to_owned(), json!(chosen));
        }
    }

    fn members(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        let mut properties = Map::new();
        for _ in 0..=self.random.below(2) {
            let name = *self.random.pick(&NAMES);
            properties.insert(name.to_owned(), self.schema(depth));
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        if self.random.percent(40) {
            let name = *self.random.pick(&NAMES);
            schema.insert("required".to_owned(), json!([name]));
        }
        if self.random.percent(40) {
            let rest = if self.random.percent(60) { json!(false) } else { self.schema(depth) };
            schema.insert("additionalProperties".to_owned(), rest);
        }
        if self.words != Words::Oas30 && self.random.percent(25) {
            let pattern = *self.random.pick(&PATTERNS);
            let inner = self.schema(depth);
            schema.insert("patternProperties".to_owned(), json!({pattern: inner}));
        }
        if self.words == Words::Draft2020 {
            self.newer_members(schema, depth);
        }
    }

    fn newer_members(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        let name = *self.random.pick(&NAMES);
        let other = *self.random.pick(&NAMES);
        match self.random.below(10) {
            0 => schema.insert("dependentRequired".to_owned(), json!({name: [other]})),
            1 => {
                let inner = self.schema(depth);
                schema.insert("dependentSchemas".to_owned(), json!({name: inner}))
            }
            2 => {
                let pattern = *self.random.pick(&PATTERNS);
                schema.insert("propertyNames".to_owned(), json!({"pattern": pattern}))
            }
            3 => schema.insert("unevaluatedProperties".to_owned(), json!(false)),
            _ => None,
        };
    }

    fn items(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        let items = self.schema(depth);
        schema.insert("items".to_owned(), items);
        if self.words == Words::Draft4 && self.random.percent(30) {
            let first = self.schema(depth);
            schema.insert("items".to_owned(), json!([first]));
            schema.insert("additionalItems".to_owned(), json!(self.random.percent(50)));
        }
        if self.words != Words::Draft2020 {
            return;
        }
        if self.random.percent(30) {
            let first = self.schema(depth);
            schema.insert("prefixItems".to_owned(), json!([first]));
        }
        if self.random.percent(30) {
            let inner = self.schema(depth);
            schema.insert("contains".to_owned(), inner);
            let count = self.random.below(3);
            self.put(schema, &[("minContains", json!(count)), ("maxContains", json!(count))]);
        }
        if self.random.percent(10) {
            schema.remove("items");
            schema.insert("unevaluatedItems".to_owned(), json!(false));
        }
    }

    fn variants(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        if self.random.percent(25) {
            let inner = self.schema(depth);
            schema.insert("not".to_owned(), inner);
            return;
        }
        if self.words == Words::Draft2020 && self.random.percent(20) {
            let (condition, then, otherwise) =
                (self.schema(depth), self.schema(depth), self.schema(depth));
            schema.insert("if".to_owned(), condition);
            schema.insert("then".to_owned(), then);
            schema.insert("else".to_owned(), otherwise);
            return;
        }
        let name = *self.random.pick(&["allOf", "anyOf", "oneOf"]);
        let n_branches = 1 + self.random.below(3);
        let branches: Vec<_> = (0..n_branches).map(|_| self.schema(depth)).collect();
        schema.insert(name.to_owned(), json!(branches));
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
        let inner = self.reference();
        if self.random.percent(50) {
            json!({"type": "object", "properties": {name: inner, "c": leaf}, "additionalProperties": self.random.percent(50)})
        } else {
            json!({"anyOf": [leaf, {"type": "array", "items": inner, "maxItems": 1 + self.random.below(2)}]})
        }
    }

    fn flat(&mut self) -> Value {
        let refers = std::mem::replace(&mut self.refers, false);
        let schema = self.schema(0);
        self.refers = refers;
        schema
    }
}

/// A small edit: a schema that is likely to be near the first one.
pub(crate) fn edited(maker: &mut Maker<'_>, schema: &Value) -> Value {
    let mut edited = schema.clone();
    for _ in 0..=maker.random.below(2) {
        edit(maker, &mut edited);
    }
    edited
}

fn edit(maker: &mut Maker<'_>, schema: &mut Value) {
    match schema {
        Value::Object(members) if !members.is_empty() => {
            let names: Vec<String> = members
                .keys()
                .filter(|it| !it.starts_with("$ref") && *it != "minimum" && *it != "maximum")
                .cloned()
                .collect();
            let Some(name) = (!names.is_empty()).then(|| maker.random.pick(&names).clone()) else {
                return;
            };
            if maker.random.percent(25) && name != "definitions" && name != "r" && name != "s" {
                members.remove(&name);
            } else if let Some(inner) = members.get_mut(&name) {
                edit(maker, inner);
            }
        }
        Value::Array(items) if items.len() > 1 && maker.random.percent(40) => {
            items.remove(maker.random.below(items.len()));
        }
        Value::Array(items) if !items.is_empty() => {
            let idx = maker.random.below(items.len());
            edit(maker, &mut items[idx]);
        }
        Value::Bool(it) => *it = !*it,
        Value::Number(it) if it.as_u64().is_some_and(|it| it < 5) => {
            let count = it.as_u64().unwrap_or(0);
            *schema = json!(if maker.random.percent(50) { count + 1 } else { count.max(1) });
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {}
    }
}

/// Values of every kind, nested a little.
pub(crate) fn domain() -> Vec<Value> {
    let flat = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(2),
        json!(3),
        json!(0.5),
        json!(1.5),
        json!(-0.25),
        json!(""),
        json!("a"),
        json!("b"),
        json!("c"),
        json!("ab"),
        json!("ba"),
        json!("acb"),
        json!("zzz"),
    ];
    let mut all = flat.clone();
    all.push(json!([]));
    all.push(json!({}));
    let some = [json!(null), json!(1), json!(0.5), json!("a"), json!("ab"), json!([]), json!({})];
    for one in &some {
        all.push(json!([one]));
        for name in ["a", "b", "ab", "c", "z"] {
            all.push(json!({name: one}));
        }
        for other in &some {
            all.push(json!([one, other]));
            all.push(json!({"a": one, "b": other}));
        }
    }
    all.push(json!([1, 1, 1]));
    all.push(json!([1, "a", 1]));
    all.push(json!([null, 1, "a"]));
    all.push(json!({"a": 1, "b": 1, "c": 1}));
    all.push(json!({"a": {"a": {}}}));
    all.push(json!([[["a"]]]));
    all
}
