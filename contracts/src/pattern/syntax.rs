//! ECMA-262 pattern text to a tree.
//!
//! Read as with the flag `u`; what that refuses is read as Annex B (web browsers without the flag) has it,
//! as validators do. Characters are Unicode scalar values in both readings.
//! <https://tc39.es/ecma262/#sec-patterns>

mod class;
mod escape;
mod groups;

use super::{Flag, Unsupported, letters::LetterSet};

/// Groups may be nested this deep, which bounds every recursion over a tree.
const MAX_DEPTH: usize = 200;

/// Longer patterns are not read.
const MAX_LENGTH: usize = 1 << 16;

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    /// The empty text.
    Empty,
    /// One letter of a set.
    Letter(LetterSet),
    /// The empty text, at some places only.
    Assert(Assertion),
    /// One after the other.
    Sequence(Vec<Tree>),
    /// Any one of them.
    Choice(Vec<Tree>),
    /// At least so often, at most so often.
    Repeat(Box<Tree>, u32, Option<u32>),
    /// The empty text, where this follows or precedes, or where it does not.
    Look(Look, Box<Tree>),
}

/// Which way an assertion looks, and what it wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) ahead: bool,
    pub(super) wanted: bool,
}

/// Where an empty text may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Assertion {
    Start,
    End,
    WordBoundary,
    NoWordBoundary,
}

/// What a text says as a pattern.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) tree: Tree,
    /// Set if the tree does not say all of it.
    pub(super) beyond: Option<Unsupported>,
}

/// Reads a pattern; the error is [`Unsupported::Invalid`] or [`Unsupported::TooBig`].
pub(super) fn read(text: &str) -> Result<Reading, Unsupported> {
    read_flag(text).map(|it| it.1)
}

/// Reads a pattern, and says with which flag.
pub(super) fn read_flag(text: &str) -> Result<(Flag, Reading), Unsupported> {
    if text.len() > MAX_LENGTH {
        return Err(Unsupported::TooBig);
    }
    let characters: Vec<char> = text.chars().collect();
    let strict = Parser::of(&characters, true).pattern();
    if let Err(Unsupported::Invalid(_)) = strict {
        Parser::of(&characters, false).pattern().map(|it| (Flag::Plain, it))
    } else {
        strict.map(|it| (Flag::Unicode, it))
    }
}

struct Parser<'a> {
    characters: &'a [char],
    position: usize,
    /// Whether the flag `u` is set.
    unicode: bool,
    groups: groups::Groups,
    depth: usize,
    beyond: Option<Unsupported>,
}

impl<'a> Parser<'a> {
    fn of(characters: &'a [char], unicode: bool) -> Self {
        Self {
            characters,
            position: 0,
            unicode,
            groups: groups::Groups::of(characters),
            depth: 0,
            beyond: None,
        }
    }

    fn pattern(mut self) -> Result<Reading, Unsupported> {
        let tree = self.choice()?;
        if self.peek().is_some() {
            return Err(invalid("unmatched `)`"));
        }
        if !self.groups.are_known() {
            return Err(invalid("a reference to no group"));
        }
        Ok(Reading { tree, beyond: self.beyond })
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.position).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.position += 1;
        Some(next)
    }

    /// Steps over a text if it comes next.
    fn eat(&mut self, text: &str) -> bool {
        let rest = self.characters.get(self.position..).unwrap_or_default();
        let length = text.chars().count();
        let found =
            rest.len() >= length && rest.iter().zip(text.chars()).all(|(one, other)| *one == other);
        self.position += if found { length } else { 0 };
        found
    }

    /// Notes the first thing that an automaton cannot say; the tree itself can look around.
    fn leaves(&mut self, unsupported: Unsupported) {
        if matches!(self.beyond, None | Some(Unsupported::LookAround)) {
            self.beyond = Some(unsupported);
        }
    }

    fn choice(&mut self) -> Result<Tree, Unsupported> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Unsupported::TooBig);
        }
        self.groups.open_alternatives();
        let mut branches = vec![self.sequence()?];
        while self.eat("|") {
            self.groups.next_alternative();
            branches.push(self.sequence()?);
        }
        self.groups.close_alternatives();
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Tree::Choice(branches) })
    }

    fn sequence(&mut self) -> Result<Tree, Unsupported> {
        let mut terms = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            terms.push(self.term()?);
        }
        Ok(match terms.len() {
            0 => Tree::Empty,
            1 => terms.remove(0),
            _ => Tree::Sequence(terms),
        })
    }

    fn term(&mut self) -> Result<Tree, Unsupported> {
        if let Some(assertion) = self.assertion() {
            return Ok(Tree::Assert(assertion));
        }
        if let Some(look) = self.look() {
            self.leaves(Unsupported::LookAround);
            let tree = Tree::Look(look, Box::new(self.group_rest()?));
            // Annex B lets a look-ahead be repeated.
            return if look.ahead && !self.unicode { self.repeated(tree) } else { Ok(tree) };
        }
        let atom = self.atom()?;
        self.repeated(atom)
    }

    fn look(&mut self) -> Option<Look> {
        let rows = [
            ("(?=", true, true),
            ("(?!", true, false),
            ("(?<=", false, true),
            ("(?<!", false, false),
        ];
        let found = rows.into_iter().find(|(text, ..)| self.eat(text));
        found.map(|(_, ahead, wanted)| Look { ahead, wanted })
    }

    fn assertion(&mut self) -> Option<Assertion> {
        let rows = [
            ("^", Assertion::Start),
            ("$", Assertion::End),
            ("\\b", Assertion::WordBoundary),
            ("\\B", Assertion::NoWordBoundary),
        ];
        rows.into_iter().find(|(text, _)| self.eat(text)).map(|(_, assertion)| assertion)
    }

    fn group_rest(&mut self) -> Result<Tree, Unsupported> {
        let tree = self.choice()?;
        if self.eat(")") { Ok(tree) } else { Err(invalid("unclosed group")) }
    }

    fn atom(&mut self) -> Result<Tree, Unsupported> {
        let start = self.position;
        let Some(character) = self.next() else { return Ok(Tree::Empty) };
        match character {
            '.' => Ok(Tree::Letter(line_ends().complement())),
            '[' => self.class().map(Tree::Letter),
            '\\' => self.escape(),
            '(' => self.group(),
            '*' | '+' | '?' => Err(invalid("nothing to repeat")),
            '{' | '}' | ']' if self.unicode => Err(invalid("a bare bracket")),
            '{' => {
                self.position = start;
                let repeats = self.braces()?.is_some();
                self.position = start + 1;
                if repeats { Err(invalid("nothing to repeat")) } else { Ok(literal('{')) }
            }
            _ => Ok(literal(character)),
        }
    }

    fn group(&mut self) -> Result<Tree, Unsupported> {
        if self.eat("?<") {
            let name = self.group_name()?;
            if !self.groups.declare(name) {
                return Err(invalid("two groups of one name"));
            }
        } else if self.eat("?") && !self.eat(":") {
            self.modifiers()?;
            self.leaves(Unsupported::Modifiers);
        }
        self.group_rest()
    }

    /// The flags of `(?ims-ims:`, past the question mark.
    fn modifiers(&mut self) -> Result<(), Unsupported> {
        let mut seen = Vec::new();
        let mut dashes = 0;
        loop {
            match self.next() {
                Some(flag @ ('i' | 'm' | 's')) if !seen.contains(&flag) => seen.push(flag),
                Some('-') if dashes == 0 => dashes += 1,
                Some(':') if !seen.is_empty() => return Ok(()),
                _ => return Err(invalid("a group of unknown kind")),
            }
        }
    }

    fn repeated(&mut self, tree: Tree) -> Result<Tree, Unsupported> {
        let bounds = if self.eat("*") {
            Some((0, None))
        } else if self.eat("+") {
            Some((1, None))
        } else if self.eat("?") {
            Some((0, Some(1)))
        } else {
            // A brace that opens no quantifier is the next atom: refused with `u`, a literal without.
            self.braces()?
        };
        let Some((least, most)) = bounds else { return Ok(tree) };
        // A lazy quantifier takes the same texts.
        self.eat("?");
        Ok(Tree::Repeat(Box::new(tree), least, most))
    }

    /// The bounds in braces, stepping over them; `None` and no step if it is no quantifier.
    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, Unsupported> {
        let start = self.position;
        let bounds = self.bounds();
        match bounds {
            None => self.position = start,
            Some((least, Some(most))) if least > most => {
                return Err(invalid("bounds out of order"));
            }
            Some(_) => {}
        }
        Ok(bounds)
    }

    fn bounds(&mut self) -> Option<(u32, Option<u32>)> {
        if !self.eat("{") {
            return None;
        }
        let least = self.count()?;
        let most = if !self.eat(",") {
            Some(least)
        } else if self.peek() == Some('}') {
            None
        } else {
            Some(self.count()?)
        };
        self.eat("}").then_some((least, most))
    }

    /// A decimal number; what is beyond 32 bits counts as the largest.
    fn count(&mut self) -> Option<u32> {
        let mut value: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|it| it.to_digit(10)) {
            value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            self.position += 1;
        }
        value
    }
}

fn invalid(why: &str) -> Unsupported {
    Unsupported::Invalid(why.to_owned())
}

fn literal(character: char) -> Tree {
    Tree::Letter(LetterSet::only(character))
}

fn line_ends() -> LetterSet {
    LetterSet::of_code_points([(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
}
