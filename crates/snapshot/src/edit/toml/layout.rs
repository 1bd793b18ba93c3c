use std::{borrow::Cow, collections::BTreeMap};

use kernel::{Span, Step};
use toml_parser::{
    Source,
    parser::{Event, EventKind, parse_document},
};

use crate::edit::{
    EditError,
    group::{Group, Key, Member, Part},
};

/// A TOML text as it is written: sections in their order, the first of which has no header.
pub(super) struct Layout {
    pub(super) sections: Vec<Section>,
}

/// A header and the members below it.
#[derive(Default)]
pub(super) struct Section {
    pub(super) header: Option<Header>,
    /// The steps from the root to its table.
    pub(super) at: Vec<Step>,
    pub(super) members: Vec<Member>,
}

/// `[a.b]` or `[[a.b]]`.
pub(super) struct Header {
    /// With its brackets.
    pub(super) span: Span,
    pub(super) keys: Vec<Key>,
}

impl Layout {
    /// Reads a text that has been parsed before, so that it is sound and its depth is bounded.
    pub(super) fn read(text: &str) -> Result<Self, EditError> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
        parse_document(&tokens, &mut events, &mut ());
        let is_written = |it: &Event| {
            !matches!(it.kind(), EventKind::Whitespace | EventKind::Comment | EventKind::Newline)
        };
        events.retain(is_written);
        let reader = Reader { source, events: events.into_iter().peekable() };
        reader.layout().ok_or(EditError::Malformed)
    }
}

struct Reader<'a> {
    source: Source<'a>,
    events: std::iter::Peekable<std::vec::IntoIter<Event>>,
}

impl Reader<'_> {
    fn layout(mut self) -> Option<Layout> {
        let mut sections = vec![Section::default()];
        // How many elements each array of tables has so far.
        let mut arrays: BTreeMap<Vec<Step>, usize> = BTreeMap::new();
        while let Some(event) = self.events.peek() {
            if event.kind() == EventKind::SimpleKey {
                let member = self.member(true)?;
                sections.last_mut()?.members.push(member);
            } else {
                let is_array = event.kind() == EventKind::ArrayTableOpen;
                let header = self.header()?;
                let at = steps(&header.keys, is_array, &mut arrays);
                sections.push(Section { header: Some(header), at, members: Vec::new() });
            }
        }
        Some(Layout { sections })
    }

    fn header(&mut self) -> Option<Header> {
        let is_open =
            |it: &Event| matches!(it.kind(), EventKind::StdTableOpen | EventKind::ArrayTableOpen);
        let start = self.events.next_if(is_open)?.span().start();
        let keys = self.keys()?;
        let end = self.events.next()?.span().end();
        Some(Header { span: Span { start, end }, keys })
    }

    fn keys(&mut self) -> Option<Vec<Key>> {
        let mut keys = Vec::new();
        let is_key = |it: &Event| matches!(it.kind(), EventKind::SimpleKey | EventKind::KeySep);
        while let Some(event) = self.events.next_if(is_key) {
            if event.kind() == EventKind::SimpleKey {
                let mut name = Cow::default();
                self.source.get(event)?.decode_key(&mut name, &mut ());
                keys.push(Key { name: name.into(), span: span(&event) });
            }
        }
        Some(keys)
    }

    fn member(&mut self, has_keys: bool) -> Option<Member> {
        let mut keys = Vec::new();
        if has_keys {
            keys = self.keys()?;
            self.events.next_if(|it| it.kind() == EventKind::KeyValSep)?;
        }
        Some(Member { keys, value: self.value()? })
    }

    fn value(&mut self) -> Option<Part> {
        let first = self.events.next()?;
        if first.kind() == EventKind::Scalar {
            return Some(Part { span: span(&first), group: None });
        }
        let is_table = first.kind() == EventKind::InlineTableOpen;
        if !is_table && first.kind() != EventKind::ArrayOpen {
            return None;
        }
        let mut group = Group { is_table, ..Group::default() };
        loop {
            let is_close = |it: &Event| {
                matches!(it.kind(), EventKind::InlineTableClose | EventKind::ArrayClose)
            };
            if let Some(close) = self.events.next_if(is_close) {
                let span = Span { start: first.span().start(), end: close.span().end() };
                return Some(Part { span, group: Some(group) });
            }
            match self.events.next_if(|it| it.kind() == EventKind::ValueSep) {
                Some(comma) => group.commas.push(comma.span().start()),
                None => group.members.push(self.member(is_table)?),
            }
        }
    }
}

/// The steps to the table of a header; below an array of tables they go into its last element.
fn steps(keys: &[Key], is_array: bool, arrays: &mut BTreeMap<Vec<Step>, usize>) -> Vec<Step> {
    let mut at = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        at.push(Step::Key(key.name.clone()));
        if is_array && index + 1 == keys.len() {
            *arrays.entry(at.clone()).or_default() += 1;
        }
        if let Some(n_elements) = arrays.get(&at) {
            at.push(Step::Index(n_elements - 1));
        }
    }
    at
}

fn span(event: &Event) -> Span {
    Span { start: event.span().start(), end: event.span().end() }
}
