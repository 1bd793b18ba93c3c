use std::ops::Range;

use kernel::{Entry, Kind, Node, Span};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::parse::{Bounds, SyntaxError, depth};

/// Parses TOML; an empty text is an empty table.
pub fn parse_toml(text: &str) -> Result<Node, SyntaxError> {
    parse(text, Bounds::DEFAULT.depth)
}

pub(super) fn parse(text: &str, limit: usize) -> Result<Node, SyntaxError> {
    depth::check_toml(text, limit)?;
    let root = DeTable::parse(text).map_err(|it| {
        let end = text.len();
        let range = it.span().unwrap_or(end..end);
        SyntaxError::new(span(&range), sentence(it.message()))
    })?;
    let range = 0..text.len();
    Ok(Node { span: span(&range), kind: table(text, root.into_inner()) })
}

/// The parser's messages are fixed words; they only start with a capital at times.
fn sentence(message: &str) -> String {
    if message == "duplicate key" {
        return "this name is taken already; keep one of the two".to_owned();
    }
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect())
}

fn table(text: &str, members: DeTable<'_>) -> Kind {
    let mut entries: Vec<Entry> = members.into_iter().map(|it| entry(text, it)).collect();
    entries.sort_by_key(|it| it.key_span);
    entries.shrink_to_fit();
    Kind::Table(entries)
}

fn entry(
    text: &str,
    (key, value): (Spanned<toml::de::DeString<'_>>, Spanned<DeValue<'_>>),
) -> Entry {
    let key_span = span(&key.span());
    Entry { key: key.into_inner().into(), key_span, value: node(text, value) }
}

fn node(text: &str, value: Spanned<DeValue<'_>>) -> Node {
    let span = span(&value.span());
    let literal = || text.get(span.start..span.end).unwrap_or_default().into();
    let kind = match value.into_inner() {
        DeValue::String(it) => Kind::String(it.into()),
        DeValue::Integer(_) | DeValue::Float(_) => Kind::Number(literal()),
        DeValue::Boolean(it) => Kind::Bool(it),
        DeValue::Datetime(_) => Kind::Datetime(literal()),
        DeValue::Array(items) => Kind::List(items.into_iter().map(|it| node(text, it)).collect()),
        DeValue::Table(members) => table(text, members),
    };
    Node { span, kind }
}

fn span(range: &Range<usize>) -> Span {
    Span { start: range.start, end: range.end }
}
