mod outline;

use std::{borrow::Cow, collections::BTreeSet};

use kernel::Span;

use crate::{
    Pointer,
    reading::{
        places::{
            Places,
            in_yaml::outline::{Content, Entry, Outline, Value},
        },
        yaml::{Mended, Offsets},
    },
};

/// Looks for all wanted values; what follows a fault of the text is not found.
pub(super) fn find(text: &str, pointers: &[Pointer], found: &mut [Option<Places>]) {
    let wanted: BTreeSet<Cow<'_, str>> = pointers.iter().flat_map(Pointer::parts).collect();
    let mut mended = Mended::plain(text);
    let outline = Outline::of(&Offsets::new(text, &mended), &wanted).or_else(|error| {
        mended = Mended::of(text, error).ok_or(())?;
        Outline::of(&Offsets::new(text, &mended), &wanted).map_err(drop)
    });
    let Ok(outline) = outline else { return };
    let offsets = Offsets::new(text, &mended);
    for (pointer, found) in pointers.iter().zip(found) {
        let place = follow(&outline, pointer);
        *found = place.map(|(key, value)| Places {
            key: key.map(|it| scalar_in_bytes(&offsets, it)),
            value: match value.content {
                Content::Leaf => scalar_in_bytes(&offsets, value.span),
                Content::Alias(_) | Content::List(_) | Content::Mapping { .. } => {
                    in_bytes(&offsets, value.span)
                }
            },
        });
    }
}

fn in_bytes(offsets: &Offsets<'_>, chars: Span) -> Span {
    let start = offsets.byte(chars.start);
    let end = offsets.byte(chars.end).max(start);
    let text = offsets.text.get(start..end).unwrap_or_default();
    Span { start, end: start + text.trim_end().len() }
}

/// The bytes of a scalar.
fn scalar_in_bytes(offsets: &Offsets<'_>, chars: Span) -> Span {
    let start = offsets.byte(chars.start);
    let end = offsets.byte(chars.end).max(start);
    Span { start, end: start + end_of(offsets.text.get(start..end).unwrap_or_default()) }
}

/// Where a scalar ends in the text that a parser takes for it: one in quotes ends with them, not
/// with the comment behind it, and one in a block with its last line.
fn end_of(text: &str) -> usize {
    let mut body = text;
    while body.starts_with(['!', '&']) {
        let end = body.find(char::is_whitespace).unwrap_or(body.len());
        body = body.get(end..).unwrap_or_default().trim_start();
    }
    let before = text.len() - body.len();
    let Some(quote) = body.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
        return text.trim_end().len();
    };
    let mut rest = body.char_indices().skip(1).peekable();
    while let Some((idx, character)) = rest.next() {
        let mut is_doubled = || rest.peek().is_some_and(|it| it.1 == '\'');
        if (character == '\\' && quote == '"')
            || (character == quote && quote == '\'' && is_doubled())
        {
            rest.next();
        } else if character == quote {
            return before + idx + 1;
        }
    }
    text.trim_end().len()
}

fn follow<'a>(outline: &'a Outline, pointer: &Pointer) -> Option<(Option<Span>, &'a Value)> {
    let mut key = None;
    let mut at = outline.root;
    for name in pointer.parts() {
        let value = outline.values.get(at)?;
        match &value.content {
            Content::Alias(_) => return Some((key, value)),
            Content::Leaf => return None,
            Content::List(items) => {
                at = items.iter().find(|it| it.0.to_string() == *name)?.1;
                key = None;
            }
            Content::Mapping { .. } => {
                let entry = member(outline, at, &name)?;
                at = entry.value;
                key = Some(entry.key);
            }
        }
    }
    outline.values.get(at).map(|it| (key, it))
}

/// A member of a mapping: its own, or of the first source that has it.
fn member<'a>(outline: &'a Outline, mapping: usize, name: &str) -> Option<&'a Entry> {
    let mut seen = BTreeSet::new();
    let mut open = vec![mapping];
    while let Some(at) = open.pop() {
        if !seen.insert(at) {
            continue;
        }
        match &outline.values.get(at)?.content {
            Content::Alias(anchor) => open.extend(outline.anchors.get(anchor)),
            Content::List(items) => open.extend(items.iter().rev().map(|it| it.1)),
            Content::Mapping { entries, merged } => {
                if let Some(own) = entries.iter().find(|it| it.name == name) {
                    return Some(own);
                }
                open.extend(merged.iter());
            }
            Content::Leaf => {}
        }
    }
    None
}
