//! Names of functions and files for operations: words, different ones, and not too long.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Digest;

use super::operations::METHODS;
use crate::Tree;

/// Letters of a name before it is cut: file systems stop at 255 bytes, some tools much earlier.
const LONGEST: usize = 80;
/// Digits that tell cut names apart.
const DIGITS: usize = 8;
/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name for each operation of a contract, by method and path: the same ones on each run.
#[must_use]
pub fn names(contract: &Tree) -> BTreeMap<(String, String), String> {
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for (path, item) in contract.get("paths").map_or(&[][..], Tree::members) {
        let is_method = |it: &&(String, Tree)| METHODS.contains(&it.0.as_str());
        for (method, operation) in item.members().iter().filter(is_method) {
            let id = operation.get("operationId").and_then(Tree::as_text);
            let word = identifier(&id.unwrap_or_else(|| made_up(method, path)));
            let mut name = word.clone();
            let mut number = 2_u32;
            // Some disks take `Get` and `get` for one name.
            while !taken.insert(name.to_ascii_lowercase()) {
                name = format!("{word}_{number}");
                number = number.saturating_add(1);
            }
            names.insert((method.clone(), path.clone()), name);
        }
    }
    names
}

/// An operation's name as a function's name.
pub(super) fn identifier(name: &str) -> String {
    let letter = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
    let mut word: String = name.chars().take(LONGEST).map(letter).collect();
    if name.chars().count() > LONGEST {
        let digest = Digest::of(name.as_bytes()).to_string();
        let digits: String = digest.chars().filter(char::is_ascii_hexdigit).take(DIGITS).collect();
        word = format!("{word}_{digits}");
    }
    let is_device = DEVICES.contains(&word.to_ascii_lowercase().as_str());
    let starts = word.starts_with(|it: char| !it.is_ascii_digit());
    match () {
        () if is_device => word + "_",
        () if starts => word,
        () => format!("_{word}"),
    }
}

/// A name for an operation that has none: `postOrdersId` for `POST /orders/{id}`.
pub(super) fn made_up(method: &str, path: &str) -> String {
    let words = path.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let capital = |it: &str| {
        let mut letters = it.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.fold(method.to_owned(), |name, word| name + &capital(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Store;

    #[test]
    fn names_are_words() {
        for (given, expected) in [
            ("placeOrder", "placeOrder"),
            ("orders/place", "orders_place"),
            ("../../x", "______x"),
            ("2fast", "_2fast"),
            ("", "_"),
            ("🎉", "_"),
            ("__proto__", "__proto__"),
            ("NUL", "NUL_"),
            ("a\n*/`${b}", "a______b_"),
        ] {
            assert_eq!(identifier(given), expected, "{given:?}");
        }
        let long = identifier(&"x".repeat(300));
        assert_eq!(long.len(), LONGEST + 1 + DIGITS);
        assert_ne!(long, identifier(&"x".repeat(301)));
    }

    #[test]
    fn names_differ_also_on_disks_without_case() {
        let operation = |id: &str| json!({"operationId": id, "responses": {}});
        let paths = json!({"/a": {"get": operation("a-b"), "put": operation("a_b")},
            "/b": {"get": operation("A.b"), "post": {"responses": {}}}});
        let mut store = Store::new();
        let id = store.insert(&json!({"paths": paths}));
        let names: Vec<_> = names(&Tree::of(&store, id)).into_values().collect();
        assert_eq!(names, ["a_b", "A_b_3", "postB", "a_b_2"]);
    }
}
