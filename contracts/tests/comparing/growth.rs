//! A contract that is four times as large, a tenth of it changed: one finding for each cause.

use contracts::Direction;
use serde_json::{Map, Value, json};

use crate::{
    random::factor,
    support::{compared, direction, settings, wire},
};

/// One component of ten changes.
const CHANGED: usize = 10;

/// So many components; each is sent and given back by operations of its own, and part of another.
fn contract(n_components: usize, is_head: bool) -> Value {
    let path = |it: usize| {
        let schema = json!({"$ref": format!("#/components/schemas/Item{it}")});
        let content = json!({"application/json": {"schema": schema}});
        let list = json!({"application/json": {"schema": {"type": "array", "items": schema}}});
        json!({
            "post": {"requestBody": {"required": true, "content": content},
                "responses": {"200": {"description": "ok", "content": content}}},
            "put": {"requestBody": {"required": true, "content": list},
                "responses": {"204": {"description": "done"}}},
        })
    };
    let schema = |it: usize| {
        let most = if is_head && it.is_multiple_of(CHANGED) { 12 } else { 24 };
        json!({
            "type": "object",
            "required": ["sku"],
            "properties": {
                "sku": {"type": "string", "maxLength": most},
                "count": {"type": "integer", "minimum": 0, "maximum": it},
                "part": {"$ref": format!("#/components/schemas/Item{}", it / 2)},
            },
        })
    };
    let paths: Map<_, _> = (0..n_components).map(|it| (format!("/items-{it}"), path(it))).collect();
    let schemas: Map<_, _> =
        (0..n_components).map(|it| (format!("Item{it}"), schema(it))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Items", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// The items whose operations carry this one: itself, and those it is a part of.
fn carriers(item: usize, n_components: usize) -> usize {
    let carries = |mut it: usize| {
        while it > item {
            it /= 2;
        }
        it == item
    };
    (0..n_components).filter(|it| carries(*it)).count()
}

#[test]
fn each_changed_component_is_found_once_however_many_there_are() {
    let n_components = 25 * factor().min(40);
    for n_components in [n_components, 4 * n_components] {
        let [wide, narrow] = [false, true].map(|it| contract(n_components, it).to_string());
        for (base, head, sender, rule, n_operations) in [
            (&wide, &narrow, Direction::ToProvider, "input-string-narrowed", 2),
            (&narrow, &wide, Direction::FromProvider, "output-string-widened", 1),
        ] {
            let comparison = compared(base.as_bytes(), head.as_bytes(), &settings());
            assert_eq!(comparison.undecided, Vec::new());
            let mut expected: Vec<_> = (0..n_components)
                .step_by(CHANGED)
                .map(|it| {
                    let subject = format!("components/schemas/Item{it}#/properties/sku");
                    let reached = n_operations * carriers(it, n_components);
                    (rule, subject, Some(sender), reached)
                })
                .collect();
            expected.sort();
            let broken = wire(&comparison);
            let told = broken
                .iter()
                .map(|it| (it.rule.id(), it.subject.clone(), direction(it), it.operations.len()));
            assert_eq!(told.collect::<Vec<_>>(), expected);
        }
    }
}
