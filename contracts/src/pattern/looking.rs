//! Patterns that look around: found in one text or not, and texts in which they may be found.
//!
//! No automaton is made of them, so two of them are not compared; but a text can be looked through.

use std::collections::BTreeSet;

use super::{
    Language, Unsupported,
    property::word,
    syntax::{self, Assertion, Look, Tree},
};

/// Longer texts are not looked through.
const MAX_LENGTH: usize = 1 << 10;

/// Steps through one text.
const MAX_STEPS: usize = 1 << 20;

/// A pattern that looks around.
#[derive(Debug, Clone)]
pub struct Looking {
    tree: Tree,
    /// All texts of the pattern are among these.
    pub wanted: Vec<Language>,
    /// None of its texts is among these.
    pub unwanted: Vec<Language>,
}

impl Looking {
    /// Reads a pattern whose only difficulty is that it looks around.
    pub(super) fn of_pattern(pattern: &str, budget: usize) -> Result<Self, Unsupported> {
        let reading = syntax::read(pattern)?;
        if let Some(other) = reading.beyond.filter(|it| *it != Unsupported::LookAround) {
            return Err(other);
        }
        let mut looking = Self { tree: reading.tree, wanted: Vec::new(), unwanted: Vec::new() };
        looking.wanted.push(Language::of_tree(&looking.tree, budget)?);
        for (look, tree) in at_start(&looking.tree) {
            // A look ahead from the start is a pattern by itself.
            let language = Language::of_tree(&tree, budget)?;
            let list = if look.wanted { &mut looking.wanted } else { &mut looking.unwanted };
            list.push(language);
        }
        Ok(looking)
    }

    /// Is the pattern found in the text? Nothing if that takes too long to tell.
    #[must_use]
    pub fn is_found(&self, text: &str) -> Option<bool> {
        let text: Vec<char> = text.chars().collect();
        if text.len() > MAX_LENGTH {
            return None;
        }
        let mut walk =
            Walk { words: text.iter().map(|it| is_word(*it)).collect(), text, n_steps: 0 };
        let starts = (0..=walk.text.len()).collect();
        let ends = walk.ends(&self.tree, &starts)?;
        Some(!ends.is_empty())
    }
}

fn is_word(letter: char) -> bool {
    word().contains(letter)
}

/// What is looked ahead for where the text starts, each as a pattern of its own.
fn at_start(tree: &Tree) -> Vec<(Look, Tree)> {
    let Tree::Sequence(terms) = tree else { return Vec::new() };
    let mut terms = terms.iter();
    if terms.next() != Some(&Tree::Assert(Assertion::Start)) {
        return Vec::new();
    }
    let looks = terms.map_while(|it| {
        let Tree::Look(look, body) = it else { return None };
        let start = Tree::Assert(Assertion::Start);
        let pattern = Tree::Sequence(vec![start, Tree::clone(body)]);
        (look.ahead && !looks_around(body)).then_some((*look, pattern))
    });
    looks.collect()
}

fn looks_around(tree: &Tree) -> bool {
    match tree {
        Tree::Look(..) => true,
        Tree::Sequence(parts) | Tree::Choice(parts) => parts.iter().any(looks_around),
        Tree::Repeat(body, ..) => looks_around(body),
        Tree::Empty | Tree::Letter(_) | Tree::Assert(_) => false,
    }
}

/// Where matches of parts may end, for each place where they may start. Sets of places are enough,
/// since nothing refers back to what was read.
struct Walk {
    text: Vec<char>,
    words: Vec<bool>,
    n_steps: usize,
}

type Places = BTreeSet<usize>;

impl Walk {
    fn ends(&mut self, tree: &Tree, starts: &Places) -> Option<Places> {
        self.n_steps = self.n_steps.saturating_add(1 + starts.len());
        if self.n_steps > MAX_STEPS {
            return None;
        }
        match tree {
            Tree::Empty => Some(starts.clone()),
            Tree::Letter(set) => {
                let reads = |it: &&usize| self.text.get(**it).is_some_and(|it| set.contains(*it));
                Some(starts.iter().filter(reads).map(|it| it + 1).collect())
            }
            Tree::Assert(assertion) => {
                Some(starts.iter().copied().filter(|it| self.holds(*assertion, *it)).collect())
            }
            Tree::Sequence(terms) => {
                terms.iter().try_fold(starts.clone(), |starts, term| self.ends(term, &starts))
            }
            Tree::Choice(branches) => {
                let mut found = Places::new();
                for branch in branches {
                    found.extend(self.ends(branch, starts)?);
                }
                Some(found)
            }
            Tree::Repeat(body, least, most) => self.repeated(body, (*least, *most), starts),
            Tree::Look(look, body) => self.looked(*look, body, starts),
        }
    }

    fn repeated(
        &mut self,
        body: &Tree,
        (least, most): (u32, Option<u32>),
        starts: &Places,
    ) -> Option<Places> {
        let mut here = starts.clone();
        for _ in 0..least {
            let next = self.ends(body, &here)?;
            if next == here {
                break;
            }
            here = next;
        }
        let mut found = here.clone();
        let mut n_more = 0;
        while !here.is_empty() && most.is_none_or(|most| n_more < most.saturating_sub(least)) {
            let next = self.ends(body, &here)?;
            here = next.difference(&found).copied().collect();
            found.extend(here.iter().copied());
            n_more += 1;
        }
        Some(found)
    }

    fn looked(&mut self, look: Look, body: &Tree, starts: &Places) -> Option<Places> {
        let mut found = Places::new();
        for start in starts {
            let is_seen = if look.ahead {
                !self.ends(body, &Places::from([*start]))?.is_empty()
            } else {
                self.ends(body, &(0..=*start).collect())?.contains(start)
            };
            found.extend((is_seen == look.wanted).then_some(*start));
        }
        Some(found)
    }

    fn holds(&self, assertion: Assertion, place: usize) -> bool {
        let is_word = |place: Option<usize>| {
            place.and_then(|it| self.words.get(it)).copied().unwrap_or(false)
        };
        let is_boundary = is_word(place.checked_sub(1)) != is_word(Some(place));
        match assertion {
            Assertion::Start => place == 0,
            Assertion::End => place == self.text.len(),
            Assertion::WordBoundary => is_boundary,
            Assertion::NoWordBoundary => !is_boundary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_through() {
        for (pattern, text, expected) in [
            ("^(?!admin)[a-z]+$", "admin", false),
            ("^(?!admin)[a-z]+$", "adam", true),
            ("^(?=.*[A-Z])(?=.*[0-9]).{4,}$", "abC1", true),
            ("^(?=.*[A-Z])(?=.*[0-9]).{4,}$", "abcd", false),
            ("a(?!b)c?", "ab", false),
            ("a(?!b)", "aba", true),
            ("(?<=x)y", "xy", true),
            ("(?<=x)y", "zy", false),
            ("(?<!x)y", "xy", false),
            ("^[a-z](?:[a-z]|-(?=[a-z]))*$", "a-b", true),
            ("^[a-z](?:[a-z]|-(?=[a-z]))*$", "a--b", false),
            ("^(?:(?=a)a{2}|b){2,3}$", "aab", true),
            ("(?=)", "", true),
        ] {
            let looking = Looking::of_pattern(pattern, 10_000).unwrap();
            assert_eq!(looking.is_found(text), Some(expected), "{pattern} in {text}");
            let is_inside = looking.wanted.iter().all(|it| it.contains(text))
                && !looking.unwanted.iter().any(|it| it.contains(text));
            assert!(is_inside || !expected, "{pattern} in {text}");
        }
        assert!(Looking::of_pattern("(?=a)(b)\\1", 10_000).is_err());
    }
}
