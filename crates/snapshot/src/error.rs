use kernel::{Region, RepoPath};

/// The repository itself cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The folder does not exist or is none.
    #[error("`{0}` is no folder that can be read; give an existing one with `--root`")]
    NoFolder(String),
    /// The git folder is there, and cannot be used.
    #[error("cannot open the git repository of `{root}`: {reason}")]
    Git {
        /// The folder that was asked for.
        root: String,
        /// What git's data says.
        reason: String,
    },
    /// There is no git here, and a commit was asked for.
    #[error("`{0}` needs git, and this folder is no git repository")]
    NoGit(String),
    /// There is no work tree here.
    #[error("this repository is bare and has no working tree; name a commit with `--head`")]
    Bare,
    /// The revision is not in this clone.
    #[error("`{revision}` is not in this clone; {remedy}")]
    NoRevision {
        /// As it was named.
        revision: String,
        /// What brings it here.
        remedy: &'static str,
    },
    /// An object that must be there is missing or damaged.
    #[error("{what} is missing or damaged; run `git fsck` and fetch it again")]
    Damaged {
        /// The object, in words.
        what: String,
    },
    /// A list of file names cannot be made.
    #[error("cannot list `{folder}`: {reason}")]
    Listing {
        /// The folder.
        folder: String,
        /// Why not.
        reason: String,
    },
    /// A file that takes part in a fingerprint cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// One file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such path in this revision.
    #[error("`{0}` does not exist in this revision")]
    Missing(RepoPath),
    /// The path is a link, a folder, a submodule, a pipe or a device.
    #[error("`{path}` is {kind}, which is not read; put a regular file there")]
    NotAFile {
        /// The path.
        path: RepoPath,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// It is larger than the bound.
    #[error("`{path}` is larger than {limit} bytes; make it smaller, or ignore it")]
    TooLarge {
        /// The path.
        path: RepoPath,
        /// The bound.
        limit: usize,
    },
    /// The system refuses it.
    #[error("cannot read `{path}`: {reason}")]
    Refused {
        /// The path.
        path: RepoPath,
        /// The system's words.
        reason: String,
    },
    /// Git's copy is missing or damaged.
    #[error("git's copy of `{0}` is missing or damaged; run `git fsck` and fetch it again")]
    Damaged(RepoPath),
}

/// One file cannot be taken as a document. No message holds text of the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Its bytes cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is not UTF-8.
    #[error("cannot read `{path}`: line {line}, column {column}: not UTF-8; save it as UTF-8")]
    NotUtf8 {
        /// The path.
        path: RepoPath,
        /// The line of the first bad byte, from 1.
        line: usize,
        /// The column of the first bad byte, from 1.
        column: usize,
    },
    /// It does not parse.
    #[error("cannot read `{path}`: line {}, column {}: {expected}", .region.line, .region.column)]
    Syntax {
        /// The path.
        path: RepoPath,
        /// Where it stops to parse.
        region: Region,
        /// The parser's words.
        expected: String,
    },
    /// It is nested deeper than the bound, or its aliases grow beyond it.
    #[error("cannot read `{path}`: line {}, column {}: {problem}; make it simpler", .region.line, .region.column)]
    TooDeep {
        /// The path.
        path: RepoPath,
        /// Where the bound is passed.
        region: Region,
        /// Which bound.
        problem: String,
    },
    /// It is the pointer of a file that lies in LFS.
    #[error("`{0}` is a pointer into Git LFS, not the file itself; store this file in git")]
    LfsPointer(RepoPath),
}

impl DocumentError {
    /// The path of the document.
    #[must_use]
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Read(error) => error.path(),
            Self::NotUtf8 { path, .. }
            | Self::Syntax { path, .. }
            | Self::TooDeep { path, .. }
            | Self::LfsPointer(path) => path,
        }
    }

    /// Where in the document the fault stands; its start if the fault has no place.
    #[must_use]
    pub fn region(&self) -> Region {
        match self {
            Self::Syntax { region, .. } | Self::TooDeep { region, .. } => *region,
            Self::NotUtf8 { line, column, .. } => {
                Region { line: *line, column: *column, end_line: *line, end_column: *column }
            }
            Self::Read(_) | Self::LfsPointer(_) => Region::START,
        }
    }

    /// Is this a fault of the document, not a bound or a broken world?
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        matches!(self, Self::Syntax { .. } | Self::NotUtf8 { .. })
    }

    /// What a good document would have here, in the words of the parser.
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::Syntax { expected, .. } => expected.clone(),
            Self::TooDeep { problem, .. } => problem.clone(),
            Self::NotUtf8 { .. } => "UTF-8".to_owned(),
            Self::Read(_) | Self::LfsPointer(_) => "a regular file".to_owned(),
        }
    }
}

impl ReadError {
    /// The path that cannot be read.
    #[must_use]
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Missing(path)
            | Self::NotAFile { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Refused { path, .. }
            | Self::Damaged(path) => path,
        }
    }
}
