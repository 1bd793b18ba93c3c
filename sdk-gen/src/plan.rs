//! What an SDK consists of, before anybody writes it.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use kernel::Digest;

use crate::{
    names::Spelling,
    notes::Note,
    writer::{Part, Woven},
};

/// The text of one file. The files of a module share it, so a copy costs nothing.
#[derive(Debug, Clone)]
pub struct Text {
    /// The line that tells the digest of the rest; nothing where a file has no room for it.
    first: Arc<str>,
    rest: Rest,
}

#[derive(Debug, Clone)]
enum Rest {
    Own(Arc<str>),
    Fixed(&'static str),
    Woven(Arc<Woven>, Part),
}

impl Rest {
    fn write(&self, out: &mut String) {
        match self {
            Self::Own(text) => out.push_str(text),
            Self::Fixed(text) => out.push_str(text),
            Self::Woven(woven, part) => {
                let start = out.len();
                woven.write(*part, out);
                let end = out.trim_end().len().max(start);
                out.truncate(end);
                // A module without imports and exports would be a script, whose names are global.
                let is_script = end == start && *part != Part::Source;
                out.push_str(if is_script { "export {};\n" } else { "\n" });
            }
        }
    }
}

impl Text {
    /// The text itself: put together where it is one of several.
    #[must_use]
    pub fn read(&self) -> Cow<'_, str> {
        match &self.rest {
            Rest::Own(text) if self.first.is_empty() => Cow::Borrowed(text),
            Rest::Own(_) | Rest::Fixed(_) | Rest::Woven(..) => {
                let mut out = self.first.to_string();
                self.rest.write(&mut out);
                Cow::Owned(out)
            }
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { first: "".into(), rest: Rest::Own(text.into()) }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.read() == other.read()
    }
}

impl Eq for Text {}

/// A file and the digest of its whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    text: Text,
    digest: Digest,
}

/// Texts by path, relative to the folder of the SDK, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files(BTreeMap<String, File>);

impl Files {
    /// Adds a file of a module; its first line tells the digest of the rest.
    pub(crate) fn woven(&mut self, path: String, woven: &Arc<Woven>, part: Part) {
        self.stamped(path, ["// ", ""], Rest::Woven(Arc::clone(woven), part));
    }

    /// Adds a file of TypeScript or JavaScript that every SDK has, stamped likewise.
    pub(crate) fn code(&mut self, path: String, text: &'static str) {
        self.stamped(path, ["// ", ""], Rest::Fixed(text));
    }

    /// Adds the files of another set whose paths are wanted.
    pub(crate) fn share(&mut self, others: &Self, is_wanted: impl Fn(&str) -> bool) {
        let wanted = others.0.iter().filter(|it| is_wanted(it.0));
        self.0.extend(wanted.map(|(path, file)| (path.clone(), file.clone())));
    }

    /// Adds a file of Markdown, stamped likewise.
    pub(crate) fn markdown(&mut self, path: String, text: &str) {
        self.stamped(path, ["<!-- ", " -->"], Rest::Own(text.into()));
    }

    /// Adds a file without room for a first line; the lock has its digest.
    pub(crate) fn bare(&mut self, path: String, text: String) {
        let digest = Digest::of(text.as_bytes());
        self.0.insert(path, File { text: text.into(), digest });
    }

    fn stamped(&mut self, path: String, [before, after]: [&str; 2], rest: Rest) {
        let stamp = |digest: Digest| format!("{before}checks:sdk v1 {digest}{after}\n");
        // All digests are of one length, so the place of the first line is known before its words.
        let mut whole = stamp(Digest::of(b""));
        let n_first = whole.len();
        rest.write(&mut whole);
        let body = whole.get(n_first..).unwrap_or_default();
        let first = stamp(Digest::of(body.as_bytes()));
        whole.replace_range(..n_first, &first);
        let digest = Digest::of(whole.as_bytes());
        self.0.insert(path, File { text: Text { first: first.into(), rest }, digest });
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.0.iter().map(|(path, it)| (path.as_str(), &it.text))
    }

    /// The paths in their order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Paths and digests of the whole texts.
    pub(crate) fn digests(&self) -> impl Iterator<Item = (&str, Digest)> {
        self.0.iter().map(|(path, it)| (path.as_str(), it.digest))
    }

    /// One file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Cow<'_, str>> {
        self.0.get(path).map(|it| it.text.read())
    }

    /// Is there such a file?
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
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
    /// How names of the contract are spelled in TypeScript.
    pub names: Vec<Spelling>,
    /// How many operations it has.
    pub n_operations: usize,
    /// How many named schemas it has.
    pub n_schemas: usize,
}
