//! Words that changed: summaries, descriptions, examples, outside documentation, `x-…`.
//! They are told per operation, component and head of the document; nobody breaks by them.

use std::collections::BTreeMap;

use crate::{
    Evidence, Finding, Kind, Located, NodeId, Pointer, Rule, Spot, Store,
    operations::{self, Listed, Reading},
};

/// Members whose own members are names, not keywords.
const NAMED: [&str; 12] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "responses",
    "headers",
    "content",
    "encoding",
    "callbacks",
    "links",
    "variables",
];

/// Members whose values are data.
const DATA: [&str; 4] = ["enum", "const", "default", "mapping"];

/// Words by what they are and what they say (their class), and how often.
type Words = BTreeMap<Said, Saying>;

/// A member's name, and the class of its value.
type Said = (String, u32);

/// How often, the value, and where it is said first.
type Saying = (usize, NodeId, Pointer);

/// A part of a document that is told of by itself.
struct Unit {
    subject: String,
    operation: Option<String>,
    at: Located,
}

/// One finding for each part of the document whose words changed.
pub(crate) fn compare(base: Reading, head: Reading) -> Vec<Finding> {
    let mut others: BTreeMap<String, Unit> =
        units(head).into_iter().map(|it| (it.subject.clone(), it)).collect();
    let mut found = Vec::new();
    for unit in units(base) {
        let Some(other) = others.remove(&unit.subject) else { continue };
        if base.store.same(unit.at.node, other.at.node) {
            continue;
        }
        found.extend(difference(
            (&unit, words(base.store, &unit.at)),
            (&other, words(head.store, &other.at)),
            base.store,
        ));
    }
    found
}

fn units(reading: Reading) -> Vec<Unit> {
    let root = reading.contract.root();
    let part = |name: &str| {
        let at = reading.member(&root, name)?;
        Some(Unit { subject: name.to_owned(), operation: None, at })
    };
    let mut found: Vec<Unit> =
        ["info", "tags", "externalDocs"].into_iter().filter_map(part).collect();
    let calls = operations::calls(reading).into_iter().chain(operations::webhooks(reading));
    found.extend(calls.map(|it: Listed| Unit {
        subject: it.label(),
        operation: Some(it.label()),
        at: it.at,
    }));
    let groups = reading.members_of(&root, "components");
    let swagger = ["definitions", "parameters", "responses", "securityDefinitions"];
    let swagger =
        swagger.iter().filter_map(|it| Some(((*it).to_owned(), reading.member(&root, it)?)));
    let old = swagger.filter(|_| reading.is_swagger());
    let new = groups.into_iter().map(|(name, at)| (format!("components/{name}"), at));
    for (path, group) in old.chain(new) {
        let members = reading.members(&group).into_iter();
        found.extend(members.map(|(name, at)| Unit {
            subject: format!("{path}/{name}"),
            operation: None,
            at,
        }));
    }
    found
}

fn difference(
    (base, old): (&Unit, Words),
    (head, new): (&Unit, Words),
    store: &Store,
) -> Option<Finding> {
    let lacks = |all: &Words, key: &Said, n: usize| all.get(key).is_none_or(|it| it.0 < n);
    let gone = old.iter().find(|it| lacks(&new, it.0, it.1.0));
    let come = new.iter().find(|it| lacks(&old, it.0, it.1.0));
    // The same kind of words on both sides makes the most readable pair.
    let partner = gone.and_then(|it| {
        new.iter().find(|other| other.0.0 == it.0.0 && lacks(&old, other.0, other.1.0))
    });
    let come = partner.or(come);
    let (name, _) = gone.or(come)?.0;
    let text = |it: Option<(&Said, &Saying)>| {
        let node = it?.1.1;
        let text = store.as_str(node).map(ToOwned::to_owned);
        Some(text.unwrap_or_else(|| store.value(node).to_string()))
    };
    let spot = |unit: &Unit, it: Option<(&Said, &Saying)>| Spot {
        file: unit.at.file,
        pointer: it.map_or_else(|| unit.at.pointer.clone(), |it| it.1.2.clone()),
    };
    Some(Finding {
        rule: Rule::TextChanged,
        level: Rule::TextChanged.level(),
        subject: base.subject.clone(),
        message: format!("the words of `{}` changed: `{name}`", base.subject),
        remedy: "nothing to do".to_owned(),
        operations: base.operation.clone().into_iter().collect(),
        head: Some(spot(head, come)),
        base: Some(spot(base, gone)),
        evidence: Evidence::Texts { base: text(gone), head: text(come) },
    })
}

fn words(store: &Store, at: &Located) -> Words {
    let mut found = Words::new();
    let mut open = vec![(at.node, at.pointer.clone(), false)];
    while let Some((node, pointer, is_named)) = open.pop() {
        if store.kind(node) == Kind::Array {
            let items = store.items(node).iter().enumerate();
            let items = items.filter(|it| store.has_parts(*it.1));
            open.extend(items.map(|(idx, item)| (*item, pointer.item(idx), false)));
            continue;
        }
        for (name, member) in store.members(node) {
            if !is_named && is_words(store, name, member) {
                let key = (name.to_owned(), store.class(member));
                found.entry(key).or_insert_with(|| (0, member, pointer.child(name))).0 += 1;
            } else if store.has_parts(member) && (is_named || !DATA.contains(&name)) {
                open.push((member, pointer.child(name), !is_named && NAMED.contains(&name)));
            }
        }
    }
    found
}

fn is_words(store: &Store, name: &str, member: NodeId) -> bool {
    match name {
        "summary" | "description" | "title" | "$comment" | "termsOfService" => {
            store.kind(member) == Kind::String
        }
        "example" | "examples" | "externalDocs" | "contact" | "license" => true,
        // What these two say is told by rules of their own.
        "x-sunset" | "x-stability-level" => false,
        _ => name.starts_with("x-"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Contract;

    fn told(base: &serde_json::Value, head: &serde_json::Value) -> Vec<String> {
        let mut store = Store::new();
        let base = Contract::of_schema(&mut store, base).unwrap();
        let head = Contract::of_schema(&mut store, head).unwrap();
        let side = |contract| Reading { store: &store, contract };
        let found = compare(side(&base), side(&head));
        found.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn words_are_told_once_for_each_part() {
        let document = |info: &str, summary: &str, property: &str| {
            json!({
                "openapi": "3.1.0",
                "info": { "title": info, "version": "1.0.0" },
                "paths": { "/x": { "get": { "summary": summary, "description": summary } } },
                "components": { "schemas": { "A": { "properties": { "description": { "title": property } } } } },
            })
        };
        let base = document("t", "s", "p");
        assert_eq!(told(&base, &base), [""; 0]);
        assert_eq!(told(&base, &document("u", "s", "p")), ["the words of `info` changed: `title`"]);
        assert_eq!(
            told(&base, &document("t", "r", "q")),
            [
                "the words of `GET /x` changed: `description`",
                "the words of `components/schemas/A` changed: `title`"
            ]
        );
    }
}
