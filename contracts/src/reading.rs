//! From texts to a [`Contract`].

mod document;
mod json;
mod problem;
mod role;
mod text;
mod yaml;

use std::sync::Arc;

use kernel::{RepoPath, Span};

use crate::{Contract, ContractFile, Pointer, Store, Version, reading::problem::Problem};

pub use crate::reading::text::regions;

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

/// Reads a contract and every file it refers to.
pub fn read(
    store: &mut Store,
    path: &RepoPath,
    files: &dyn Files,
    limits: &Limits,
) -> Result<(Contract, Vec<ReadingNote>), Unreadable> {
    let fail = |problem: Problem| Unreadable {
        path: path.clone(),
        span: problem.span,
        message: problem.message,
        remedy: problem.remedy,
    };
    let bytes = files
        .read(path)
        .map_err(|it| fail(Problem::new(Span::default(), it, "make the file readable")))?;
    let (root, notes) = document::parse(store, &bytes, limits).map_err(fail)?;
    let notes = notes.into_iter().map(|it| ReadingNote {
        path: path.clone(),
        span: it.span,
        pointer: it.pointer,
        here: it.here,
        elsewhere: it.elsewhere,
        message: it.message,
    });
    let openapi = store.get(root, "openapi").or_else(|| store.get(root, "swagger"));
    let openapi = openapi.and_then(|it| store.as_str(it)).unwrap_or_default().to_owned();
    let version = match openapi.get(..3) {
        Some("2.0") => Version::V2_0,
        Some("3.0") => Version::V3_0,
        Some("3.1") => Version::V3_1,
        _ => Version::V3_2,
    };
    let files = vec![ContractFile { path: path.clone(), root }];
    Ok((Contract { version, openapi, files }, notes.collect()))
}
