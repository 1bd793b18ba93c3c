//! Values are found where they stand.

use contracts::{Pointer, locate, regions};

/// The texts of name and value, and line and column of the value.
type Found<'a> = Option<(Option<&'a str>, &'a str, (usize, usize))>;

fn check(text: &str, rows: &[(&str, Found<'_>)]) {
    let pointers: Vec<Pointer> = rows.iter().map(|it| Pointer::parse(it.0).unwrap()).collect();
    for ((pointer, expected), place) in rows.iter().zip(locate(text.as_bytes(), &pointers)) {
        let found = place.map(|it| {
            let part = |span: kernel::Span| &text[span.start..span.end];
            let region = regions(text.as_bytes(), &[it.value])[0];
            (it.key.map(part), part(it.value), (region.line, region.column))
        });
        assert_eq!(&found, expected, "{pointer} in {text}");
    }
}

#[test]
fn places_in_json_are_exact() {
    check(
        "{\"é\": [1, {\"a/b\": \"♫\", \"c\": 2}],\r\n \"d\": {}, \"\\u0065\": -1.5e3}",
        &[
            ("/é/1/a~1b", Some((Some("\"a/b\""), "\"♫\"", (1, 19)))),
            ("/é/1", Some((None, "{\"a/b\": \"♫\", \"c\": 2}", (1, 11)))),
            ("/é/0", Some((None, "1", (1, 8)))),
            ("/d", Some((Some("\"d\""), "{}", (2, 7)))),
            ("/e", Some((Some("\"\\u0065\""), "-1.5e3", (2, 21)))),
            ("/é/2", None),
            ("/x", None),
            ("/é/01", None),
            ("/d", Some((Some("\"d\""), "{}", (2, 7)))),
        ],
    );
    check("\u{FEFF}{\"a\": 1}", &[("/a", Some((Some("\"a\""), "1", (1, 7))))]);
    check(
        "{\"a\": {\"b\": 1, \"c\": 2}, \"a\": {\"b\": 3}}",
        &[
            ("/a/b", Some((Some("\"b\""), "3", (1, 36)))),
            ("/a/c", None),
            ("", Some((None, "{\"a\": {\"b\": 1, \"c\": 2}, \"a\": {\"b\": 3}}", (1, 1)))),
        ],
    );
    check("{\"a\": 1", &[("/a", Some((Some("\"a\""), "1", (1, 7)))), ("", None)]);
}

#[test]
fn places_in_yaml_are_exact() {
    check(
        "é:\r\n  - 1\r\n  - a/b: '♫' # it's\r\n    c: |\r\n      d\r\n      e\r\n\r\nf: {g: [h]}\r\n",
        &[
            ("/é/0", Some((None, "1", (2, 5)))),
            ("/é/1", Some((None, "a/b: '♫' # it's\r\n    c: |\r\n      d\r\n      e", (3, 5)))),
            ("/é/1/a~1b", Some((Some("a/b"), "'♫'", (3, 10)))),
            ("/é/1/c", Some((Some("c"), "d\r\n      e", (5, 7)))),
            ("/f", Some((Some("f"), "{g: [h]}", (8, 4)))),
            ("/f/g/0", Some((None, "h", (8, 9)))),
            ("/f/g/1", None),
            ("/f/x", None),
        ],
    );
}

#[test]
fn aliases_are_where_they_stand_and_merges_where_they_are_written() {
    let text = "a: &a {b: 1, c: {d: 2}}\nx: *a\ny: {<<: *a, b: 3}\nz: {<<: [{e: 4}, *a]}\nw: {<<: *q}\nv: {q: *a}\n";
    let text = text.replace("w: {<<: *q}\n", "q: &q {<<: *a, f: 5}\nw: {<<: *q}\n");
    check(
        &text,
        &[
            ("/x", Some((Some("x"), "*a", (2, 4)))),
            ("/x/c/d", Some((Some("x"), "*a", (2, 4)))),
            ("/y/b", Some((Some("b"), "3", (3, 16)))),
            ("/y/c/d", Some((Some("d"), "2", (1, 21)))),
            ("/z/e", Some((Some("e"), "4", (4, 14)))),
            ("/z/b", Some((Some("b"), "1", (1, 11)))),
            ("/w/f", Some((Some("f"), "5", (5, 19)))),
            ("/w/c", Some((Some("c"), "{d: 2}", (1, 17)))),
            ("/w/x", None),
            ("/v/q/b", Some((Some("q"), "*a", (7, 8)))),
        ],
    );
}
