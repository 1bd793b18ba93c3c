mod scalar;

use std::collections::BTreeMap;

use kernel::{Entry, Kind, Node, Span};
use saphyr_parser::{Event, Parser, ScanError, Tag};

use crate::parse::{Bounds, SyntaxError, jsonc::refuse_duplicates};

/// Parses one YAML 1.2 document with the core schema, anchors and `<<` merges.
///
/// Only `true` and `false` are booleans; a name is a text, whatever it looks like (`on`, `200`).
pub fn parse_yaml(text: &str) -> Result<Node, SyntaxError> {
    parse(text, &Bounds::DEFAULT)
}

pub(super) fn parse(text: &str, bounds: &Bounds) -> Result<Node, SyntaxError> {
    let mut builder = Builder {
        bytes: Offsets::new(text),
        bounds,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        n_copies: 0,
        n_seen: 0,
        n_kept: 0,
        root: None,
        n_documents: 0,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|it| builder.scan_error(&it))?;
        let span = builder.span(span);
        builder.take(event, span)?;
    }
    let nothing = Node { span: Span::default(), kind: Kind::Null };
    Ok(builder.root.unwrap_or(nothing))
}

/// Turns places counted in characters into places counted in bytes.
struct Offsets<'a> {
    text: &'a str,
    /// The byte of every 32nd character; empty if all characters are single bytes.
    every: Vec<usize>,
}

const STEP: usize = 32;

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        let is_ascii = text.is_ascii();
        let starts = text.char_indices().map(|(byte, _)| byte).step_by(STEP);
        Self { text, every: if is_ascii { Vec::new() } else { starts.collect() } }
    }

    fn byte(&self, character: usize) -> usize {
        if self.every.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.every.get(character / STEP) else { return self.text.len() };
        let rest = self.text.get(*start..).unwrap_or_default();
        let within = rest.char_indices().nth(character % STEP);
        within.map_or(self.text.len(), |(byte, _)| start + byte)
    }
}

impl Offsets<'_> {
    /// A text in a block ends with its last line, not with the empty lines behind it.
    fn without_blank_end(&self, span: Span) -> Span {
        let literal = self.text.get(span.start..span.end).unwrap_or_default();
        Span { start: span.start, end: span.start + literal.trim_end().len() }
    }
}

struct Builder<'a> {
    bytes: Offsets<'a>,
    bounds: &'a Bounds,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    /// Values that aliases and merges have added.
    n_copies: usize,
    /// Values that were complete so far.
    n_seen: usize,
    /// Values in `anchors`.
    n_kept: usize,
    root: Option<Node>,
    n_documents: usize,
}

/// A list or table that is not complete yet.
struct Open {
    span: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Table { entries: Vec<Entry>, merged: Vec<Entry>, key: Option<Key> },
}

struct Key {
    name: Box<str>,
    span: Span,
    is_merge: bool,
}

/// A value that an alias may repeat.
struct Anchored {
    node: Node,
    n_values: usize,
    depth: usize,
}

impl Builder<'_> {
    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.bytes.byte(span.start.index());
        Span { start, end: self.bytes.byte(span.end.index()).max(start) }
    }

    fn scan_error(&self, error: &ScanError) -> SyntaxError {
        let at = self.bytes.byte(error.marker().index());
        if error.info().contains("recursion limit") {
            return SyntaxError::too_deep(at, self.bounds.depth);
        }
        // What stands behind a colon is the character that was read.
        let words = error.info().split(':').next().unwrap_or_default();
        SyntaxError::new(Span { start: at, end: at }, words)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        match event {
            Event::DocumentStart(_) => {
                self.n_documents += 1;
                if self.n_documents > 1 {
                    return Err(SyntaxError::new(span, "expected one document, here is a second"));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.bytes.without_blank_end(span);
                let kind = scalar::resolve(&text, style, tag.as_deref());
                let kind = kind.map_err(|it| SyntaxError::new(span, it))?;
                let is_merge = scalar::is_merge(&text, style, tag.as_deref());
                if self.is_at_key() {
                    self.keep(anchor, &Node { span, kind })?;
                    return self.take_key(Key { name: text.into(), span, is_merge });
                }
                self.finish(Node { span, kind }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(span, anchor, Content::List(Vec::new()), tag.as_deref())
            }
            Event::MappingStart(anchor, tag) => {
                let content = Content::Table { entries: Vec::new(), merged: Vec::new(), key: None };
                self.open(span, anchor, content, tag.as_deref())
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn is_at_key(&self) -> bool {
        let content = self.open.last().map(|it| &it.content);
        matches!(content, Some(Content::Table { key: None, .. }))
    }

    fn take_key(&mut self, new: Key) -> Result<(), SyntaxError> {
        let place = new.span;
        match self.open.last_mut().map(|it| &mut it.content) {
            Some(Content::Table { key, .. }) => *key = Some(new),
            Some(Content::List(_)) | None => {
                return Err(SyntaxError::new(place, "expected a value"));
            }
        }
        Ok(())
    }

    fn open(
        &mut self,
        span: Span,
        anchor: usize,
        content: Content,
        tag: Option<&Tag>,
    ) -> Result<(), SyntaxError> {
        if self.is_at_key() {
            return Err(SyntaxError::new(span, "expected a text as the name"));
        }
        if tag.is_some_and(scalar::is_scalar_tag) {
            return Err(SyntaxError::new(span, "expected a value that fits its tag"));
        }
        if self.open.len() == self.bounds.depth {
            return Err(SyntaxError::too_deep(span.start, self.bounds.depth));
        }
        self.open.push(Open { span, anchor, content });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), SyntaxError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let is_flow = matches!(self.bytes.text.as_bytes().get(open.span.start), Some(b'{' | b'['));
        let (kind, last) = match open.content {
            Content::List(mut items) => {
                // Documents are kept, and most of their lists and tables are small.
                items.shrink_to_fit();
                let last = items.last().map(|it| it.span.end);
                (Kind::List(items), last)
            }
            Content::Table { mut entries, merged, .. } => {
                refuse_duplicates(&entries)?;
                let last = entries.iter().chain(&merged).map(|it| it.value.span.end);
                let last = last.filter(|it| *it >= open.span.start && *it <= end.end).max();
                add_missing(&mut entries, merged);
                entries.shrink_to_fit();
                (Kind::Table(entries), last)
            }
        };
        let start = open.span.start;
        let end = if is_flow { end.end } else { last.unwrap_or(start).max(start) };
        self.finish(Node { span: Span { start, end }, kind }, open.anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), SyntaxError> {
        let Some(known) = self.anchors.get(&anchor) else {
            return Err(SyntaxError::new(span, "this alias stands inside its own anchor"));
        };
        if self.is_at_key() {
            let name = match &known.node.kind {
                Kind::String(it) | Kind::Number(it) => it.clone(),
                Kind::Bool(it) => it.to_string().into(),
                Kind::Null | Kind::Datetime(_) | Kind::List(_) | Kind::Table(_) => {
                    return Err(SyntaxError::new(span, "expected a text as the name"));
                }
            };
            return self.take_key(Key { name, span, is_merge: false });
        }
        if self.open.len() + known.depth > self.bounds.depth {
            return Err(SyntaxError::too_deep(span.start, self.bounds.depth));
        }
        self.n_copies += known.n_values;
        if self.n_copies > self.bounds.copies {
            return Err(self.too_many(span));
        }
        let kind = known.node.kind.clone();
        self.finish(Node { span, kind }, 0)
    }

    /// Keeps a copy for the aliases to come. Anchors inside of anchors are kept several times, so
    /// their copies are counted too.
    fn keep(&mut self, anchor: usize, node: &Node) -> Result<(), SyntaxError> {
        self.n_seen += 1;
        if anchor == 0 {
            return Ok(());
        }
        let (n_values, depth) = size(node);
        self.n_kept += n_values;
        if self.n_kept > self.n_seen + self.bounds.copies {
            return Err(self.too_many(node.span));
        }
        self.anchors.insert(anchor, Anchored { node: node.clone(), n_values, depth });
        Ok(())
    }

    fn too_many(&self, span: Span) -> SyntaxError {
        let message = format!("aliases repeat more than {} values", self.bounds.copies);
        SyntaxError { span, message, is_bound: true }
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), SyntaxError> {
        self.keep(anchor, &node)?;
        match self.open.last_mut().map(|it| &mut it.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Table { entries, merged, key }) => match key.take() {
                None => return Err(SyntaxError::new(node.span, "expected a text as the name")),
                Some(it) if it.is_merge => merged.extend(to_merge(node, !merged.is_empty())?),
                Some(Key { name, span, .. }) => {
                    entries.push(Entry { key: name, key_span: span, value: node });
                }
            },
        }
        Ok(())
    }
}

/// The members that `<<` brings: of one mapping, or of several, the first of which wins.
fn to_merge(value: Node, is_second: bool) -> Result<Vec<Entry>, SyntaxError> {
    let span = value.span;
    let wrong = |message| SyntaxError::new(span, message);
    if is_second {
        return Err(wrong("this name is taken already; keep one of the two"));
    }
    match value.kind {
        Kind::Table(entries) => Ok(entries),
        Kind::List(items) => {
            let mut all = Vec::new();
            for item in items {
                let Kind::Table(entries) = item.kind else {
                    return Err(wrong("expected mappings to merge"));
                };
                add_missing(&mut all, entries);
            }
            Ok(all)
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {
            Err(wrong("expected a mapping to merge"))
        }
    }
}

fn add_missing(entries: &mut Vec<Entry>, more: Vec<Entry>) {
    if more.is_empty() {
        return;
    }
    let mut names: std::collections::BTreeSet<Box<str>> =
        entries.iter().map(|it| it.key.clone()).collect();
    entries.extend(more.into_iter().filter(|it| names.insert(it.key.clone())));
}

/// How many values a value has, itself included, and how many levels.
fn size(node: &Node) -> (usize, usize) {
    let parts: Vec<&Node> = match &node.kind {
        Kind::List(items) => items.iter().collect(),
        Kind::Table(entries) => entries.iter().map(|it| &it.value).collect(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {
            return (1, 0);
        }
    };
    let add = |(n, depth): (usize, usize), part: &Node| {
        let (n_part, part_depth) = size(part);
        (n + n_part, depth.max(part_depth + 1))
    };
    parts.into_iter().fold((1, 1), add)
}
