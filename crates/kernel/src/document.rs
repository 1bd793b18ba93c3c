use std::sync::Arc;

use crate::{Digest, LineIndex, Node, Place, RepoPath, Span};

/// One parsed file of one revision, with what is needed to point into it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it lies.
    pub path: RepoPath,
    /// Its text as git stores it, without a byte order mark.
    pub text: Arc<str>,
    /// The digest of the bytes as git stores them.
    pub digest: Digest,
    /// Its content.
    pub root: Node,
    lines: LineIndex,
}

impl Document {
    /// Puts a parsed text and its place together.
    #[must_use]
    pub fn new(path: RepoPath, text: Arc<str>, digest: Digest, root: Node) -> Self {
        let lines = LineIndex::new(&text);
        Self { path, text, digest, root, lines }
    }

    /// The place of a span of this document.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { path: self.path.clone(), region: self.lines.region(&self.text, span) }
    }
}
