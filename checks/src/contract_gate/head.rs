//! A contract at head, read on its own.

use std::sync::{Mutex, PoisonError};

use contracts::{Store, UndecidedPart};
use kernel::RepoPath;

use crate::contract_gate::{
    comparing::{Open, Reach, Read, open},
    readable::ContractFiles,
};

/// A contract at head, read on its own.
pub(super) struct Head {
    pub(super) path: RepoPath,
    pub(super) state: State,
    /// What it was read from, if it can be read.
    pub(super) files: Option<ContractFiles>,
}

pub(super) enum State {
    /// Read now, or known to be readable.
    Unchanged,
    /// Taken out when it is compared: a store is not shared.
    Changed(Box<Mutex<Option<(Store, Read)>>>),
    /// Why it cannot be read.
    Unread(String),
}

impl Head {
    /// In the place of a contract that head does not have.
    pub(super) fn gone(path: &RepoPath) -> Self {
        Self { path: path.clone(), state: State::Unchanged, files: None }
    }

    /// What is remembered of it.
    pub(super) fn known(&self) -> Option<(RepoPath, ContractFiles)> {
        Some((self.path.clone(), self.files.clone()?))
    }

    /// Takes out what was read, once.
    pub(super) fn taken(&self) -> Option<(Store, Read)> {
        let State::Changed(slot) = &self.state else { return None };
        slot.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What is open about a new contract that cannot be read.
    pub(super) fn unread_new(&self, reason: &str) -> Open {
        let path = &self.path;
        let part = UndecidedPart {
            subject: path.to_string(),
            reason: "unreadable".to_owned(),
            detail: reason.to_owned(),
        };
        open(&part, Reach::All, path)
    }
}
