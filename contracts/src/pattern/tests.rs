use super::Language;

#[test]
fn smoke() {
    for pattern in [
        "^a",
        "a{2,4}$",
        "^[^x]*$",
        "\\bfoo\\b",
        "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$",
    ] {
        let language = Language::of_pattern(pattern, 10_000).unwrap();
        eprintln!(
            "{pattern} {:?} {:?}",
            language.shortest_many(4),
            language.complement().shortest_many(4)
        );
    }
    assert_eq!(Language::of_pattern("^[0-9]+$", 99), Language::of_pattern("^\\d+$", 99));
}
