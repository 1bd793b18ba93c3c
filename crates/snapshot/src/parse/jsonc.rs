use std::collections::BTreeMap;

use jsonc_parser::{
    ParseOptions,
    ast::{Object, Value},
    common::{Range, Ranged},
    errors::{ParseError, ParseErrorKind},
    parse_to_ast,
};
use kernel::{Entry, Kind, Node, Span};

use crate::parse::{Bounds, SyntaxError};

/// JSON with comments and trailing commas, and no other liberty.
pub(crate) const JSONC_OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Parses JSON with comments and trailing commas; a name that occurs twice is an error.
pub fn parse_jsonc(text: &str) -> Result<Node, SyntaxError> {
    parse(text, Bounds::DEFAULT.depth)
}

pub(super) fn parse(text: &str, limit: usize) -> Result<Node, SyntaxError> {
    let parsed = parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &JSONC_OPTIONS);
    let parsed = parsed.map_err(|it| syntax_error(&it, limit))?;
    let end = Span { start: text.len(), end: text.len() };
    let value = parsed.value.ok_or_else(|| SyntaxError::new(end, "expected a value"))?;
    Levels { limit }.node(value, 0)
}

fn syntax_error(error: &ParseError, limit: usize) -> SyntaxError {
    if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
        return SyntaxError::too_deep(error.range().start, limit);
    }
    let message = error.kind().to_string();
    let mut chars = message.chars();
    let first = chars.next().map(|it| it.to_ascii_lowercase());
    SyntaxError::new(span(error.range()), first.into_iter().chain(chars).collect::<String>())
}

struct Levels {
    limit: usize,
}

impl Levels {
    fn node(&self, value: Value<'_>, level: usize) -> Result<Node, SyntaxError> {
        let range = value.range();
        let kind = match value {
            Value::StringLit(it) => Kind::String(it.value.into()),
            Value::NumberLit(it) => Kind::Number(it.value.into()),
            Value::BooleanLit(it) => Kind::Bool(it.value),
            Value::NullKeyword(_) => Kind::Null,
            Value::Array(_) | Value::Object(_) if level == self.limit => {
                return Err(SyntaxError::too_deep(range.start, self.limit));
            }
            Value::Array(it) => {
                let items = it.elements.into_iter().map(|it| self.node(it, level + 1));
                Kind::List(items.collect::<Result<_, _>>()?)
            }
            Value::Object(it) => self.table(it, level + 1)?,
        };
        Ok(Node { span: span(range), kind })
    }

    fn table(&self, object: Object<'_>, level: usize) -> Result<Kind, SyntaxError> {
        let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
        for property in object.properties {
            let key_span = span(property.name.range());
            let key = property.name.into_string().into_boxed_str();
            entries.push(Entry { key, key_span, value: self.node(property.value, level)? });
        }
        refuse_duplicates(&entries)?;
        Ok(Kind::Table(entries))
    }
}

/// Names the later of two equal names.
pub(super) fn refuse_duplicates(entries: &[Entry]) -> Result<(), SyntaxError> {
    let mut seen = BTreeMap::new();
    for entry in entries {
        if seen.insert(&*entry.key, entry.key_span).is_some() {
            let message = "this name is taken already; keep one of the two";
            return Err(SyntaxError::new(entry.key_span, message));
        }
    }
    Ok(())
}

fn span(range: Range) -> Span {
    Span { start: range.start, end: range.end }
}
