use kernel::{RepoPath, Span};

use crate::{Pointer, ReadingNote, Unreadable};

/// Why a text cannot be read, before anybody knows which file it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

impl Problem {
    pub(crate) fn new(span: Span, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { span, message: message.into(), remedy: remedy.into() }
    }

    pub(crate) fn too_deep(span: Span, limit: usize) -> Self {
        let message = format!("nested deeper than {limit} levels (`depth`)");
        Self::new(span, message, "make the document flatter, or raise the bound")
    }

    pub(crate) fn too_many(span: Span, limit: usize) -> Self {
        let message = format!("more than {limit} values in one document (`nodes`)");
        Self::new(span, message, "split the document, or raise the bound")
    }
}

impl Problem {
    pub(crate) fn of_file(self, path: &RepoPath) -> Unreadable {
        let Self { span, message, remedy } = self;
        Unreadable { path: path.clone(), span, message, remedy }
    }
}

/// Two readings of one place, before anybody knows which file it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) span: Span,
    pub(crate) pointer: Pointer,
    pub(crate) here: String,
    pub(crate) elsewhere: String,
    pub(crate) message: String,
}

impl Note {
    pub(crate) fn of_file(self, path: &RepoPath) -> ReadingNote {
        let Self { span, pointer, here, elsewhere, message } = self;
        ReadingNote { path: path.clone(), span, pointer, here, elsewhere, message }
    }
}

/// No file gives more notes than this: a hostile one could otherwise have millions.
pub(crate) const N_NOTES: usize = 10_000;
