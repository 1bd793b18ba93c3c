//! What a migration keeps, and where it puts what head wants.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails, and says so")]

use std::collections::BTreeSet;

use contracts::{
    Evidence, FileId, Finding, Pointer, Rule, Spot, Store, Tree,
    migration::{Dates, Migrated, additive, shim},
};
use serde_json::{Value, json};

fn tree(value: &Value) -> Tree {
    let mut store = Store::new();
    let id = store.insert(value);
    Tree::of(&store, id)
}

fn shop(sku: &Value, required: &Value) -> Value {
    let cart = json!({"$ref": "#/components/schemas/Cart"});
    json!({
        "openapi": "3.1.0",
        "paths": {
            "/orders": {
                "post": {
                    "operationId": "placeOrder",
                    "requestBody": {"content": {"application/json": {"schema": cart}}}
                },
                "get": {
                    "operationId": "listOrders",
                    "responses": {"200": {"$ref": "#/components/schemas/Order"}}
                }
            }
        },
        "components": {"schemas": {
            "Cart": {"properties": {"order": {"$ref": "#/components/schemas/Order"}}},
            "Order": {"properties": {"sku": sku}, "required": required}
        }}
    })
}

fn finding(rule: Rule, pointer: &str) -> Finding {
    let spot = Spot { file: FileId::ROOT, pointer: Pointer::parse(pointer).unwrap() };
    Finding {
        rule,
        level: rule.level(),
        subject: "components/schemas/Order#/properties/sku".to_owned(),
        message: String::new(),
        remedy: String::new(),
        operations: vec!["POST /orders".to_owned()],
        head: Some(spot.clone()),
        base: Some(spot),
        evidence: Evidence::Texts { base: None, head: None },
    }
}

fn migrated(base: &Value, head: &Value, finding: &Finding) -> (Tree, Vec<String>, usize) {
    let (base, head) = (tree(base), tree(head));
    let findings = std::slice::from_ref(finding);
    let asked = Migrated { base: &base, head: &head, findings, sunset: "2027-06-03" };
    let proposal = additive(asked, &BTreeSet::new());
    (proposal.contract, proposal.repaired, proposal.moved.len())
}

fn text(tree: &Tree, pointer: &str) -> Option<String> {
    tree.at(&Pointer::parse(pointer).unwrap())?.as_text()
}

#[test]
fn the_old_promise_keeps_address_and_names_and_the_new_one_moves() {
    let base = shop(&json!({"type": "string"}), &json!(["sku"]));
    let head = shop(&json!({"type": "string", "pattern": "^[a-z]+$"}), &json!(["sku"]));
    let place = "/components/schemas/Order/properties/sku";
    let finding = finding(Rule::InputStringNarrowed, place);
    let (contract, repaired, n_moved) = migrated(&base, &head, &finding);
    assert_eq!((repaired.len(), n_moved), (0, 1));
    let schema = "requestBody/content/application~1json/schema/$ref";
    let order = "properties/order/$ref";
    for (pointer, expected) in [
        ("/paths/~1orders/post/operationId".to_owned(), "placeOrder"),
        ("/paths/~1orders/post/x-sunset".to_owned(), "2027-06-03"),
        (format!("/paths/~1orders/post/{schema}"), "#/components/schemas/Cart"),
        ("/paths/~1v2~1orders/post/operationId".to_owned(), "placeOrderV2"),
        (format!("/paths/~1v2~1orders/post/{schema}"), "#/components/schemas/CartV2"),
        ("/paths/~1orders/get/responses/200/$ref".to_owned(), "#/components/schemas/OrderV2"),
        (format!("/components/schemas/Cart/{order}"), "#/components/schemas/Order"),
        (format!("/components/schemas/CartV2/{order}"), "#/components/schemas/OrderV2"),
        ("/components/schemas/OrderV2/properties/sku/pattern".to_owned(), "^[a-z]+$"),
    ] {
        assert_eq!(text(&contract, &pointer).as_deref(), Some(expected), "{pointer}");
    }
    assert_eq!(text(&contract, "/components/schemas/Order/properties/sku/pattern"), None);
}

#[test]
fn a_property_that_became_required_stays_optional_without_a_new_address() {
    let base = shop(&json!({"type": "string"}), &json!([]));
    let head = shop(&json!({"type": "string"}), &json!(["sku"]));
    let finding = finding(Rule::InputPropertyRequired, "/components/schemas/Order/required/0");
    let (contract, repaired, n_moved) = migrated(&base, &head, &finding);
    assert_eq!(n_moved, 0);
    assert_eq!(repaired, ["`sku` of `components/schemas/Order#/properties/sku` stays optional"]);
    let place = Pointer::parse("/components/schemas/Order").unwrap();
    assert!(contract.at(&place).unwrap().get("required").is_none());
}

#[test]
fn a_value_that_is_no_longer_listed_is_listed_again() {
    let base = shop(&json!({"enum": ["a", "b"]}), &json!([]));
    let head = shop(&json!({"enum": ["b", "c"]}), &json!([]));
    let place = "/components/schemas/Order/properties/sku/enum";
    let (contract, repaired, _) =
        migrated(&base, &head, &finding(Rule::InputValueForbidden, place));
    assert_eq!(repaired, ["`components/schemas/Order#/properties/sku` still takes `a`"]);
    let values = contract.at(&Pointer::parse(place).unwrap()).unwrap();
    let values: Vec<_> = values.items().iter().filter_map(Tree::as_text).collect();
    assert_eq!(values, ["b", "c", "a"]);
}

#[test]
fn an_operation_that_is_gone_comes_back_with_a_last_day() {
    let base = shop(&json!({"type": "string"}), &json!([]));
    let mut head = base.clone();
    head["paths"]["/orders"].as_object_mut().unwrap().remove("post");
    let finding = finding(Rule::OperationRemoved, "/paths/~1orders");
    let (contract, _, n_moved) = migrated(&base, &head, &finding);
    assert_eq!(n_moved, 1);
    let sunset = text(&contract, "/paths/~1orders/post/x-sunset");
    assert_eq!(sunset.as_deref(), Some("2027-06-03"));
    assert!(contract.get("paths").unwrap().get("/v2/orders").is_none());
}

#[test]
fn the_shim_says_when_it_ends_and_what_it_must_invent() {
    let order = |required: &Value| {
        json!({
            "openapi": "3.1.0",
            "paths": {"/orders/{id}": {"put": {
                "requestBody": {"content": {"application/json": {"schema": {
                    "type": "object",
                    "properties": {"sku": {"type": "string"}, "count": {"type": "integer"}},
                    "required": required
                }}}}
            }}}
        })
    };
    let (base, head) = (tree(&order(&json!(["sku"]))), tree(&order(&json!(["sku", "count"]))));
    let mut finding = finding(Rule::InputPropertyRequired, "/paths");
    finding.operations = vec!["PUT /orders/{id}".to_owned()];
    let findings = [finding];
    let asked = Migrated { base: &base, head: &head, findings: &findings, sunset: "2027-06-03" };
    let always = BTreeSet::from(["PUT /orders/{id}".to_owned()]);
    let moved = additive(asked, &always).moved;
    let dates = Dates {
        deprecated: "2026-11-21T00:00:00Z".parse().unwrap(),
        sunset: "2027-06-03T00:00:00Z".parse().unwrap(),
    };
    let text = shim(asked, &moved[0], &dates);
    for expected in [
        "const SUNSET = \"Thu, 03 Jun 2027 00:00:00 GMT\";",
        "const DEPRECATION = \"@1795219200\";",
        "answer.headers.append(\"Link\", `<${url.pathname}>; rel=\"successor-version\"`);",
        "url.pathname = \"/v2/orders/\" + encodeURIComponent(context.req.param(\"id\") ?? \"\");",
        "app.on(\"PUT\", \"/orders/:id\"",
        "    // TODO: nothing in the other version says `count`\n    count: invent(\"count\"),",
        "export function putOrdersIdCompat(provider: Provider): Hono {",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}
