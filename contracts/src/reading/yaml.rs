//! From the events of a YAML 1.2 parser to nodes.

mod ambiguity;
mod collection;
mod mended;
mod offsets;
mod scalar;

use std::collections::BTreeMap;

use kernel::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

pub(crate) use crate::reading::yaml::{mended::Mended, offsets::Offsets, scalar::is_merge};
use crate::{
    Limits, NodeId, Store,
    reading::{
        json::Duplicates,
        problem::{Note, Problem},
        yaml::{
            collection::{Content, Open},
            scalar::Scalar,
        },
    },
    store::{Member, TextId},
};

/// Reads the only document of a text.
pub(crate) fn parse(
    store: &mut Store,
    text: &str,
    limits: &Limits,
) -> Result<(NodeId, Vec<Note>), Problem> {
    refuse_controls(text)?;
    let fault = match read(store, text, &Mended::plain(text), limits) {
        Ok(read) => return Ok(read),
        Err(fault) => fault,
    };
    // Only if nothing else is wrong: otherwise the first fault is told.
    let mended = fault.scan.and_then(|it| Mended::of(text, it));
    let mended = mended.ok_or(fault.problem)?;
    let (root, mut notes) = read(store, text, &mended, limits).map_err(|it| it.problem)?;
    notes.extend(mended.note(text));
    Ok((root, notes))
}

/// Why a text cannot be read, and what the parser says of it.
struct Fault {
    problem: Problem,
    scan: Option<ScanError>,
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self { problem, scan: None }
    }
}

fn read(
    store: &mut Store,
    text: &str,
    mended: &Mended<'_>,
    limits: &Limits,
) -> Result<(NodeId, Vec<Note>), Fault> {
    let mut reader = Reader {
        offsets: Offsets::new(text, mended),
        has_tabs: text.contains('\t'),
        store,
        limits,
        open: Vec::new(),
        items: Vec::new(),
        members: Vec::new(),
        name_spans: Vec::new(),
        anchors: BTreeMap::new(),
        n_nodes: 0,
        n_expanded: 0,
        root: NodeId::NULL,
        n_documents: 0,
        duplicates: Duplicates::default(),
        notes: Vec::new(),
    };
    for event in Parser::new_from_str(mended.text()) {
        let (event, span) =
            event.map_err(|it| Fault { problem: reader.scan_error(&it), scan: Some(it) })?;
        reader.take(event, span)?;
    }
    Ok((reader.root, reader.notes))
}

struct Reader<'a> {
    offsets: Offsets<'a>,
    has_tabs: bool,
    store: &'a mut Store,
    limits: &'a Limits,
    open: Vec<Open>,
    items: Vec<NodeId>,
    members: Vec<Member>,
    /// Where the names of `members` stand: first and last character.
    name_spans: Vec<[u32; 2]>,
    anchors: BTreeMap<usize, Value>,
    n_nodes: usize,
    /// Values with all aliases put in.
    n_expanded: usize,
    root: NodeId,
    n_documents: usize,
    duplicates: Duplicates,
    notes: Vec<Note>,
}

/// A complete value.
#[derive(Clone, Copy)]
struct Value {
    node: NodeId,
    /// How many values it has with all aliases put in, itself included.
    n_values: usize,
    /// How many levels of lists and mappings.
    height: usize,
}

/// The name of a member, until its value comes.
#[derive(Clone, Copy)]
struct Name {
    text: TextId,
    span: saphyr_parser::Span,
    is_merge: bool,
}

/// YAML forbids most control characters, and a parser may take NUL for the end of the file.
fn refuse_controls(text: &str) -> Result<(), Problem> {
    let is_control = |it: &u8| *it < 0x20 && !matches!(it, b'\t' | b'\n' | b'\r');
    let Some(at) = text.bytes().position(|it| is_control(&it)) else { return Ok(()) };
    let byte = text.as_bytes().get(at).copied().unwrap_or_default();
    let message = format!("a control character (U+{byte:04X}) stands in the text");
    Err(Problem::new(Span { start: at, end: at + 1 }, message, "remove it, or write its escape"))
}

impl Reader<'_> {
    fn scan_error(&self, error: &ScanError) -> Problem {
        let start = self.offsets.byte(error.marker().index());
        let end = self.offsets.text.ceil_char_boundary((start + 1).min(self.offsets.text.len()));
        let span = Span { start, end };
        let words = error.info();
        if words.contains("recursion limit") {
            return Problem::too_deep(span, self.limits.depth);
        }
        if let Some(tab) = self.indenting_tab(start) {
            return tab_problem(tab);
        }
        if words.contains("tab") {
            return tab_problem(span);
        }
        let message = if start == self.offsets.text.len() && !self.open.is_empty() {
            format!("the file ends too early: {words}")
        } else {
            words.to_owned()
        };
        Problem::new(span, message, "repair the YAML at this place")
    }

    /// The first tab in the white space that starts a line and ends at this byte.
    fn indenting_tab(&self, byte: usize) -> Option<Span> {
        let indentation = self.offsets.indentation(byte).filter(|_| self.has_tabs)?;
        let start = byte - indentation.len() + indentation.find('\t')?;
        Some(Span { start, end: start + 1 })
    }

    fn take(&mut self, event: Event<'_>, span: saphyr_parser::Span) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(is_explicit) => self.start_document(span, is_explicit),
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tab(span, self.is_at_name(), false)?;
                let tag = tag.as_deref();
                if self.is_at_name() {
                    return self.take_name(&text, style, (anchor, tag), span);
                }
                let node = self.scalar(&text, style, tag, span)?;
                self.finish(Value { node, n_values: 1, height: 0 }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                let content = Content::List { start: self.items.len() };
                self.open(content, (anchor, tag.as_deref()), span)
            }
            Event::MappingStart(anchor, tag) => {
                let start = self.members.len();
                let content = Content::Mapping { start, name: None, merged: Vec::new() };
                self.open(content, (anchor, tag.as_deref()), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn start_document(
        &mut self,
        span: saphyr_parser::Span,
        is_explicit: bool,
    ) -> Result<(), Problem> {
        self.n_documents += 1;
        if self.n_documents == 1 {
            return Ok(());
        }
        let what = if is_explicit { "the second `---` starts" } else { "here starts" };
        let message = format!("{what} another document; a contract is one document");
        let mut span = self.offsets.span(span);
        if is_explicit {
            span.end = span.end.max((span.start + 3).min(self.offsets.text.len()));
        }
        Err(Problem::new(span, message, "move the other document into a file of its own"))
    }

    fn is_at_name(&self) -> bool {
        let content = self.open.last().map(|it| &it.content);
        matches!(content, Some(Content::Mapping { name: None, .. }))
    }

    fn take_name(
        &mut self,
        text: &str,
        style: ScalarStyle,
        (anchor, tag): (usize, Option<&Tag>),
        span: saphyr_parser::Span,
    ) -> Result<(), Problem> {
        let node = self.scalar_node(text, style, tag, span)?;
        if anchor != 0 {
            self.anchors.insert(anchor, Value { node, n_values: 1, height: 0 });
        }
        let is_merge = scalar::is_merge(text, style, tag);
        if style == ScalarStyle::Plain && tag.is_none() && !is_merge {
            self.note_name(text, span);
        }
        let text = self.store.text(text, false);
        self.set_name(Name { text, span, is_merge });
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: saphyr_parser::Span,
    ) -> Result<NodeId, Problem> {
        self.n_nodes += 1;
        self.n_expanded += 1;
        if self.n_nodes > self.limits.nodes {
            return Err(Problem::too_many(self.offsets.span(span), self.limits.nodes));
        }
        if style == ScalarStyle::Plain && tag.is_none() {
            self.note_value(text, span);
        }
        self.scalar_node(text, style, tag, span)
    }

    fn scalar_node(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: saphyr_parser::Span,
    ) -> Result<NodeId, Problem> {
        let value = scalar::resolve(text, style, tag).map_err(|message| {
            Problem::new(
                self.offsets.span(span),
                message,
                "remove the tag, or make the value fit it",
            )
        })?;
        Ok(match value {
            Scalar::Null => NodeId::NULL,
            Scalar::Bool(it) => Store::bool(it),
            Scalar::Number(it) => self.store.number(&it),
            Scalar::Text => self.store.string(text),
        })
    }

    /// Spaces indent, tabs do not: a name or a list may have none before it, and any other value
    /// none at the start of its line.
    fn refuse_tab(
        &self,
        span: saphyr_parser::Span,
        is_name: bool,
        is_block: bool,
    ) -> Result<(), Problem> {
        if !self.has_tabs || self.open.last().is_some_and(|it| it.is_flow) {
            return Ok(());
        }
        let start = self.offsets.byte(span.start.index());
        let starts_line = |tab: Span| {
            let before = self.offsets.text.get(..tab.start).unwrap_or_default();
            before.is_empty() || before.ends_with(['\n', '\r'])
        };
        match self.indenting_tab(start) {
            Some(tab) if is_name || is_block || starts_line(tab) => Err(tab_problem(tab)),
            Some(_) | None => Ok(()),
        }
    }
}

fn tab_problem(span: Span) -> Problem {
    Problem::new(span, "a tab stands where YAML wants spaces", "indent with spaces")
}
