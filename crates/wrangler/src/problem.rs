use std::fmt;

use kernel::{Place, Step};

/// A value whose shape wrangler refuses; the rest of the file still counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where the value stands.
    pub place: Place,
    /// The way to the value.
    pub steps: Vec<Step>,
    /// The environment it belongs to; none at the top level.
    pub env: Option<Box<str>>,
    /// What was expected there.
    pub kind: ProblemKind,
    /// What stands there: `a number`, `null`.
    pub found: &'static str,
}

/// What wrangler expects where a [`Problem`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// `null` where a value is needed; wrangler takes the inherited one and complains.
    Null,
    /// Something else than a table.
    NotATable,
    /// Something else than a list.
    NotAList,
    /// Something else than a text.
    NotAString,
    /// Something else than `true` or `false`.
    NotABoolean,
    /// A table without a member it needs.
    Missing(&'static str),
}

impl ProblemKind {
    /// The stable name of this kind.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::NotATable => "not-a-table",
            Self::NotAList => "not-a-list",
            Self::NotAString => "not-a-string",
            Self::NotABoolean => "not-a-boolean",
            Self::Missing(_) => "member-missing",
        }
    }
}

impl Problem {
    /// The way to the value as a person writes it: `env.dev.routes`, `services[0].service`.
    #[must_use]
    pub fn key(&self) -> String {
        dotted(&self.steps)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = match self.kind {
            ProblemKind::Null => "a value",
            ProblemKind::NotATable => "a table",
            ProblemKind::NotAList => "a list",
            ProblemKind::NotAString => "a string",
            ProblemKind::NotABoolean => "a boolean",
            ProblemKind::Missing(member) => {
                return write!(out, "`{}` has no `{member}`", self.key());
            }
        };
        match self.key().as_str() {
            "" => write!(out, "expected {expected}, found {}", self.found),
            key => write!(out, "`{key}` should be {expected}, found {}", self.found),
        }
    }
}

/// Steps as a person writes them: `env.dev.vars.routes`, `kv_namespaces[0].routes`.
pub(crate) fn dotted(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            Step::Index(index) => {
                out.push('[');
                out.push_str(&index.to_string());
                out.push(']');
            }
        }
    }
    out
}
