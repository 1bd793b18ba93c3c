use std::{borrow::Borrow, fmt, sync::Arc};

use serde::{Serialize, Serializer};

/// A path inside the repository: relative, with `/` between its parts, never leaving the root.
///
/// It may hold any character a file name may hold, also quotes and newlines: whoever prints it
/// into a format escapes it there. Every place has one, so a copy costs no memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Arc<str>);

/// The text is no path inside a repository.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no relative path inside the repository")]
pub struct MalformedPath(String);

impl RepoPath {
    /// Reads a path; refuses absolute ones, empty parts, `.`, `..` and NUL.
    pub fn new(text: &str) -> Result<Self, MalformedPath> {
        let is_part = |it: &str| !matches!(it, "" | "." | "..");
        if text.contains('\0') || !text.split('/').all(is_part) {
            return Err(MalformedPath(text.to_owned()));
        }
        Ok(Self(text.into()))
    }

    /// The whole path, as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The folder that holds the file, or an empty text for the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// A relative path, written with `/`, from a folder, the root being empty; nothing if it leaves
/// the root.
///
/// ```
/// assert_eq!(kernel::joined("apps/web", "../x.js").as_deref(), Some("apps/x.js"));
/// assert_eq!(kernel::joined("apps", "../../x.js"), None);
/// ```
#[must_use]
pub fn joined(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

impl fmt::Display for RepoPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Borrow<str> for RepoPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_inside_the_repository_are_taken() {
        for good in ["a", "a/b.toml", "..a/b", "a b/\nc", "worker-♫/x"] {
            assert!(RepoPath::new(good).is_ok(), "{good}");
        }
        for bad in ["", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\0b"] {
            assert!(RepoPath::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn relative_paths_stay_inside() {
        assert_eq!(joined("apps/web/src", "../../x.js").as_deref(), Some("apps/x.js"));
        assert_eq!(joined("apps", "./a//b").as_deref(), Some("apps/a/b"));
        assert_eq!(joined("apps", "../../x"), None);
    }

    #[test]
    fn folder_and_name_make_the_path() {
        let path = RepoPath::new("apps/api/wrangler.toml").unwrap();
        assert_eq!((path.folder(), path.file_name()), ("apps/api", "wrangler.toml"));
        let path = RepoPath::new("wrangler.toml").unwrap();
        assert_eq!((path.folder(), path.file_name()), ("", "wrangler.toml"));
    }
}
