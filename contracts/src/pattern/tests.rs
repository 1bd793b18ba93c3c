use super::{DEFAULT_BUDGET, Language};

fn language(pattern: &str) -> Language {
    Language::of_pattern(pattern, DEFAULT_BUDGET)
        .unwrap_or_else(|error| panic!("`{pattern}`: {error}"))
}

#[test]
fn equal_languages_are_equal_values() {
    let rows = [
        ("^[0-9]+$", r"^\d+$"),
        ("a", "^.*a[^]*|[^]*a"),
        ("^(a|b)*$", "^[ab]*$"),
        ("^(?:)*$", "^$"),
        ("^a{2,3}$", "^(aa|aaa)$"),
        ("", "[^]*"),
        ("[]", "^[^]{3}[]"),
        (r"\bfoo", r"(?:^|\W)foo"),
        (r"^\S+$", r"^[^\s]+$"),
    ];
    for (one, other) in rows {
        assert_eq!(language(one), language(other), "{one} {other}");
    }
}

#[test]
fn the_shortest_text_is_short_and_readable() {
    let rows = [
        ("^a", Some("a")),
        ("", Some("")),
        ("[]", None),
        ("^[^x]{3}$", Some("aaa")),
        (r"^\W$", Some("-")),
        (r"^[\0-\x1F]$", Some("\0")),
        (r"^(\t|abc)$", Some("abc")),
        (r"^[^\0-\x7F]+$", Some("ª")),
        (r"^\uD83D\uDC32+$", Some("🐲")),
    ];
    for (pattern, expected) in rows {
        assert_eq!(language(pattern).shortest().unwrap().as_deref(), expected, "{pattern}");
    }
}
