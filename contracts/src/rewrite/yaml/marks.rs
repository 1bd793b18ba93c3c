//! Where the parts of a YAML text stand.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use crate::reading::{Mended, Offsets};

/// One value of the text.
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: Form,
}

/// How a value is written.
pub(super) enum Form {
    /// One line, without anchor or tag.
    Scalar,
    /// A block mapping.
    Map(Vec<Member>),
    /// A block sequence.
    List(Vec<Mark>),
    /// Flow collections, aliases, block scalars, and what has an anchor or a tag.
    Other,
}

/// One line `key: value` of a block mapping.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) start: usize,
    pub(super) value: Mark,
}

/// A collection that is not complete yet; a mapping's names stand among its values.
struct Open {
    start: usize,
    is_map: bool,
    is_plain: bool,
    parts: Vec<(Mark, String)>,
}

/// The marks of a text; `None` if it cannot be read, or is no collection.
pub(super) fn marked(text: &str) -> Option<Mark> {
    marked_in(text, &Mended::plain(text)).unwrap_or_else(|error| {
        let mended = Mended::of(text, error)?;
        marked_in(text, &mended).ok().flatten()
    })
}

fn marked_in(text: &str, mended: &Mended<'_>) -> Result<Option<Mark>, ScanError> {
    let offsets = Offsets::new(text, mended);
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(mended.text()) {
        let (event, span) = event?;
        let (start, end) = bytes(&span, |it| offsets.byte(it));
        let is_flow = matches!(text.as_bytes().get(start), Some(b'{' | b'['));
        let done = match event {
            Event::MappingStart(anchor, tag) => {
                let is_plain = anchor == 0 && tag.is_none() && !is_flow;
                open.push(Open { start, is_map: true, is_plain, parts: Vec::new() });
                continue;
            }
            Event::SequenceStart(anchor, tag) => {
                let is_plain = anchor == 0 && tag.is_none() && !is_flow;
                open.push(Open { start, is_map: false, is_plain, parts: Vec::new() });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let Some(open) = open.pop() else { return Ok(None) };
                (open.finish(text, end), String::new())
            }
            Event::Alias(_) => (Mark { start, end, form: Form::Other }, String::new()),
            Event::Scalar(value, style, anchor, tag) => {
                let in_line = !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let is_plain = in_line && anchor == 0 && tag.is_none() && end > start;
                let form = if is_plain { Form::Scalar } else { Form::Other };
                (Mark { start, end, form }, value.into_owned())
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.parts.push(done),
            None => return Ok(Some(done.0)),
        }
    }
    Ok(None)
}

/// The dash before an item that starts at a byte.
pub(super) fn dash(text: &str, item: usize) -> Option<usize> {
    let before = text.get(..item)?.trim_end();
    before.ends_with('-').then(|| before.len() - 1)
}

fn bytes(span: &Span, byte: impl Fn(usize) -> usize) -> (usize, usize) {
    let start = byte(span.start.index());
    (start, byte(span.end.index()).max(start))
}

impl Open {
    fn finish(self, text: &str, end: usize) -> Mark {
        let start = self.parts.first().map_or(self.start, |it| it.0.start);
        if !self.is_plain {
            return Mark { start: self.start, end, form: Form::Other };
        }
        if !self.is_map {
            // The parser's span may begin behind the first dash.
            let start = dash(text, start).unwrap_or(start);
            let items = self.parts.into_iter().map(|it| it.0).collect();
            return Mark { start, end, form: Form::List(items) };
        }
        let mut parts = self.parts.into_iter();
        let mut members = Vec::new();
        while let (Some((key, name)), Some((value, _))) = (parts.next(), parts.next()) {
            if name == "<<" || !matches!(key.form, Form::Scalar) {
                return Mark { start, end, form: Form::Other };
            }
            members.push(Member { name, start: key.start, value });
        }
        Mark { start, end, form: Form::Map(members) }
    }
}
