//! Addresses inside one document.

use std::{borrow::Cow, fmt, sync::Arc};

/// A JSON Pointer (RFC 6901); the empty one is the whole document. Copies share the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer as written, `None` if it neither is empty nor starts with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.into()))
    }

    /// One step down, to a member or (as a decimal number) an item.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        self.below(&[name])
    }

    /// Some steps down, to a member of a member.
    #[must_use]
    pub(crate) fn below(&self, names: &[&str]) -> Self {
        let length: usize = names.iter().map(|it| it.len() + 1).sum();
        let mut text = String::with_capacity(self.0.len() + length);
        text.push_str(&self.0);
        for name in names {
            text.push('/');
            if name.bytes().any(|it| matches!(it, b'~' | b'/')) {
                text.push_str(&name.replace('~', "~0").replace('/', "~1"));
            } else {
                text.push_str(name);
            }
        }
        Self(text.into())
    }

    /// One step down, to an item.
    #[must_use]
    pub fn item(&self, idx: usize) -> Self {
        self.below(&[&idx.to_string()])
    }

    /// One step up; the root has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.into()))
    }

    /// The names on the way down, unescaped.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.parts().map(Cow::into_owned)
    }

    /// The names on the way down, unescaped; copied only where they have escapes.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let unescaped = |it: &str| it.replace("~1", "/").replace("~0", "~");
        let part = move |it| if str::contains(it, '~') { unescaped(it).into() } else { it.into() };
        self.0.split('/').skip(1).map(part)
    }

    /// The way of `below`, which starts here.
    pub(crate) fn join(&self, below: &Self) -> Self {
        if self.0.is_empty() {
            return below.clone();
        }
        Self(format!("{}{}", self.0, below.0).into())
    }

    /// Does the way to `other` lead through here (or end here)?
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.strip_prefix(&*self.0).is_some_and(|it| it.is_empty() || it.starts_with('/'))
    }

    /// The text, as RFC 6901 writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
