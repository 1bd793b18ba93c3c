//! Contracts that nobody can read.

use std::sync::Arc;

use contracts::Unreadable;
use kernel::{Region, RepoPath, Side, Undecided, Witness};
use saphyr_parser::{Event, Parser};
use serde::Serialize;
use serde_json::Value;

/// A contract that cannot be read, and the file to blame.
#[derive(Debug, Clone)]
pub struct UnreadContract {
    /// The contract.
    pub contract: RepoPath,
    /// The file with the fault: the contract itself, or one that it refers to.
    pub path: RepoPath,
    /// In which revision.
    pub side: Side,
    /// Where in the file.
    pub region: Region,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// Is it a bound of ours that is passed, not a fault of the contract?
    pub is_bound: bool,
    /// The file's bytes, if it has any.
    pub bytes: Option<Arc<[u8]>>,
}

impl UnreadContract {
    /// What the engine could not read.
    #[must_use]
    pub fn of(
        contract: &RepoPath,
        side: Side,
        error: Unreadable,
        bytes: Option<Arc<[u8]>>,
    ) -> Self {
        let regions = contracts::regions(bytes.as_deref().unwrap_or_default(), &[error.span]);
        let is_bound = error.remedy.contains("raise the bound");
        Self {
            contract: contract.clone(),
            side,
            region: regions.first().copied().unwrap_or(Region::START),
            path: error.path,
            message: error.message,
            remedy: error.remedy,
            is_bound,
            bytes,
        }
    }

    /// Why nothing that needs the contract can be decided.
    #[must_use]
    pub fn reason(&self) -> String {
        let Self { path, region, message, remedy, .. } = self;
        let at = if self.side == Side::Base { " at base" } else { "" };
        let line = region.line;
        format!("`{}`{at} cannot be read: `{path}` line {line}: {message}; {remedy}", self.contract)
    }

    /// Is it a document all the same, so that what it says is no contract?
    #[must_use]
    pub fn parses(&self) -> bool {
        let text = self.bytes.as_deref().and_then(|it| str::from_utf8(it).ok());
        !self.is_bound && text.is_some_and(is_document)
    }

    /// That nobody can tell; the subject is the contract.
    #[must_use]
    pub fn undecided(&self) -> Undecided {
        Undecided { subject: self.contract.to_string(), reason: self.reason() }
    }

    /// The witness that shows it.
    #[must_use]
    pub fn witness(&self) -> UnreadableContract {
        UnreadableContract {
            path: self.path.clone(),
            line: self.region.line,
            column: self.region.column,
            expected: self.message.clone(),
        }
    }
}

/// A place at which a contract stops to be one.
#[derive(Debug, Clone, Serialize)]
pub struct UnreadableContract {
    /// The file.
    pub path: RepoPath,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong or expected there.
    pub expected: String,
}

impl Witness for UnreadableContract {
    const KIND: &'static str = "unreadable";
    type World = UnreadContract;

    /// A second reader refuses the text; or takes it, and the place is one of its lines: then it is
    /// what the text says that is no contract.
    fn replay(&self, world: &UnreadContract) -> bool {
        let Some(bytes) = &world.bytes else { return !self.expected.is_empty() };
        let Ok(text) = str::from_utf8(bytes) else { return !self.expected.is_empty() };
        let is_inside = (1..=text.split('\n').count()).contains(&self.line) && self.column > 0;
        let is_faulty = !is_document(text) || !self.expected.is_empty();
        is_inside && is_faulty
    }
}

/// Would other readers take this text as one document?
fn is_document(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<Value>(text).is_ok() || is_one_yaml(text)
}

fn is_one_yaml(text: &str) -> bool {
    let mut n_documents = 0;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentStart(_), _)) => n_documents += 1,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    n_documents == 1
}
