//! A small reader of TOML and JSONC for tests, so that the engine needs none.

use std::path::PathBuf;

use jsonc_parser::{CollectOptions, ParseOptions, ast, common::Ranged};
use kernel::{Digest, Document, Entry, Kind, Node, RepoPath, Span};
use toml::de::{DeTable, DeValue};

/// Parses by the ending of the path: `.toml`, else JSON with comments.
pub(crate) fn parse(path: &str, text: &str) -> Result<Document, String> {
    let is_toml = std::path::Path::new(path).extension().is_some_and(|it| it == "toml");
    let root = if is_toml { toml_root(text)? } else { json_root(text)? };
    let path = RepoPath::new(path).map_err(|it| it.to_string())?;
    Ok(Document::new(path, text.into(), Digest::of(text.as_bytes()), root))
}

/// The corpora, if they are there; tests without them print why they are skipped and pass.
#[allow(dead_code, reason = "not every test file reads the corpora")]
pub(crate) fn corpora() -> Option<PathBuf> {
    let own = std::env::var_os("PROOFMARK_CORPORA").map(PathBuf::from);
    let repository = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let found = own.unwrap_or_else(|| repository.join("../shared/corpora"));
    if found.is_dir() {
        return Some(found);
    }
    skip();
    None
}

#[expect(clippy::print_stdout, reason = "the line says that the test looked at nothing")]
#[allow(dead_code, reason = "not every test file reads the corpora")]
fn skip() {
    println!("skipped: no corpora beside the repository");
}

fn toml_root(text: &str) -> Result<Node, String> {
    let root = DeTable::parse(text).map_err(|it| it.message().to_owned())?;
    let span = Span { start: 0, end: text.len() };
    Ok(Node { span, kind: toml_table(text, root.into_inner()) })
}

fn toml_table(text: &str, table: DeTable<'_>) -> Kind {
    let entry = |(key, value): (toml::Spanned<toml::de::DeString<'_>>, _)| {
        let key_span = Span { start: key.span().start, end: key.span().end };
        Entry { key: key.into_inner().into(), key_span, value: toml_node(text, value) }
    };
    let mut entries: Vec<Entry> = table.into_iter().map(entry).collect();
    entries.sort_by_key(|it| it.key_span);
    Kind::Table(entries)
}

fn toml_node(text: &str, value: toml::Spanned<DeValue<'_>>) -> Node {
    let span = Span { start: value.span().start, end: value.span().end };
    let literal = || text[span.start..span.end].into();
    let kind = match value.into_inner() {
        DeValue::String(it) => Kind::String(it.into()),
        DeValue::Integer(_) | DeValue::Float(_) => Kind::Number(literal()),
        DeValue::Boolean(it) => Kind::Bool(it),
        DeValue::Datetime(_) => Kind::Datetime(literal()),
        DeValue::Array(it) => Kind::List(it.into_iter().map(|it| toml_node(text, it)).collect()),
        DeValue::Table(it) => toml_table(text, it),
    };
    Node { span, kind }
}

fn json_root(text: &str) -> Result<Node, String> {
    let parsed =
        jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let value = parsed.map_err(|it| it.to_string())?.value;
    value.as_ref().map(json_node).ok_or_else(|| "empty".to_owned())
}

fn json_node(value: &ast::Value<'_>) -> Node {
    let kind = match value {
        ast::Value::StringLit(it) => Kind::String((*it.value).into()),
        ast::Value::NumberLit(it) => Kind::Number(it.value.into()),
        ast::Value::BooleanLit(it) => Kind::Bool(it.value),
        ast::Value::NullKeyword(_) => Kind::Null,
        ast::Value::Array(it) => Kind::List(it.elements.iter().map(json_node).collect()),
        ast::Value::Object(it) => Kind::Table(it.properties.iter().map(json_entry).collect()),
    };
    Node { span: json_span(value), kind }
}

fn json_entry(property: &ast::ObjectProp<'_>) -> Entry {
    Entry {
        key: property.name.as_str().into(),
        key_span: json_span(&property.name),
        value: json_node(&property.value),
    }
}

fn json_span(it: &impl Ranged) -> Span {
    Span { start: it.range().start, end: it.range().end }
}
