//! What cannot be read: which bytes are to blame, what is said, what to do.

use std::fmt::Write;

use contracts::{Limits, Store, Unreadable, regions};

use crate::texts::read_bytes;

/// A text, line and column of its fault, the text there, parts of message and remedy.
type Row<'a> = (&'a str, (usize, usize), &'a str, &'a str, &'a str);

fn refused(bytes: &[u8], limits: &Limits) -> Unreadable {
    match read_bytes(&mut Store::new(), bytes, limits) {
        Ok(_) => panic!("taken: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)])),
        Err(err) => err,
    }
}

/// `at` is the text that the span covers, `message` a part of the message, `remedy` of the remedy.
fn check(bytes: &[u8], (line, column): (usize, usize), at: &[u8], message: &str, remedy: &str) {
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).into_owned();
    let err = refused(bytes, &Limits::default());
    assert!(err.message.contains(message), "{shown}: {}", err.message);
    assert!(err.remedy.contains(remedy), "{shown}: {}", err.remedy);
    assert!(!err.message.ends_with('.') && !err.remedy.ends_with('.'), "{shown}");
    let region = regions(bytes, &[err.span])[0];
    assert_eq!(
        (region.line, region.column),
        (line, column),
        "{shown}: {} {:?}",
        err.message,
        err.span
    );
    assert_eq!(&bytes[err.span.start..err.span.end], at, "{shown}: {}", err.message);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    check(b"{\"a\": \"\xFF\"}", (1, 8), b"\xFF", "0xFF is no UTF-8", "UTF-8");
    check(b"a: b\nc: \xC3", (2, 4), b"\xC3", "0xC3 is no UTF-8", "UTF-8");
    check(b"\xFF\xFE{\0}\0", (1, 1), b"\xFF\xFE", "UTF-16", "UTF-8");
    check(b"\xFE\xFF\0{\0}", (1, 1), b"\xFE\xFF", "UTF-16", "UTF-8");
    check(b"\xFF\xFE\0\0{\0\0\0", (1, 1), b"\xFF\xFE\0\0", "UTF-32", "UTF-8");
    check(b"\0\0\xFE\xFF\0\0\0{", (1, 1), b"\0\0\xFE\xFF", "UTF-32", "UTF-8");
}

#[test]
fn faults_of_json_are_named_at_their_byte() {
    let rows: &[Row<'_>] = &[
        (r#"{"openapi":"3.1.0","#, (1, 20), "", "the file ends where a name", "cut off"),
        (r#"{"openapi":"3.1"#, (1, 16), "", "the file ends inside a text", "cut off"),
        (r#"{"openapi":"3.1.0""#, (1, 19), "", "the file ends where `,` or `}`", "cut off"),
        (
            "{\"openapi\":\"3.1.0\",\r\n\"info\":tru",
            (2, 11),
            "",
            "the file ends where a value",
            "cut",
        ),
        ("{\"a\":[1,\n 2,\n]}", (2, 3), ",", "a comma stands before `]`", "remove the comma"),
        ("{\"é\": 1,}", (1, 8), ",", "a comma stands before `}`", "remove the comma"),
        ("\u{FEFF}{\"a\": 1,}", (1, 8), ",", "a comma stands before `}`", "remove the comma"),
        ("{\"a\": 01}", (1, 7), "01", "a number starts with a zero", "remove the zero"),
        ("{\"a\": 'b'}", (1, 7), "'", "expected a value, found `'`", "double quotes"),
        ("{\"a\": 1 // b\n}", (1, 9), "/", "expected `,` or `}`, found `/`", "comment"),
        ("{\"a\": 1}\n{}", (2, 1), "{", "expected the end of the file", "remove what follows"),
        ("{\"a\": \"b\nc\"}", (1, 9), "\n", "control character (U+000A)", "\\u000a"),
        ("{\"a\": \"b\0c\"}", (1, 9), "\0", "control character (U+0000)", "\\u0000"),
        ("{\"a\": \"\\q\"}", (1, 8), "\\q", "no such escape", "\\\\"),
        ("{\"a\": \"\\u12\"}", (1, 8), "\\u12\"}", "four digits", "repair"),
    ];
    for &(text, place, at, message, remedy) in rows {
        check(text.as_bytes(), place, at.as_bytes(), message, remedy);
    }
}

#[test]
fn faults_of_yaml_are_named_at_their_byte() {
    let rows: &[Row<'_>] = &[
        ("openapi: 3.1.0\ninfo:\n\ttitle: a\n", (3, 1), "\t", "a tab", "spaces"),
        ("a:\n  b:\n  \tc: 1\n", (3, 3), "\t", "a tab", "spaces"),
        ("a:\n\t- 1\n", (2, 1), "\t", "a tab", "spaces"),
        ("a: 1\n---\nb: 2\n", (2, 1), "---", "the second `---`", "file of its own"),
        ("---\na: 1\n---\n", (3, 1), "---", "the second `---`", "file of its own"),
        ("a: 1\n...\n---\nb: 2\n", (3, 1), "---", "the second `---`", "file of its own"),
        (
            "a: 1\nb: 2\na: 3\n",
            (3, 1),
            "a",
            "`a` stands twice in one mapping, first in line 1",
            "one",
        ),
        ("r:\n  200: a\n  \"200\": b\n", (3, 3), "\"200\"", "`200` stands twice", "keep one"),
        ("a: {b: 1, b: 2}\n", (1, 11), "b", "`b` stands twice", "keep one"),
        ("a: !color red\n", (1, 4), "!color red", "the tag `!color`", "remove the tag"),
        ("a: !!int x\n", (1, 4), "!!int x", "does not fit its tag `!!int`", "fit"),
        ("? [a]\n: b\n", (1, 3), "[", "where a name is expected", "text"),
        ("a: &a [*a]\n", (1, 8), "*a", "inside the value that it repeats", "$ref"),
        ("a: 1\n<<: 3\n", (2, 1), "<<", "no mapping", "merge"),
        ("a: \0\n", (1, 4), "\0", "control character (U+0000)", "remove"),
        ("<<: {a: 1}\n<<: {b: 1}\n", (2, 1), "<<", "`<<` stands twice", "list"),
    ];
    for &(text, place, at, message, remedy) in rows {
        check(text.as_bytes(), place, at.as_bytes(), message, remedy);
    }
    for text in
        ["a: [1, 2\n", "a: \"b\n", "a: {b: 1\n", "a: 'b\n", "a: b: c\n", "a:\n b\n c: 1\n", "*x\n"]
    {
        let err = refused(text.as_bytes(), &Limits::default());
        assert!(err.span.end <= text.len() && !err.message.is_empty(), "{text}: {err:?}");
        assert!(!err.message.contains("OpenAPI"), "{text}: {err:?}");
    }
}

#[test]
fn what_is_no_contract_is_told_what_it_is() {
    let rows: [(&str, &str, &str); 18] = [
        ("", "", "the file is empty"),
        ("\n# only a comment\n", "", "the file is empty"),
        ("\u{FEFF}", "", "the file is empty"),
        ("null", "", "the file holds `null`"),
        ("~", "", "the file holds `null`"),
        ("[]", "", "the file holds a list"),
        ("- a\n", "", "the file holds a list"),
        ("12", "", "the file holds a number"),
        ("true", "", "the file holds a truth value"),
        ("\"text\"", "", "the file holds a text"),
        ("{}", "", "the file has neither `openapi` nor `swagger`"),
        ("info: {}\n", "", "the file has neither `openapi` nor `swagger`"),
        ("{\"openapi\":\"4.0.0\"}", "\"4.0.0\"", "the file has `openapi: 4.0.0`"),
        ("swagger: '1.2'\n", "'1.2'", "the file has `swagger: 1.2`"),
        ("{\"swagger\":\"3.0.0\"}", "\"3.0.0\"", "the file has `swagger: 3.0.0`"),
        ("openapi: 3\n", "3", "the file has `openapi: 3`"),
        ("openapi:\n", "", "the file has `openapi: null`"),
        ("openapi: [3]\n", "[3]", "the file has `openapi: a list of 1`"),
    ];
    for (text, at, message) in rows {
        let err = refused(text.as_bytes(), &Limits::default());
        let message = format!("{message}: expected `swagger: \"2.0\"` or `openapi: 3.0`");
        assert!(err.message.starts_with(&message), "{text}: {}", err.message);
        assert_eq!(&text[err.span.start..err.span.end], at, "{text}");
    }
}

#[test]
fn bounds_are_named() {
    let small = Limits { bytes: 100, depth: 5, nodes: 20, expanded_nodes: 30, ..Limits::default() };
    let list = |n: usize| vec!["1"; n].join(",");
    let rows = [
        (format!("{{\"a\":\"{}\"}}", "x".repeat(100)), "`bytes`"),
        (format!("{{\"a\":{}1{}}}", "[".repeat(5), "]".repeat(5)), "`depth`"),
        (format!("a: {}1{}", "[".repeat(5), "]".repeat(5)), "`depth`"),
        ("a:\n b:\n  c:\n   d:\n    e:\n     f: 1\n".to_owned(), "`depth`"),
        (format!("{{\"a\":[{}]}}", list(20)), "`nodes`"),
        (format!("a: [{}]", list(20)), "`nodes`"),
        (format!("a: &a [{}]\nb: [*a, *a, *a]", list(10)), "`expanded-nodes`"),
        ("a: &a [[[1]]]\nb: [[[*a]]]".to_owned(), "`depth`"),
    ];
    for (text, bound) in rows {
        let err = refused(text.as_bytes(), &small);
        assert!(err.message.contains(bound), "{text}: {}", err.message);
    }
}

/// Each level of the file repeats the one below it nine times.
fn laughs(n_levels: usize, merges: bool) -> String {
    let mut text = "openapi: 3.1.0\na0: &a0 [lol, lol]\n".to_owned();
    for level in 1..n_levels {
        let below = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "a{level}: &a{level} [{below}]").unwrap();
    }
    if merges {
        let many: String = (0..4_000).map(|it| format!("  k{it}: {it}\n")).collect();
        write!(text, "m: &m\n{many}").unwrap();
        for idx in 0..4_000 {
            writeln!(text, "n{idx}: {{<<: *m, own: {idx}}}").unwrap();
        }
    }
    text
}

#[test]
fn billions_of_laughs_are_short() {
    for (text, n_nodes) in [(laughs(30, false), 100), (laughs(2, true), 10_000)] {
        let mut store = Store::new();
        let err = read_bytes(&mut store, text.as_bytes(), &Limits::default()).unwrap_err();
        assert!(
            err.message.contains("8000000") && err.message.contains("alias"),
            "{}",
            err.message
        );
        assert!(err.remedy.contains("$ref"), "{}", err.remedy);
        assert!(store.n_nodes() < n_nodes, "{} nodes", store.n_nodes());
    }
}

#[test]
fn deep_texts_end_at_the_bound() {
    for n in [257, 10_000, 1_000_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = format!("{{\"x\":{}1{}}}", open.repeat(n), close.repeat(n));
            let err = refused(text.as_bytes(), &Limits::default());
            assert_eq!(err.message, "nested deeper than 256 levels (`depth`)");
        }
    }
    for n in [257, 10_000] {
        let lists = format!("x: {}", "- ".repeat(n));
        let texts = [format!("x:\n{}", "- ".repeat(n)), format!("x: {}", "[".repeat(n)), lists];
        for text in texts {
            let err = refused(text.as_bytes(), &Limits::default());
            assert!(!err.message.is_empty());
        }
    }
}

#[test]
fn a_large_text_is_read_in_one_pass() {
    let mut text = "{\"openapi\":\"3.1.0\",\"x-values\":[".to_owned();
    for idx in 0..100_000 {
        write!(text, "{{\"name\":\"value {}\",\"number\":{idx}.5}},", idx % 1_000).unwrap();
    }
    text.push_str("0]}");
    let mut store = Store::new();
    let (contract, _) = read_bytes(&mut store, text.as_bytes(), &Limits::default()).unwrap();
    let values = store.get(contract.root().node, "x-values").unwrap();
    assert_eq!(store.items(values).len(), 100_001);
    let limits = Limits { bytes: text.len() - 1, ..Limits::default() };
    assert!(refused(text.as_bytes(), &limits).message.contains("`bytes`"));
}
