//! Patterns, lengths and constants in one question.

use contracts::pattern::{DEFAULT_BUDGET, Strings, TooBig};

use crate::known;

fn strings(wanted: &[&str], unwanted: &[&str], least: u64, most: Option<u64>) -> Strings {
    let all = |patterns: &[&str]| patterns.iter().map(|it| known(it)).collect();
    Strings { wanted: all(wanted), unwanted: all(unwanted), least, most, ..Strings::default() }
}

#[test]
fn one_question_asks_for_patterns_lengths_and_constants() {
    let a_hundred = "a".repeat(100);
    let rows: [(Strings, Option<&str>); 14] = [
        (strings(&[], &[], 0, None), Some("")),
        (strings(&[], &[], 3, Some(3)), Some("aaa")),
        (strings(&[], &[], 3, Some(2)), None),
        (strings(&["^[a-z]*$"], &["^[a-z]{2,}$"], 1, None), Some("a")),
        (strings(&[r"^\d+$"], &["^[0-9]+$"], 0, None), None),
        (strings(&["^(ab)*$"], &[], 3, Some(3)), None),
        (strings(&["^(ab)*$"], &[], 3, Some(100_000)), Some("abab")),
        (strings(&["^a*$"], &["^.{0,99}$"], 0, Some(100_000)), Some(&a_hundred)),
        (strings(&["x"], &["^x"], 0, Some(1)), None),
        (strings(&["x"], &["^x"], 0, None), Some("ax")),
        (strings(&["a", "b", "c"], &["ab", "ba"], 0, None), Some("acb")),
        (strings(&["^😀+$"], &[], 2, Some(2)), Some("😀😀")),
        (strings(&["[]"], &[], 0, None), None),
        (strings(&[], &["^[^]{3}"], 2, None), Some("aa")),
    ];
    for (question, expected) in rows {
        assert_eq!(question.shortest(DEFAULT_BUDGET).unwrap().as_deref(), expected, "{question:?}");
        assert_eq!(question.is_empty(DEFAULT_BUDGET).unwrap(), expected.is_none(), "{question:?}");
        assert!(expected.is_none_or(|text| question.contains(text)), "{question:?}");
    }
}

#[test]
fn constants_narrow_a_question() {
    let set = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
    let within = Strings {
        within: Some(set(&["aaa", "b", "ab", "c"])),
        ..strings(&["^[ab]"], &["^b"], 1, Some(3))
    };
    assert_eq!(within.some(9, DEFAULT_BUDGET).unwrap(), ["ab", "aaa"]);
    let without = Strings { without: set(&["", "a", "b"]), ..strings(&["^[ab]?$"], &[], 0, None) };
    assert_eq!(without.some(9, DEFAULT_BUDGET), Ok(Vec::new()));
    let without = Strings { without: set(&["a", "b"]), ..strings(&["^[ab]{1,2}$"], &[], 0, None) };
    assert_eq!(without.some(9, DEFAULT_BUDGET).unwrap(), ["aa", "ab", "ba", "bb"]);
    assert_eq!(without.some(2, DEFAULT_BUDGET).unwrap(), ["aa", "ab"]);
}

#[test]
fn great_lengths_are_witnesses_or_too_big_but_never_slow() {
    let long = strings(&["^(?:[A-Za-z0-9+/]{4})*$"], &["^a*$"], 9_999, None)
        .shortest(DEFAULT_BUDGET)
        .unwrap()
        .unwrap();
    assert_eq!(long.len(), 10_000);
    assert_eq!(
        strings(&["^(?:ab)*$"], &["^a"], 1_000_000_000, None).is_empty(DEFAULT_BUDGET),
        Ok(true)
    );
    assert_eq!(strings(&["^a{1,3}$"], &[], 1_000_000_000, None).is_empty(DEFAULT_BUDGET), Ok(true));
    assert_eq!(strings(&["^a*$"], &[], 1_000_000_000, None).is_empty(DEFAULT_BUDGET), Err(TooBig));
    // The product is beyond the budget, but a text is found before.
    let wide = strings(&["^x|a.{9}$", "^x|b.{8}$"], &["^y"], 0, None);
    assert_eq!(wide.some(3, 2_000).unwrap(), ["x", "xa", "xb"]);
    assert_eq!(
        Strings { most: Some(9), unwanted: vec![known("^x")], ..wide }.shortest(2_000),
        Err(TooBig)
    );
}
