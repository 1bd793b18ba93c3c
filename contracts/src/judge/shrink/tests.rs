//! Witnesses that are too large, and what is left of them.

#![expect(clippy::too_many_lines, reason = "tables of cases")]

use serde_json::{Value, json};

use crate::{
    Content, HttpBody,
    judge::{
        Ruling, Settings, World,
        exchange::tests::{exchange, request},
        tests::{instance, texts},
    },
};

fn contract(schema: &Value) -> String {
    let body = json!({"requestBody": {"content": {"application/json": {"schema": schema}}},
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}]});
    json!({"openapi": "3.1.0", "s": schema, "paths": {"/x": {"post": body}}}).to_string()
}

fn world(base: &Value, head: &Value) -> World {
    let (base, head) = (contract(base), contract(head));
    World::new(texts(&[("c.json", &base)]), texts(&[("c.json", &head)]), Settings::default())
}

#[test]
fn all_goes_that_shows_nothing() {
    for (base, head, value, pointer, expected, place) in [
        (
            json!({}),
            json!({"properties": {"a": {"type": "integer"}}}),
            json!({"a": "long text", "b": [1, 2]}),
            "/a",
            json!({"a": ""}),
            "/a",
        ),
        (
            json!({}),
            json!({"properties": {"a": {"minLength": 2}}}),
            json!({"a": "x", "b": 1}),
            "/a",
            json!({"a": ""}),
            "/a",
        ),
        (
            json!({}),
            json!({"properties": {"a": {"maxLength": 2}}}),
            json!({"a": "abcdefgh"}),
            "/a",
            json!({"a": "fgh"}),
            "/a",
        ),
        (json!({}), json!({"required": ["c"]}), json!({"a": 1, "b": {"d": 2}}), "", json!({}), ""),
        (
            json!({"required": ["a"]}),
            json!({"required": ["c", "a"]}),
            json!({"a": 123, "b": 1}),
            "",
            json!({"a": 0}),
            "",
        ),
        (json!({}), json!({"items": {"maximum": 5}}), json!([1, 2, 77, 3]), "/2", json!([7]), "/0"),
        (
            json!({}),
            json!({"items": {"type": "integer"}}),
            json!([{"a": [1]}, 0.625]),
            "/1",
            json!([0.5]),
            "/0",
        ),
        (
            json!({}),
            json!({"properties": {"a": {"type": "null"}}, "required": ["c"]}),
            json!({"a": 1, "b": 1}),
            "/a",
            json!({"a": 0}),
            "/a",
        ),
        (json!({}), json!({"maxItems": 1}), json!([[1], {"a": 2}, 3]), "", json!([[], {}]), ""),
    ] {
        let world = world(&base, &head);
        let mut witness = instance("/s", value.clone());
        pointer.clone_into(&mut witness.pointer);
        assert_eq!(world.rule_instance(&witness), Ruling::Confirmed, "{value}");
        let small = world.shrink_instance(&witness);
        assert_eq!((&small.instance, small.pointer.as_str()), (&expected, place), "{head} {value}");
        assert_eq!(world.rule_instance(&small), Ruling::Confirmed, "{value}");
        assert_eq!(world.shrink_instance(&small), small, "{value}");
    }
}

#[test]
fn what_is_not_confirmed_stays_as_it_is() {
    let world = world(&json!({}), &json!({}));
    let witness = instance("/s", json!({"a": 1}));
    assert_eq!(world.shrink_instance(&witness), witness);
}

#[test]
fn a_message_loses_what_plays_no_part() {
    let world = world(&json!({}), &json!({"properties": {"a": {"type": "integer"}}}));
    let sent = request(
        "POST https://contract.example/x?z=1&q=a&y",
        &["x-a: b", "accept: text/plain"],
        Some(r#"application/json|{"a":"text","b":[1]}"#),
    );
    let small = world.shrink_exchange(&exchange("POST /x", sent));
    let body = HttpBody {
        media_type: "application/json".to_owned(),
        content: Content::Json(json!({"a": ""})),
    };
    assert_eq!(small.request.url, "https://contract.example/x");
    assert_eq!(small.request.headers, []);
    assert_eq!(small.request.body, Some(body));
    assert_eq!(world.rule_exchange(&small), Ruling::Confirmed);
}
