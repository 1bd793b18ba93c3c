//! The JSON reader against `serde_json`: the same texts are taken, with the same values.

use contracts::{Limits, Store};
use proptest::{
    prelude::{Just, Strategy, prop_oneof, proptest},
    test_runner::{Config, RngSeed},
};
use serde_json::Value;

use crate::texts::read_bytes;

const TEXTS: &[&str] = &[
    "null",
    "true",
    "false",
    "nul",
    "tru",
    "True",
    "nullx",
    "0",
    "-0",
    "-",
    "--1",
    "01",
    "-01",
    "1.",
    ".5",
    "1.5",
    "1e5",
    "1E+5",
    "1e",
    "1e+",
    "+1",
    "0x10",
    "1_0",
    "1.0e-10",
    "NaN",
    "Infinity",
    "1e400",
    "-9223372036854776000",
    "123456789012345678901234567890",
    "\"\"",
    "\"a",
    "\"a\\\"",
    "\"\\u00e9\"",
    "\"\\u00E9\\n\\/\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12G4\"",
    "\"\\ud83d\\ude00\"",
    "\"\\\\ud800\"",
    "\"\u{1}\"",
    "\"\t\"",
    "\"\u{7f}\"",
    "\"é♫\u{10FFFF}\"",
    "'a'",
    "[]",
    "[ ]",
    "[1]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,2",
    "]",
    "[}",
    "{}",
    "{ }",
    "{\"a\":1}",
    "{\"a\":1,}",
    "{a:1}",
    "{\"a\"}",
    "{\"a\" 1}",
    "{\"a\":}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,\"b\":2",
    "// x\n1",
    "1 /* x */",
    "1 # x",
    "\u{a0}1",
    "1\u{b}",
    "1\u{0}",
    "\r\n\t 1 \r\n\t",
    "",
    "\"12345678\"",
    "\"1234567\\n\"",
    "\"12345678\\n1234567\u{1f}\"",
];

/// What `serde_json` says about a member that holds the text.
fn expected(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn check(text: &str) {
    let document = format!(r#"{{"openapi":"3.1.0","value":{text}}}"#);
    let mut store = Store::new();
    let read = read_bytes(&mut store, document.as_bytes(), &Limits::default());
    // Two texts in a row could be two members: only the whole document counts.
    let peer = expected(&document);
    match (read, peer) {
        (Ok((contract, _)), Some(peer)) => {
            let root = contract.root().node;
            assert_eq!(store.value(root), peer, "{text}");
            let again = store.insert(&peer);
            assert!(store.same(again, root), "{text}: one class");
        }
        (Err(_), None) => {}
        (Ok(_), None) => panic!("only serde_json refuses {text:?}"),
        (Err(err), Some(_)) => panic!("only we refuse {text:?}: {}", err.message),
    }
}

#[test]
fn taken_texts_are_those_of_rfc_8259() {
    for text in TEXTS {
        check(text);
    }
}

/// Texts of the letters that matter, more often right than noise would be.
fn text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        "\"([a-zé♫ ]|\\\\[nrtbf/\"\\\\]|\\\\u00[0-9a-f]{2}|\\\\ud83d\\\\ude0[0-9]){0,20}\"",
        "[-+0-9.eE]{1,6}",
        "\"[ -~]{0,4}\"",
        "[\\[\\]{},:\" \\\\u0-9a-e]{1,6}",
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let item =
            (inner.clone(), "[ \n]{0,2}").prop_map(|(it, space)| format!("{space}{it}{space}"));
        let member = ("[a-d]", inner).prop_map(|(name, it)| format!("\"{name}\":{it}"));
        prop_oneof![
            proptest::collection::vec(item, 0..5).prop_map(|it| format!("[{}]", it.join(","))),
            proptest::collection::vec(member, 0..5).prop_map(|it| format!("{{{}}}", it.join(","))),
        ]
    })
}

proptest! {
    #![proptest_config(Config { cases: 2_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_121), ..Config::default() })]

    #[test]
    fn any_text_is_read_as_serde_json_reads_it(text in text()) {
        check(&text);
    }
}

#[test]
fn a_lone_surrogate_is_itself_and_nothing_else() {
    let text = r#"{"openapi":"3.1.0","a":"x\ud800\\","b":"x\uD800\\","c":"x\ufffd\\","d":"x\\ud800\\\\",
        "e":{"\udc00":1},"f":"\ud83d\ude00","g":"\udc00\ud800"}"#;
    let mut store = Store::new();
    let (contract, _) = read_bytes(&mut store, text.as_bytes(), &Limits::default()).unwrap();
    let get = |name| store.get(contract.root().node, name).unwrap();
    assert!(store.same(get("a"), get("b")));
    for other in ["c", "d", "f", "g"] {
        assert!(!store.same(get("a"), get(other)), "{other}");
    }
    assert_eq!(store.as_str(get("a")), None);
    assert_eq!(store.as_str(get("d")), Some("x\\ud800\\\\"));
    assert_eq!(store.as_str(get("f")), Some("😀"));
    assert_eq!(store.value(get("a")), Value::from("x\\ud800\\\\"));
}

#[test]
fn the_last_of_two_members_counts_and_both_are_noted() {
    let text = r#"{"openapi":"3.1.0","x":[{"a":1},{"b":{"a":1,"c":2,"a":[3],"\u0061":4}}]}"#;
    let mut store = Store::new();
    let (contract, notes) = read_bytes(&mut store, text.as_bytes(), &Limits::default()).unwrap();
    let expected: Value = serde_json::from_str(text).unwrap();
    assert_eq!(store.value(contract.root().node), expected);
    let found: Vec<_> =
        notes.iter().map(|it| (&text[it.span.start..it.span.end], it.pointer.as_str())).collect();
    let place = "/x/1/b/a";
    assert_eq!(found, [("\"a\"", place), ("\"a\"", place), ("\"\\u0061\"", place)]);
    assert_eq!((notes[0].here.as_str(), notes[0].elsewhere.as_str()), ("4", "1"));
    assert!(notes[0].message.contains("`a` stands 3 times"), "{}", notes[0].message);
}

#[test]
fn equal_values_are_one_class_whatever_their_spelling() {
    let mut store = Store::new();
    let mut class = |text: &str| {
        let document = format!("{{\"openapi\":\"3.1.0\",\"v\":{text}}}");
        let read = read_bytes(&mut store, document.as_bytes(), &Limits::default()).unwrap().0;
        let value = store.get(read.root().node, "v").unwrap();
        store.class(value)
    };
    let many = |order: &mut dyn Iterator<Item = usize>| {
        let members: Vec<String> = order.map(|it| format!("\"k{it}\":{it}.0")).collect();
        format!("{{{}}}", members.join(","))
    };
    let groups = [
        vec!["1".to_owned(), "1.0".to_owned(), "1e0".to_owned(), "10E-1".to_owned()],
        vec!["0".to_owned(), "-0".to_owned(), "0.0e5".to_owned()],
        vec!["\"1\"".to_owned()],
        vec!["[1,2]".to_owned(), "[1.0,2]".to_owned()],
        vec!["[2,1]".to_owned()],
        vec![r#"{"a":1,"b":[0]}"#.to_owned(), r#"{"b":[-0],"a":1e0}"#.to_owned()],
        vec![r#"{"a":1,"b":[1]}"#.to_owned()],
        vec![r#"{"a":[0],"b":1}"#.to_owned()],
        vec!["{}".to_owned()],
        vec!["[]".to_owned()],
        vec![many(&mut (0..40)), many(&mut (0..40).rev())],
        vec![many(&mut (0..41))],
        vec!["1e99999999999999999999".to_owned(), "10e99999999999999999998".to_owned()],
    ];
    let mut seen = Vec::new();
    for group in &groups {
        let classes: Vec<u32> = group.iter().map(|it| class(it)).collect();
        assert!(classes.iter().all(|it| *it == classes[0]), "{group:?}");
        assert!(!seen.contains(&classes[0]), "{group:?}");
        seen.push(classes[0]);
    }
}

#[test]
fn members_keep_their_order_and_are_found_among_many() {
    for n in [0, 1, 16, 17, 1_000] {
        let members: Vec<String> = (0..n).rev().map(|it| format!("\"k{it}\":{it}")).collect();
        let text = format!("{{\"openapi\":\"3.1.0\",\"v\":{{{}}}}}", members.join(","));
        let mut store = Store::new();
        let (contract, _) = read_bytes(&mut store, text.as_bytes(), &Limits::default()).unwrap();
        let value = store.get(contract.root().node, "v").unwrap();
        let names: Vec<String> = store.members(value).map(|it| it.0.to_owned()).collect();
        assert_eq!(names, (0..n).rev().map(|it| format!("k{it}")).collect::<Vec<_>>());
        for idx in 0..n {
            let member = store.get(value, &format!("k{idx}")).unwrap();
            assert_eq!(store.as_number(member), Some(&*idx.to_string()));
        }
        assert_eq!(store.get(value, "other"), None);
    }
}
