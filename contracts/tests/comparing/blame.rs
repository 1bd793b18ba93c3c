//! What breaks inside schemas: which promise, where, and with a witness that the judge confirms.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::excessive_nesting,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "tables of cases, written for reading; a test stops where it fails, and says so"
)]

use contracts::{
    Answer, Comparison, Dialect, Direction, Evidence, Finding, Rule, Settings, Undeclared, includes,
};
use serde_json::{Map, Value, json};

use crate::support::{self, settings, unconfirmed, wire};

fn compared(base: &Value, head: &Value, settings: &Settings) -> Comparison {
    support::compared(base.to_string().as_bytes(), head.to_string().as_bytes(), settings)
}

/// `POST /orders` takes or gives this.
fn contract(version: &str, direction: Direction, schema: &Value, components: Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    let empty = json!({"200": {"description": "ok"}});
    let operation = match direction {
        Direction::ToProvider => {
            json!({"requestBody": {"required": true, "content": content}, "responses": empty})
        }
        Direction::FromProvider => {
            json!({"responses": {"200": {"description": "ok", "content": content}}})
        }
    };
    json!({
        "openapi": version,
        "info": {"title": "t", "version": "1.0.0"},
        "paths": {"/orders": {"post": operation}},
        "components": {"schemas": components},
    })
}

fn of_order(version: &str, direction: Direction, order: &Value) -> Value {
    let schema = json!({"$ref": "#/components/schemas/Order"});
    contract(version, direction, &schema, json!({"Order": order}))
}

/// The breaks as `rule subject pointer`, each confirmed by the judge.
fn breaks(base: &Value, head: &Value, settings: &Settings) -> Vec<String> {
    let comparison = compared(base, head, settings);
    assert_eq!(comparison.undecided, Vec::new(), "{base}\n{head}");
    let wire = wire(&comparison);
    let [lesser, greater] = [base, head].map(|it| it.to_string().into_bytes());
    assert_eq!(unconfirmed(&lesser, &greater, settings, &wire), None, "{base}\n{head}");
    let mut told: Vec<_> = wire
        .iter()
        .map(|it| {
            let Evidence::Instance(instance) = &it.evidence else { panic!("{it:?}") };
            format!("{} {} {}", it.rule.id(), it.subject, instance.pointer)
        })
        .collect();
    told.sort();
    told
}

const ORDER: &str = "components/schemas/Order#";

/// One change of the component `Order`, in the direction in which it takes away.
struct Row {
    /// Versions of OpenAPI that have these keywords.
    versions: &'static [&'static str],
    wide: Value,
    narrow: Value,
    /// `input-… output-… inside pointer`, one for each cause.
    causes: &'static [&'static str],
}

const BOTH: &[&str] = &["3.0.3", "3.1.0"];
const OLD: &[&str] = &["3.0.3"];
const NEW: &[&str] = &["3.1.0"];

fn member(schema: Value) -> Value {
    json!({"type": "object", "properties": {"p": schema}})
}

fn row(
    versions: &'static [&'static str],
    (wide, narrow): (Value, Value),
    causes: &'static [&'static str],
) -> Row {
    Row { versions, wide, narrow, causes }
}

fn in_member(
    versions: &'static [&'static str],
    (wide, narrow): (Value, Value),
    causes: &'static [&'static str],
) -> Row {
    row(versions, (member(wide), member(narrow)), causes)
}

const TYPE: &[&str] = &["input-type-narrowed output-type-widened /properties/p /p"];
const VALUE: &[&str] = &["input-value-forbidden output-value-unannounced /properties/p /p"];
const TEXT: &[&str] = &["input-string-narrowed output-string-widened /properties/p /p"];
const NUMBER: &[&str] = &["input-number-narrowed output-number-widened /properties/p /p"];
const LIST: &[&str] = &["input-array-narrowed output-array-widened /properties/p /p"];
const VARIANT: &[&str] = &["input-variant-refused output-variant-unannounced /properties/p /p"];
const REQUIRED: &[&str] =
    &["input-property-required output-property-not-guaranteed /properties/a "];

fn scalars() -> Vec<Row> {
    let text = |extra: Value| with(json!({"type": "string"}), extra);
    let number = |extra: Value| with(json!({"type": "integer"}), extra);
    let list = |extra: Value| with(json!({"type": "array", "items": {"type": "integer"}}), extra);
    vec![
        in_member(BOTH, (json!({}), json!({"type": "integer"})), TYPE),
        in_member(BOTH, (json!({"type": "number"}), json!({"type": "integer"})), TYPE),
        in_member(OLD, (text(json!({"nullable": true})), text(json!({}))), TYPE),
        in_member(NEW, (json!({"type": ["string", "null"]}), text(json!({}))), TYPE),
        in_member(BOTH, (text(json!({"enum": ["a", "b"]})), text(json!({"enum": ["a"]}))), VALUE),
        in_member(BOTH, (text(json!({})), text(json!({"enum": ["a"]}))), VALUE),
        in_member(NEW, (text(json!({"enum": ["a", "b"]})), text(json!({"const": "b"}))), VALUE),
        in_member(BOTH, (text(json!({})), text(json!({"not": {"enum": ["x"]}}))), VALUE),
        in_member(
            BOTH,
            (text(json!({"pattern": "^[a-z]*$"})), text(json!({"pattern": "^[a-z]{2,}$"}))),
            TEXT,
        ),
        in_member(BOTH, (text(json!({})), text(json!({"minLength": 1}))), TEXT),
        in_member(BOTH, (text(json!({"maxLength": 9})), text(json!({"maxLength": 3}))), TEXT),
        in_member(BOTH, (text(json!({})), text(json!({"minLength": 1, "maxLength": 3}))), TEXT),
        in_member(BOTH, (number(json!({"minimum": 1})), number(json!({"minimum": 2}))), NUMBER),
        in_member(BOTH, (number(json!({})), number(json!({"multipleOf": 2}))), NUMBER),
        in_member(
            BOTH,
            (number(json!({"format": "int64"})), number(json!({"format": "int32"}))),
            NUMBER,
        ),
        in_member(
            OLD,
            (
                number(json!({"minimum": 1})),
                number(json!({"minimum": 1, "exclusiveMinimum": true})),
            ),
            NUMBER,
        ),
        in_member(
            NEW,
            (number(json!({"minimum": 1})), number(json!({"exclusiveMinimum": 1}))),
            NUMBER,
        ),
        in_member(BOTH, (list(json!({})), list(json!({"minItems": 1}))), LIST),
        in_member(BOTH, (list(json!({})), list(json!({"maxItems": 1}))), LIST),
        in_member(BOTH, (list(json!({})), list(json!({"uniqueItems": true}))), LIST),
        in_member(NEW, (list(json!({})), list(json!({"contains": {"minimum": 3}}))), LIST),
        in_member(
            NEW,
            (
                json!({"type": "array", "prefixItems": [{}]}),
                json!({"type": "array", "prefixItems": [{}], "items": false}),
            ),
            LIST,
        ),
        // What is said already of the texts is not told again of the type.
        in_member(BOTH, (text(json!({"enum": ["a"]})), json!({"enum": ["a", "b"]})), &[]),
        in_member(BOTH, (text(json!({})), json!({})), &[]),
    ]
}

fn objects() -> Vec<Row> {
    let object = |extra: Value| with(json!({"type": "object"}), extra);
    let a_and_b =
        json!({"properties": {"a": {}, "b": {"type": "string"}}, "additionalProperties": false});
    let a = json!({"properties": {"a": {}}, "additionalProperties": false});
    vec![
        row(
            BOTH,
            (
                object(json!({"properties": {"a": {}}})),
                object(json!({"properties": {"a": {}}, "required": ["a"]})),
            ),
            REQUIRED,
        ),
        row(
            BOTH,
            (object(json!({})), object(json!({"required": ["a", "b"]}))),
            &[
                "input-property-required output-property-not-guaranteed /properties/a ",
                "input-property-required output-property-not-guaranteed /properties/b ",
            ],
        ),
        row(
            BOTH,
            (object(json!({})), object(json!({"minProperties": 1}))),
            &["input-property-required output-property-not-guaranteed  "],
        ),
        row(
            NEW,
            (object(json!({})), object(json!({"dependentRequired": {"a": ["c"]}}))),
            &["input-property-required output-property-not-guaranteed  "],
        ),
        row(
            BOTH,
            (object(a_and_b), object(a)),
            &["input-property-refused output-property-unannounced /properties/b /b"],
        ),
        row(
            BOTH,
            (object(json!({})), object(json!({"maxProperties": 1}))),
            &["input-property-refused output-property-unannounced  "],
        ),
        row(
            NEW,
            (object(json!({})), object(json!({"propertyNames": {"maxLength": 2}}))),
            &["input-property-refused output-property-unannounced  "],
        ),
        row(
            BOTH,
            (
                object(json!({"additionalProperties": {"type": "string"}})),
                object(json!({"additionalProperties": {"type": "string", "minLength": 1}})),
            ),
            &["input-string-narrowed output-string-widened /additionalProperties /"],
        ),
    ]
}

fn composed() -> Vec<Row> {
    let (text, whole) = (json!({"type": "string"}), json!({"type": "integer"}));
    let lines = |sku: Value| {
        let line = json!({"type": "object", "properties": {"sku": sku}});
        json!({"type": "object", "properties": {"lines": {"type": "array", "items": line}}})
    };
    vec![
        in_member(BOTH, (json!({"anyOf": [text, whole]}), json!({"anyOf": [text]})), VARIANT),
        in_member(
            BOTH,
            (json!({"oneOf": [text, whole, {"type": "boolean"}]}), json!({"oneOf": [text, whole]})),
            VARIANT,
        ),
        in_member(
            BOTH,
            (
                json!({"anyOf": [whole, {"type": "number"}]}),
                json!({"oneOf": [whole, {"type": "number"}]}),
            ),
            VARIANT,
        ),
        in_member(
            BOTH,
            (
                json!({"anyOf": [text, whole]}),
                json!({"anyOf": [{"type": "string", "minLength": 2}, whole]}),
            ),
            &["input-string-narrowed output-string-widened /properties/p/anyOf/0 /p"],
        ),
        in_member(
            NEW,
            (json!({}), json!({"if": {"type": "string"}, "then": {"minLength": 2}})),
            VARIANT,
        ),
        row(
            BOTH,
            (lines(json!({"type": "string"})), lines(json!({"type": "string", "maxLength": 2}))),
            &[
                "input-string-narrowed output-string-widened /properties/lines/items/properties/sku /lines/0/sku",
            ],
        ),
        // Two causes at two places.
        row(
            BOTH,
            (
                json!({"type": "object", "properties": {"a": text, "b": text}}),
                json!({"type": "object", "properties": {"a": whole, "b": {"type": "string", "minLength": 1}}}),
            ),
            &[
                "input-string-narrowed output-string-widened /properties/b /b",
                "input-type-narrowed output-type-widened /properties/a /a",
            ],
        ),
        // Two independent causes at one place.
        in_member(
            NEW,
            (json!({"type": ["string", "integer"]}), json!({"type": "string", "minLength": 3})),
            &[
                "input-string-narrowed output-string-widened /properties/p /p",
                "input-type-narrowed output-type-widened /properties/p /p",
            ],
        ),
    ]
}

fn with(base: Value, extra: Value) -> Value {
    let (Value::Object(mut base), Value::Object(extra)) = (base, extra) else { panic!() };
    base.extend(extra);
    Value::Object(base)
}

fn rows() -> Vec<Row> {
    scalars().into_iter().chain(objects()).chain(composed()).collect()
}

fn expected(row: &Row, direction: Direction) -> Vec<String> {
    let told = row.causes.iter().map(|it| {
        let parts: Vec<_> = it.split(' ').collect();
        let rule = if direction == Direction::ToProvider { parts[0] } else { parts[1] };
        format!("{rule} {ORDER}{} {}", parts[2], parts[3])
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

/// The name of a member that nobody declares is free.
fn without_free_names(told: Vec<String>) -> Vec<String> {
    let cut = |it: String| match it.split_once("/additionalProperties /") {
        Some((before, _)) => format!("{before}/additionalProperties /"),
        None => it,
    };
    told.into_iter().map(cut).collect()
}

#[test]
fn each_class_of_keywords_has_its_rule_in_both_directions() {
    let mut wrong = Vec::new();
    for row in rows() {
        for version in row.versions {
            for direction in [Direction::ToProvider, Direction::FromProvider] {
                let wide = of_order(version, direction, &row.wide);
                let narrow = of_order(version, direction, &row.narrow);
                let (base, head) = match direction {
                    Direction::ToProvider => (wide, narrow),
                    Direction::FromProvider => (narrow, wide),
                };
                let told = without_free_names(breaks(&base, &head, &settings()));
                let expected = expected(&row, direction);
                if told != expected {
                    let change = format!("{} -> {}", row.wide, row.narrow);
                    wrong.push(format!(
                        "{version} {direction:?} {change}\n  {expected:?}\n  {told:?}"
                    ));
                }
                assert_eq!(breaks(&head, &head, &settings()), Vec::<String>::new());
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

fn rules(told: &[String]) -> Vec<&str> {
    told.iter().filter_map(|it| it.split(' ').next()).collect()
}

#[test]
fn wrapping_both_sides_keeps_the_rules() {
    let wrap = |it: &Value| json!({"allOf": [it]});
    for row in rows() {
        let sides = |wrapped: bool| {
            let form = |it: &Value| if wrapped { wrap(it) } else { it.clone() };
            let [base, head] = [&row.wide, &row.narrow]
                .map(|it| of_order("3.1.0", Direction::ToProvider, &form(it)));
            breaks(&base, &head, &settings())
        };
        if row.versions.contains(&"3.1.0") {
            assert_eq!(rules(&sides(true)), rules(&sides(false)), "{} {}", row.wide, row.narrow);
        }
    }
}

fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev().map(|(name, it)| (name.clone(), reversed(it)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(reversed).collect()),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_members_changes_no_finding() {
    for row in rows() {
        let [base, head] =
            [&row.wide, &row.narrow].map(|it| of_order(row.versions[0], Direction::ToProvider, it));
        let told = compared(&base, &head, &settings()).findings;
        let again = compared(&reversed(&base), &reversed(&head), &settings()).findings;
        assert_eq!(told, again);
    }
}

#[test]
fn one_cause_is_one_finding_for_all_operations() {
    let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}});
    let list = json!({"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}}});
    let operation =
        |it: &Value| json!({"requestBody": it, "responses": {"200": {"description": "ok"}}});
    let contract = |total: Value| {
        json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1.0.0"},
            "paths": {
                "/orders": {"post": operation(&body), "put": operation(&list)},
                "/drafts": {"post": operation(&body)},
            },
            "components": {"schemas": {"Order": {
                "type": "object",
                "properties": {"total": total, "parent": {"$ref": "#/components/schemas/Order"}},
            }}},
        })
    };
    let (base, head) =
        (contract(json!({"type": "number"})), contract(json!({"type": "number", "minimum": 0})));
    let comparison = compared(&base, &head, &settings());
    let wire = wire(&comparison);
    let [finding] = wire.as_slice() else { panic!("{wire:#?}") };
    assert_eq!(finding.subject, "components/schemas/Order#/properties/total");
    assert_eq!(finding.operations, ["POST /drafts", "POST /orders", "PUT /orders"]);
    assert_eq!(finding.message, "`total` of `Order` no longer takes every number that it took");
    assert_eq!(
        finding.remedy,
        "drop `minimum: 0`, or add a new version: checks contract migrate contracts/shop.openapi.json"
    );
    let spot = |it: &Option<contracts::Spot>| it.as_ref().unwrap().pointer.to_string();
    assert_eq!(spot(&finding.head), "/components/schemas/Order/properties/total/minimum");
    assert_eq!(spot(&finding.base), "/components/schemas/Order/properties/total");
}

fn parameter(place: &str, schema: &Value) -> Value {
    let path = if place == "path" { "/orders/{q}" } else { "/orders" };
    let parameter =
        json!({"name": "q", "in": place, "required": place == "path", "schema": schema});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1.0.0"},
        "paths": {path: {"get": {"parameters": [parameter], "responses": {"200": {"description": "ok"}}}}},
    })
}

#[test]
fn parameters_are_compared_by_their_characters() {
    let (text, whole) = (json!({"type": "string"}), json!({"type": "integer"}));
    let list = |items: &Value| json!({"type": "array", "items": items});
    let rows = [
        ("query", whole.clone(), text.clone(), ""),
        ("query", text.clone(), whole.clone(), "input-type-narrowed"),
        ("query", whole.clone(), json!({"type": "number"}), ""),
        (
            "query",
            json!({"type": "integer", "minimum": 1}),
            json!({"type": "integer", "minimum": 5}),
            "input-number-narrowed",
        ),
        ("query", json!({"enum": [1, 2]}), json!({"enum": ["1", "2"]}), ""),
        ("query", json!({"enum": ["1", "2"]}), json!({"enum": [1]}), "input-value-forbidden"),
        ("query", json!({"type": "boolean"}), json!({"enum": ["true", "false"]}), ""),
        ("query", json!({"type": "boolean"}), text.clone(), ""),
        ("query", whole.clone(), json!({"type": "string", "pattern": "^-?[0-9]+$"}), ""),
        (
            "query",
            json!({"type": "integer", "minimum": 0}),
            json!({"type": "string", "pattern": "^[0-9]+$"}),
            "",
        ),
        ("query", json!({"type": "string", "pattern": "^[1-9]$"}), whole.clone(), ""),
        ("query", list(&whole), list(&text), ""),
        ("query", list(&text), list(&whole), "input-type-narrowed"),
        ("header", whole.clone(), text.clone(), ""),
        ("path", text.clone(), json!({"type": "string", "minLength": 1}), ""),
        ("query", text.clone(), json!({"type": "string", "minLength": 1}), "input-string-narrowed"),
        ("path", text, whole, "input-type-narrowed"),
    ];
    let mut wrong = Vec::new();
    for (place, base, head, expected) in rows {
        let told = breaks(&parameter(place, &base), &parameter(place, &head), &settings());
        if rules(&told).join(" ") != expected {
            wrong.push(format!("{place} {base} -> {head}: {told:?} instead of `{expected}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every finding of these changes as `rule subject`, but the note that something is new.
fn told(direction: Direction, base: &Value, head: &Value) -> Vec<String> {
    let [base, head] = [base, head].map(|it| of_order("3.1.0", direction, it));
    let findings = compared(&base, &head, &settings()).findings;
    let findings = findings.iter().filter(|it| it.rule != Rule::VersionNotRaised);
    findings.map(|it| format!("{} {}", it.rule.id(), it.subject)).collect()
}

#[test]
fn what_breaks_no_exchange_is_told_by_its_own_rules() {
    let input = Direction::ToProvider;
    let output = Direction::FromProvider;
    let rows = [
        (
            input,
            json!({"type": "string", "format": "date"}),
            json!({"type": "string", "format": "date-time"}),
            "format-changed ",
        ),
        (input, json!({"enum": ["a", "b"]}), json!({"enum": ["b", "a"]}), "enum-order-changed "),
        (input, json!({"default": 1}), json!({"default": 2}), "default-changed "),
        (input, json!({"type": "integer"}), json!({"type": "number"}), "input-widened "),
        (output, json!({"type": "number"}), json!({"type": "integer"}), "output-narrowed "),
    ];
    for (direction, base, head, expected) in rows {
        let expected = expected.trim();
        let told = told(direction, &member(base), &member(head));
        assert_eq!(told, [format!("{expected} {ORDER}/properties/p")]);
    }
    let (with, without) = (
        json!({"type": "object", "properties": {"a": {}, "b": {}}}),
        json!({"type": "object", "properties": {"a": {}}}),
    );
    assert_eq!(
        told(output, &with, &without),
        [format!("output-property-removed {ORDER}/properties/b")]
    );
    assert_eq!(told(output, &without, &with), Vec::<String>::new());
    assert_eq!(told(input, &with, &without), [format!("input-unread {ORDER}/properties/b")]);
    assert_eq!(told(input, &without, &with), [format!("input-widened {ORDER}/properties/b")]);
}

#[test]
fn a_sender_keeps_to_the_names_it_knows_unless_the_policy_says_otherwise() {
    let base = json!({"type": "object", "properties": {"a": {}}});
    let head = json!({"type": "object", "properties": {"a": {}, "b": {"type": "string"}}});
    let closed = json!({"type": "object", "properties": {"a": {}}, "additionalProperties": false});
    let strict = Settings { undeclared: Undeclared::Any, ..settings() };
    let side = |it: &Value| of_order("3.1.0", Direction::ToProvider, it);
    let (base, head, closed) = (side(&base), side(&head), side(&closed));
    assert_eq!(breaks(&base, &head, &settings()), Vec::<String>::new());
    assert_eq!(rules(&breaks(&base, &head, &strict)), ["input-type-narrowed"]);
    assert_eq!(rules(&breaks(&base, &closed, &settings())), ["input-property-refused"]);
}

/// Small schemas by a counter that is no clock.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn schema(&mut self, depth: u64) -> Value {
        let mut schema = Map::new();
        for _ in 0..=self.below(3) {
            let (keyword, value) = self.keyword(depth);
            schema.insert(keyword.to_owned(), value);
        }
        Value::Object(schema)
    }

    fn keyword(&mut self, depth: u64) -> (&'static str, Value) {
        const TYPES: [&str; 6] = ["string", "integer", "number", "object", "array", "null"];
        let n_kinds = if depth == 0 { 8 } else { 15 };
        let small = json!(self.below(3));
        match self.below(n_kinds) {
            0 | 1 => ("type", json!(TYPES[self.below(6) as usize])),
            2 => (
                "enum",
                [json!([1]), json!(["a", 2]), json!([null]), json!([1, "b"])]
                    [self.below(4) as usize]
                    .clone(),
            ),
            3 => ("minLength", small),
            4 => ("maximum", small),
            5 => ("required", json!(["a", "b"][..=self.below(2) as usize])),
            6 => ("maxItems", small),
            7 => ("minProperties", small),
            8 | 9 => {
                ("properties", json!({"a": self.schema(depth - 1), "b": self.schema(depth - 1)}))
            }
            10 => ("items", self.schema(depth - 1)),
            11 => (
                "additionalProperties",
                if self.below(2) == 0 { json!(false) } else { self.schema(depth - 1) },
            ),
            12 => ("anyOf", json!([self.schema(depth - 1), self.schema(depth - 1)])),
            13 => ("oneOf", json!([self.schema(depth - 1), self.schema(depth - 1)])),
            _ => ("allOf", json!([self.schema(depth - 1)])),
        }
    }
}

#[test]
fn no_break_is_lost_and_none_is_made_up() {
    let seed = 20_260_105;
    println!("seed {seed}");
    let mut random = Random(seed);
    let strict = Settings { undeclared: Undeclared::Any, ..settings() };
    for _ in 0..400 {
        let (sub, sup) = (random.schema(2), random.schema(2));
        let side = |it: &Value| contract("3.1.0", Direction::ToProvider, it, json!({}));
        let told = breaks(&side(&sub), &side(&sup), &strict);
        match includes(Dialect::Draft2020, &sub, &sup).unwrap() {
            Answer::Included => assert!(told.is_empty(), "{sub}\n{sup}\n{told:?}"),
            Answer::NotIncluded(it) => assert!(!told.is_empty(), "{sub}\n{sup}\nlost {it}"),
            Answer::Undecided(_) => {}
        }
    }
}

/// Two variants with a tag; `mapping` says which tag selects which.
fn tagged(mapping: Value) -> Value {
    let variant = |member: &str| {
        json!({
            "type": "object",
            "required": ["t"],
            "properties": {"t": {"type": "string"}, member: {"type": "string"}},
        })
    };
    let choice = json!({
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "t", "mapping": mapping},
    });
    json!({"Order": {"type": "object", "properties": {"pet": choice}}, "Cat": variant("c"), "Dog": variant("d")})
}

#[test]
fn a_tag_that_selects_another_variant_is_lost() {
    let (cat, dog) = ("#/components/schemas/Cat", "#/components/schemas/Dog");
    let side = |mapping: Value, direction| {
        contract(
            "3.1.0",
            direction,
            &json!({"$ref": "#/components/schemas/Order"}),
            tagged(mapping),
        )
    };
    for direction in [Direction::ToProvider, Direction::FromProvider] {
        let all = side(json!({"c": cat, "d": dog}), direction);
        let swapped = side(json!({"c": dog, "d": cat}), direction);
        let fewer = side(json!({"c": cat}), direction);
        let subject = format!("{ORDER}/properties/pet/discriminator/mapping");
        let lost = |tag: &str| format!("discriminator-tag-lost {subject}/{tag} /pet");
        assert_eq!(breaks(&all, &swapped, &settings()), [lost("c"), lost("d")]);
        let (base, head) = match direction {
            Direction::ToProvider => (&all, &fewer),
            Direction::FromProvider => (&fewer, &all),
        };
        assert_eq!(breaks(base, head, &settings()), [lost("d")]);
        assert_eq!(breaks(head, base, &settings()), Vec::<String>::new());
    }
}

#[test]
fn what_a_member_asks_for_beside_it_is_named() {
    let check = |beside: Value, expected: &str| {
        let plain = json!({"properties": {"a": {}, "b": {}, "c": {}}});
        let tied = with(plain.clone(), beside);
        let directions = [Direction::ToProvider, Direction::FromProvider];
        let messages = directions.map(|direction| {
            let [plain, tied] = [&plain, &tied].map(|it| of_order("3.1.0", direction, it));
            let (base, head) = match direction {
                Direction::ToProvider => (plain, tied),
                Direction::FromProvider => (tied, plain),
            };
            let comparison = compared(&base, &head, &settings());
            let wire = wire(&comparison);
            let [finding] = wire.as_slice() else { panic!("{wire:#?}") };
            finding.message.clone()
        });
        assert_eq!(messages.join("; "), expected);
    };
    check(
        json!({"dependentRequired": {"a": ["b", "c"]}}),
        "`Order` with `a` can no longer do without `b`, `c`; `Order` with `a` is no longer sure to have `b`, `c`",
    );
    check(
        json!({"dependentSchemas": {"a": {"required": ["b"]}}}),
        "`Order` with `a` can no longer be as it was; `Order` with `a` may now be as it never was",
    );
}

#[test]
fn what_an_alternative_lost_is_shown_where_it_was() {
    for direction in [Direction::ToProvider, Direction::FromProvider] {
        let order = json!({"$ref": "#/components/schemas/Order"});
        let mut base = contract("3.1.0", direction, &order, tagged(json!({})));
        let dog = base.pointer_mut("/components/schemas/Dog/properties").unwrap();
        dog["tail"] = json!({"type": "boolean"});
        let mut head = base.clone();
        let dog = head.pointer_mut("/components/schemas/Dog/properties").unwrap();
        dog.as_object_mut().unwrap().remove("tail");
        let comparison = compared(&base, &head, &settings());
        let is_loss =
            |it: &&Finding| matches!(it.rule, Rule::InputUnread | Rule::OutputPropertyRemoved);
        let losses: Vec<&Finding> = comparison.findings.iter().filter(is_loss).collect();
        let [loss] = losses.as_slice() else { panic!("{comparison:#?}") };
        let spot = loss.head.as_ref().unwrap();
        assert_eq!(spot.pointer.to_string(), "/components/schemas/Dog/properties");
    }
}

#[test]
fn a_tag_stays_a_tag_where_a_variant_forgets_it() {
    let mapping = json!({"c": "#/components/schemas/Cat", "d": "#/components/schemas/Dog"});
    let order = json!({"$ref": "#/components/schemas/Order"});
    let base = contract("3.1.0", Direction::ToProvider, &order, tagged(mapping));
    for member in ["t", "d"] {
        let mut head = base.clone();
        let dog = head.pointer_mut("/components/schemas/Dog/properties").unwrap();
        dog.as_object_mut().unwrap().remove(member);
        let comparison = compared(&base, &head, &settings());
        let [base, head] = [&base, &head].map(|it| it.to_string().into_bytes());
        assert_eq!(unconfirmed(&base, &head, &settings(), &wire(&comparison)), None, "{member}");
    }
}

#[test]
fn a_break_inside_a_schema_that_contains_itself_is_told_once() {
    let order = |total: Value| {
        let parent = json!({"anyOf": [{"$ref": "#/components/schemas/Order"}, {"type": "null"}]});
        let lines = json!({"type": "array", "items": {"$ref": "#/components/schemas/Order"}});
        json!({"type": "object", "properties": {"parent": parent, "lines": lines, "total": total}})
    };
    let (wide, narrow) =
        (order(json!({"type": "integer"})), order(json!({"type": "integer", "minimum": 0})));
    for direction in [Direction::ToProvider, Direction::FromProvider] {
        let [wide, narrow] = [&wide, &narrow].map(|it| of_order("3.1.0", direction, it));
        let (base, head) = match direction {
            Direction::ToProvider => (wide, narrow),
            Direction::FromProvider => (narrow, wide),
        };
        let told = breaks(&base, &head, &settings());
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("components/schemas/Order#/properties/total"), "{told:?}");
    }
}

#[test]
fn members_of_the_other_direction_do_not_travel() {
    let read_only = |id: Value| json!({"type": "object", "required": ["id"], "properties": {"id": with(id, json!({"readOnly": true}))}});
    let (text, whole) =
        (read_only(json!({"type": "string"})), read_only(json!({"type": "integer"})));
    for (direction, expected) in [
        (Direction::ToProvider, &[][..]),
        (
            Direction::FromProvider,
            &["output-type-widened components/schemas/Order#/properties/id /id"],
        ),
    ] {
        let [base, head] = [&text, &whole].map(|it| of_order("3.0.3", direction, it));
        assert_eq!(breaks(&base, &head, &settings()), expected);
    }
}

#[test]
fn equal_words_of_another_version_may_mean_something_else() {
    let order = member(json!({"type": "string", "nullable": true}));
    let side = |version| of_order(version, Direction::ToProvider, &order);
    let told = breaks(&side("3.0.3"), &side("3.1.0"), &settings());
    assert_eq!(told, ["input-type-narrowed components/schemas/Order#/properties/p /p"]);
}

#[test]
fn keywords_that_mean_nothing_are_told_where_base_had_none() {
    let (plain, broken) = (json!({"type": "string"}), json!({"type": "string", "minLength": -1}));
    let empty = json!({"type": "string", "minLength": 3, "maxLength": 2});
    let output = Direction::FromProvider;
    let told = |base: &Value, head: &Value| {
        let told = told(output, &member(base.clone()), &member(head.clone()));
        told.into_iter().filter(|it| it.starts_with("invalid-schema")).collect::<Vec<_>>()
    };
    let subject = format!("invalid-schema {ORDER}/properties/p");
    assert_eq!(told(&plain, &broken), [format!("{subject}/minLength")]);
    assert_eq!(
        told(&broken, &json!({"type": "string", "minLength": -1, "title": "a"})),
        Vec::<String>::new()
    );
    assert_eq!(told(&plain, &empty), std::slice::from_ref(&subject));
    // One part of a list or map of schemas.
    for (keyword, value, name) in [
        ("properties", json!({"a": "x", "b": {}}), "a"),
        ("allOf", json!([{}, 0]), "1"),
        ("dependentSchemas", json!({"a": ["b"]}), "a"),
        ("dependentRequired", json!({"a": [1]}), "a"),
        ("patternProperties", json!({"(": {}}), "("),
    ] {
        let head = json!({"type": "string", keyword: value});
        assert_eq!(told(&plain, &head), [format!("{subject}/{keyword}/{name}")]);
    }
}
