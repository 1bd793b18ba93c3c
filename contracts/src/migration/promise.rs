//! What an answer must show, by the schema of base: the promise that broke, and no other one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    types::required,
    typescript::{expression, text},
};
use crate::{JsonInstance, Pointer, Rule, Tree};

/// References in a row.
const LONGEST_CHAIN: usize = 100;

/// Lines of a test on `value`, the value at [`way`] of the body.
pub(super) fn checks(base: &Tree, rule: Rule, witness: &JsonInstance) -> Vec<String> {
    let schema = witness.schema.base.as_deref().and_then(|it| it.split_once('#'));
    let root = schema.and_then(|it| Pointer::parse(it.1)).and_then(|it| base.at(&it));
    let way = way(witness);
    let here = root.and_then(|it| way.iter().try_fold(it, |at, name| inner(base, at, name)));
    let wrong = Pointer::parse(&witness.pointer)
        .and_then(|it| witness.instance.pointer(it.as_str()).cloned());
    let said = here.map(|it| resolved(base, it));
    let mut lines = said.map(|it| kept(it, rule, wrong.as_ref())).unwrap_or_default();
    if lines.is_empty() {
        let wrong = expression(&wrong.unwrap_or(Value::Null));
        lines.push(format!("expect(value).not.toEqual({wrong});"));
    }
    lines
}

/// The names that lead to the value in question.
pub(super) fn way(witness: &JsonInstance) -> Vec<String> {
    Pointer::parse(&witness.pointer).iter().flat_map(Pointer::names).collect()
}

/// What base says of a value, as far as this promise goes.
#[expect(clippy::wildcard_enum_match_arm, reason = "other promises are told by their witness")]
fn kept(schema: &Tree, rule: Rule, wrong: Option<&Value>) -> Vec<String> {
    let lines = match rule {
        Rule::OutputTypeWidened => types(schema).into_iter().collect(),
        Rule::OutputValueUnannounced => values(schema).into_iter().collect(),
        Rule::OutputPropertyNotGuaranteed => members(schema, wrong),
        Rule::OutputStringWidened => texts(schema),
        Rule::OutputNumberWidened => numbers(schema),
        Rule::OutputArrayWidened => counts(schema),
        _ => Vec::new(),
    };
    lines.into_iter().map(|it| format!("if (value !== undefined) {it}")).collect()
}

fn types(schema: &Tree) -> Option<String> {
    let mut names: BTreeSet<String> = match schema.get("type")? {
        Tree::List(names) => names.iter().filter_map(Tree::as_text).collect(),
        name @ (Tree::Scalar(_) | Tree::Map(_)) => name.as_text().into_iter().collect(),
    };
    if names.contains("number") {
        names.insert("integer".to_owned());
    }
    if schema.get("nullable") == Some(&Tree::Scalar("true".to_owned())) {
        names.insert("null".to_owned());
    }
    let names: Vec<_> = names.iter().map(|it| text(it)).collect();
    Some(format!("expect([{}]).toContain(kind(value));", names.join(", ")))
}

fn values(schema: &Tree) -> Option<String> {
    let one = schema.get("const").map(std::slice::from_ref);
    let all = one.or_else(|| schema.get("enum").map(Tree::items))?;
    let all: Option<Vec<Value>> = all.iter().map(scalar).collect();
    let all: Vec<_> = all?.iter().map(expression).collect();
    Some(format!("expect([{}]).toContainEqual(value);", all.join(", ")))
}

/// The members that the witness lacks.
fn members(schema: &Tree, wrong: Option<&Value>) -> Vec<String> {
    let there = wrong.and_then(Value::as_object);
    let is_lacking = |it: &String| there.is_none_or(|there| !there.contains_key(it));
    let names = required(schema).into_iter().filter(is_lacking);
    names.map(|it| format!("expect(value).toHaveProperty([{}]);", text(&it))).collect()
}

fn texts(schema: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(pattern) = schema.get("pattern").and_then(Tree::as_text) {
        lines.push(format!("expect(value).toMatch(new RegExp({}, \"u\"));", text(&pattern)));
    }
    for (word, check) in
        [("minLength", "toBeGreaterThanOrEqual"), ("maxLength", "toBeLessThanOrEqual")]
    {
        let bound = schema.get(word).and_then(number);
        lines.extend(bound.map(|it| format!("expect([...value].length).{check}({it});")));
    }
    lines
}

fn numbers(schema: &Tree) -> Vec<String> {
    let flag = |word: &str| schema.get(word) == Some(&Tree::Scalar("true".to_owned()));
    let mut lines = Vec::new();
    for (word, strict, check, strict_check) in [
        ("minimum", "exclusiveMinimum", "toBeGreaterThanOrEqual", "toBeGreaterThan"),
        ("maximum", "exclusiveMaximum", "toBeLessThanOrEqual", "toBeLessThan"),
    ] {
        let check = if flag(strict) { strict_check } else { check };
        let bound = schema.get(word).and_then(number);
        lines.extend(bound.map(|it| format!("expect(value).{check}({it});")));
        let bound = schema.get(strict).and_then(number);
        lines.extend(bound.map(|it| format!("expect(value).{strict_check}({it});")));
    }
    lines
}

fn counts(schema: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    for (word, check) in
        [("minItems", "toBeGreaterThanOrEqual"), ("maxItems", "toBeLessThanOrEqual")]
    {
        let bound = schema.get(word).and_then(number);
        lines.extend(bound.map(|it| format!("expect(value.length).{check}({it});")));
    }
    lines
}

/// The schema of a member or item, where one keyword says it.
fn inner<'a>(document: &'a Tree, schema: &'a Tree, name: &str) -> Option<&'a Tree> {
    let here = resolved(document, schema);
    let is_item = name.bytes().all(|it| it.is_ascii_digit());
    let own = here.get("properties").and_then(|it| it.get(name));
    let item = || here.get("items").filter(|_| is_item);
    let rest = || here.get("additionalProperties").filter(|it| matches!(it, Tree::Map(_)));
    let part = || here.get("allOf")?.items().iter().find_map(|it| inner(document, it, name));
    own.or_else(item).or_else(part).or_else(rest)
}

fn resolved<'a>(document: &'a Tree, schema: &'a Tree) -> &'a Tree {
    let mut at = schema;
    for _ in 0..LONGEST_CHAIN {
        let reference = at.get("$ref").and_then(Tree::as_text);
        let pointer = reference.and_then(|it| Pointer::parse(it.strip_prefix('#')?));
        match pointer.and_then(|it| document.at(&it)) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

fn scalar(value: &Tree) -> Option<Value> {
    if let Tree::Scalar(json) = value { serde_json::from_str(json).ok() } else { None }
}

fn number(value: &Tree) -> Option<Value> {
    scalar(value).filter(Value::is_number)
}
