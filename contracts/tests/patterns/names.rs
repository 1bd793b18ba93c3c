//! The classes of member names.

use contracts::pattern::{Class, DEFAULT_BUDGET, Language, classes};

use crate::{known, texts};

/// Each name is in one class, which knows what matches it.
#[test]
fn names_fall_into_classes() {
    let rows: [(&[&str], &[&str], usize); 10] = [
        (&[], &[], 1),
        (&["a", "b"], &[], 3),
        (&[], &["^x-"], 2),
        (&[], &["^$"], 2),
        (&["x-a", "id"], &["^x-", "^[a-z]+$"], 5),
        (&["", "a"], &["^a?$"], 3),
        (&["a"], &["^[ab]$", "^b$", "^c$"], 4),
        (&[], &["a", "b", "c"], 8),
        (&["a", "a"], &["", "[]"], 2),
        (&[], &["^.{2}$", "^..$"], 2),
    ];
    let samples = texts(&['a', 'b', 'c', 'x', '-'], 3);
    for (names, patterns, expected) in rows {
        let languages: Vec<Language> = patterns.iter().map(|it| known(it)).collect();
        let found = classes(names, &languages, 3, DEFAULT_BUDGET).unwrap();
        assert_eq!(found.len(), expected, "{names:?} {patterns:?}: {found:?}");
        for class in &found {
            is_right(class, names, &languages);
        }
        for sample in &samples {
            assert_eq!(homes(sample, &found, names, &languages), 1, "{sample:?} {found:?}");
        }
    }
}

fn matches(languages: &[Language], name: &str) -> Vec<bool> {
    languages.iter().map(|it| it.contains(name)).collect()
}

fn is_right(class: &Class, names: &[&str], languages: &[Language]) {
    assert!(class.examples.len() == 3 || !class.is_infinite, "{class:?}");
    for example in &class.examples {
        assert_eq!(matches(languages, example), class.matches, "{class:?}");
        assert_eq!(class.name.is_some(), names.contains(&example.as_str()), "{class:?}");
    }
}

/// In how many classes a name is.
fn homes(name: &str, classes: &[Class], names: &[&str], languages: &[Language]) -> usize {
    let matches = matches(languages, name);
    let holds = |class: &&Class| match &class.name {
        Some(exact) => exact == name,
        None => !names.contains(&name) && class.matches == matches,
    };
    classes.iter().filter(holds).count()
}
