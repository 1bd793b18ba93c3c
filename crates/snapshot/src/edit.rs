//! Edits of one document that keep every other byte.

use kernel::Fix;

use crate::Format;

/// Why an edit is not made; the text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text does not parse.
    #[error("the file does not parse, so nothing in it is changed")]
    Malformed,
    /// The steps lead nowhere.
    #[error("there is no `{0}` in the file any more")]
    Missing(String),
    /// The new name is taken.
    #[error("`{0}` exists already; merge the two by hand")]
    Taken(String),
    /// The file is written in a way that this edit does not know.
    #[error("{0}; change it by hand")]
    Unsupported(&'static str),
}

/// The text after this fix; every byte that the fix is not about stays.
pub fn apply(text: &str, format: Format, fix: &Fix) -> Result<String, EditError> {
    let _ = (text, format, fix);
    Err(EditError::Unsupported("not yet"))
}
