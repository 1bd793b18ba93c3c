//! What the judge says to schemas of every dialect, by hand.

#![expect(clippy::needless_pass_by_value, reason = "tables of cases")]

use std::{env, fs, path::PathBuf, sync::Arc};

use kernel::RepoPath;
use serde_json::{Value, json};

use super::{Ruling, Settings, Texts, World};
use crate::{Direction, Formats, JsonInstance, Revision, Sides};

pub(super) fn texts(files: &[(&str, &str)]) -> Texts {
    let file = |it: &(&str, &str)| (RepoPath::new(it.0).unwrap(), Arc::from(it.1.as_bytes()));
    Texts::new(files.iter().map(file).collect())
}

/// An instance that base takes and head refuses, at the same pointer of both contracts.
pub(super) fn instance(pointer: &str, value: Value) -> JsonInstance {
    let locator = Some(format!("c.json#{pointer}"));
    JsonInstance {
        direction: Direction::ToProvider,
        operation: "POST /x".to_owned(),
        location: "body".to_owned(),
        media_type: Some("application/json".to_owned()),
        status: None,
        pointer: String::new(),
        instance: value,
        accepted_by: Revision::Base,
        refused_by: Revision::Head,
        schema: Sides { base: locator.clone(), head: locator },
    }
}

/// Head has the schema at `/s`, base takes all; so confirmed means refused.
fn rule(version: Value, schema: Value, value: Value, formats: Formats) -> Ruling {
    let mut head = version;
    head["s"] = schema;
    head["readonly"] = json!({"type": "string", "readOnly": true});
    head["components"] = json!({"schemas": {
        "Cat": {"type": "object", "properties": {"c": {"type": "string"}}},
        "Dog": {"type": "object", "properties": {"d": {"type": "string"}}},
        "Id": {"type": "string", "readOnly": true},
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"$ref": "#/components/schemas/Id"}}},
        "Pet": {"discriminator": {"propertyName": "t"}, "properties": {"t": {}}},
        "Cow": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["milk"]}]},
        "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}, "additionalProperties": false},
        "Self": {"allOf": [{"$ref": "#/components/schemas/Self"}]},
        "{b}": {"type": "null"},
    }});
    let base = texts(&[("c.json", r#"{"openapi":"3.1.0","s":true}"#)]);
    let head = texts(&[("c.json", &head.to_string())]);
    let settings = Settings { formats, ..Settings::default() };
    World::new(base, head, settings).rule_instance(&instance("/s", value))
}

fn check(version: &Value, schema: &Value, good: &[Value], bad: &[Value]) {
    for value in good {
        let ruling = rule(version.clone(), schema.clone(), value.clone(), Formats::Numeric);
        let taken = Ruling::Contradicted("head takes it too".to_owned());
        assert_eq!(ruling, taken, "{version} {schema} takes {value}");
    }
    for value in bad {
        let ruling = rule(version.clone(), schema.clone(), value.clone(), Formats::Numeric);
        assert_eq!(ruling, Ruling::Confirmed, "{version} {schema} refuses {value}");
    }
}

fn check_rows(version: &Value, rows: Value) {
    for row in rows.as_array().unwrap() {
        let list = |idx: usize| row[idx].as_array().unwrap().clone();
        check(version, &row[0], &list(1), &list(2));
    }
}

#[test]
fn keywords_of_2020_12_mean_what_the_draft_says() {
    let rows = json!([
        [{"type": "integer"}, [1, 1.0, -0, 1e3], [1.5, "1", null, true]],
        [{"type": ["integer", "null"]}, [1, null], [0.5, {}]],
        [{"type": "int"}, [1, "a"], []],
        [{"type": "string", "nullable": true}, ["a"], [null]],
        [{"enum": [1, "a", {"b": [1.0]}]}, [1, 1.0, "a", {"b": [1]}], [2, "b", {"b": [2]}]],
        [{"const": {"a": 1, "b": 2}}, [{"b": 2, "a": 1.0}], [{"a": 1}]],
        [{"minimum": 1, "maximum": 2}, [1, 2, "0"], [0, 2.1]],
        [{"exclusiveMinimum": 1, "exclusiveMaximum": 2}, [1.5], [1, 2]],
        [{"exclusiveMinimum": true, "minimum": 1}, [1], [0]],
        [{"multipleOf": 0.01}, [0.07, 1.1, 4.35], [0.001]],
        [{"multipleOf": -1}, [0.5], []],
        [{"minLength": 2, "maxLength": 3}, ["ab", "💩💩", 1], ["a", "💩", "abcd"]],
        [{"minLength": -1, "maxLength": 2.0}, ["", "ab"], ["abc"]],
        [{"pattern": "^\\d+$"}, ["1", 1], ["", "a", "٣"]],
        [{"pattern": "b"}, ["abc"], ["ac"]],
        [{"items": {"type": "string"}, "prefixItems": [{"type": "integer"}]}, [[1, "a"], [], [1]], [["a"], [1, 2]]],
        [{"items": [{"type": "integer"}]}, [["a"]], []],
        [{"contains": {"const": 1}}, [[1, 2], {}], [[], [2]]],
        [{"contains": {"const": 1}, "minContains": 0, "maxContains": 1}, [[], [1]], [[1, 1]]],
        [{"minItems": 1, "maxItems": 2}, [[1], [1, 2]], [[], [1, 2, 3]]],
        [{"uniqueItems": true}, [[1, 2], ["1", 1]], [[1, 1.0], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]]],
        [{"properties": {"a": {"type": "string"}}, "additionalProperties": false}, [{}, {"a": "x"}, 1], [{"a": 1}, {"b": 1}]],
        [{"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}, [{"b": 1}], [{"b": "x"}]],
        [{"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": false}, [{"x1": 1}], [{"x": "a"}, {"y": 1}]],
        [{"propertyNames": {"maxLength": 1}}, [{"a": 1}], [{"ab": 1}]],
        [{"required": ["a"], "minProperties": 1, "maxProperties": 1}, [{"a": 1}], [{}, {"b": 1}, {"a": 1, "b": 1}]],
        [{"required": "a"}, [{}], []],
        [{"dependentRequired": {"a": ["b"]}}, [{"b": 1}, {"a": 1, "b": 1}], [{"a": 1}]],
        [{"dependentSchemas": {"a": {"required": ["b"]}}}, [{}], [{"a": 1}]],
        [{"dependencies": {"a": ["b"]}}, [{"a": 1}], []],
        [{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}, [{"a": 1, "b": 1}, {"c": 1}], [{"a": 1}, {}]],
        [{"allOf": [{"minimum": 1}], "anyOf": [{"maximum": 5}, {"const": 7}]}, [1, 7], [0, 6]],
        [{"oneOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5], [2, 0.5]],
        [{"not": {"type": "null"}}, [1], [null]],
        [{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}, [{"a": 1}], [{"b": 1}]],
        [{"$ref": "#/components/schemas/Cat", "unevaluatedProperties": false}, [{"c": "x"}], [{"b": 1}, {"c": 1}]],
        [{"prefixItems": [true], "unevaluatedItems": false}, [[1]], [[1, 2]]],
        [{"$ref": "#/components/schemas/Id", "maxLength": 1}, ["a"], ["ab", 1]],
        [{"$ref": "#/components/schemas/%7Bb%7D"}, [null], [1]],
        [{"$ref": "#/components/schemas/Node"}, [{"next": {"next": {}}}], [{"next": {"x": 1}}, {"next": 1}]],
        [{"format": "date", "type": "string"}, ["x"], []],
        [{"format": "int32"}, [2_147_483_647, -2_147_483_648_i64, "a", 1.5], [2_147_483_648_i64, -2_147_483_649_i64]],
        [{"$defs": {"n": {"$anchor": "n", "type": "null"}}, "$ref": "#n"}, [null], [1]],
        [true, [1], []],
        [false, [], [1, null]],
        [7, [1], []],
    ]);
    check_rows(&json!({"openapi": "3.1.0"}), rows);
}

#[test]
fn older_dialects_have_their_own_words() {
    let version = |dialect: &str| json!({"openapi": "3.1.0", "jsonSchemaDialect": dialect});
    check_rows(
        &version("http://json-schema.org/draft-04/schema#"),
        json!([
            [{"minimum": 1, "exclusiveMinimum": true}, [2], [1]],
            [{"maximum": 1, "exclusiveMaximum": false}, [1], [2]],
            [{"exclusiveMaximum": true}, [1], []],
            [{"const": 1, "if": {}, "then": false, "contains": false, "propertyNames": false}, [2, [1], {"a": 1}], []],
            [{"items": [{"type": "integer"}], "additionalItems": false}, [[1], []], [["a"], [1, 2]]],
            [{"items": {"type": "integer"}, "additionalItems": false}, [[1, 2]], [["a"]]],
            [{"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}, [{"b": 1}, {"a": 1, "b": 1}], [{"a": 1}, {"c": 1}]],
            [{"$ref": "#/components/schemas/Id", "maxLength": 1}, ["ab"], [1]],
        ]),
    );
    check_rows(
        &version("http://json-schema.org/draft-06/schema#"),
        json!([
            [{"const": 1}, [1], [2]],
            [{"exclusiveMinimum": 1}, [2], [1]],
            [{"if": true, "then": false}, [1], []],
            [{"contains": {"const": 1}, "minContains": 2}, [[1]], [[2]]],
        ]),
    );
    check_rows(
        &version("https://json-schema.org/draft/2019-09/schema"),
        json!([
            [{"items": [{"type": "integer"}], "additionalItems": {"type": "string"}}, [[1, "a"]], [["a"], [1, 2]]],
            [{"dependentRequired": {"a": ["b"]}, "dependencies": {"c": ["d"]}}, [{"c": 1}], [{"a": 1}]],
            [{"prefixItems": [false]}, [[1]], []],
        [{"contains": {"const": 1}, "maxContains": 1, "unevaluatedItems": {"const": 1}}, [[1]], [[1, 2], [2], [1, 1]]],
            [{"$ref": "#/components/schemas/Id", "maxLength": 1}, ["a"], ["ab"]],
        ]),
    );
    check_rows(
        &json!({"openapi": "3.1.0"}),
        json!([
            [{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": true}, [2], [1]],
        ]),
    );
}

#[test]
fn openapi_3_0_is_draft_4_with_nullable() {
    check_rows(
        &json!({"openapi": "3.0.3"}),
        json!([
            [{"type": "string", "nullable": true}, ["a", null], [1]],
            [{"type": "string", "nullable": true, "enum": ["a"]}, ["a"], [null]],
            [{"nullable": false, "enum": ["a", null]}, [null], ["b"]],
            [{"nullable": true, "allOf": [{"type": "string"}]}, ["a"], [null]],
            [{"$ref": "#/components/schemas/Id", "nullable": true, "maxLength": 1}, ["ab"], [null]],
            [{"minimum": 1, "exclusiveMinimum": true}, [1.5], [1]],
            [{"type": "integer", "const": 1}, [2], []],
            [{"x-nullable": true, "type": "string"}, [], [null]],
        ]),
    );
    check_rows(
        &json!({"swagger": "2.0"}),
        json!([
            [{"type": "string", "x-nullable": true}, [null], [1]],
            [{"type": "string", "nullable": true}, ["a"], [null]],
            [{"anyOf": [{"type": "string"}]}, [1], []],
            [{"type": "file"}, ["a"], []],
        ]),
    );
}

#[test]
fn members_that_are_not_sent_are_out_of_the_schema() {
    let schema = json!({"type": "object", "required": ["id", "a", "p"], "additionalProperties": false, "properties": {
        "id": {"type": "string", "readOnly": true}, "a": {}, "p": {"type": "string", "writeOnly": true}}});
    let rows = json!([
        [schema, [{"a": 1, "p": "x"}], [{"a": 1}, {"a": 1, "p": "x", "id": "x"}, {"p": "x"}]],
        [{"allOf": [{"properties": {"id": {"readOnly": true}}}, {"required": ["id"]}]}, [{}], []],
        [{"$ref": "#/components/schemas/Base"}, [{}, {"id": 5}], [1]],
        [{"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["id", "b"]}]}, [{"b": 1}], [{}]],
        [{"properties": {"in": {"$ref": "#/components/schemas/Base"}}}, [{"in": {}}], [{"in": 1}]],
        [{"properties": {"id": {"readOnly": true}}, "not": {"required": ["id"]}}, [{}], [{"id": 1}]],
    ]);
    check_rows(&json!({"openapi": "3.1.0"}), rows.clone());
    check_rows(&json!({"openapi": "3.0.0"}), rows);
    let mut outgoing = instance("/s", json!({"a": 1, "id": "x"}));
    outgoing.direction = Direction::FromProvider;
    let contract =
        |it: Value| texts(&[("c.json", &json!({"openapi": "3.1.0", "s": it}).to_string())]);
    let world = World::new(contract(schema.clone()), contract(json!(false)), Settings::default());
    assert_eq!(world.rule_instance(&outgoing), Ruling::Confirmed);
}

#[test]
fn a_tag_selects_a_schema_besides_the_plain_meaning() {
    let choice = json!({"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "t", "mapping": {"c": "#/components/schemas/Cat", "d": "Dog"}}});
    check_rows(
        &json!({"openapi": "3.1.0"}),
        json!([
            [choice, [{"t": "c", "d": 1}, {"t": "Cat", "d": 1}, {"t": "d", "c": 1}, {"d": 1}], [{"t": "c", "c": 1}, {"t": "d", "d": 1}, {"t": "x", "d": 1}, {"c": "", "d": ""}]],
            [{"$ref": "#/components/schemas/Pet"}, [{"t": "Cow", "milk": 1}, {"t": "Pet"}], [{"t": "Cow"}, {"t": "x"}]],
            [{"$ref": "#/components/schemas/Cow"}, [{"t": "Cow", "milk": 1}], [{"t": "Cow"}]],
        ]),
    );
}

#[test]
fn formats_are_checked_as_the_settings_say() {
    for (formats, value, is_refused) in [
        (Formats::None, json!(4_000_000_000u32), false),
        (Formats::Numeric, json!(4_000_000_000u32), true),
        (Formats::Numeric, json!("x"), false),
        (Formats::All, json!("x"), true),
        (Formats::All, json!("2024-01-01"), false),
        (Formats::All, json!(4_000_000_000u32), true),
    ] {
        let format = if value.is_string() { "date" } else { "int32" };
        let version = json!({"openapi": "3.0.0"});
        let ruling = rule(version, json!({"format": format}), value.clone(), formats);
        assert_eq!(ruling == Ruling::Confirmed, is_refused, "{formats:?} {value}");
    }
}

#[test]
fn what_the_judge_cannot_tell_is_said() {
    for (version, schema, value, part) in [
        (json!({"openapi": "3.1.0"}), json!({"pattern": "(?<=a)("}), json!("a"), "regex"),
        (json!({"openapi": "3.1.0"}), json!({"$ref": "#/nowhere"}), json!(1), "leads nowhere"),
        (json!({"openapi": "3.1.0", "jsonSchemaDialect": "urn:x"}), json!({}), json!(1), "urn:x"),
        (
            json!({"openapi": "3.1.0"}),
            json!({"$ref": "#/components/schemas/Self"}),
            json!(1),
            "back to itself",
        ),
    ] {
        match rule(version, schema.clone(), value, Formats::Numeric) {
            Ruling::Unable(why) => assert!(why.contains(part), "{why}"),
            other @ (Ruling::Confirmed | Ruling::Contradicted(_)) => panic!("{schema}: {other:?}"),
        }
    }
}

#[test]
fn numbers_are_exact() {
    let huge = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (schema, good, bad) in [
        (r#"{"maximum": 9007199254740992}"#, "9007199254740992", "9007199254740993"),
        (r#"{"minimum": -9223372036854776000}"#, "-9223372036854776000", "-9223372036854776001"),
        (r#"{"maximum": 1e400}"#, "1e399", "1e401"),
        (r#"{"const": 0.1}"#, "0.10", "0.1000000000000000001"),
        (r#"{"multipleOf": 0.1}"#, "1e3", "0.10000000000000001"),
        (r#"{"type": "integer"}"#, "1e400", "0.5"),
        (r#"{"enum": [1e400]}"#, "1e400", "1e401"),
        (r#"{"multipleOf": 3}"#, "9007199254740993", "9007199254740994"),
    ] {
        check(&json!({"openapi": "3.1.0"}), &huge(schema), &[huge(good)], &[huge(bad)]);
    }
}

#[test]
fn dynamic_references_find_the_outermost_name() {
    let contract = |tree: Value| {
        let tree = json!({"openapi": "3.1.0", "s": tree, "components": {"schemas": {"Tree": {
            "$id": "https://x.example/tree", "$dynamicAnchor": "node", "type": "object",
            "properties": {"kids": {"items": {"$dynamicRef": "#node"}}}}}}});
        texts(&[("c.json", &tree.to_string())])
    };
    let strict = json!({"$id": "https://x.example/strict", "$dynamicAnchor": "node",
        "$ref": "tree", "unevaluatedProperties": false});
    let plain = json!({"$ref": "https://x.example/tree"});
    for (value, expected) in
        [(json!({"kids": [{"x": 1}]}), true), (json!({"kids": [{"kids": []}]}), false)]
    {
        let world =
            World::new(contract(plain.clone()), contract(strict.clone()), Settings::default());
        let ruling = world.rule_instance(&instance("/s", value.clone()));
        assert_eq!(ruling == Ruling::Confirmed, expected, "{value} {ruling:?}");
    }
}

#[test]
fn a_schema_is_found_over_files_in_json_and_yaml() {
    let base = texts(&[
        ("c.json", r#"{"openapi":"3.0.0","s":{"$ref":"schemas/a.yaml#/A"}}"#),
        ("schemas/a.yaml", "A: {properties: {b: {$ref: 'b.yaml'}, c: {$ref: '../c.json#/t'}}}"),
        ("schemas/b.yaml", "type: string\nnullable: true\n"),
    ]);
    let head = texts(&[("c.json", "openapi: 3.0.0\ns: {properties: {b: {type: string}}}\n")]);
    let world = World::new(base, head, Settings::default());
    assert_eq!(world.rule_instance(&instance("/s", json!({"b": null}))), Ruling::Confirmed);
    let refused = world.rule_instance(&instance("/s", json!({"b": 1})));
    assert!(matches!(refused, Ruling::Contradicted(it) if it.starts_with("base refuses")));
}

#[test]
fn a_text_fits_if_any_reading_fits() {
    let contract = |schema: Value| {
        texts(&[(
            "c.json",
            &json!({"openapi": "3.1.0", "s": schema, "content": {"s": schema}}).to_string(),
        )])
    };
    for (base, head, value, expected, in_json) in [
        (json!({"type": "string"}), json!({"type": "integer"}), json!("a"), true, true),
        (json!({"type": "string"}), json!({"type": "integer"}), json!("5"), false, true),
        (json!({"type": "integer"}), json!({"type": "string"}), json!(5), false, true),
        (json!({"enum": [1]}), json!({"enum": ["1"]}), json!("1"), false, false),
        (
            json!({"items": {"type": "string"}}),
            json!({"items": {"type": "boolean"}}),
            json!(["true", "x"]),
            true,
            true,
        ),
        (
            json!({"items": {"type": "string"}}),
            json!({"items": {"type": "boolean"}}),
            json!(["true"]),
            false,
            true,
        ),
    ] {
        let world = World::new(contract(base), contract(head), Settings::default());
        let mut witness = instance("/s", value.clone());
        for location in
            ["query.q", "path.p", "header.h", "cookie.c", "form.f", "status.200.header.h"]
        {
            witness.location = location.to_owned();
            let ruling = world.rule_instance(&witness);
            assert_eq!(ruling == Ruling::Confirmed, expected, "{value} {ruling:?}");
        }
        witness.location = "query.q".to_owned();
        witness.schema = instance("/content/s", json!(0)).schema;
        let ruling = world.rule_instance(&witness);
        assert_eq!(ruling == Ruling::Confirmed, in_json, "{value} {ruling:?}");
    }
}

/// The corpora beside the repository, if they are there.
#[expect(clippy::print_stdout, reason = "a test that sees nothing says so")]
pub(super) fn corpora() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests are told where the corpora are")]
    let told = env::var("PROOFMARK_CORPORA").ok().map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    let found = told.or(Some(beside)).filter(|it| it.is_dir());
    if found.is_none() {
        println!("skipped: no corpora beside the repository");
    }
    found
}

#[test]
fn the_examples_of_the_given_cases_are_confirmed() {
    let Some(corpora) = corpora() else { return };
    let mut n_examples = 0;
    for case in fs::read_dir(corpora.join("contracts/given")).unwrap() {
        let folder = case.unwrap().path();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let expect: Value = serde_json::from_str(&read("expect.json")).unwrap();
        let Some(example) = expect.get("example") else { continue };
        let to_provider = expect["direction"] == "to-provider";
        let pointer = if to_provider {
            "/paths/~1x/post/requestBody/content/application~1json/schema"
        } else {
            "/paths/~1x/post/responses/200/content/application~1json/schema"
        };
        let mut witness = instance(pointer, example.clone());
        if !to_provider {
            witness.direction = Direction::FromProvider;
            (witness.accepted_by, witness.refused_by) = (Revision::Head, Revision::Base);
        }
        let (base, head) = (read("base.yaml"), read("head.yaml"));
        let world = World::new(
            texts(&[("c.json", &base)]),
            texts(&[("c.json", &head)]),
            Settings::default(),
        );
        let ruling = world.rule_instance(&witness);
        assert_eq!(ruling, Ruling::Confirmed, "{}", folder.display());
        (witness.accepted_by, witness.refused_by) = (witness.refused_by, witness.accepted_by);
        let ruling = world.rule_instance(&witness);
        assert!(matches!(ruling, Ruling::Contradicted(_)), "{} turned round", folder.display());
        n_examples += 1;
    }
    assert!(n_examples >= 18, "{n_examples} examples");
}
