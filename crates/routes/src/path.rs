//! Sets of paths: one path, or all that start with a text.

use std::borrow::Cow;

use crate::refusal::Refusal;

/// The paths that a pattern takes, over path plus query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathSet<'a> {
    /// Every path that starts with the text.
    Prefix(&'a str),
    /// One path, without a query.
    Exact(&'a str),
}

/// The path of a pattern, normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathText<'a> {
    /// As the normalised pattern shows it, with its star.
    pub(crate) shown: Cow<'a, str>,
    /// What every taken path starts with, or is.
    pub(crate) text: Cow<'a, str>,
    /// Whether a star stands at the end.
    pub(crate) open: bool,
}

impl<'a> PathSet<'a> {
    /// Is the path (with its query) in the set?
    #[must_use]
    pub fn takes(self, path: &str) -> bool {
        match self {
            Self::Exact(text) => path == text,
            Self::Prefix(text) => path.starts_with(text),
        }
    }

    /// Does the set hold all of the other?
    #[must_use]
    pub fn contains(self, other: PathSet<'_>) -> bool {
        match (self, other) {
            (Self::Exact(text), PathSet::Exact(path)) => text == path,
            (Self::Exact(_), PathSet::Prefix(_)) => false,
            (Self::Prefix(text), PathSet::Exact(path) | PathSet::Prefix(path)) => {
                path.starts_with(text)
            }
        }
    }

    /// What two sets have in common: the smaller one, or nothing.
    #[must_use]
    pub fn meet(self, other: PathSet<'a>) -> Option<PathSet<'a>> {
        if self.contains(other) { Some(other) } else { other.contains(self).then_some(self) }
    }
}

/// Reads the path of a pattern; it starts with a slash or is empty.
pub(crate) fn read_path(raw: &str) -> Result<PathText<'_>, Refusal> {
    if raw.is_empty() {
        return Ok(PathText { shown: "/".into(), text: "/".into(), open: false });
    }
    let star = raw.find('*');
    let open = match star {
        Some(at) if at + 1 < raw.len() => return Err(Refusal::PathWildcardInfix),
        found => found.is_some(),
    };
    let shown = normal_path(raw);
    // The router takes the star off and normalises again, so `/a/..*` takes all under `/`.
    let front = |it: &str| it.strip_suffix('*').map(|it| normal_path(it).into_owned());
    let text = match &shown {
        Cow::Borrowed(shown) => shown.strip_suffix('*').map_or(Cow::Borrowed(*shown), normal_path),
        Cow::Owned(shown) => Cow::Owned(front(shown).unwrap_or_else(|| shown.clone())),
    };
    Ok(PathText { shown, text, open })
}

/// A path by the rules of URLs: dot segments out, space and non-ASCII percent-encoded.
fn normal_path(path: &str) -> Cow<'_, str> {
    if is_plain(path) {
        return Cow::Borrowed(path);
    }
    url::Url::parse(&format!("https://h.example{path}"))
        .map_or(Cow::Borrowed(path), |url| Cow::Owned(url.path().to_owned()))
}

/// Paths that the rules of URLs leave alone; most are, and need no parser.
fn is_plain(path: &str) -> bool {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"/-_~!$&'()*+,;=:@.".contains(&it);
    path.bytes().all(plain) && !path.contains("/.")
}
