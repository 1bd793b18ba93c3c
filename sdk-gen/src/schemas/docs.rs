//! `JSDoc` from the annotations of a schema.

use contracts::{Kind, NodeId, Store};

use crate::writer::Writer;

/// Writes the comment of a declaration, on lines of its own; nothing if there is nothing to say.
pub(crate) fn write(out: &mut Writer, store: &Store, node: NodeId) {
    if has_docs(store, node) {
        comment(out, store, node);
        out.line();
    }
}

/// Writes the comment of a member at the start of its line.
pub(crate) fn write_inline(out: &mut Writer, store: &Store, node: NodeId) {
    if has_docs(store, node) {
        comment(out, store, node);
        out.line();
    }
}

const TEXTS: &[&str] = &["description", "title", "format"];
const TAGS: &[&str] = &["deprecated", "default", "example", "x-since", "x-sunset"];

fn has_docs(store: &Store, node: NodeId) -> bool {
    let has = |name: &&str| store.get(node, name).is_some();
    TEXTS.iter().any(has) || TAGS.iter().any(has)
}

fn comment(out: &mut Writer, store: &Store, node: NodeId) {
    let text = |name: &str| store.get(node, name).and_then(|it| store.as_str(it));
    out.put("/**");
    if let Some(text) = text("description").or_else(|| text("title")) {
        out.comment(text);
    }
    if let Some(format) = text("format") {
        out.line().put(" * Format: `").comment_part(format).put("`");
    }
    let is_deprecated = store.get(node, "deprecated").and_then(|it| store.as_bool(it));
    if is_deprecated == Some(true) {
        out.line().put(" * @deprecated");
        if let Some(day) = text("x-sunset") {
            out.put(" until ").comment_part(day);
        }
    }
    for (name, tag) in [("default", " * @default "), ("example", " * @example ")] {
        if let Some(value) = store.get(node, name).filter(|it| is_short(store, *it)) {
            let value = store.value(value).to_string();
            out.line().put(tag).comment_part(&value);
        }
    }
    if let Some(since) = text("x-since") {
        out.line().put(" * @since ").comment_part(since);
    }
    out.line().put(" */");
}

/// Values that fill pages are no help beside a type.
fn is_short(store: &Store, node: NodeId) -> bool {
    match store.kind(node) {
        Kind::Array => store.items(node).len() <= 8,
        Kind::Object => store.n_members(node) <= 8,
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => true,
    }
}
