//! Letters, sets of them, and the cutting of all letters into classes that a set of patterns cannot tell apart.
//!
//! A letter is a Unicode scalar value. They are numbered without the hole of the surrogates, so that every
//! interval of numbers is a set of letters and complements stay within what a text can hold.

use std::collections::BTreeMap;

const HOLE_START: u32 = 0xD800;
const HOLE_LENGTH: u32 = 0x800;

/// The number of letters.
pub(super) const COUNT: u32 = 0x11_0000 - HOLE_LENGTH;

/// The number of a letter.
pub(super) fn number(letter: char) -> u32 {
    let code = u32::from(letter);
    if code < HOLE_START { code } else { code - HOLE_LENGTH }
}

/// The letter of a number below [`COUNT`].
pub(super) fn letter(number: u32) -> char {
    let code = if number < HOLE_START { number } else { number + HOLE_LENGTH };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A set of letters: inclusive ranges of their numbers, sorted, neither touching nor overlapping.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LetterSet(Vec<(u32, u32)>);

impl LetterSet {
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn all() -> Self {
        Self(vec![(0, COUNT - 1)])
    }

    /// The letters among inclusive ranges of code points; surrogates are none.
    pub(super) fn of_code_points(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let numbered = ranges.into_iter().filter_map(|(first, last)| {
            let start = match first {
                code if code < HOLE_START => code,
                code if code < HOLE_START + HOLE_LENGTH => HOLE_START,
                code => code - HOLE_LENGTH,
            };
            let end = match last.min(0x10_FFFF) {
                code if code < HOLE_START => code,
                code if code < HOLE_START + HOLE_LENGTH => HOLE_START - 1,
                code => code - HOLE_LENGTH,
            };
            (start <= end).then_some((start, end))
        });
        Self::normalised(numbered.collect())
    }

    pub(super) fn only(letter: char) -> Self {
        Self(vec![(number(letter), number(letter))])
    }

    pub(super) fn contains(&self, letter: char) -> bool {
        let number = number(letter);
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&number))
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self::normalised(self.0.iter().chain(&other.0).copied().collect())
    }

    pub(super) fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut next = 0;
        for &(start, end) in &self.0 {
            if next < start {
                gaps.push((next, start - 1));
            }
            next = end + 1;
        }
        if next < COUNT {
            gaps.push((next, COUNT - 1));
        }
        Self(gaps)
    }

    fn normalised(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Self(merged)
    }
}

/// All letters, cut into classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alphabet {
    /// Where each interval starts; the first is 0.
    starts: Vec<u32>,
    /// The class of each interval.
    class_of: Vec<u32>,
    /// The number of classes.
    classes: usize,
}

impl Alphabet {
    /// One class of all.
    pub(super) fn single() -> Self {
        Self { starts: vec![0], class_of: vec![0], classes: 1 }
    }

    pub(super) fn classes(&self) -> usize {
        self.classes
    }

    /// The class of a letter, by its number.
    pub(super) fn class(&self, number: u32) -> usize {
        let idx = self.starts.partition_point(|start| *start <= number).saturating_sub(1);
        self.class_of.get(idx).map_or(0, |class| *class as usize)
    }

    /// The intervals (first number, last number, class), ascending.
    pub(super) fn intervals(&self) -> impl Iterator<Item = (u32, u32, usize)> {
        let ends = self.starts.iter().skip(1).map(|start| start - 1).chain([COUNT - 1]);
        self.starts
            .iter()
            .zip(ends)
            .zip(&self.class_of)
            .map(|((start, end), class)| (*start, end, *class as usize))
    }

    /// The coarsest cut that no set crosses, and the classes of each set; `None` if that takes more than `work`.
    pub(super) fn of_sets(sets: &[LetterSet], work: usize) -> Option<(Self, Vec<Vec<u32>>)> {
        let mut edges: Vec<(u32, usize)> = Vec::new();
        for (idx, set) in sets.iter().enumerate() {
            edges.extend(set.0.iter().flat_map(|(start, end)| [(*start, idx), (end + 1, idx)]));
        }
        edges.sort_unstable();
        let mut inside: Vec<usize> = Vec::new();
        let mut builder = Builder::default();
        let mut members = vec![Vec::new(); sets.len()];
        let mut spent = 0;
        let mut position = 0;
        let mut edges = edges.into_iter().peekable();
        while position < COUNT {
            while let Some((_, set)) = edges.next_if(|(edge, _)| *edge == position) {
                match inside.binary_search(&set) {
                    Ok(idx) => drop(inside.remove(idx)),
                    Err(idx) => inside.insert(idx, set),
                }
            }
            spent += inside.len() + 1;
            if spent > work {
                return None;
            }
            let known = builder.classes();
            let class = builder.push(position, &inside);
            let is_fresh = class == known;
            for set in inside.iter().filter(|_| is_fresh) {
                members.get_mut(*set)?.push(u32::try_from(class).ok()?);
            }
            position = edges.peek().map_or(COUNT, |(edge, _)| *edge);
        }
        Some((builder.finish(), members))
    }

    /// The coarsest cut that is finer than each of these, and for each new class the class in each of them.
    pub(super) fn joint(alphabets: &[&Self]) -> (Self, Vec<Vec<usize>>) {
        let mut starts: Vec<u32> =
            alphabets.iter().flat_map(|it| it.starts.iter().copied()).chain([0]).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut builder = Builder::default();
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for start in starts {
            let key: Vec<usize> = alphabets.iter().map(|it| it.class(start)).collect();
            if builder.push(start, &key) == parts.len() {
                parts.push(key);
            }
        }
        (builder.finish(), parts)
    }

    /// The same intervals with other names for the classes; `names` has one for each class, from 0 without a gap.
    pub(super) fn renamed(&self, names: &[usize]) -> Self {
        let mut builder = Builder::default();
        for (start, _, class) in self.intervals() {
            builder.push(start, &[names.get(class).copied().unwrap_or(class)]);
        }
        builder.finish()
    }
}

/// Names intervals by what distinguishes them, in the order in which it is first met.
#[derive(Default)]
struct Builder {
    known: BTreeMap<Vec<usize>, u32>,
    starts: Vec<u32>,
    class_of: Vec<u32>,
}

impl Builder {
    fn classes(&self) -> usize {
        self.known.len()
    }

    fn push(&mut self, start: u32, key: &[usize]) -> usize {
        let fresh = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let class = match self.known.get(key) {
            Some(class) => *class,
            None => *self.known.entry(key.to_vec()).or_insert(fresh),
        };
        if self.class_of.last() != Some(&class) {
            self.starts.push(start);
            self.class_of.push(class);
        }
        class as usize
    }

    fn finish(self) -> Alphabet {
        Alphabet { starts: self.starts, class_of: self.class_of, classes: self.known.len() }
    }
}
