//! What a witness is judged against.

use std::sync::Arc;

use kernel::RepoPath;

use crate::{Formats, HttpExchange, JsonInstance, Servers};

/// The texts of one revision: the contract first, then the files it refers to.
/// No texts at all stand for a contract that is gone: it takes nothing.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    files: Vec<(RepoPath, Arc<[u8]>)>,
}

/// What the judge has to know of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Which formats are checked.
    pub formats: Formats,
    /// What takes part in an address.
    pub servers: Servers,
}

/// Both revisions of one contract, as a witness is judged against them.
#[derive(Debug)]
pub struct World {
    base: Texts,
    head: Texts,
    settings: Settings,
}

/// What the judge says of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// One side takes it, the other refuses (or does not read) it.
    Confirmed,
    /// It shows nothing, and whoever found it is wrong. One sentence says why.
    Contradicted(String),
    /// The judge cannot tell. One sentence says why.
    Unable(String),
}

impl Texts {
    /// The texts of one revision, the contract itself first.
    #[must_use]
    pub fn new(files: Vec<(RepoPath, Arc<[u8]>)>) -> Self {
        Self { files }
    }
}

impl World {
    /// Both sides; nothing is parsed yet.
    #[must_use]
    pub fn new(base: Texts, head: Texts, settings: Settings) -> Self {
        Self { base, head, settings }
    }

    /// Does one side take the value and the other refuse it?
    #[must_use]
    pub fn rule_instance(&self, _instance: &JsonInstance) -> Ruling {
        Ruling::Unable(format!("unanswered {:?} {:?} {:?}", self.base, self.head, self.settings))
    }

    /// Does one side take the exchange, and the other refuse it or not read what it says?
    #[must_use]
    pub fn rule_exchange(&self, _exchange: &HttpExchange) -> Ruling {
        Ruling::Unable("unanswered".to_owned())
    }

    /// The smallest value found that the judge still confirms for the same reason.
    #[must_use]
    pub fn shrink_instance(&self, instance: &JsonInstance) -> JsonInstance {
        instance.clone()
    }

    /// The smallest exchange found that the judge still confirms for the same reason.
    #[must_use]
    pub fn shrink_exchange(&self, exchange: &HttpExchange) -> HttpExchange {
        exchange.clone()
    }
}
