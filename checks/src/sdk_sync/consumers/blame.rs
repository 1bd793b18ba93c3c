//! Which change of a contract an error of the compiler comes from.
//!
//! A guess by names, for people: the finding stands without it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contracts::{Pointer, locate, regions};
use kernel::{Place, RepoPath};
use serde_json::Value;

use crate::sdk_sync::{
    consumers::{
        changes::{Change, changes},
        diagnostics::Diagnostic,
    },
    making::Made,
};

const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Members whose own members have names of the contract's choice.
const NAMED: [&str; 11] = [
    "paths",
    "webhooks",
    "schemas",
    "definitions",
    "properties",
    "patternProperties",
    "parameters",
    "responses",
    "headers",
    "requestBodies",
    "mapping",
];

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
        let mut all = Vec::new();
        for (path, value) in &new {
            // A contract may have moved; what it refers to is found under its name.
            let is_main = *path == head.service.contract;
            let from = if is_main { &base.service.contract } else { path };
            let older = old.get(from).unwrap_or(&Value::Null);
            all.extend(changes(path, older, value));
        }
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for it in base.plan.names.iter().chain(&head.plan.names) {
            names.entry(it.contract.to_string()).or_default().insert(it.name.as_str().to_owned());
        }
        Self { made: head, documents: [new, old], changes: all, names }
    }

    /// The change that fits an error best, by what the compiler says, by the line of the place,
    /// and by the lines above it.
    pub(crate) fn cause(&self, error: &Diagnostic, (line, above): (&str, &str)) -> Option<Cause> {
        let sets = [&error.message, &error.because, line, above].map(|it| words(it).collect());
        let [told, because, near, above]: [BTreeSet<&str>; 4] = sets;
        let fits = |name: &str| {
            let of = |all: &BTreeSet<&str>, weight| if all.contains(name) { weight } else { 0 };
            of(&told, 8).max(of(&because, 6)).max(of(&near, 4)).max(of(&above, 1))
        };
        let score = |it: &Change| {
            let names = names(it);
            let all: usize = names.iter().map(|it| self.best(it, &fits)).sum();
            let operation =
                self.operation_ids(it).into_iter().map(|it| self.best(&it, &fits)).max();
            let last = names.last().map_or(0, |it| self.best(it, &fits));
            all + operation.unwrap_or(0) + last
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

/// The names of the contract's choice on the way to a change, and what changed there.
fn names(change: &Change) -> Vec<&str> {
    let is_status = |around: &str| around == "responses";
    let is_name = |around: &str, step: &str| {
        NAMED.contains(&around) && (is_status(around) || step.parse::<usize>().is_err())
    };
    let pairs = change.steps.iter().zip(change.steps.iter().skip(1));
    let names = pairs.filter(|(around, step)| is_name(around, step)).map(|it| it.1.as_str());
    let is_of_schemas = |it: &&String| matches!(it.as_str(), "type" | "format" | "pattern");
    let is_word = !change.steps.last().as_ref().is_some_and(is_of_schemas);
    names.chain(change.word.as_deref().filter(|_| is_word)).collect()
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
    let named: Vec<String> = Pointer::parse(pointer).iter().flat_map(Pointer::names).collect();
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
