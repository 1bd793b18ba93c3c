//! What matches, and what is a pattern at all, as the crate `regress` sees it.

use contracts::pattern::{Unsupported, is_valid_ecma};

use crate::{
    chance::{Chance, pattern},
    known, language, soak, texts,
};

/// The other engine: with the flag `u`, else without.
pub(crate) fn oracle(pattern: &str) -> Option<regress::Regex> {
    regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)).ok()
}

/// Where the other engine is wrong: it repeats word boundaries, which ECMA-262 does not, and loses optional halves of
/// surrogate pairs.
fn is_misread_by_oracle(pattern: &str) -> bool {
    let repeats = |boundary| {
        ["*", "+", "?", "{"].iter().any(|it| pattern.contains(&format!("{boundary}{it}")))
    };
    repeats("\\b") || repeats("\\B") || pattern.contains("\\uDE00")
}

fn agrees(pattern: &str, texts: &[String]) {
    let oracle =
        oracle(pattern).unwrap_or_else(|| panic!("`{pattern}` is no pattern of the oracle"));
    let language = known(pattern);
    for text in texts {
        assert_eq!(language.contains(text), oracle.find(text).is_some(), "`{pattern}` {text:?}");
    }
}

#[test]
fn tricky_patterns_match_what_the_other_engine_matches() {
    let letters: Vec<char> = "abcZ_09 -]^[&~{}()\\/.,|$*\n\r\u{2028}\u{0}\u{1}\u{3}\u{8}\u{B}\u{1F}\u{A0}\u{FEFF}é\u{17F}😀🐲\u{10FFFF}٣".chars().collect();
    let mut samples = texts(&letters, 2);
    samples.extend(
        [
            "abc",
            "a{1}",
            "a{,2}",
            "{}",
            "a{b",
            "foo bar",
            "bar\n",
            "a\nb",
            "pppL",
            "u0041",
            "x4",
            "\\c1",
            "aaa",
            "aaaa",
            "-_-",
            "\u{FEFF}a ",
            "k<a>",
            "😀😀",
        ]
        .map(str::to_owned),
    );
    for pattern in include_str!("tricky.txt").lines().chain(["", "\n", "^\r$"]) {
        agrees(pattern, &samples);
    }
}

#[test]
fn what_is_no_pattern_is_told_as_by_the_other_engine() {
    for pattern in include_str!("validity.txt").lines() {
        assert_eq!(is_valid_ecma(pattern), oracle(pattern).is_some(), "`{pattern}`");
    }
}

#[test]
fn what_is_beyond_regular_languages_is_named() {
    let ambiguous = || Unsupported::Property("without the flag `u`".to_owned());
    let rows: [(&str, Unsupported); 17] = [
        (r"^[\p{L}\_]+$", ambiguous()),
        (r"\PL", ambiguous()),
        ("^(?!a)", Unsupported::LookAround),
        ("(?=a)b", Unsupported::LookAround),
        ("(?<=a)b", Unsupported::LookAround),
        ("(?<!a)b", Unsupported::LookAround),
        ("(?=a)*b", Unsupported::LookAround),
        (r"(a)\1", Unsupported::BackReference),
        (r"\1(a)", Unsupported::BackReference),
        (r"(?<x>a)\k<x>", Unsupported::BackReference),
        ("(?i:a)", Unsupported::Modifiers),
        (r"\p{Foo}", Unsupported::Property("Foo".to_owned())),
        (r"\p{Script=Klingon}", Unsupported::Property("Script=Klingon".to_owned())),
        ("(a{1000}){1000}", Unsupported::TooBig),
        ("a.{20}$", Unsupported::TooBig),
        ("a{4294967295}", Unsupported::TooBig),
        ("(((((a{99}){99}){99}){99}){99}){99}", Unsupported::TooBig),
    ];
    for (pattern, expected) in rows {
        assert_eq!(language(pattern), Err(expected), "`{pattern}`");
    }
    assert!(matches!(language("(a"), Err(Unsupported::Invalid(_))));
    assert_eq!(language(&"(".repeat(100_000)), Err(Unsupported::TooBig));
    assert_eq!(
        language(&format!("{}{}", "(".repeat(2_000), ")".repeat(2_000))),
        Err(Unsupported::TooBig)
    );
    for empty in ["(?:){4294967295}", "((a{0}){4294967295}){4294967295}"] {
        assert!(known(empty).is_all(), "`{empty}`");
    }
}

fn fuzzed_patterns(seed: u64, count: usize) {
    let mut chance = Chance(seed);
    let samples = texts(&['a', 'b', '-', 'é', '\n'], 4);
    for _ in 0..count {
        let depth = 1 + chance.below(4);
        let text = pattern(&mut chance, depth);
        if is_misread_by_oracle(&text) {
            continue;
        }
        let (Some(oracle), Ok(language)) = (oracle(&text), language(&text)) else { continue };
        for sample in &samples {
            assert_eq!(
                language.contains(sample),
                oracle.find(sample).is_some(),
                "seed {seed}: `{text}` {sample:?}"
            );
        }
    }
}

#[test]
fn random_patterns_match_what_the_other_engine_matches() {
    // No longer in a soak: the other engine backtracks, and sooner or later does so for hours.
    fuzzed_patterns(20_261_121, 500);
}

/// Letters that mean something in patterns, in any order.
fn noise(chance: &mut Chance) -> String {
    let pieces = [
        "a", "b", "-", "[", "]", "(", ")", "{", "}", "1", "2", ",", "^", "$", "\\", "|", "*", "+",
        "?", "?:", "?<n>", "?=", "?!", "?<=", "?<!", "\\b", "\\d", "\\w", "\\S", "\\u", "0041",
        "\\x4", "\\c", "J", "\\k", "<n>", "\\1", "\\0", "7", "8", "\\p", "{L}", "&&", "é", "😀",
        "\\u{", "D83D", "\\uDE00", "\0", ".", ":", "_", "/", "\\/", "\\-", "k", "u", "{2}", "{1,",
        "[^", "[]",
    ];
    let length = 1 + chance.below(9);
    (0..length).map(|_| chance.of(&pieces)).collect()
}

#[test]
fn no_text_makes_the_reader_panic_and_validity_is_that_of_the_other_engine() {
    let seed = 42;
    let mut chance = Chance(seed);
    let samples = texts(&['a', 'b', '1', '\\', '-', '{'], 2);
    for _ in 0..5_000 * soak() {
        let text = noise(&mut chance);
        if is_misread_by_oracle(&text) {
            continue;
        }
        let other = oracle(&text);
        assert_eq!(is_valid_ecma(&text), other.is_some(), "seed {seed}: `{text}`");
        let (Some(other), Ok(language)) = (other, language(&text)) else { continue };
        for sample in &samples {
            assert_eq!(
                language.contains(sample),
                other.find(sample).is_some(),
                "seed {seed}: `{text}` {sample:?}"
            );
        }
    }
}

/// Each of these took seconds, gigabytes or the whole stack in some matcher or compiler.
#[test]
fn hostile_patterns_are_answered_or_refused_within_the_budget() {
    let letters = |first: u32| (first..first + 15_000).filter_map(char::from_u32);
    let rows = [
        "(x+x+)+y".to_owned(),
        "^(([a-z])+.)+[A-Z]([a-z])+$".to_owned(),
        "(.*)*=.*".repeat(20),
        "a{0,5000}b{0,5000}c".to_owned(),
        "(?:a|b|ab)*c.{12}$".to_owned(),
        format!("^{}$", letters(0x4E00).map(String::from).collect::<String>()),
        letters(0x4E00).take(7_000).flat_map(|it| ['[', it, '-', '\u{FFFF}', ']']).collect(),
        letters(0x4E00).flat_map(|it| [it, '|']).collect(),
        "(?<a>)".repeat(10_000),
        letters(0x4E00).take(7_000).flat_map(|it| ['(', '?', '<', it, '>', ')']).collect(),
        "(?:".repeat(199) + &")*".repeat(199),
        "[^a]".repeat(16_000),
        r"\p{L}\P{L}".repeat(5_000),
        "\\b".repeat(30_000),
        "a?".repeat(9_000),
        "(a|)".repeat(9_000),
    ];
    for pattern in rows {
        let start: String = pattern.chars().take(30).collect();
        match language(&pattern) {
            Ok(language) => assert!(language.shortest().is_ok(), "`{start}…`"),
            Err(Unsupported::TooBig) => {}
            Err(Unsupported::Invalid(_)) => assert!(pattern.starts_with("(?<a>)"), "`{start}…`"),
            Err(other) => panic!("`{start}…`: {other}"),
        }
    }
}
