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
    /// The names of finished alternatives, one level for each open choice.
    finished: Vec<BTreeSet<String>>,
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
        let (taken, declared) = (BTreeSet::new(), BTreeSet::new());
        Self { count, named, taken, finished: Vec::new(), declared, referred: Vec::new() }
    }

    /// Declares a name; false if it is taken.
    pub(super) fn declare(&mut self, name: String) -> bool {
        self.declared.insert(name.clone());
        self.taken.insert(name)
    }

    pub(super) fn refer(&mut self, name: String) {
        self.referred.push(name);
    }

    /// Whether every name that was referred to is declared.
    pub(super) fn are_known(&self) -> bool {
        self.referred.iter().all(|name| self.declared.contains(name))
    }

    /// Starts a choice; the answer is what each of its alternatives starts with.
    pub(super) fn open_alternatives(&mut self) -> BTreeSet<String> {
        self.finished.push(BTreeSet::new());
        self.taken.clone()
    }

    pub(super) fn next_alternative(&mut self, before: &BTreeSet<String>) {
        let ended = std::mem::replace(&mut self.taken, before.clone());
        if let Some(level) = self.finished.last_mut() {
            level.extend(ended);
        }
    }

    pub(super) fn close_alternatives(&mut self) {
        self.taken.extend(self.finished.pop().unwrap_or_default());
    }
}
