//! A contract of any size, and its next version.

use serde_json::{Map, Value, json};

/// One component of ten changes between the two versions: its `sku` becomes shorter.
const CHANGED: usize = 10;

/// A contract with so many components; each has an operation that sends it and gets it back.
pub(crate) fn contract(n_components: usize, is_head: bool) -> Value {
    let numbers = || (0..n_components).map(|it| (it, format!("Item{it}")));
    let paths: Map<String, Value> =
        numbers().map(|(it, name)| (format!("/items-{it}"), path(it, &name))).collect();
    let schemas: Map<String, Value> = numbers()
        .map(|(it, name)| (name, schema(it, n_components, is_head && it % CHANGED == 0)))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Items", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// How many findings the two versions of a contract have: one for each changed component.
pub(crate) fn n_changed(n_components: usize) -> usize {
    n_components.div_ceil(CHANGED)
}

fn path(number: usize, name: &str) -> Value {
    let content =
        json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    json!({"post": {
        "operationId": format!("place{name}"),
        "summary": format!("Places item {number}."),
        "parameters": [
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
            {"name": "x-request-id", "in": "header", "schema": {"type": "string", "format": "uuid"}}
        ],
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": format!("Item {number}."), "content": content}},
    }})
}

fn schema(number: usize, n_components: usize, is_changed: bool) -> Value {
    // Each refers to the one half as far along, so that references are followed some levels deep.
    let next = format!("#/components/schemas/Item{}", number / 2 % n_components.max(1));
    let bound = if is_changed { 12 } else { 24 };
    json!({
        "type": "object",
        "description": format!("What is known of item {number}."),
        "required": ["id", "sku"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "sku": {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": bound},
            "count": {"type": "integer", "minimum": 0, "maximum": number + 1},
            "state": {"enum": ["open", "paid", "sent", format!("state-{number}")]},
            "parent": {"$ref": next},
            "tags": {"type": "array", "items": {"type": "string", "maxLength": 40}, "uniqueItems": true},
            "price": {"oneOf": [{"type": "number", "minimum": 0}, {"type": "null"}]}
        }
    })
}
