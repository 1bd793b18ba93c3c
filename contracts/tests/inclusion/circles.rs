//! Schemas that refer to themselves for the same value.

use contracts::{Answer, Dialect, includes};
use serde_json::{Value, json};

use crate::claims::known_names;

/// Both questions: plain, and of senders that keep to names they know.
fn answers(sub: &Value, sup: &Value) -> [Answer; 2] {
    [includes(Dialect::Draft2020, sub, sup).unwrap(), known_names(sub, sup)]
}

#[test]
fn what_depends_on_its_own_refusal_is_undecided() {
    let half = json!({"type": "number", "multipleOf": 0.5});
    let circles = [
        json!({"oneOf": [{"$ref": "#"}, half]}),
        json!({"oneOf": [half, {"allOf": [{"$ref": "#"}]}]}),
        json!({"oneOf": [{"$ref": "#", "minimum": 1}, half]}),
        json!({"oneOf": [half, {"type": "string"}, {"anyOf": [{"$ref": "#"}, {"type": "null"}]}]}),
        json!({"not": {"$ref": "#"}}),
        json!({"not": {"allOf": [{"$ref": "#"}, {"type": "number"}]}}),
        json!({"anyOf": [{"type": "null"}, {"not": {"$ref": "#"}}]}),
        json!({"if": {"$ref": "#"}, "then": false}),
        json!({"if": {"not": {"$ref": "#"}}, "then": half, "else": {"type": ["number", "object"]}}),
        json!({"$ref": "#/$defs/a", "$defs": {
            "a": {"allOf": [{"$ref": "#/$defs/b"}]},
            "b": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/c"}]},
            "c": {"not": {"$ref": "#/$defs/a"}}}}),
    ];
    let others = [json!({"type": "number"}), json!({"type": ["number", "object"]})];
    for circle in &circles {
        for other in &others {
            for answer in answers(other, circle) {
                let is_open = answer == Answer::Undecided("self-reference".to_owned());
                assert!(is_open, "{answer:?}: {other} in {circle}");
            }
        }
    }
    // Further in.
    let member =
        json!({"properties": {"a": {"type": "number"}}, "required": ["a"], "type": "object"});
    let inside = json!({"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"not": {"$ref": "#/$defs/x"}}}});
    for answer in answers(&member, &inside) {
        assert_eq!(answer, Answer::Undecided("self-reference".to_owned()));
    }
}

#[test]
fn circles_that_can_be_read_are_decided() {
    let pet = |kinds: [Value; 2]| {
        let [cat, dog] = kinds;
        let of = |it: Value| json!({"allOf": [{"$ref": "#/$defs/pet"}, it]});
        json!({"$ref": "#/$defs/pet", "$defs": {
            "pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                "oneOf": [{"$ref": "#/$defs/cat"}, {"$ref": "#/$defs/dog"}]},
            "cat": of(cat), "dog": of(dog)}})
    };
    let named = |it: &str| json!({"properties": {"kind": {"const": it}}});
    let pets = pet([named("cat"), named("dog")]);
    let having = |it: &str| json!({"required": [it]});
    let overlapping = pet([having("lives"), having("bark")]);
    let object = json!({"type": "object", "required": ["kind"]});
    let tree = json!({"type": "object", "not": {"properties": {"a": {"not": {"$ref": "#"}}}, "required": ["a", "b"]}});
    let refused = json!({"type": "string", "not": {"$ref": "#"}});
    let rows = [
        (pets.clone(), object.clone(), Some(true)),
        (overlapping.clone(), object.clone(), Some(true)),
        (json!({"type": "integer"}), pets, Some(false)),
        (json!({"type": "integer"}), overlapping, Some(false)),
        (tree.clone(), json!({"type": "object"}), Some(true)),
        (json!({"type": "object", "properties": {"a": {}, "b": {}}}), tree, Some(false)),
        // Whatever the circle means.
        (refused.clone(), json!({"type": "string"}), Some(true)),
        (json!({"type": "integer"}), refused, Some(false)),
        (
            json!({"type": "integer"}),
            json!({"anyOf": [{"type": "number"}, {"not": {"$ref": "#"}}]}),
            Some(true),
        ),
        (json!(false), json!({"not": {"$ref": "#"}}), Some(true)),
        // One branch that everything else excludes.
        (
            json!({"type": "number"}),
            json!({"oneOf": [{"type": "number"}, {"type": "object", "allOf": [{"$ref": "#"}]}]}),
            Some(true),
        ),
    ];
    for (sub, sup, expected) in rows {
        for answer in answers(&sub, &sup) {
            let included = match &answer {
                Answer::Included => Some(true),
                Answer::NotIncluded(_) => Some(false),
                Answer::Undecided(_) => None,
            };
            assert_eq!(included, expected, "{answer:?}: {sub} in {sup}");
        }
    }
}
