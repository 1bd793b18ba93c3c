//! Where in its text a value stands. Readers keep no places: whoever needs some asks for all of
//! them at once, and the text is read once more.

mod in_json;
mod in_yaml;

use std::collections::BTreeMap;

use kernel::Span;

use crate::{Pointer, reading::text::Text};

/// Where a value stands, in bytes of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The name of the member, with its quotes; none for an item or the whole document.
    pub key: Option<Span>,
    /// The value. Of an alias, and of all inside it, the alias.
    pub value: Span,
}

/// Finds values by their pointers, in the order of the pointers. A value that a mapping gets
/// through `<<` is found where it is written; one that is nowhere has no place.
#[must_use]
pub fn locate(bytes: &[u8], pointers: &[Pointer]) -> Vec<Option<Places>> {
    let mut found = vec![None; pointers.len()];
    let Ok(text) = Text::of(bytes) else { return found };
    if pointers.is_empty() {
        return found;
    }
    if text.is_json() {
        in_json::find(text.text, &Wanted::of(pointers), &mut found);
    } else {
        in_yaml::find(text.text, pointers, &mut found);
    }
    let moved = |it: Span| Span { start: it.start + text.shift, end: it.end + text.shift };
    for it in found.iter_mut().flatten() {
        *it = Places { key: it.key.map(moved), value: moved(it.value) };
    }
    found
}

/// Pointers as a tree.
#[derive(Default)]
struct Wanted<'a> {
    /// The pointers that end here.
    here: Vec<usize>,
    below: BTreeMap<std::borrow::Cow<'a, str>, Wanted<'a>>,
}

/// Deeper pointers lead into no document that is read with any sensible bound.
const DEPTH: usize = 1_000;

impl<'a> Wanted<'a> {
    fn of(pointers: &'a [Pointer]) -> Self {
        let mut root = Self::default();
        for (idx, pointer) in pointers.iter().enumerate() {
            if pointer.parts().count() <= DEPTH {
                let last =
                    pointer.parts().fold(&mut root, |at, name| at.below.entry(name).or_default());
                last.here.push(idx);
            }
        }
        root
    }
}
