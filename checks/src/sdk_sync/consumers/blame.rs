//! Which change of a contract an error of the compiler comes from.
//!
//! A guess by names, for people: the finding stands without it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contracts::{Pointer, locate, regions};
use kernel::{Place, RepoPath};
use serde_json::{Map, Value};

use crate::sdk_sync::{consumers::diagnostics::Diagnostic, making::Made};

/// Members whose texts are for people.
const PROSE: [&str; 5] = ["description", "summary", "title", "example", "examples"];
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Words of every contract: they tell nothing.
const VOCABULARY: [&str; 26] = [
    "paths",
    "components",
    "schemas",
    "definitions",
    "properties",
    "required",
    "enum",
    "type",
    "format",
    "items",
    "parameters",
    "responses",
    "requestBody",
    "content",
    "schema",
    "oneOf",
    "anyOf",
    "allOf",
    "string",
    "number",
    "integer",
    "boolean",
    "object",
    "array",
    "null",
    "get",
];

/// One thing that another revision of a contract says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    path: RepoPath,
    steps: Vec<String>,
    /// What was added or taken away there, if it is a word.
    word: Option<String>,
}

/// What an error is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cause {
    /// `Order.total`.
    pub(crate) symbol: String,
    /// `GET /orders/{id}`.
    pub(crate) operations: Vec<String>,
    /// The place in the contract at head.
    pub(crate) place: Place,
    /// How well the names of the change fit those of the error.
    pub(crate) score: usize,
}

/// All that two revisions of a contract say otherwise.
pub(crate) struct Suspects<'a> {
    made: &'a Made,
    /// The documents of head, then those of base.
    documents: [BTreeMap<RepoPath, Value>; 2],
    changes: Vec<Change>,
    names: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Suspects<'a> {
    /// Compares what two SDKs were made from.
    pub(crate) fn of(base: &Made, head: &'a Made) -> Self {
        let [old, new] = [base, head].map(|it| documents(&it.texts));
        let mut changes = Vec::new();
        for (path, value) in &new {
            // A contract may have moved; what it refers to is found under its name.
            let is_main = *path == head.service.contract;
            let from = if is_main { &base.service.contract } else { path };
            let older = old.get(from).unwrap_or(&Value::Null);
            Walk { path, changes: &mut changes }.compare(older, value, &mut Vec::new());
        }
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for it in base.plan.names.iter().chain(&head.plan.names) {
            names.entry(it.contract.clone()).or_default().insert(it.name.as_str().to_owned());
        }
        Self { made: head, documents: [new, old], changes, names }
    }

    /// The change that fits an error best, by what the compiler says, by the line of the place,
    /// and by the lines above it.
    pub(crate) fn cause(&self, error: &Diagnostic, (line, above): (&str, &str)) -> Option<Cause> {
        let sets = [&error.message, &error.because, line, above].map(|it| words(it).collect());
        let [told, because, near, above]: [BTreeSet<&str>; 4] = sets;
        let fits = |name: &str| {
            let of = |all: &BTreeSet<&str>, weight| if all.contains(name) { weight } else { 0 };
            let best = of(&told, 8).max(of(&because, 6)).max(of(&near, 4)).max(of(&above, 1));
            if VOCABULARY.contains(&name) { 0 } else { best }
        };
        let score = |it: &Change| {
            let ways = it.steps.iter().chain(&it.word).map(|it| self.best(it, &fits));
            let operation =
                self.operation_ids(it).into_iter().map(|it| self.best(&it, &fits)).max();
            let last = it.word.iter().chain(it.steps.last()).map(|it| self.best(it, &fits)).max();
            ways.sum::<usize>() + operation.unwrap_or(0) + last.unwrap_or(0)
        };
        let scored = self.changes.iter().map(|it| (score(it), it));
        // The first of equals: what stands higher up in the contract.
        let best = scored.rev().max_by_key(|it| it.0)?;
        if best.0 == 0 && self.changes.len() > 1 {
            return None;
        }
        Some(Cause {
            symbol: self.symbol(best.1),
            operations: self.operations(best.1),
            place: self.place(best.1),
            score: best.0,
        })
    }

    fn best(&self, name: &str, fits: &impl Fn(&str) -> usize) -> usize {
        let spelled = self.names.get(name).into_iter().flatten().map(|it| fits(it));
        spelled.chain([fits(name)]).max().unwrap_or(0)
    }

    /// The names of the operation that a change lies in, at both revisions.
    fn operation_ids(&self, change: &Change) -> BTreeSet<String> {
        let [first, path, below @ ..] = change.steps.as_slice() else { return BTreeSet::new() };
        let is_meant = |it: &&str| below.first().is_none_or(|method| method == it);
        let ids = |it: &BTreeMap<RepoPath, Value>| {
            let item = it.get(&change.path)?.get(first)?.get(path)?;
            let operations = METHODS.iter().copied().filter(is_meant).filter_map(|it| item.get(it));
            let ids =
                operations.filter_map(|it| it.get("operationId")?.as_str().map(str::to_owned));
            Some(ids.collect::<Vec<_>>())
        };
        self.documents.iter().filter_map(ids).flatten().collect()
    }

    fn symbol(&self, change: &Change) -> String {
        let after = |word: &str| {
            let at = change.steps.iter().rposition(|it| it == word)?;
            change.steps.get(at + 1).cloned()
        };
        let own = |name: &str| {
            let names = self.names.get(name);
            let is_plain = names.is_none_or(|it| it.contains(name));
            let first = names.and_then(|it| it.first()).filter(|_| !is_plain);
            first.cloned().unwrap_or_else(|| name.to_owned())
        };
        let owner = match change.steps.first().map(String::as_str) {
            Some("paths" | "webhooks") => {
                let ids = self.operation_ids(change);
                let path = change.steps.get(1).cloned().unwrap_or_default();
                ids.first().map_or(path, |it| own(it))
            }
            Some("components") => change.steps.get(2).map(|it| own(it)).unwrap_or_default(),
            Some("definitions") => change.steps.get(1).map(|it| own(it)).unwrap_or_default(),
            _ => change.steps.last().cloned().unwrap_or_default(),
        };
        let is_word = |it: &String| {
            change.steps.last().is_some_and(|last| last == "required") && !it.is_empty()
        };
        let member = change.word.clone().filter(is_word).or_else(|| after("properties"));
        member.map_or(owner.clone(), |it| format!("{owner}.{it}"))
    }

    /// The operations that a change reaches, by references inside of its document.
    fn operations(&self, change: &Change) -> Vec<String> {
        let label = |method: &str, path: &str| format!("{} {path}", method.to_uppercase());
        let mut found = BTreeSet::new();
        if let [first, path, below @ ..] = change.steps.as_slice()
            && first == "paths"
        {
            let items =
                self.documents.iter().filter_map(|it| it.get(&change.path)?.get(first)?.get(path));
            let is_meant = |it: &&str| below.first().is_none_or(|method| method == it);
            for item in items {
                let methods =
                    METHODS.iter().copied().filter(is_meant).filter(|it| item.get(it).is_some());
                found.extend(methods.map(|it| label(it, path)));
            }
            return found.into_iter().collect();
        }
        for document in self.documents.iter().filter_map(|it| it.get(&change.path)) {
            let paths = document.get("paths").and_then(Value::as_object);
            for (path, item) in paths.into_iter().flatten() {
                let methods = METHODS.iter().filter_map(|it| Some((*it, item.get(it)?)));
                let reached = methods.filter(|it| reaches(document, it.1, &change.steps));
                found.extend(reached.map(|(method, _)| label(method, path)));
            }
        }
        found.into_iter().collect()
    }

    /// Where the change stands at head, or what is left around it.
    fn place(&self, change: &Change) -> Place {
        let text = self.made.texts.iter().find(|it| it.0 == change.path);
        let bytes = text.map_or(&[][..], |it| &it.1);
        let pointer =
            |n: usize| change.steps.iter().take(n).fold(Pointer::root(), |at, step| at.child(step));
        let pointers: Vec<Pointer> = (1..=change.steps.len()).rev().map(pointer).collect();
        let found = locate(bytes, &pointers).into_iter().flatten().next();
        let span = found.map(|it| it.key.unwrap_or(it.value));
        let region = span.and_then(|it| regions(bytes, &[it]).into_iter().next());
        region.map_or_else(
            || Place::start_of(&change.path),
            |region| Place { path: change.path.clone(), region },
        )
    }
}

/// Does an operation refer to what a change lies in?
fn reaches(document: &Value, operation: &Value, steps: &[String]) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut waiting = vec![operation];
    while let Some(here) = waiting.pop() {
        match here {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => {
                waiting.extend(members.values());
                let reference = members.get("$ref").and_then(Value::as_str);
                let Some(pointer) = reference.and_then(|it| it.strip_prefix('#')) else { continue };
                if is_around(pointer, steps) {
                    return true;
                }
                if seen.insert(pointer) {
                    waiting.extend(document.pointer(pointer));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}

/// Is the change at or below what a reference names?
fn is_around(pointer: &str, steps: &[String]) -> bool {
    let named = pointer.split('/').skip(1).map(|it| it.replace("~1", "/").replace("~0", "~"));
    let named: Vec<String> = named.collect();
    !named.is_empty() && steps.starts_with(&named)
}

fn documents(texts: &[(RepoPath, Arc<[u8]>)]) -> BTreeMap<RepoPath, Value> {
    let parsed = |(path, bytes): &(RepoPath, Arc<[u8]>)| {
        let text = str::from_utf8(bytes).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = serde_json::from_str(text).ok();
        let value = value.or_else(|| Some(snapshot::parse_yaml(text).ok()?.to_json()))?;
        Some((path.clone(), value))
    };
    texts.iter().filter_map(parsed).collect()
}

/// The words of a text that could be names.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '-');
    let words = text.split(move |it: char| !is_part(it)).filter(|it| !it.is_empty());
    // `a-b` is one name or two.
    words.flat_map(|it| {
        let parts = it.split('-').filter(move |part| *part != it && !part.is_empty());
        std::iter::once(it).chain(parts)
    })
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

    fn changes(base: &Value, head: &Value) -> Vec<String> {
        let path = RepoPath::new("a.json").unwrap();
        let mut changes = Vec::new();
        Walk { path: &path, changes: &mut changes }.compare(base, head, &mut Vec::new());
        let told = |it: &Change| {
            let word = it.word.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
            format!("{}{word}", it.steps.join("/"))
        };
        changes.iter().map(told).collect()
    }

    #[test]
    fn what_is_said_otherwise_is_found_where_it_stands() {
        let check = |base: Value, head: Value, expected: &[&str]| {
            assert_eq!(changes(&base, &head), expected, "{base} {head}");
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

    #[test]
    fn operations_are_found_through_references() {
        let document = json!({"components": {"schemas": {
            "Page": {"items": {"$ref": "#/components/schemas/Order"}}, "Order": {}}}});
        let operation = json!({"schema": {"$ref": "#/components/schemas/Page"}});
        let check = |steps: &[&str], expected: bool| {
            let steps: Vec<String> = steps.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(reaches(&document, &operation, &steps), expected, "{steps:?}");
        };
        check(&["components", "schemas", "Order", "properties", "total"], true);
        check(&["components", "schemas", "Page"], true);
        check(&["components", "schemas", "User"], false);
    }

    #[test]
    fn names_are_taken_from_what_is_said() {
        let found: BTreeSet<&str> = words("Property 'total' of '\"a-b\"'").collect();
        assert_eq!(found, ["Property", "a", "a-b", "b", "of", "total"].into());
    }
}
