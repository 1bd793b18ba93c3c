//! What the reader of a generated SDK should know: places where it says less than the contract.

use contracts::Pointer;
use kernel::RepoPath;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteCode {
    /// A keyword that the guard cannot keep.
    KeywordUnguarded,
    /// A contract name that TypeScript spells otherwise.
    NameChanged,
    /// A type that takes more than the contract.
    TypeWidened,
    /// An integer that `number` cannot hold exactly.
    IntegerBeyondDouble,
    /// A media type whose body is not decoded.
    MediaTypeUnknown,
    /// A callback, which is received by types and guards, and sent by nothing.
    CallbackTypesOnly,
    /// XML, whose body stays text.
    XmlUntyped,
    /// A cookie parameter, which browsers do not let code send.
    CookieInBrowser,
    /// A security scheme that the contract does not define.
    SecurityUndeclared,
    /// A server variable that may have any value.
    ServerVariableOpen,
    /// A schema that cannot be read.
    SchemaInvalid,
    /// A link, of which nothing is made.
    LinkIgnored,
}

impl NoteCode {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::KeywordUnguarded => "keyword-unguarded",
            Self::NameChanged => "name-changed",
            Self::TypeWidened => "type-widened",
            Self::IntegerBeyondDouble => "integer-beyond-double",
            Self::MediaTypeUnknown => "media-type-unknown",
            Self::CallbackTypesOnly => "callback-types-only",
            Self::XmlUntyped => "xml-untyped",
            Self::CookieInBrowser => "cookie-in-browser",
            Self::SecurityUndeclared => "security-undeclared",
            Self::ServerVariableOpen => "server-variable-open",
            Self::SchemaInvalid => "schema-invalid",
            Self::LinkIgnored => "link-ignored",
        }
    }
}

/// One note, at its place in the contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What it is about.
    pub code: NoteCode,
    /// The file of the contract.
    pub path: RepoPath,
    /// The place in that file.
    pub pointer: Pointer,
    /// One sentence, lower-case start, no full stop.
    pub message: String,
}
