//! What an SDK consists of, before anybody writes it.

use std::collections::BTreeMap;

use kernel::Digest;

use crate::{names::Spelling, notes::Note};

/// Texts by path, relative to the folder of the SDK, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Adds a file of TypeScript or JavaScript; its first line tells the digest of the rest.
    pub fn code(&mut self, path: String, text: &str) {
        self.stamped(path, "// ", "", text);
    }

    /// Adds a file of Markdown, stamped likewise.
    pub fn markdown(&mut self, path: String, text: &str) {
        self.stamped(path, "<!-- ", " -->", text);
    }

    /// Adds a file without room for a first line; the lock has its digest.
    pub fn bare(&mut self, path: String, text: String) {
        self.0.insert(path, text);
    }

    fn stamped(&mut self, path: String, before: &str, after: &str, text: &str) {
        let digest = Digest::of(text.as_bytes());
        let first = format!("{before}checks:sdk v1 {digest}{after}\n");
        self.0.insert(path, first + text);
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// One file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One SDK in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// All files, the lock among them.
    pub files: Files,
    /// What is to be told about it, sorted.
    pub notes: Vec<Note>,
    /// How names of the contract are spelled in TypeScript, by owner.
    pub names: Vec<Spelling>,
    /// How many operations it has.
    pub n_operations: usize,
    /// How many named schemas it has.
    pub n_schemas: usize,
}
