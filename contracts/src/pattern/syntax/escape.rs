//! What follows a backslash.

use super::{Parser, Tree, Unsupported, invalid, literal};
use crate::pattern::{
    letters::LetterSet,
    property::{self, digits, white_space, word},
};

/// One character of a class or a pattern, or a whole set.
pub(super) enum Escaped {
    /// A code point; maybe half a surrogate pair, which no text holds.
    Code(u32),
    Set(LetterSet),
}

impl Escaped {
    pub(super) fn into_set(self) -> LetterSet {
        match self {
            Self::Code(code) => LetterSet::of_code_points([(code, code)]),
            Self::Set(set) => set,
        }
    }
}

impl Parser<'_> {
    /// An atom, past its backslash.
    pub(super) fn escape(&mut self) -> Result<Tree, Unsupported> {
        if let Some(first @ '1'..='9') = self.peek() {
            let start = self.position;
            let number = self.count().unwrap_or(u32::MAX);
            if number as usize <= self.groups.count {
                self.leaves(Unsupported::BackReference);
                return Ok(Tree::Empty);
            }
            if self.unicode {
                return Err(invalid("a reference to no group"));
            }
            self.position = start;
            if first >= '8' {
                self.position += 1;
                return Ok(literal(first));
            }
        }
        if self.peek() == Some('k') && (self.unicode || self.groups.named) {
            self.position += 1;
            if !self.eat("<") {
                return Err(invalid("`\\k` without a name"));
            }
            let name = self.group_name()?;
            self.groups.refer(name);
            self.leaves(Unsupported::BackReference);
            return Ok(Tree::Empty);
        }
        self.escaped(false).map(|it| Tree::Letter(it.into_set()))
    }

    /// A character or a set, past its backslash, in a class or not.
    pub(super) fn escaped(&mut self, in_class: bool) -> Result<Escaped, Unsupported> {
        let Some(character) = self.next() else { return Err(invalid("a backslash at the end")) };
        let code = match character {
            'd' => return Ok(Escaped::Set(digits())),
            'D' => return Ok(Escaped::Set(digits().complement())),
            's' => return Ok(Escaped::Set(white_space())),
            'S' => return Ok(Escaped::Set(white_space().complement())),
            'w' => return Ok(Escaped::Set(word())),
            'W' => return Ok(Escaped::Set(word().complement())),
            'p' | 'P' if self.unicode => return self.property(character == 'P').map(Escaped::Set),
            'p' | 'P' if matches!(self.peek(), Some('{' | 'C' | 'L'..='N' | 'P' | 'S' | 'Z')) => {
                // Annex B reads a bare letter, most other engines the property that the author meant.
                self.leaves(Unsupported::Property("without the flag `u`".to_owned()));
                u32::from(character)
            }
            'f' => 0x0C,
            'n' => 0x0A,
            'r' => 0x0D,
            't' => 0x09,
            'v' => 0x0B,
            'b' if in_class => 0x08,
            'c' => self.control(in_class)?,
            'x' => self.hexadecimal(2).map_or_else(|| self.identity('x', in_class), Ok)?,
            'u' => self.code_point().map_or_else(|| self.identity('u', in_class), Ok)?,
            '0'..='7' => self.octal(character)?,
            _ => self.identity(character, in_class)?,
        };
        Ok(Escaped::Code(code))
    }

    fn identity(&self, character: char, in_class: bool) -> Result<u32, Unsupported> {
        let allowed = if self.unicode {
            "^$\\.*+?()[]{}|/".contains(character) || in_class && character == '-'
        } else {
            !(character == 'k' && self.groups.named)
        };
        if allowed { Ok(u32::from(character)) } else { Err(invalid("an unknown escape")) }
    }

    fn control(&mut self, in_class: bool) -> Result<u32, Unsupported> {
        match self.peek() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                self.position += 1;
                Ok(u32::from(letter) % 32)
            }
            Some(other)
                if !self.unicode && in_class && (other.is_ascii_digit() || other == '_') =>
            {
                self.position += 1;
                Ok(u32::from(other) % 32)
            }
            _ if self.unicode => Err(invalid("an unknown escape")),
            // Annex B: the backslash stands for itself, and the `c` comes next.
            _ => {
                self.position -= 1;
                Ok(u32::from('\\'))
            }
        }
    }

    fn octal(&mut self, first: char) -> Result<u32, Unsupported> {
        let mut value = first.to_digit(8).unwrap_or(0);
        if self.unicode {
            let alone = first == '0' && !self.peek().is_some_and(|it| it.is_ascii_digit());
            return if alone { Ok(0) } else { Err(invalid("an octal escape")) };
        }
        // Annex B: up to three digits, up to 0o377.
        for _ in 0..2 {
            match self.peek().and_then(|it| it.to_digit(8)) {
                Some(digit) if value * 8 + digit <= 0o377 => {
                    value = value * 8 + digit;
                    self.position += 1;
                }
                _ => break,
            }
        }
        Ok(value)
    }

    /// Exactly so many hexadecimal digits, or nothing.
    fn hexadecimal(&mut self, length: usize) -> Option<u32> {
        let digits = self.characters.get(self.position..self.position + length)?;
        let value =
            digits.iter().try_fold(0, |value, digit| Some(value * 16 + digit.to_digit(16)?))?;
        self.position += length;
        Some(value)
    }

    /// `XXXX`, `{…}` or a pair of surrogates, past `\u`.
    fn code_point(&mut self) -> Option<u32> {
        let start = self.position;
        if self.unicode && self.eat("{") {
            let mut value: Option<u32> = None;
            while let Some(digit) = self.peek().and_then(|it| it.to_digit(16)) {
                value = Some(value.unwrap_or(0).saturating_mul(16).saturating_add(digit));
                self.position += 1;
            }
            let value = value.filter(|value| *value <= 0x10_FFFF && self.eat("}"));
            self.position = if value.is_some() { self.position } else { start };
            return value;
        }
        let high = self.hexadecimal(4)?;
        let after_high = self.position;
        if (0xD800..0xDC00).contains(&high)
            && self.eat("\\u")
            && let Some(low @ 0xDC00..=0xDFFF) = self.hexadecimal(4)
        {
            return Some(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        }
        self.position = after_high;
        Some(high)
    }

    /// The name of a group, up to `>`.
    pub(super) fn group_name(&mut self) -> Result<String, Unsupported> {
        let mut name = String::new();
        loop {
            let character = match self.next() {
                Some('>') if !name.is_empty() => return Ok(name),
                // Names may use escapes of any form, also without the flag.
                Some('\\') if self.eat("u") => self.name_escape().and_then(char::from_u32),
                other => other,
            };
            match character {
                Some(it @ ('$' | '_')) => name.push(it),
                Some(it) if property::is_name_part(it, name.is_empty()) => name.push(it),
                _ => return Err(invalid("a group name that is no identifier")),
            }
        }
    }

    fn name_escape(&mut self) -> Option<u32> {
        let flag = std::mem::replace(&mut self.unicode, true);
        let code = self.code_point();
        self.unicode = flag;
        code
    }

    /// The property in braces, past `\p`.
    fn property(&mut self, negated: bool) -> Result<LetterSet, Unsupported> {
        if !self.eat("{") {
            return Err(invalid("`\\p` without a name"));
        }
        let rest = self.characters.get(self.position..).unwrap_or_default();
        let Some(length) = rest.iter().position(|it| *it == '}') else {
            return Err(invalid("`\\p` without a name"));
        };
        let name: String = rest.iter().take(length).collect();
        self.position += length + 1;
        let is_word = |word: &str| {
            word.starts_with(|it: char| it.is_ascii_alphabetic())
                && word.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
        };
        let (property, value) = name.split_once('=').unwrap_or((&name, &name));
        if !is_word(property) || !is_word(value) {
            return Err(invalid("an unknown property"));
        }
        Ok(match property::letters(&name) {
            Some(set) if negated => set.complement(),
            Some(set) => set,
            None => {
                self.leaves(Unsupported::Property(name));
                LetterSet::none()
            }
        })
    }
}
