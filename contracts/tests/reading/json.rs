//! The JSON reader against `serde_json`: the same texts are taken, with the same values.

use contracts::{Limits, Store};
use proptest::{
    prelude::*,
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
