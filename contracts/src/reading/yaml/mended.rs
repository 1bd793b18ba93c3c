//! Lines that stand less far in than YAML 1.2 wants, though every common reader takes them.
//!
//! Inside brackets and quotes white space at the start of a line means nothing. YAML 1.2 wants it
//! all the same, the parser refuses what has none, and other readers do not: published contracts
//! close their brackets below the name. Such lines are moved in before the text is read.

use std::borrow::Cow;

use kernel::Span;
use saphyr_parser::{Parser, ScanError};

use crate::{
    Pointer,
    reading::{problem::Note, yaml::Offsets},
};

/// All attempts together read no more bytes than this.
const MAX_READ: usize = 256 << 20;

/// A text as the parser takes it, with places of its own.
pub(crate) struct Mended<'t> {
    text: Cow<'t, str>,
    /// At which characters of it spaces were added, as many as `width`; in order.
    added: Vec<usize>,
    width: usize,
}

impl<'t> Mended<'t> {
    /// A text as it is written.
    pub(crate) fn plain(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), added: Vec::new(), width: 0 }
    }

    /// The text with all its lines moved in, if that is all that the parser refuses.
    pub(crate) fn of(text: &'t str, error: ScanError) -> Option<Self> {
        let mut mended = Self { width: widest(text) + 1, ..Self::plain(text) };
        let (mut error, mut n_left) = (error, MAX_READ);
        loop {
            mended.move_in(&error)?;
            n_left = n_left.checked_sub(mended.text.len())?;
            match Parser::new_from_str(&mended.text).find_map(Result::err) {
                Some(next) => error = next,
                None => return Some(mended),
            }
        }
    }

    /// As the parser takes it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where a character of it stands in the text as written.
    pub(crate) fn as_written(&self, character: usize) -> usize {
        let n_before = self.added.partition_point(|it| *it <= character);
        let Some(last) = n_before.checked_sub(1).and_then(|it| self.added.get(it)) else {
            return character;
        };
        character.max(last + self.width) - n_before * self.width
    }

    /// Says that other readers may refuse the text, at the first line that was moved in.
    pub(super) fn note(&self, text: &str) -> Option<Note> {
        let start = Offsets::new(text, self).byte(*self.added.first()?);
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let message = "YAML 1.2 wants what stands in brackets or quotes further in than the name \
                       before it, and some readers refuse this file; indent the line";
        Some(Note {
            span: Span { start, end },
            pointer: Pointer::root(),
            here: "the value goes on".to_owned(),
            elsewhere: "a fault".to_owned(),
            message: message.to_owned(),
        })
    }

    /// Moves in the lines that one error is about.
    fn move_in(&mut self, error: &ScanError) -> Option<()> {
        let at = error.marker().index();
        let lines = match error.info() {
            "invalid indentation" | "invalid indentation in flow construct" => vec![at],
            "invalid indentation in quoted scalar" => continued(&self.text, at),
            _ => return None,
        };
        // What stands far in already is refused for another reason.
        let is_new = |it: &usize| self.added.last().is_none_or(|last| *it > last + self.width);
        lines.first().copied().filter(is_new)?;
        let mut text = String::with_capacity(self.text.len() + lines.len() * self.width);
        let mut wanted = lines.iter().enumerate().peekable();
        for (idx, letter) in self.text.chars().enumerate() {
            if let Some((n_before, at)) = wanted.next_if(|it| *it.1 == idx) {
                self.added.push(at + n_before * self.width);
                text.extend(std::iter::repeat_n(' ', self.width));
            }
            text.push(letter);
        }
        self.text = Cow::Owned(text);
        Some(())
    }
}

/// How far in the words of a line can stand; dashes of lists count.
fn widest(text: &str) -> usize {
    let width = |line: &str| line.len() - line.trim_start_matches([' ', '-', '?', ':']).len();
    text.lines().map(width).max().unwrap_or_default()
}

/// The characters at which the later lines of a quoted text start; blank ones are left out.
fn continued(text: &str, start: usize) -> Vec<usize> {
    let mut letters = text.chars().enumerate().skip(start);
    let Some((_, quote)) = letters.next() else { return Vec::new() };
    let (mut starts, mut starts_line, mut is_escaped) = (Vec::new(), false, false);
    let mut letters = letters.peekable();
    while let Some((idx, letter)) = letters.next() {
        if starts_line && !matches!(letter, '\n' | '\r' | ' ' | '\t') {
            starts.push(idx);
            starts_line = false;
        }
        match letter {
            '\n' | '\r' => (starts_line, is_escaped) = (true, false),
            _ if is_escaped => is_escaped = false,
            '\\' if quote == '"' => is_escaped = true,
            '\'' if quote == '\'' && letters.next_if(|it| it.1 == '\'').is_some() => {}
            _ if letter == quote => return starts,
            _ => {}
        }
    }
    // The quotes are never closed.
    Vec::new()
}
