//! Values that small schemas are likely to tell apart.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::NAMES;
use crate::random::Random;

static DOMAIN: LazyLock<Vec<Value>> = LazyLock::new(domain_of_all);

/// Values of every kind, nested a little.
pub(crate) fn domain() -> &'static [Value] {
    &DOMAIN
}

fn flat() -> Vec<Value> {
    let numbers = [
        json!(0),
        json!(1),
        json!(-1),
        json!(2),
        json!(3),
        json!(-2),
        json!(6),
        json!(0.5),
        json!(1.5),
        json!(-0.25),
        json!(0.1),
        json!(4.5),
        serde_json::from_str("100000000000000000000").unwrap(),
    ];
    let texts = ["", "a", "b", "c", "0", "ab", "ba", "bb", "a0b", "acb", "abab", "zzz", "é", "😀b"];
    let mut all = vec![json!(null), json!(true), json!(false)];
    all.extend(numbers);
    all.extend(texts.map(Value::from));
    all
}

fn domain_of_all() -> Vec<Value> {
    let mut all = flat();
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

/// What two schemas name themselves: their constants, and numbers around their bounds.
pub(crate) fn named(schemas: [&Value; 2]) -> Vec<Value> {
    let mut found = Vec::new();
    for schema in schemas {
        gather(schema, &mut found);
    }
    found
}

fn gather(schema: &Value, found: &mut Vec<Value>) {
    match schema {
        Value::Object(members) => {
            for (name, inner) in members {
                match (name.as_str(), inner) {
                    ("const", _) => found.push(inner.clone()),
                    ("enum", Value::Array(values)) => found.extend(values.iter().cloned()),
                    (_, Value::Number(bound)) => {
                        let bound = bound.as_f64().unwrap();
                        found.extend([bound - 1.0, bound, bound + 1.0, bound + 0.5].map(shortest));
                    }
                    _ => gather(inner, found),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                gather(item, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `1.0` as `1`, as people write it.
fn shortest(number: f64) -> Value {
    let text = number.to_string();
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// A value made of these parts and of the usual ones.
pub(crate) fn built(random: &mut Random, parts: &[Value], depth: usize) -> Value {
    let kind = if depth == 0 { 0 } else { random.below(4) };
    match kind {
        0 | 1 if parts.is_empty() || random.percent(50) => random.pick(domain()).clone(),
        0 | 1 => random.pick(parts).clone(),
        2 => (0..random.below(4)).map(|_| built(random, parts, depth - 1)).collect(),
        _ => {
            let mut members = Map::new();
            for _ in 0..random.below(4) {
                let name = if random.percent(85) { *random.pick(&NAMES) } else { "z" };
                members.insert(name.to_owned(), built(random, parts, depth - 1));
            }
            Value::Object(members)
        }
    }
}
