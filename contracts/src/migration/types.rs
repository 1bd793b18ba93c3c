//! Schemas as TypeScript types, near enough for a skeleton; the SDK has the exact ones.

use std::{cell::Cell, collections::BTreeSet};

use super::typescript;
use crate::{Pointer, Tree};

/// How deep a type is written out; deeper it is `unknown`.
const MAX_DEPTH: usize = 8;

/// How many schemas one type is made of; what comes after them is `unknown`.
const MAX_SCHEMAS: usize = 2_000;

/// Writes types for the schemas of one document.
pub(super) struct Types<'a> {
    document: &'a Tree,
    n_left: Cell<usize>,
}

impl<'a> Types<'a> {
    /// The types of a document.
    pub(super) fn new(document: &'a Tree) -> Self {
        Self { document, n_left: Cell::new(MAX_SCHEMAS) }
    }

    /// The type of a schema, indented as it stands at the start of a line.
    pub(super) fn of(&self, schema: Option<&Tree>) -> String {
        self.n_left.set(MAX_SCHEMAS);
        schema.map_or("unknown".to_owned(), |it| self.write(it, 0, &BTreeSet::new()))
    }

    /// Follows references of the document itself.
    pub(super) fn resolved<'t>(&'t self, schema: &'t Tree) -> &'t Tree {
        let mut at = schema;
        for _ in 0..MAX_DEPTH {
            match target(at).and_then(|it| self.document.at(&it)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    fn write(&self, schema: &Tree, depth: usize, open: &BTreeSet<Pointer>) -> String {
        if let Some(target) = target(schema).filter(|_| self.n_left.get() > 0) {
            let next = self.document.at(&target).filter(|_| !open.contains(&target));
            let open = open.iter().cloned().chain([target]).collect();
            return next.map_or("unknown".to_owned(), |it| self.write(it, depth, &open));
        }
        self.n_left.set(self.n_left.get().saturating_sub(1));
        if depth > MAX_DEPTH || self.n_left.get() == 0 {
            return "unknown".to_owned();
        }
        if let Some(value) = schema.get("const") {
            return literal(value);
        }
        if let Some(values) = schema.get("enum") {
            return union(values.items().iter().map(literal));
        }
        for (word, glue) in [("oneOf", " | "), ("anyOf", " | "), ("allOf", " & ")] {
            let branches = schema.get(word).map_or(&[][..], Tree::items);
            if !branches.is_empty() {
                let parts = branches.iter().map(|it| self.write(it, depth, open));
                let own = schema.get("properties").map(|_| self.object(schema, depth, open));
                let parts: Vec<_> = parts.chain(own.filter(|_| word == "allOf")).collect();
                return joined(&parts, glue);
            }
        }
        self.typed(schema, depth, open)
    }

    fn typed(&self, schema: &Tree, depth: usize, open: &BTreeSet<Pointer>) -> String {
        let types = match schema.get("type") {
            Some(Tree::List(names)) => names.iter().filter_map(Tree::as_text).collect(),
            Some(name) => name.as_text().into_iter().collect(),
            None if schema.get("properties").is_some() => vec!["object".to_owned()],
            None if schema.get("items").is_some() => vec!["array".to_owned()],
            None => Vec::new(),
        };
        let is_nullable = schema.get("nullable") == Some(&Tree::Scalar("true".to_owned()));
        let null = is_nullable.then(|| "null".to_owned());
        union(types.iter().map(|it| self.one(it, schema, depth, open)).chain(null))
    }

    fn one(&self, name: &str, schema: &Tree, depth: usize, open: &BTreeSet<Pointer>) -> String {
        match name {
            "string" | "boolean" | "null" => name.to_owned(),
            "integer" | "number" => "number".to_owned(),
            "array" => {
                let items = schema.get("items").map(|it| self.write(it, depth + 1, open));
                format!("Array<{}>", items.unwrap_or_else(|| "unknown".to_owned()))
            }
            "object" => self.object(schema, depth, open),
            _ => "unknown".to_owned(),
        }
    }

    fn object(&self, schema: &Tree, depth: usize, open: &BTreeSet<Pointer>) -> String {
        let properties = schema.get("properties").map_or(&[][..], Tree::members);
        if properties.is_empty() {
            let rest = schema.get("additionalProperties").filter(|it| matches!(it, Tree::Map(_)));
            let rest = rest.map(|it| self.write(it, depth + 1, open));
            return format!("Record<string, {}>", rest.unwrap_or_else(|| "unknown".to_owned()));
        }
        let required = required(schema);
        let pad = "  ".repeat(depth + 1);
        let lines = properties.iter().map(|(name, it)| {
            let mark = if required.contains(name) { "" } else { "?" };
            let written = self.write(it, depth + 1, open);
            format!("{pad}{}{mark}: {written};\n", member(name))
        });
        format!("{{\n{}{}}}", lines.collect::<String>(), "  ".repeat(depth))
    }
}

/// The names that an object must have.
pub(super) fn required(schema: &Tree) -> BTreeSet<String> {
    let names = schema.get("required").map_or(&[][..], Tree::items);
    names.iter().filter_map(Tree::as_text).collect()
}

/// A member's name as TypeScript writes it.
pub(super) fn member(name: &str) -> String {
    let mut letters = name.chars();
    let starts =
        letters.next().is_some_and(|it| it.is_ascii_alphabetic() || it == '_' || it == '$');
    let is_word = starts && letters.all(|it| it.is_ascii_alphanumeric() || it == '_' || it == '$');
    if is_word { name.to_owned() } else { typescript::text(name) }
}

fn target(schema: &Tree) -> Option<Pointer> {
    Pointer::parse(schema.get("$ref")?.as_text()?.strip_prefix('#')?)
}

fn literal(value: &Tree) -> String {
    if let Tree::Scalar(text) = value { typescript::quiet(text) } else { "unknown".to_owned() }
}

fn union(parts: impl Iterator<Item = String>) -> String {
    joined(&parts.collect::<Vec<_>>(), " | ")
}

fn joined(parts: &[String], glue: &str) -> String {
    let mut known: Vec<&String> = Vec::new();
    for part in parts {
        if !known.contains(&part) {
            known.push(part);
        }
    }
    match known.as_slice() {
        [] => "unknown".to_owned(),
        [one] => (*one).clone(),
        many => {
            let texts: Vec<_> = many.iter().map(|it| it.as_str()).collect();
            format!("({})", texts.join(glue))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Store;

    fn check(schema: &Value, expected: &str) {
        let mut store = Store::new();
        let shelf = json!({"N": {"type": "object", "properties": {"next": {"$ref": "#/N"}}}});
        let document = store.insert(&shelf);
        let document = Tree::of(&store, document);
        let id = store.insert(schema);
        let schema = Tree::of(&store, id);
        assert_eq!(Types::new(&document).of(Some(&schema)), expected);
    }

    #[test]
    fn schemas_become_types() {
        check(&json!({"type": "string"}), "string");
        check(&json!({"type": ["integer", "null"]}), "(number | null)");
        check(&json!({"type": "string", "nullable": true}), "(string | null)");
        check(&json!({"enum": ["a", 1, null]}), "(\"a\" | 1 | null)");
        check(&json!({"oneOf": [{"type": "string"}, {"type": "string"}]}), "string");
        check(&json!({"type": "array", "items": {"type": "boolean"}}), "Array<boolean>");
        check(
            &json!({"type": "object", "additionalProperties": {"const": 1}}),
            "Record<string, 1>",
        );
        check(
            &json!({"properties": {"a-b": {"type": "string"}}, "required": ["a-b"]}),
            "{\n  \"a-b\": string;\n}",
        );
        check(&json!({"$ref": "#/N"}), "{\n  next?: unknown;\n}");
        check(&json!(true), "unknown");
    }
}
