//! The capturing groups of a pattern: what back-references may name.

use std::collections::BTreeSet;

/// Counted before parsing, since a reference may stand before its group.
pub(super) struct Groups {
    /// How many groups capture.
    pub(super) count: usize,
    /// Whether one has a name: then `\k` is always a reference.
    pub(super) named: bool,
    /// The names that are taken where the parser is: two alternatives may use the same.
    taken: BTreeSet<String>,
    /// The same in the order in which they were taken.
    journal: Vec<String>,
    /// For each open choice, how long the journal was, and the names of its finished alternatives.
    choices: Vec<(usize, Vec<String>)>,
    /// Every name declared so far.
    declared: BTreeSet<String>,
    /// Names that were referred to.
    referred: Vec<String>,
}

impl Groups {
    pub(super) fn of(characters: &[char]) -> Self {
        let (mut count, mut named, mut in_class) = (0, false, false);
        let mut position = 0;
        while let Some(character) = characters.get(position) {
            match character {
                '\\' => position += 1,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => {
                    let ahead = |offset: usize| characters.get(position + offset).copied();
                    let has_name = ahead(1) == Some('?')
                        && ahead(2) == Some('<')
                        && !matches!(ahead(3), Some('=' | '!'));
                    named |= has_name;
                    count += usize::from(has_name || ahead(1) != Some('?'));
                }
                _ => {}
            }
            position += 1;
        }
        Self {
            count,
            named,
            taken: BTreeSet::new(),
            journal: Vec::new(),
            choices: Vec::new(),
            declared: BTreeSet::new(),
            referred: Vec::new(),
        }
    }

    /// Declares a name; false if it is taken.
    pub(super) fn declare(&mut self, name: String) -> bool {
        self.declared.insert(name.clone());
        self.take(name)
    }

    fn take(&mut self, name: String) -> bool {
        let is_new = self.taken.insert(name.clone());
        self.journal.extend(is_new.then_some(name));
        is_new
    }

    pub(super) fn refer(&mut self, name: String) {
        self.referred.push(name);
    }

    /// Whether every name that was referred to is declared.
    pub(super) fn are_known(&self) -> bool {
        self.referred.iter().all(|name| self.declared.contains(name))
    }

    pub(super) fn open_alternatives(&mut self) {
        self.choices.push((self.journal.len(), Vec::new()));
    }

    /// Frees the names of the alternative that has just ended.
    pub(super) fn next_alternative(&mut self) {
        let Some((start, finished)) = self.choices.last_mut() else { return };
        for name in self.journal.drain(*start..) {
            self.taken.remove(&name);
            finished.push(name);
        }
    }

    /// Behind a choice, the names of all its alternatives are taken.
    pub(super) fn close_alternatives(&mut self) {
        for name in self.choices.pop().into_iter().flat_map(|(_, finished)| finished) {
            self.take(name);
        }
    }
}
