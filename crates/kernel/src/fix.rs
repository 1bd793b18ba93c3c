use crate::{RepoPath, Step};

/// An edit of one configuration file that keeps every other byte of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Removes the item or member the steps lead to.
    Remove {
        /// The file.
        path: RepoPath,
        /// To the value that goes.
        at: Vec<Step>,
    },
    /// Moves a member to the top level, before the first table; refused if the name is taken there.
    Hoist {
        /// The file.
        path: RepoPath,
        /// To the member that moves.
        at: Vec<Step>,
    },
    /// Renames a member and makes a list of its value: `route = X` becomes `routes = [X]`.
    Listify {
        /// The file.
        path: RepoPath,
        /// To the member.
        at: Vec<Step>,
        /// The new name.
        name: Box<str>,
    },
    /// Sets members of a table to `false`, new ones right after its `name`.
    SwitchOff {
        /// The file.
        path: RepoPath,
        /// To the table; empty for the top level.
        at: Vec<Step>,
        /// The members.
        keys: Vec<&'static str>,
    },
}

impl Fix {
    /// The file it edits.
    #[must_use]
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Remove { path, .. }
            | Self::Hoist { path, .. }
            | Self::Listify { path, .. }
            | Self::SwitchOff { path, .. } => path,
        }
    }
}
