use kernel::Span;

use crate::Pointer;

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

/// Two readings of one place, before anybody knows which file it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) span: Span,
    pub(crate) pointer: Pointer,
    pub(crate) here: String,
    pub(crate) elsewhere: String,
    pub(crate) message: String,
}

/// No file gives more notes than this: a hostile one could otherwise have millions.
pub(crate) const N_NOTES: usize = 10_000;
