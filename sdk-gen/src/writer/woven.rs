//! Source, script and declarations of one module in one text.

use crate::writer::To;

/// Which of the texts of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `.ts`
    Source,
    /// `.js`
    Script,
    /// `.d.ts`
    Declaration,
}

/// What follows the piece before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    len: u32,
    to: To,
}

/// The three texts of a module. They say much the same, so it stands here once, in pieces that
/// know whose they are: an SDK in memory takes half the room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Woven {
    text: String,
    pieces: Vec<Piece>,
}

impl Woven {
    pub(super) fn push(&mut self, text: &str, to: To) {
        self.text.push_str(text);
        let mut more = text.len();
        if let Some(last) = self.pieces.last_mut().filter(|it| it.to == to)
            && let Some(len) = u32::try_from(more).ok().and_then(|it| last.len.checked_add(it))
        {
            last.len = len;
            return;
        }
        while more > 0 {
            let len = u32::try_from(more).unwrap_or(u32::MAX);
            self.pieces.push(Piece { len, to });
            more -= len as usize;
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.pieces.extend_from_slice(&other.pieces);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Without room to grow.
    pub(super) fn fitted(mut self) -> Self {
        self.text.shrink_to_fit();
        self.pieces.shrink_to_fit();
        self
    }

    /// One of the three.
    #[must_use]
    pub fn text_of(&self, part: Part) -> String {
        let mut out = String::new();
        self.write(part, &mut out);
        out
    }

    /// Puts one of the three behind a text.
    pub fn write(&self, part: Part, out: &mut String) {
        out.reserve(self.pieces(part).map(str::len).sum());
        self.pieces(part).for_each(|it| out.push_str(it));
    }

    fn pieces(&self, part: Part) -> impl Iterator<Item = &str> {
        let mut end = 0;
        self.pieces.iter().filter_map(move |it| {
            let start = end;
            end += it.len as usize;
            it.to.has(part).then(|| self.text.get(start..end)).flatten()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_what_was_written_to_it() {
        let mut woven = Woven::default();
        for (text, to) in [("a", To::All), ("", To::Source), ("b", To::Code), ("c", To::Code)] {
            woven.push(text, to);
        }
        woven.push("é", To::Declaration);
        let mut whole = woven.clone();
        whole.append(&woven);
        let parts = [Part::Source, Part::Script, Part::Declaration];
        assert_eq!(parts.map(|it| whole.text_of(it)), ["abcabc", "abcabc", "aéaé"]);
    }
}
