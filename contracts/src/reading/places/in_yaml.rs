mod outline;

use std::{borrow::Cow, collections::BTreeSet};

use kernel::Span;

use crate::{
    Pointer,
    reading::{
        places::{
            Places,
            in_yaml::outline::{Content, Entry, Outline},
        },
        yaml::Offsets,
    },
};

/// Looks for all wanted values; what follows a fault of the text is not found.
pub(super) fn find(text: &str, pointers: &[Pointer], found: &mut [Option<Places>]) {
    let offsets = Offsets::new(text);
    let wanted: BTreeSet<Cow<'_, str>> = pointers.iter().flat_map(Pointer::parts).collect();
    let Some(outline) = Outline::of(&offsets, &wanted) else { return };
    for (pointer, found) in pointers.iter().zip(found) {
        let place = follow(&outline, pointer);
        *found = place.map(|(key, value)| Places {
            key: key.map(|it| in_bytes(&offsets, it)),
            value: in_bytes(&offsets, value),
        });
    }
}

fn in_bytes(offsets: &Offsets<'_>, chars: Span) -> Span {
    let start = offsets.byte(chars.start);
    let end = offsets.byte(chars.end).max(start);
    let text = offsets.text.get(start..end).unwrap_or_default();
    // A text in a block ends with its last line, not with the empty lines behind it.
    Span { start, end: start + text.trim_end().len() }
}

fn follow(outline: &Outline, pointer: &Pointer) -> Option<(Option<Span>, Span)> {
    let mut key = None;
    let mut at = outline.root;
    for name in pointer.parts() {
        let value = outline.values.get(at)?;
        match &value.content {
            Content::Alias(_) => return Some((key, value.span)),
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
    outline.values.get(at).map(|it| (key, it.span))
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
