//! What a server is started with.

use std::{fmt, path::PathBuf, str::FromStr};

/// How a double behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of the repositories: `ROOT/acme/shop.git` is `acme/shop`.
    pub root: PathBuf,
    /// Port on the loopback interface; 0 takes a free one.
    pub port: u16,
    /// More repositories, or other places for them; absent ones are made.
    pub repositories: Vec<(Slug, Option<PathBuf>)>,
    /// A file `github-facts/v1`.
    pub facts: Option<PathBuf>,
    /// GitHub's OpenAPI description.
    pub openapi: Option<PathBuf>,
    /// Answers hold the members that a client may need, and no others.
    pub is_minimal: bool,
    /// Every writing request is refused.
    pub is_read_only: bool,
    /// The only tokens that are accepted; all are, if this is empty.
    pub tokens: Vec<String>,
    /// Entries of a page, whatever the request asks for above that.
    pub page_size: usize,
}

impl Options {
    /// A plain server with one repository below `root`.
    ///
    /// ```
    /// let root = tempfile::tempdir().unwrap();
    /// let options = fake_github::Options::new(root.path(), "acme/shop".parse().unwrap());
    /// let server = fake_github::Server::start(&options).unwrap();
    /// assert!(server.url().starts_with("http://127.0.0.1:"));
    /// ```
    pub fn new(root: impl Into<PathBuf>, slug: Slug) -> Self {
        Self {
            root: root.into(),
            port: 0,
            repositories: vec![(slug, None)],
            facts: None,
            openapi: None,
            is_minimal: false,
            is_read_only: false,
            tokens: Vec::new(),
            page_size: 2,
        }
    }
}

/// Owner and name of a repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug {
    /// A person or an organisation.
    pub owner: String,
    /// The repository's name below its owner.
    pub name: String,
}

/// A text that is not `OWNER/NAME`.
#[derive(Debug, thiserror::Error)]
#[error("not `OWNER/NAME`")]
pub struct SlugError;

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        let is_name = |it: &str| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !it.is_empty() && !it.starts_with('.') && it.chars().all(is_plain)
        };
        let (owner, name) = text.split_once('/').ok_or(SlugError)?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        let is_slug = is_name(owner) && is_name(name);
        is_slug.then(|| Self { owner: owner.into(), name: name.into() }).ok_or(SlugError)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}
