//! Real contracts in other words of equal meaning: nothing breaks, nothing is undecided.

use std::{collections::BTreeSet, fmt::Write};

use contracts::Finding;
use serde_json::{Map, Value, json};

use crate::{
    edits::Words,
    random::{Random, factor, seed},
    reach::Reach,
    real::{Revision, revisions},
    support::{compared, settings, wire},
    yaml::to_yaml,
};

/// Nodes that inlining may add.
const LARGEST: usize = 400_000;

/// A rewriting of a text, from a seed.
type Rewrite = fn(&Value, &mut Random) -> String;

fn check(rewrite: Rewrite, is_silent: bool) {
    for revision in revisions() {
        let value = revision.value();
        let Revision { name, text } = revision;
        let start = if factor() > 1 { seed() } else { 0 };
        let rewritten = rewrite(&value, &mut Random::new(start));
        for (base, head) in [(&text[..], rewritten.as_bytes()), (rewritten.as_bytes(), &text[..])] {
            let comparison = compared(base, head, &settings());
            assert_eq!(wire(&comparison), Vec::<&Finding>::new(), "{name}");
            assert_eq!(comparison.undecided, Vec::new(), "{name}");
            // What words of other form say of generated code may differ.
            let told = comparison.findings.first();
            assert!(!is_silent || told.is_none(), "{name}: {told:?}");
        }
    }
}

#[test]
fn a_contract_says_the_same_as_itself() {
    for Revision { name, text } in revisions() {
        let comparison = compared(&text, &text, &settings());
        assert_eq!(comparison.findings, Vec::new(), "{name}");
        assert_eq!(comparison.undecided, Vec::new(), "{name}");
    }
}

#[test]
fn the_order_of_members_says_nothing() {
    check(
        |value, random| {
            let mut out = String::new();
            shuffled(value, random, &mut out);
            out
        },
        true,
    );
}

fn shuffled(value: &Value, random: &mut Random, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            out.push('{');
            while !names.is_empty() {
                let name = names.swap_remove(random.below(names.len()));
                write!(out, "{}:", Value::from(name.as_str())).unwrap();
                shuffled(&members[name], random, out);
                out.push_str(if names.is_empty() { "" } else { "," });
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (idx, item) in items.iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { "," });
                shuffled(item, random, out);
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string());
        }
    }
}

#[test]
fn yaml_and_json_say_the_same() {
    check(|value, _| to_yaml(value), true);
    check(|value, _| value.to_string(), true);
}

#[test]
fn a_reference_says_what_it_leads_to() {
    check(
        |value, random| {
            let mut inlining = Inlining {
                document: value,
                is_modern: Words::of(value) == Words::V3_1,
                tagged: tagged(value),
                n_left: LARGEST,
                random,
            };
            inlining.rewritten(value, 0).to_string()
        },
        false,
    );
}

/// The places that tags may select, by pointer: a reference to them is more than what it leads to.
fn tagged(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for base in ["components/schemas", "definitions"] {
        let all = document.pointer(&format!("/{base}")).and_then(Value::as_object);
        for (name, schema) in all.into_iter().flatten() {
            if schema.get("discriminator").is_some() {
                found.insert(format!("#/{base}/{name}"));
            }
        }
    }
    found
}

struct Inlining<'v, 'r> {
    document: &'v Value,
    is_modern: bool,
    tagged: BTreeSet<String>,
    n_left: usize,
    random: &'r mut Random,
}

impl Inlining<'_, '_> {
    fn rewritten(&mut self, value: &Value, depth: usize) -> Value {
        self.n_left = self.n_left.saturating_sub(1);
        match value {
            Value::Array(items) => items.iter().map(|it| self.rewritten(it, depth)).collect(),
            Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
                Some(target) => self.reference(members, target, depth),
                None => self.object(members, depth),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }

    fn object(&mut self, members: &Map<String, Value>, depth: usize) -> Value {
        let is_tagged = members.contains_key("discriminator");
        let inner = |(name, it): (&String, &Value)| {
            let is_data = matches!(
                name.as_str(),
                "example" | "examples" | "default" | "enum" | "const" | "discriminator"
            );
            // The branches of a tagged union are known by their names.
            let is_union = is_tagged && matches!(name.as_str(), "oneOf" | "anyOf");
            let keeps = is_data || is_union || name.starts_with("x-");
            (name.clone(), if keeps { it.clone() } else { self.rewritten(it, depth) })
        };
        Value::Object(members.iter().map(inner).collect())
    }

    fn reference(&mut self, members: &Map<String, Value>, target: &str, depth: usize) -> Value {
        let pointer = target.trim_start_matches('#');
        let found = self.document.pointer(pointer).filter(|it| it.is_object());
        let is_alone = members.len() == 1 || !self.is_modern;
        let is_deep = depth >= 2 || self.n_left == 0 || self.random.percent(30);
        match found {
            Some(found) if is_alone && !is_deep && !self.tagged.contains(target) => {
                self.rewritten(found, depth + 1)
            }
            _ => Value::Object(members.clone()),
        }
    }
}

#[test]
fn all_of_says_what_its_parts_say() {
    check(
        |value, random| {
            let reach = Reach::of(value);
            let mut places = reach.places().to_vec();
            // Inner ones first, so that the pointers of outer ones still lead to them.
            places.sort_by_key(|it| std::cmp::Reverse(it.len()));
            let mut document = value.clone();
            for place in places {
                let Some(schema) = document.pointer_mut(&place) else { continue };
                let parted = schema.as_object().and_then(|it| parted(it, random));
                if let Some(parted) = parted {
                    *schema = parted;
                }
            }
            document.to_string()
        },
        false,
    );
}

/// What means something only beside another word, or as part of a component that has a name.
const BOUND: &[&str] = &[
    "$ref",
    "$id",
    "$anchor",
    "$defs",
    "discriminator",
    "readOnly",
    "writeOnly",
    "xml",
    "unevaluatedProperties",
    "unevaluatedItems",
    "if",
];
/// Words that stay together.
const FIRST: &[&str] = &[
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "additionalItems",
    "description",
];

/// A schema as `allOf` of two parts, or of itself; or a lone part without its `allOf`.
fn parted(schema: &Map<String, Value>, random: &mut Random) -> Option<Value> {
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        let lone = parts.first().filter(|it| parts.len() == 1 && it.get("$ref").is_none());
        return lone.filter(|_| schema.len() == 1).cloned();
    }
    if BOUND.iter().any(|it| schema.contains_key(*it)) || random.percent(40) {
        return None;
    }
    if random.percent(30) {
        return Some(json!({"allOf": [schema]}));
    }
    let (first, second): (Map<_, _>, Map<_, _>) = schema
        .iter()
        .map(|(name, it)| (name.clone(), it.clone()))
        .partition(|it| FIRST.contains(&it.0.as_str()));
    (!first.is_empty() && !second.is_empty()).then(|| json!({"allOf": [first, second]}))
}
