//! What the search promises beyond single answers.

use contracts::{
    Answer, Budgets, Contract, Dialect, Direction, Formats, Revision, Store, includes,
    inclusion::{Inclusion, View, includes_within},
};
use serde_json::{Value, json};

fn included(dialect: Dialect, sub: &Value, sup: &Value) -> bool {
    match includes(dialect, sub, sup).unwrap() {
        Answer::Included => true,
        Answer::NotIncluded(_) => false,
        Answer::Undecided(reason) => panic!("{reason}: {sub} in {sup}"),
    }
}

#[test]
fn recursion_is_followed_to_the_smallest_value() {
    let list = |leaf: Value| {
        json!({"$ref": "#/definitions/n", "definitions": {"n": {"type": "object", "required": ["v"],
            "properties": {"v": leaf, "next": {"$ref": "#/definitions/n"}}, "additionalProperties": false}}})
    };
    // A value of it would be endless.
    let endless = json!({"$ref": "#/definitions/n", "definitions": {"n": {"type": "object", "required": ["next"],
        "properties": {"next": {"$ref": "#/definitions/n"}}}}});
    // The same list, one step unrolled.
    let unrolled = json!({"type": "object", "required": ["v"], "additionalProperties": false,
        "properties": {"v": {"type": "integer"}, "next": {"$ref": "#/definitions/n"}},
        "definitions": list(json!({"type": "integer"}))["definitions"]});
    let rows = [
        (list(json!({"type": "integer"})), list(json!({"type": "number"})), true),
        (list(json!({"type": "number"})), list(json!({"type": "integer"})), false),
        (list(json!({"type": "integer"})), unrolled.clone(), true),
        (unrolled, list(json!({"type": "integer"})), true),
        (endless.clone(), json!({"not": {}}), true),
        (json!({"type": "object"}), endless, false),
    ];
    for (sub, sup, expected) in rows {
        assert_eq!(included(Dialect::Draft4, &sub, &sup), expected, "{sub} in {sup}");
    }
}

#[test]
fn items_are_counted_exactly() {
    let boolean = json!({"type": "array", "items": {"type": "boolean"}, "uniqueItems": true});
    let small = json!({"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": true});
    let rows = [
        (boolean.clone(), json!({"maxItems": 2}), true),
        (boolean, json!({"maxItems": 1}), false),
        (small.clone(), json!({"maxItems": 3}), true),
        (small, json!({"maxItems": 2}), false),
        (json!({"maxItems": 1}), json!({"uniqueItems": true}), true),
        (
            json!({"type": "array", "contains": {"const": 1}, "maxItems": 1}),
            json!({"items": {"const": 1}}),
            true,
        ),
        (
            json!({"type": "array", "contains": {"const": 1}, "maxContains": 1, "minItems": 2}),
            json!({"contains": {"not": {"const": 1}}}),
            true,
        ),
        (
            json!({"type": "array", "contains": {"type": "integer"}, "minContains": 2}),
            json!({"contains": {"type": "number"}, "minContains": 2}),
            true,
        ),
        (
            json!({"prefixItems": [{"const": 1}, {"enum": [1, 2]}, {"enum": [1, 2, 3]}], "minItems": 3, "uniqueItems": true, "type": "array"}),
            json!({"prefixItems": [true, {"const": 2}, {"const": 3}]}),
            true,
        ),
    ];
    for (sub, sup, expected) in rows {
        assert_eq!(included(Dialect::Draft2020, &sub, &sup), expected, "{sub} in {sup}");
    }
}

#[test]
fn tags_keep_large_unions_cheap() {
    let branch = |idx: usize, kind: &str| {
        json!({"type": "object", "required": ["type", "v"],
            "properties": {"type": {"enum": [format!("t{idx}")]}, "v": {"type": kind}}})
    };
    let union = |count: usize, odd: Option<usize>| {
        let kind = |idx| if Some(idx) == odd { "string" } else { "integer" };
        json!({"oneOf": (0..count).map(|idx| branch(idx, kind(idx))).collect::<Vec<_>>()})
    };
    assert!(included(Dialect::Draft2020, &union(100, None), &union(120, None)));
    assert!(!included(Dialect::Draft2020, &union(100, None), &union(100, Some(70))));
}

#[test]
fn unions_whose_branches_overlap_are_compared_branch_by_branch() {
    // Each branch takes the empty object, so that none of them is told by its tag alone.
    let branch = |idx: usize, most: usize| {
        json!({"type": "object", "additionalProperties": false, "properties": {
            "type": {"enum": [format!("t{idx}")]}, "v": {"type": "string", "maxLength": most},
            "w": {"$ref": "#/$defs/w"}}})
    };
    let union = |odd: usize, most: usize| {
        let branches = (0..58).map(|it| branch(it, if it == odd { most } else { 9 }));
        // Through a reference, nothing is known to be the same by a look.
        json!({"oneOf": branches.collect::<Vec<_>>(), "$defs": {"w": {"type": "array", "items": {"$ref": "#/$defs/w"}}}})
    };
    for odd in [0, 30, 57] {
        assert!(included(Dialect::Draft2020, &union(odd, 9), &union(odd, 9)));
        assert!(!included(Dialect::Draft2020, &union(odd, 9), &union(odd, 8)));
    }
    // A branch that comes a second time refuses what it took.
    let (any, few) = (json!({}), json!({"multipleOf": 2, "maximum": 8}));
    let pair = |one: &Value, other: &Value| json!({"oneOf": [one, other]});
    assert!(!included(Dialect::Draft2020, &pair(&any, &few), &pair(&any, &any)));
    assert!(included(Dialect::Draft2020, &pair(&any, &any), &pair(&any, &few)));
    assert!(!included(Dialect::Draft2020, &pair(&few, &json!(false)), &pair(&few, &few)));
    // What one branch gains, no other one has.
    let tagged = |most| {
        let mut schema = union(30, most);
        for branch in schema["oneOf"].as_array_mut().unwrap() {
            branch["required"] = json!(["v"]);
        }
        schema["oneOf"][30]["required"] = json!(["type", "v"]);
        schema
    };
    assert!(included(Dialect::Draft2020, &tagged(9), &tagged(10)));
    assert!(!included(Dialect::Draft2020, &tagged(10), &tagged(9)));
}

#[test]
fn a_budget_ends_what_is_too_large() {
    let branches: Vec<_> = (0..10_000)
        .map(|it| json!({"properties": {"a": {"minimum": it}, "b": {"maximum": it}}}))
        .collect();
    let sub = json!({"oneOf": branches});
    let sup = json!({"oneOf": branches[1..]});
    let answer = includes(Dialect::Draft2020, &sub, &sup).unwrap();
    assert!(!matches!(answer, Answer::Included), "{answer:?}");
    let wide: Vec<_> = (0..10_000).map(|it| json!(format!("v{it}"))).collect();
    assert!(included(Dialect::Draft2020, &json!({"enum": wide[1..]}), &json!({"enum": wide})));
    assert!(!included(Dialect::Draft2020, &json!({"enum": wide}), &json!({"enum": wide[1..]})));
}

#[test]
fn what_is_written_out_says_the_same() {
    let branch = |idx: usize, inner: &Value| {
        json!({"type": "object", "properties": {"a": inner, "b": {"type": "array", "items": inner},
            "c": {"maximum": idx}, "d": {"maxLength": idx}}})
    };
    let union = |inner: &Value| {
        let branches = (0..14).map(|it| branch(it, inner)).collect::<Vec<_>>();
        json!({"anyOf": branches, "oneOf": [{"allOf": [inner]}, {"required": ["e"]}]})
    };
    let named = |leaf: &Value| {
        let referred = |name: &str| json!({"$ref": format!("#/$defs/{name}")});
        json!({"$ref": "#/$defs/x", "$defs": {"x": union(&referred("y")), "y": union(&referred("z")), "z": leaf}})
    };
    let (number, integer) =
        (json!({"type": ["number", "object"]}), json!({"type": ["integer", "object"]}));
    let written = union(&union(&number));
    let narrow = union(&union(&integer));
    let budgets = Budgets { steps: 6_000, ..Budgets::default() };
    let ask =
        |sub: &Value, sup: &Value| includes_within(Dialect::Draft2020, sub, sup, budgets).unwrap();
    assert_eq!(ask(&named(&number), &written), Answer::Included);
    assert_eq!(ask(&written, &named(&number)), Answer::Included);
    assert!(!matches!(ask(&named(&number), &narrow), Answer::Included));
}

#[test]
fn depth_is_no_danger() {
    let nested = |depth: usize, leaf: Value| {
        (0..depth).fold(
            leaf,
            |inner, _| json!({"type": "object", "required": ["a"], "properties": {"a": inner}}),
        )
    };
    let (sub, sup) =
        (nested(100, json!({"type": "integer"})), nested(100, json!({"type": "string"})));
    assert!(!included(Dialect::Draft4, &sub, &sup));
    assert!(included(Dialect::Draft4, &sub, &sub));
    let widened = nested(100, json!({"type": "number"}));
    assert!(included(Dialect::Draft4, &sub, &widened));
    // Through references a value can be deeper than any document.
    let chain = |leaf: Value| {
        let mut definitions = serde_json::Map::new();
        definitions.insert("n0".to_owned(), leaf);
        for idx in 1..=300 {
            let inner = json!({"$ref": format!("#/definitions/n{}", idx - 1)});
            definitions
                .insert(format!("n{idx}"), json!({"type": "array", "minItems": 1, "items": inner}));
        }
        json!({"$ref": "#/definitions/n300", "definitions": definitions})
    };
    let (sub, sup) = (chain(json!({"type": "integer"})), chain(json!({"type": "number"})));
    assert!(included(Dialect::Draft4, &sub, &sup));
    assert!(!included(Dialect::Draft4, &sup, &sub));
    let long = json!({"type": "array", "minItems": 300, "contains": {"const": 1}});
    assert!(!included(Dialect::Draft2020, &long, &json!({"items": {"const": 1}})));
}

pub(crate) fn known_names(sub: &Value, sup: &Value) -> Answer {
    let mut store = Store::new();
    let base = Contract::of_schema(&mut store, sub).unwrap();
    let head = Contract::of_schema(&mut store, sup).unwrap();
    let mut inclusion = Inclusion::new(&store, &base, &head, Budgets::default());
    let lowering = &mut inclusion.lowering;
    let place = lowering.place_in(Revision::Base, base.root(), Dialect::Draft2020);
    let sub = lowering.lower(&place, View::PLAIN);
    let place = lowering.place_in(Revision::Head, head.root(), Dialect::Draft2020);
    let sup = lowering.lower(&place, View::PLAIN);
    inclusion.includes_known_names(sub, sup)
}

#[test]
fn senders_keep_to_names_they_know() {
    let integer = json!({"type": "integer"});
    let object = |members: Value| json!({"type": "object", "properties": members});
    let rows = [
        // A new optional member of an open object.
        (object(json!({})), object(json!({"b": integer})), true),
        (object(json!({"a": integer})), object(json!({"a": integer, "b": integer})), true),
        // The same, further in, behind a reference and `allOf`.
        (
            object(json!({"o": object(json!({}))})),
            json!({"allOf": [{"$ref": "#/$defs/o"}], "$defs": {"o": object(json!({"o": object(json!({"b": integer}))}))}}),
            true,
        ),
        (
            json!({"items": object(json!({}))}),
            json!({"items": object(json!({"b": integer}))}),
            true,
        ),
        // Closing breaks: neither side knows the name.
        (object(json!({})), json!({"type": "object", "additionalProperties": false}), false),
        (
            object(json!({})),
            json!({"type": "object", "properties": {"b": integer}, "additionalProperties": false}),
            false,
        ),
        // A member that both know.
        (object(json!({"b": {"type": "string"}})), object(json!({"b": integer})), false),
        (object(json!({"b": {}})), object(json!({"b": integer})), false),
        // A new required one: the sender does without it.
        (
            object(json!({})),
            json!({"type": "object", "properties": {"b": integer}, "required": ["b"]}),
            false,
        ),
        // Known in another branch of the sender.
        (
            json!({"anyOf": [object(json!({"b": {"type": "string"}})), object(json!({}))]}),
            object(json!({"b": integer})),
            false,
        ),
    ];
    for (sub, sup, expected) in rows {
        let answer = known_names(&sub, &sup);
        assert!(!matches!(answer, Answer::Undecided(_)), "{answer:?}: {sub} in {sup}");
        assert_eq!(answer == Answer::Included, expected, "{answer:?}: {sub} in {sup}");
    }
}

#[test]
fn what_cannot_be_asked_is_an_error() {
    let rows = [
        (json!(1), json!({})),
        (json!({"$ref": "#/definitions/gone"}), json!({})),
        (
            json!({"type": "object", "properties": {"a": {"$ref": "#/definitions/gone"}}}),
            json!(false),
        ),
    ];
    for (sub, sup) in rows {
        assert!(includes(Dialect::Draft4, &sub, &sup).is_err(), "{sub}");
    }
}

fn lowered_answer(direction: Direction, schemas: &Value, sub: &str, sup: &str) -> Answer {
    let mut store = Store::new();
    let contract = Contract::of_schema(&mut store, schemas).unwrap();
    let mut inclusion = Inclusion::new(&store, &contract, &contract, Budgets::default());
    let view = View { direction: Some(direction), formats: Formats::Numeric, ..View::PLAIN };
    let mut lower = |name: &str| {
        let root = contract.root();
        let at = contract.follow(&store, &root, &format!("#/{name}")).unwrap();
        let place = inclusion.lowering.place_in(Revision::Base, at, Dialect::Oas30);
        inclusion.lowering.lower(&place, view)
    };
    let (sub, sup) = (lower(sub), lower(sup));
    inclusion.includes(sub, sup)
}

#[test]
fn what_is_never_sent_is_not_looked_at() {
    let read_only = json!({"type": "integer", "readOnly": true});
    let schemas = json!({
        "id": read_only,
        "any": {"type": "object"},
        "direct": {"type": "object", "properties": {"id": read_only}, "required": ["id"]},
        "referred": {"type": "object", "properties": {"id": {"allOf": [{"$ref": "#/id"}]}}, "required": ["id"]},
        "first": {"type": "object", "allOf": [{"required": ["id"]}, {"properties": {"id": read_only}}]},
        "last": {"type": "object", "allOf": [{"properties": {"id": read_only}}, {"type": "object"}, {"required": ["id"]}]},
        "after": {"type": "object", "allOf": [{"properties": {"id": read_only}}], "properties": {"in": {"type": "object", "required": ["id"]}}},
        "inside": {"type": "object", "properties": {"in": {"type": "object"}}},
    });
    for name in ["direct", "referred", "first", "last"] {
        let sent = lowered_answer(Direction::ToProvider, &schemas, "any", name);
        assert_eq!(sent, Answer::Included, "{name}");
        let received = lowered_answer(Direction::FromProvider, &schemas, "any", name);
        assert!(matches!(received, Answer::NotIncluded(_)), "{name}");
    }
    let inner = lowered_answer(Direction::ToProvider, &schemas, "inside", "after");
    assert!(matches!(inner, Answer::NotIncluded(_)), "{inner:?}");
}

#[test]
fn formats_of_numbers_are_ranges() {
    let schemas = json!({
        "i32": {"type": "integer", "format": "int32"},
        "i64": {"type": "integer", "format": "int64"},
        "any": {"type": "integer"},
    });
    let rows =
        [("i32", "i64", true), ("i64", "i32", false), ("any", "i64", false), ("i64", "any", true)];
    for (sub, sup, expected) in rows {
        let answer = lowered_answer(Direction::ToProvider, &schemas, sub, sup);
        assert_eq!(answer == Answer::Included, expected, "{sub} {sup}: {answer:?}");
    }
}
