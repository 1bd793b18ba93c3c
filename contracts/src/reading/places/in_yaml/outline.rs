use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use kernel::Span;
use saphyr_parser::{Event, Parser, ScanError};

use crate::reading::yaml::{Offsets, is_merge};

/// The shape of a YAML document, as far as wanted names lead. Spans count characters.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) values: Vec<Value>,
    pub(super) anchors: BTreeMap<usize, usize>,
    pub(super) root: usize,
}

pub(super) struct Value {
    pub(super) span: Span,
    pub(super) content: Content,
}

pub(super) enum Content {
    Leaf,
    /// The number of an anchor.
    Alias(usize),
    /// Items with their numbers.
    List(Vec<(usize, usize)>),
    /// Members of wanted names, and the value of `<<`.
    Mapping {
        entries: Vec<Entry>,
        merged: Option<usize>,
    },
}

pub(super) struct Entry {
    pub(super) name: String,
    pub(super) key: Span,
    pub(super) value: usize,
}

/// A list or mapping that is not complete yet.
struct Open {
    start: usize,
    end: usize,
    is_flow: bool,
    anchor: usize,
    n_items: usize,
    name: Option<Name>,
    content: Content,
}

struct Name {
    text: String,
    span: Span,
    is_merge: bool,
}

struct Builder<'a> {
    outline: Outline,
    offsets: &'a Offsets<'a>,
    wanted: &'a BTreeSet<Cow<'a, str>>,
    open: Vec<Open>,
    /// The texts that have an anchor, since an alias of one may be a name.
    texts: BTreeMap<usize, String>,
}

impl Outline {
    /// Reads a whole text.
    pub(super) fn of(
        offsets: &Offsets<'_>,
        wanted: &BTreeSet<Cow<'_, str>>,
    ) -> Result<Self, ScanError> {
        let mut builder = Builder {
            outline: Self::default(),
            offsets,
            wanted,
            open: Vec::new(),
            texts: BTreeMap::new(),
        };
        for event in Parser::new_from_str(offsets.parsed()) {
            let (event, span) = event?;
            builder.take(event, Span { start: span.start.index(), end: span.end.index() });
        }
        Ok(builder.outline)
    }
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if anchor != 0 {
                    self.texts.insert(anchor, text.clone().into_owned());
                }
                let is_merge = is_merge(&text, style, tag.as_deref());
                if !self.take_name(&text, span, is_merge) {
                    self.finish(Value { span, content: Content::Leaf }, anchor);
                }
            }
            Event::Alias(anchor) => {
                let text = self.texts.get(&anchor).cloned().unwrap_or_default();
                if !self.take_name(&text, span, false) {
                    self.finish(Value { span, content: Content::Alias(anchor) }, 0);
                }
            }
            Event::SequenceStart(anchor, _) => self.begin(span, anchor, Content::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.begin(span, anchor, Content::Mapping { entries: Vec::new(), merged: None });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return };
                let end = if open.is_flow { span.end } else { open.end.max(open.start) };
                let span = Span { start: open.start, end };
                self.finish(Value { span, content: open.content }, open.anchor);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }

    /// Is it the name of a member, not a value?
    fn take_name(&mut self, text: &str, span: Span, is_merge: bool) -> bool {
        let Some(open) = self.open.last_mut() else { return false };
        if !matches!(open.content, Content::Mapping { .. }) || open.name.is_some() {
            return false;
        }
        open.name = Some(Name { text: text.to_owned(), span, is_merge });
        true
    }

    fn begin(&mut self, span: Span, anchor: usize, content: Content) {
        let byte = self.offsets.text.as_bytes().get(self.offsets.byte(span.start));
        let is_flow = matches!(byte, Some(b'{' | b'['));
        let (start, end) = (span.start, span.end);
        self.open.push(Open { start, end, is_flow, anchor, n_items: 0, name: None, content });
    }

    fn finish(&mut self, value: Value, anchor: usize) {
        let is_leaf = matches!(value.content, Content::Leaf);
        let span = value.span;
        let idx = self.outline.values.len();
        let mut is_kept = anchor != 0;
        match self.open.last_mut() {
            None => {
                self.outline.root = idx;
                is_kept = true;
            }
            Some(open) => {
                open.end = open.end.max(span.end);
                is_kept |= open.keep(idx, is_leaf, self.wanted);
            }
        }
        if anchor != 0 {
            self.outline.anchors.insert(anchor, idx);
        }
        if is_kept {
            self.outline.values.push(value);
        }
    }
}

impl Open {
    /// Notes a complete part, if it can be wanted.
    fn keep(&mut self, idx: usize, is_leaf: bool, wanted: &BTreeSet<Cow<'_, str>>) -> bool {
        match &mut self.content {
            Content::List(items) => {
                let number = self.n_items;
                self.n_items += 1;
                let is_wanted = !is_leaf || wanted.contains(&*number.to_string());
                if is_wanted {
                    items.push((number, idx));
                }
                is_wanted
            }
            Content::Mapping { entries, merged } => match self.name.take() {
                Some(name) if name.is_merge => {
                    *merged = Some(idx);
                    true
                }
                Some(name) if wanted.contains(&*name.text) => {
                    entries.push(Entry { name: name.text, key: name.span, value: idx });
                    true
                }
                Some(_) | None => false,
            },
            Content::Leaf | Content::Alias(_) => false,
        }
    }
}
