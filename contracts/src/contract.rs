//! One revision of a contract: its files, and where its references lead.

use kernel::RepoPath;
use serde_json::Value;

use crate::{NodeId, Pointer, Store, Unreadable};

/// The version of the OpenAPI Specification a contract is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0
    V2_0,
    /// OpenAPI 3.0
    V3_0,
    /// OpenAPI 3.1
    V3_1,
    /// OpenAPI 3.2, and any newer minor version
    V3_2,
}

/// A file of a contract; the first is the contract itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The contract itself.
    pub const ROOT: Self = Self(0);
}

/// One file, read.
#[derive(Debug, Clone)]
pub struct ContractFile {
    /// Where it stands in the repository.
    pub path: RepoPath,
    /// Its whole value.
    pub root: NodeId,
}

/// One revision of a contract, with all files that it refers to.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The version that decides how it is read.
    pub version: Version,
    /// The version member as written, such as `3.1.0`.
    pub openapi: String,
    /// The contract itself first, then the files it refers to, in the order they are met.
    pub files: Vec<ContractFile>,
}

/// A value of a contract and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Located {
    /// The file.
    pub file: FileId,
    /// The way to it.
    pub pointer: Pointer,
    /// The value.
    pub node: NodeId,
}

/// A reference that leads to no value. All of them are found while reading, so that whoever
/// follows one later may treat it as an error of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{reference}` leads nowhere")]
pub struct ReferenceError {
    /// The reference as written.
    pub reference: String,
}

impl Contract {
    /// A bare JSON Schema as a contract of one file, so that its references are followed the same
    /// way: `#`, `#/$defs/…`, `#anchor` and `$id`. Its references are local to it.
    pub fn of_schema(store: &mut Store, value: &Value) -> Result<Self, Unreadable> {
        let path = RepoPath::new("schema.json").expect("a file name is a path");
        let root = store.insert(value);
        let files = vec![ContractFile { path, root }];
        Ok(Self { version: Version::V3_1, openapi: String::new(), files })
    }

    /// The contract's own value.
    #[must_use]
    pub fn root(&self) -> Located {
        let node = self.files.first().map_or(NodeId::NULL, |it| it.root);
        Located { file: FileId::ROOT, pointer: Pointer::root(), node }
    }

    /// A member of a located value.
    #[must_use]
    pub fn member(&self, store: &Store, at: &Located, name: &str) -> Option<Located> {
        let node = store.get(at.node, name)?;
        Some(Located { file: at.file, pointer: at.pointer.child(name), node })
    }

    /// Where a reference at a place leads: one step, not through further references.
    pub fn follow(
        &self,
        store: &Store,
        from: &Located,
        reference: &str,
    ) -> Result<Located, ReferenceError> {
        let fail = || ReferenceError { reference: reference.to_owned() };
        let pointer = reference.strip_prefix('#').and_then(Pointer::parse).ok_or_else(fail)?;
        let file = self.files.get(from.file.0 as usize).ok_or_else(fail)?;
        let start = Located { file: from.file, pointer: Pointer::root(), node: file.root };
        let step = |at: Located, name: String| self.step(store, &at, &name);
        pointer.names().try_fold(start, step).ok_or_else(fail)
    }

    /// One step down, to a member or an item.
    #[must_use]
    pub fn step(&self, store: &Store, at: &Located, name: &str) -> Option<Located> {
        let item = || store.items(at.node).get(name.parse::<usize>().ok()?).copied();
        let node = store.get(at.node, name).or_else(item)?;
        Some(Located { file: at.file, pointer: at.pointer.child(name), node })
    }
}
