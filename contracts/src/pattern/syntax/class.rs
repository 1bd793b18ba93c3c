//! Character classes: `[…]`.

use super::{Parser, Unsupported, escape::Escaped, invalid};
use crate::pattern::letters::LetterSet;

impl Parser<'_> {
    /// The set of a class, past its bracket. `[]` holds nothing and `[^]` everything.
    pub(super) fn class(&mut self) -> Result<LetterSet, Unsupported> {
        let negated = self.eat("^");
        let mut ranges = Vec::new();
        let mut sets = Vec::new();
        loop {
            if self.eat("]") {
                break;
            }
            let start = self.class_atom()?;
            let dash = self.position;
            let is_range = self.eat("-") && !matches!(self.peek(), None | Some(']'));
            if !is_range {
                self.position = dash;
                add(start, &mut ranges, &mut sets);
                continue;
            }
            match (start, self.class_atom()?) {
                (Escaped::Code(start), Escaped::Code(end)) if start <= end => {
                    ranges.push((start, end));
                }
                (Escaped::Code(_), Escaped::Code(_)) => {
                    return Err(invalid("a range out of order"));
                }
                _ if self.unicode => return Err(invalid("a range of sets")),
                // Annex B: both sides and the dash stand for themselves.
                (start, end) => {
                    add(start, &mut ranges, &mut sets);
                    add(end, &mut ranges, &mut sets);
                    ranges.push((u32::from('-'), u32::from('-')));
                }
            }
        }
        let own = LetterSet::of_code_points(ranges);
        let all = sets.iter().fold(own, |union, set| union.union(set));
        Ok(if negated { all.complement() } else { all })
    }

    fn class_atom(&mut self) -> Result<Escaped, Unsupported> {
        match self.next() {
            None => Err(invalid("an unclosed class")),
            Some('\\') => self.escaped(true),
            Some(character) => Ok(Escaped::Code(u32::from(character))),
        }
    }
}

fn add(atom: Escaped, ranges: &mut Vec<(u32, u32)>, sets: &mut Vec<LetterSet>) {
    match atom {
        Escaped::Code(code) => ranges.push((code, code)),
        Escaped::Set(set) => sets.push(set),
    }
}
