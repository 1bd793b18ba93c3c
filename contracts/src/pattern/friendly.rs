//! Which letters a person likes to read.
#![expect(clippy::indexing_slicing, reason = "classes are numbered by the alphabet")]

use std::collections::BTreeSet;

use super::letters::{Alphabet, letter, number};

/// How readable the letters must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Friendliness {
    /// Printable ASCII.
    Plain,
    /// And what else can be seen.
    Visible,
    /// And the rest.
    Any,
}

/// The printable letters of ASCII, best first.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@+,;=!?#$%&*~^|'`\"()[]{}<>\\ ";

/// So many letters of a class are looked at for visible ones.
const GLANCE: u32 = 1_024;

/// The letters to spell with.
pub(super) struct Letters {
    /// Letter and class, best first; of each class no more than asked for.
    pub(super) ordered: Vec<(char, usize)>,
    /// The classes that have any.
    pub(super) classes: Vec<usize>,
}

impl Letters {
    /// Up to `count` letters of each class, the best ones; all of a class if there are fewer.
    pub(super) fn of(alphabet: &Alphabet, friendliness: Friendliness, count: usize) -> Self {
        let taken = vec![0; alphabet.classes()];
        let mut gathered = Gathered { ordered: Vec::new(), known: BTreeSet::new(), taken, count };
        for it in PLAIN.chars() {
            gathered.push(it, alphabet.class(number(it)));
        }
        if friendliness >= Friendliness::Visible {
            for is_liked in [char::is_alphanumeric, is_visible] {
                gathered.scan(alphabet, GLANCE, |it| !it.is_ascii() && is_liked(it));
            }
        }
        if friendliness == Friendliness::Any {
            gathered.scan(alphabet, u32::MAX, |_| true);
        }
        let Gathered { ordered, taken, .. } = gathered;
        let classes = (0..taken.len()).filter(|class| taken[*class] > 0).collect();
        Self { ordered, classes }
    }
}

struct Gathered {
    ordered: Vec<(char, usize)>,
    known: BTreeSet<char>,
    /// How many of each class.
    taken: Vec<usize>,
    count: usize,
}

impl Gathered {
    fn push(&mut self, letter: char, class: usize) {
        if self.taken[class] < self.count {
            self.taken[class] += 1;
            self.ordered.push((letter, class));
            self.known.insert(letter);
        }
    }

    /// Takes what is liked among the first letters of each class.
    fn scan(&mut self, alphabet: &Alphabet, most: u32, is_liked: impl Fn(char) -> bool) {
        let mut left = vec![most; self.taken.len()];
        for (start, end, class) in alphabet.intervals() {
            let length = (end - start + 1).min(left[class]);
            left[class] -= length;
            let wanted = self.count - self.taken[class];
            let letters = (start..start + length).map(letter);
            let fresh = letters.filter(|it| is_liked(*it) && !self.known.contains(it));
            for it in fresh.take(wanted).collect::<Vec<char>>() {
                self.push(it, class);
            }
        }
    }
}

fn is_visible(letter: char) -> bool {
    let is_private = matches!(u32::from(letter), 0xE000..=0xF8FF | 0xF_0000.. | 0xFFF0..=0xFFFF | 0x1_FFFE..=0x1_FFFF | 0x2_FFFE..);
    !letter.is_control()
        && !letter.is_whitespace()
        && !is_private
        && !matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
