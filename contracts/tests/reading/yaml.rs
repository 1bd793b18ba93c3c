//! YAML as its version 1.2 has it, and the same values as in JSON.

use contracts::{Limits, Pointer, Store};
use serde_json::{Value, json};

use crate::{
    random::{Random, factor, seed},
    texts::read_bytes,
};

/// What stands under `v` in a document that holds the text.
fn check(text: &str, expected: &Value) {
    let document = format!("openapi: 3.1.0\n{text}");
    let mut store = Store::new();
    let read = read_bytes(&mut store, document.as_bytes(), &Limits::default());
    let (contract, _) = read.unwrap_or_else(|err| panic!("{text}: {err} {:?}", err.span));
    let value = store.get(contract.root().node, "v").unwrap();
    assert_eq!(&store.value(value), expected, "{text}");
    let again = store.insert(expected);
    assert!(store.same(value, again), "{text}");
}

#[test]
fn values_are_those_of_the_core_schema() {
    let number = |it: &str| serde_json::from_str::<Value>(it).unwrap();
    let rows = [
        ("v: [on, no, y, off, yes]", json!(["on", "no", "y", "off", "yes"])),
        ("v: [0o14, 0x1F, 012, +5]", json!([12, 31, 12, 5])),
        ("v: [1:30, 2024-01-31, 1_000]", json!(["1:30", "2024-01-31", "1_000"])),
        ("v: [~, null, Null, '', \"~\"]", json!([null, null, null, "", "~"])),
        ("v:", json!(null)),
        ("v: [1.0, .5, 1e400]", Value::Array(vec![number("1.0"), number("0.5"), number("1e400")])),
        ("v: -9223372036854776000", number("-9223372036854776000")),
        ("v: 0xFFFFFFFFFFFFFFFFFFFF", number("1208925819614629174706175")),
        (
            "v: [!!str 12, !!int \"12\", !!float \"1\", !!bool \"true\", !!null \"\"]",
            json!(["12", 12, 1, true, null]),
        ),
        ("v: [! 12, !!str]", json!(["12", ""])),
        ("v: !!map {a: !!seq [1]}", json!({"a": [1]})),
        (
            "v: {200: a, true: b, ~: c, 1.0: d}",
            json!({"200": "a", "true": "b", "~": "c", "1.0": "d"}),
        ),
        ("v: |\n  a\n   b\n\n", json!("a\n b\n")),
        ("v: >-\n  a\n  b\n\n  c\n", json!("a b\nc")),
        ("v: 'it''s'", json!("it's")),
        ("v: \"a\\tb\\x41\\u00e9\\U0001F600\\/\"", json!("a\tbAé😀/")),
        ("v: a # b", json!("a")),
        ("v: a#b", json!("a#b")),
        ("v: {a: 1, b: [x, {c: d}],}", json!({"a": 1, "b": ["x", {"c": "d"}]})),
        ("v:\n- 1\n- - 2\n  - a: 3\n    b: 4\n", json!([1, [2, {"a": 3, "b": 4}]])),
        ("v:\t{ a: 1\t}\t# b", json!({"a": 1})),
        ("v:\n  a: |\n    \tb\n  c:\n    \t\"d\"\n", json!({"a": "\tb\n", "c": "d"})),
        ("v:\r\n  a: 1\r\n  b: 2\r\n", json!({"a": 1, "b": 2})),
        ("v: [.inf, -.inf, .nan]", json!([".inf", "-.inf", ".nan"])),
        ("v: a\n...\n", json!("a")),
    ];
    for (text, expected) in rows {
        check(text, &expected);
    }
}

#[test]
fn anchors_aliases_and_merges_are_put_in() {
    let rows = [
        ("a: &x {b: 1}\nv: [*x, *x]", json!([{"b": 1}, {"b": 1}])),
        ("a: &x 5\nv: *x", json!(5)),
        ("a: &x one\nv: {*x : 1}", json!({"one": 1})),
        ("a: {&x one: 2}\nv: *x", json!("one")),
        ("a: &x 1\nb: &x 2\nv: *x", json!(2)),
        ("a: &x {b: 1, c: 2}\nv: {<<: *x, c: 3, d: 4}", json!({"b": 1, "c": 3, "d": 4})),
        ("a: &x {b: 1}\nc: &y {b: 2, d: 3}\nv: {<<: [*x, *y]}", json!({"b": 1, "d": 3})),
        ("a: &x {b: 1}\nc: &y {<<: *x, d: 3}\nv: {<<: *y, e: 1}", json!({"b": 1, "d": 3, "e": 1})),
        ("v: {<<: {b: 1}, c: 2}", json!({"b": 1, "c": 2})),
        ("v: {<<: {}, c: 2}", json!({"c": 2})),
        ("v: {'<<': 1, c: 2}", json!({"<<": 1, "c": 2})),
        ("v: {!!merge '<<': {b: 1}, c: 2}", json!({"b": 1, "c": 2})),
    ];
    for (text, expected) in rows {
        check(text, &expected);
    }
}

#[test]
fn the_content_decides_which_language_it_is() {
    for text in [
        "{\"openapi\": \"3.1.0\", \"v\": 1}",
        "\t\n {\n\t\"openapi\": \"3.1.0\", \"v\": 1}",
        "\u{FEFF}{\"openapi\": \"3.1.0\", \"v\": 1}",
        "{openapi: 3.1.0, v: 1,}",
        "{ # comment\n openapi: 3.1.0, v: 1}",
        "openapi: 3.1.0\nv: 1",
        "\u{FEFF}openapi: 3.1.0\nv: 1",
        "# comment\n--- # start\nopenapi: '3.1.0'\nv: 1\n",
        "%YAML 1.2\n---\n\"openapi\": 3.1.0\n\"v\": 1.0\n",
    ] {
        let mut store = Store::new();
        let read = read_bytes(&mut store, text.as_bytes(), &Limits::default());
        let (contract, notes) = read.unwrap_or_else(|err| panic!("{text}: {err}"));
        let value = store.insert(&json!({"v": 1, "openapi": "3.1.0"}));
        assert!(store.same(contract.root().node, value), "{text}");
        assert!(notes.is_empty(), "{text}: {notes:?}");
    }
}

/// `notes` are the noted texts with their pointers and what YAML 1.1 reads.
fn notes(text: &str, expected: &[(&str, &str, &str)]) {
    let document = format!("openapi: 3.0.3\n{text}");
    let read = read_bytes(&mut Store::new(), document.as_bytes(), &Limits::default());
    let (_, notes) = read.unwrap_or_else(|err| panic!("{text}: {err}"));
    let found: Vec<_> = notes
        .iter()
        .map(|it| {
            (&document[it.span.start..it.span.end], it.pointer.as_str(), it.elsewhere.as_str())
        })
        .collect();
    assert_eq!(found, expected, "{text}");
    for note in &notes {
        assert!(note.here != note.elsewhere && !note.message.ends_with('.'), "{note:?}");
        assert!(Pointer::parse(note.pointer.as_str()).is_some());
    }
}

#[test]
fn what_older_yaml_reads_otherwise_is_noted_where_it_matters() {
    notes(
        "a: {enum: [no, 'no', yes, nope]}",
        &[("no", "/a/enum/0", "false"), ("yes", "/a/enum/2", "true")],
    );
    notes("a: {const: 012}", &[("012", "/a/const", "10")]);
    notes("a: {default: 1_000}", &[("1_000", "/a/default", "1000")]);
    notes("a: {example: {b: [on]}}", &[("on", "/a/example/b/0", "true")]);
    notes("a: {examples: {b: {value: off}}}", &[("off", "/a/examples/b/value", "false")]);
    notes("a: {properties: {no: {type: string}}}", &[("no", "/a/properties/no", "false")]);
    notes("responses: {0404: {}}", &[("0404", "/responses/0404", "260")]);
    notes("responses: {404: {}, default: {description: no}}", &[]);
    notes(
        "a: {minimum: 010, required: [y, x]}",
        &[("010", "/a/minimum", "8"), ("y", "/a/required/0", "true")],
    );
    notes("a: {properties: {minimum: {type: on}, default: {title: off}}}", &[]);
    notes("info: {title: on, version: 1_0, description: 2024-01-31}", &[]);
    notes("x-a: {on: no, enum: [no]}", &[]);
    notes("a: {enum: [\"no\", !!str no]}", &[]);
    notes("é: {enum: ['♫', no]}", &[("no", "/é/enum/1", "false")]);
    notes(
        "a: {default: 2024-01-31, enum: [1:30, 1e3]}",
        &[
            ("2024-01-31", "/a/default", "a date"),
            ("1:30", "/a/enum/0", "a number in base 60"),
            ("1e3", "/a/enum/1", "the text \"1e3\""),
        ],
    );
}

/// Texts as they are published, and what they hold.
fn loosely_written() -> Vec<(&'static str, Value)> {
    vec![
        ("v:\n  a: {\n    b: 1\n  }\n  c: 2\n", json!({"a": {"b": 1}, "c": 2})),
        ("v:\n  a: [\n1,\n  {b: 2 # c\n}\n]\n  c: 2\n", json!({"a": [1, {"b": 2}], "c": 2})),
        ("v:\n    a: \"é b\n  c\\\"\n\n    d\"\n    e: 1\n", json!({"a": "é b c\"\nd", "e": 1})),
        ("v:\n  - a: 'é''\n  b'\n    c: \"\n  d\"\n", json!([{"a": "é' b", "c": " d"}])),
        ("v:\r\n  - - a: {\r\n  }\r\n      b: 'c\r\n  d'\r\n", json!([[{"a": {}, "b": "c d"}]])),
        ("v:\n  a: [b\n  c, d\n  e]\n", json!({"a": ["b c", "d e"]})),
        ("v: {a: \"b\nc\"}\n", json!({"a": "b c"})),
    ]
}

#[test]
fn brackets_and_quotes_go_on_at_any_column() {
    for (text, expected) in loosely_written() {
        check(text, &expected);
        let document = format!("openapi: 3.1.0\n{text}");
        let read = read_bytes(&mut Store::new(), document.as_bytes(), &Limits::default());
        let (_, notes) = read.unwrap();
        assert!(notes.len() < 2, "{notes:?}");
    }
    notes("é:\n  a: [1,\n  2]\n  c: 2\n", &[("2]", "", "a fault")]);
    notes("é:\n  a: \"b\n  c\"\n", &[("c\"", "", "a fault")]);
    notes("a:\n  b: {\n    c: 1\n    }\n", &[]);
}

/// JSON is YAML, wherever its lines start.
#[test]
fn lines_of_json_start_anywhere() {
    let mut random = Random::new(seed());
    for _ in 0..300 * factor() {
        let mut value = json!("a");
        for _ in 0..=random.below(8) {
            value = match random.below(4) {
                0 => json!([value, {}, "é: {"]),
                1 => json!({"b]": value, "#": [1, -2.5]}),
                2 => json!({"'": value, "\"": "\\"}),
                _ => json!([[], value]),
            };
        }
        let json = serde_json::to_string_pretty(&value).unwrap();
        let lines: Vec<String> = json
            .lines()
            .map(|it| format!("{}{}", " ".repeat(random.below(9)), it.trim_start()))
            .collect();
        let text = format!("v:\n  - w:\n      {}\n    x: 1\n", lines.join("\n").trim_start());
        check(&text, &json!([{"w": value, "x": 1}]));
    }
}

#[test]
fn what_is_never_closed_is_told_where_it_starts_to_be_wrong() {
    let check = |text: &str, expected: (usize, &str)| {
        let document = format!("openapi: 3.1.0\n{text}");
        let read = read_bytes(&mut Store::new(), document.as_bytes(), &Limits::default());
        let problem = read.unwrap_err();
        let line = document[..problem.span.start].matches('\n').count() + 1;
        assert_eq!((line, problem.message.as_str()), expected, "{text}");
    };
    check("v:\n  a: [b,\n  c: d\n  e: f\n", (4, "invalid indentation in flow construct"));
    check("v:\n  a: \"b\n  c: d\n", (3, "invalid indentation in quoted scalar"));
    check("v:\n  a: {\n  }\n  b: }\n", (4, "invalid indentation"));
}
