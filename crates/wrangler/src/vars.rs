use std::fmt;

use kernel::Place;

/// A text of `vars`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Var {
    /// Its name.
    pub name: Box<str>,
    /// Its value, which is never printed.
    pub value: Hidden,
    /// Where the value stands.
    pub place: Place,
}

/// A text that debug output does not show; it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(Box<str>);

impl Hidden {
    /// Hides a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text itself, for parsing; it must not reach a message, a witness or a proof.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Hidden")
    }
}
