//! From texts to a [`Contract`].

mod document;
mod json;
mod meta_schema;
mod places;
mod problem;
mod references;
mod refusal;
pub(crate) mod role;
mod text;
mod version;
mod yaml;

use std::sync::Arc;

use kernel::{RepoPath, Span};
use serde_json::Value;

pub(crate) use crate::reading::yaml::{Mended, Offsets};
use crate::{Contract, Pointer, Store, Version, contract::names::Names, reading::references::Walk};

pub use crate::reading::{
    places::{Places, locate},
    text::regions,
};

/// Where the texts of one revision come from. The engine itself reads no disk.
pub trait Files {
    /// The bytes of one file, or one sentence that says why they cannot be had.
    fn read(&self, path: &RepoPath) -> Result<Arc<[u8]>, String>;
}

/// How much a contract may be. Each error names the bound that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document.
    pub bytes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Values of one document.
    pub nodes: usize,
    /// Values after all aliases are put in.
    pub expanded_nodes: usize,
    /// Files of one contract.
    pub files: usize,
    /// References that lead to references.
    pub reference_chain: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 256,
            nodes: 4_000_000,
            expanded_nodes: 8_000_000,
            files: 2_000,
            reference_chain: 100,
        }
    }
}

/// Something in a text that other readers may take otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingNote {
    /// The file.
    pub path: RepoPath,
    /// Where in it.
    pub span: Span,
    /// The value concerned.
    pub pointer: Pointer,
    /// What is read here.
    pub here: String,
    /// What others may read.
    pub elsewhere: String,
    /// One sentence.
    pub message: String,
}

/// A contract that cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unreadable {
    /// The file.
    pub path: RepoPath,
    /// Where in it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

/// What becomes of a schema that refers to what no repository holds: a remote file, or one outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outward {
    /// The contract cannot be read.
    Refused,
    /// It stays as it is, for who can do without it.
    Left,
}

/// Reads a contract and every file it refers to.
pub fn read(
    store: &mut Store,
    path: &RepoPath,
    files: &dyn Files,
    limits: &Limits,
) -> Result<(Contract, Vec<ReadingNote>), Unreadable> {
    let (contract, notes, _) = read_by(store, path, files, limits, Outward::Refused)?;
    Ok((contract, notes))
}

/// The same, and why each schema cannot be read that was left.
pub fn read_by(
    store: &mut Store,
    path: &RepoPath,
    files: &dyn Files,
    limits: &Limits,
    outward: Outward,
) -> Result<(Contract, Vec<ReadingNote>, Vec<Unreadable>), Unreadable> {
    let contract = Contract::unread(Version::V3_2, Names::default());
    let mut walk = Walk::new(store, files, limits, contract);
    walk.left = (outward == Outward::Left).then(Vec::new);
    walk.read_root(path)?;
    walk.follow_all()?;
    let left = walk.left.take().unwrap_or_default();
    Ok((walk.contract, walk.notes, left))
}

/// Reads a bare JSON Schema, whose references are local to it.
pub(crate) fn read_schema(store: &mut Store, value: &Value) -> Result<Contract, Unreadable> {
    let contract = Contract::unread(Version::V3_1, Names::default().of_schema());
    let path = RepoPath::new("schema.json").expect("a file name is a path");
    let root = store.insert(value);
    let limits = Limits::default();
    let mut walk = Walk::new(store, &NoFiles, &limits, contract);
    walk.add(&path, root);
    walk.follow_all()?;
    Ok(walk.contract)
}

/// A bare schema stands alone.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &RepoPath) -> Result<Arc<[u8]>, String> {
        Err("a bare schema has no files beside it".to_owned())
    }
}
