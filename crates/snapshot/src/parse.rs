use kernel::{Node, Span};

mod depth;
mod jsonc;
mod toml;
mod yaml;

pub(crate) use crate::parse::jsonc::JSONC_OPTIONS;
pub use crate::parse::{jsonc::parse_jsonc, toml::parse_toml, yaml::parse_yaml};

/// A language of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// TOML 1.
    Toml,
    /// JSON, with comments and trailing commas allowed.
    Jsonc,
    /// YAML 1.2, core schema.
    Yaml,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Toml, Self::Jsonc, Self::Yaml];

    /// The language that the ending of this file name stands for.
    #[must_use]
    pub fn of(file_name: &str) -> Option<Self> {
        match file_name.rsplit_once('.')?.1 {
            "toml" => Some(Self::Toml),
            "json" | "jsonc" => Some(Self::Jsonc),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// Parses a text without byte order mark.
    pub fn parse(self, text: &str, bounds: &Bounds) -> Result<Node, SyntaxError> {
        match self {
            Self::Toml => toml::parse(text, bounds.depth),
            Self::Jsonc => jsonc::parse(text, bounds.depth),
            Self::Yaml => yaml::parse(text, bounds),
        }
    }
}

/// How much of an untrusted document is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The largest file, in bytes.
    pub bytes: usize,
    /// The deepest nesting.
    pub depth: usize,
    /// The most values that aliases and merges may add to a YAML document.
    pub copies: usize,
}

impl Bounds {
    /// 4 MiB, 128 levels, 100,000 copied values.
    pub const DEFAULT: Self = Self { bytes: 4 << 20, depth: 128, copies: 100_000 };
}

impl Default for Bounds {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Where and why a text does not parse; the message never holds text of the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The bytes in question.
    pub span: Span,
    /// What is wrong or expected there.
    pub message: String,
    /// Is it a bound of ours that the text passes, not a fault of its syntax?
    pub is_bound: bool,
}

impl SyntaxError {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), is_bound: false }
    }

    pub(crate) fn too_deep(at: usize, limit: usize) -> Self {
        let message = format!("nested deeper than {limit} levels");
        Self { span: Span { start: at, end: at + 1 }, message, is_bound: true }
    }
}
