//! What two revisions of a document say otherwise, place by place.

use std::collections::BTreeSet;

use kernel::RepoPath;
use serde_json::{Map, Value};

/// Members whose texts are for people.
const PROSE: [&str; 5] = ["description", "summary", "title", "example", "examples"];

/// One thing that another revision of a contract says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The document.
    pub(crate) path: RepoPath,
    /// The way to the place in it.
    pub(crate) steps: Vec<String>,
    /// What was added or taken away there, if it is a word.
    pub(crate) word: Option<String>,
}

/// Every place at which two documents differ, in the order of head.
pub(crate) fn changes(path: &RepoPath, base: &Value, head: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    Walk { path, changes: &mut changes }.compare(base, head, &mut Vec::new());
    changes
}

/// Walks two documents at once.
struct Walk<'a> {
    path: &'a RepoPath,
    changes: &'a mut Vec<Change>,
}

impl Walk<'_> {
    fn compare(&mut self, base: &Value, head: &Value, steps: &mut Vec<String>) {
        if base == head {
            return;
        }
        match (base, head) {
            (Value::Object(base), Value::Object(head)) => self.members(base, head, steps),
            (Value::Array(base), Value::Array(head)) => self.items(base, head, steps),
            (_, Value::String(word)) => self.add(steps, Some(word.clone())),
            _ => self.add(steps, None),
        }
    }

    fn add(&mut self, steps: &[String], word: Option<String>) {
        let (path, steps) = (self.path.clone(), steps.to_vec());
        self.changes.push(Change { path, steps, word });
    }

    fn members(
        &mut self,
        base: &Map<String, Value>,
        head: &Map<String, Value>,
        steps: &mut Vec<String>,
    ) {
        let gone = base.keys().filter(|it| !head.contains_key(*it));
        for name in head.keys().chain(gone) {
            // A property may be called like a text for people.
            let is_free = steps.last().is_some_and(|it| it == "properties");
            if PROSE.contains(&name.as_str()) && !is_free {
                continue;
            }
            let [old, new] = [base, head].map(|it| it.get(name).unwrap_or(&Value::Null));
            steps.push(name.clone());
            self.compare(old, new, steps);
            steps.pop();
        }
    }

    fn items(&mut self, base: &[Value], head: &[Value], steps: &mut Vec<String>) {
        let is_word = |it: &Value| !it.is_object() && !it.is_array();
        if base.iter().chain(head).all(is_word) {
            let only = |one: &[Value], other: &[Value]| -> Vec<String> {
                let new = one.iter().filter(|it| !other.contains(it));
                new.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned)).collect()
            };
            for word in only(head, base).into_iter().chain(only(base, head)) {
                self.add(steps, Some(word));
            }
            return;
        }
        let mut taken = BTreeSet::new();
        for (idx, item) in head.iter().enumerate() {
            let same = base.iter().position(|it| identity(it) == identity(item));
            let same = same.filter(|_| identity(item).is_some()).or(Some(idx));
            let same = same.filter(|it| *it < base.len() && taken.insert(*it));
            let old = same.and_then(|it| base.get(it)).unwrap_or(&Value::Null);
            steps.push(idx.to_string());
            let before = self.changes.len();
            self.compare(old, item, steps);
            let name = name_of(item);
            for it in self.changes.iter_mut().skip(before) {
                it.word = it.word.take().or_else(|| name.clone());
            }
            steps.pop();
        }
        for (idx, item) in base.iter().enumerate().filter(|it| !taken.contains(&it.0)) {
            steps.push(idx.to_string());
            self.add(steps, name_of(item));
            steps.pop();
        }
    }
}

/// The name of a parameter, or of what is referred to.
fn name_of(item: &Value) -> Option<String> {
    let word = |name: &str| item.get(name).and_then(Value::as_str);
    let referred = word("$ref").and_then(|it| it.rsplit('/').next());
    word("name").or(referred).map(str::to_owned)
}

/// What names an item of a list.
fn identity(item: &Value) -> Option<(&str, &str)> {
    let word = |name: &str| item.get(name).and_then(Value::as_str);
    word("$ref").map(|it| ("", it)).or_else(|| Some((word("in").unwrap_or(""), word("name")?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(base: &Value, head: &Value) -> Vec<String> {
        let path = RepoPath::new("a.json").unwrap();
        let told = |it: &Change| {
            let word = it.word.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
            format!("{}{word}", it.steps.join("/"))
        };
        changes(&path, base, head).iter().map(told).collect()
    }

    #[test]
    fn what_is_said_otherwise_is_found_where_it_stands() {
        let check = |base: Value, head: Value, expected: &[&str]| {
            assert_eq!(told(&base, &head), expected, "{base} {head}");
        };
        check(json!({"a": 1}), json!({"a": 1}), &[]);
        check(json!({"a": {"b": 1}}), json!({"a": {}}), &["a/b"]);
        check(json!({"required": ["a", "b"]}), json!({"required": ["b"]}), &["required a"]);
        check(json!({"enum": ["a"]}), json!({"enum": ["b", "a"]}), &["enum b"]);
        check(json!({"description": "a"}), json!({"description": "b"}), &[]);
        check(
            json!({"p": [{"name": "x", "in": "query"}, {"name": "y", "in": "query"}]}),
            json!({"p": [{"name": "y", "in": "query", "required": true}]}),
            &["p/0/required y", "p/0 x"],
        );
    }
}
