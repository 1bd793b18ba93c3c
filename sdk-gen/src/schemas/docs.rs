//! `JSDoc` from the annotations of a schema.

use contracts::{Kind, NodeId, Store};

use crate::writer::Writer;

/// Writes the comment of a declaration or a member, and the line that follows; nothing if there is
/// nothing to say.
pub(crate) fn write(out: &mut Writer, store: &Store, node: NodeId) {
    let docs = Docs::of(store, node);
    if !docs.is_empty() {
        docs.write(out, store);
        out.line();
    }
}

/// The annotations of a schema, found in one walk over its members: every member of every object
/// is asked for them.
#[derive(Default, PartialEq)]
struct Docs {
    description: Option<NodeId>,
    title: Option<NodeId>,
    format: Option<NodeId>,
    deprecated: Option<NodeId>,
    default: Option<NodeId>,
    example: Option<NodeId>,
    since: Option<NodeId>,
    sunset: Option<NodeId>,
}

impl Docs {
    fn of(store: &Store, node: NodeId) -> Self {
        let mut docs = Self::default();
        for (name, value) in store.members(node) {
            let slot = match name {
                "description" => &mut docs.description,
                "title" => &mut docs.title,
                "format" => &mut docs.format,
                "deprecated" => &mut docs.deprecated,
                "default" => &mut docs.default,
                "example" => &mut docs.example,
                "x-since" => &mut docs.since,
                "x-sunset" => &mut docs.sunset,
                _ => continue,
            };
            *slot = Some(value);
        }
        docs
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn write(&self, out: &mut Writer, store: &Store) {
        let text = |it: Option<NodeId>| it.and_then(|it| store.as_str(it));
        out.put("/**");
        if let Some(text) = text(self.description).or_else(|| text(self.title)) {
            out.comment(text);
        }
        if let Some(format) = text(self.format) {
            out.line().put(" * Format: `").comment_part(format).put("`");
        }
        if self.deprecated.and_then(|it| store.as_bool(it)) == Some(true) {
            out.line().put(" * @deprecated");
            if let Some(day) = text(self.sunset) {
                out.put(" until ").comment_part(day);
            }
        }
        for (value, tag) in [(self.default, " * @default "), (self.example, " * @example ")] {
            if let Some(value) = value.filter(|it| is_short(store, *it)) {
                let value = store.value(value).to_string();
                out.line().put(tag).comment_part(&value);
            }
        }
        if let Some(since) = text(self.since) {
            out.line().put(" * @since ").comment_part(since);
        }
        out.line().put(" */");
    }
}

/// Values that fill pages are no help beside a type.
fn is_short(store: &Store, node: NodeId) -> bool {
    match store.kind(node) {
        Kind::Array => store.items(node).len() <= 8,
        Kind::Object => store.n_members(node) <= 8,
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => true,
    }
}
