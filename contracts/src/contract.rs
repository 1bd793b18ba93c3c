//! One revision of a contract: its files, and where its references lead.

pub(crate) mod heirs;
pub(crate) mod names;
pub(crate) mod trail;
pub(crate) mod uri;

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use kernel::RepoPath;
use serde_json::Value;

use crate::{
    NodeId, Pointer, Store, Unreadable,
    contract::{
        heirs::{Heirs, Place},
        names::Names,
    },
    inclusion::Care,
    reading::read_schema,
};

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
    pub(crate) names: Names,
    /// Found out once, by whoever asks first.
    pub(crate) care: Arc<OnceLock<Care>>,
    heirs: Arc<OnceLock<Heirs>>,
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
        read_schema(store, value)
    }

    pub(crate) fn unread(version: Version, names: Names) -> Self {
        let (openapi, files) = (String::new(), Vec::new());
        Self { version, openapi, files, names, care: Arc::default(), heirs: Arc::default() }
    }

    /// The contract's own value.
    #[must_use]
    pub fn root(&self) -> Located {
        let node = self.files.first().map_or(NodeId::NULL, |it| it.root);
        Located { file: FileId::ROOT, pointer: Pointer::root(), node }
    }

    /// What stands here in the place that a pointer has in a file of another revision.
    pub(crate) fn counterpart(
        &self,
        store: &Store,
        (other, file): (&Self, FileId),
        pointer: &Pointer,
    ) -> Option<Located> {
        // Two revisions may be given as files of any names.
        let root = if file == FileId::ROOT {
            self.root()
        } else {
            let path = &other.files.get(file.0 as usize)?.path;
            let idx = self.files.iter().position(|it| it.path == *path)?;
            let node = self.files.get(idx)?.root;
            Located { file: FileId(u32::try_from(idx).ok()?), pointer: Pointer::root(), node }
        };
        pointer.names().try_fold(root, |at, name| self.step(store, &at, &name))
    }

    /// A member of a located value.
    #[must_use]
    pub fn member(&self, store: &Store, at: &Located, name: &str) -> Option<Located> {
        let node = store.get(at.node, name)?;
        Some(Located { file: at.file, pointer: at.pointer.child(name), node })
    }

    /// The schema component of this name.
    #[must_use]
    pub fn schema(&self, store: &Store, name: &str) -> Option<Located> {
        self.member(store, &self.components(store)?, name)
    }

    /// What holds the schema components.
    fn components(&self, store: &Store) -> Option<Located> {
        let root = self.root();
        let components = self.member(store, &root, "components");
        let schemas = components.and_then(|it| self.member(store, &it, "schemas"));
        schemas.or_else(|| self.member(store, &root, "definitions"))
    }

    /// All schema components, by name.
    fn schemas(&self, store: &Store) -> Vec<(String, Located)> {
        let Some(all) = self.components(store) else { return Vec::new() };
        let members = store.members(all.node);
        let member = |(name, node): (&str, NodeId)| {
            let at = Located { file: all.file, pointer: all.pointer.child(name), node };
            (name.to_owned(), at)
        };
        members.map(member).collect()
    }

    /// The components that build upon the schema at a place, if it has a discriminator and nothing
    /// to choose from: their names are its tags.
    pub(crate) fn heirs(&self, store: &Store, at: &Located) -> &[(String, Located)] {
        let has = |name: &str| store.get(at.node, name).is_some();
        if !has("discriminator") || has("oneOf") || has("anyOf") {
            return &[];
        }
        self.heirs.get_or_init(|| Heirs::of(store, self)).at(at)
    }

    /// The components that build upon others, by the places of those.
    pub(crate) fn all_heirs(&self, store: &Store) -> &BTreeMap<Place, Vec<(String, Located)>> {
        &self.heirs.get_or_init(|| Heirs::of(store, self)).0
    }

    /// Where a reference at a place leads: one step, not through further references.
    pub fn follow(
        &self,
        store: &Store,
        from: &Located,
        reference: &str,
    ) -> Result<Located, ReferenceError> {
        let fail = |_| ReferenceError { reference: reference.to_owned() };
        self.names.find(self, store, from, reference).map_err(fail)
    }

    /// The schema resource that a place is part of: the nearest one above it that has an `$id`,
    /// or the whole file.
    #[must_use]
    pub fn resource(&self, store: &Store, at: &Located) -> Located {
        self.names.resource(self, store, at).1
    }

    /// The place that a `$dynamicAnchor` of this name marks in a resource, if there is one.
    #[must_use]
    pub fn dynamic_anchor(&self, store: &Store, resource: &Located, name: &str) -> Option<Located> {
        self.names.dynamic(self.names.resource(self, store, resource).0, name)
    }

    /// One step down, to a member or an item.
    #[must_use]
    pub fn step(&self, store: &Store, at: &Located, name: &str) -> Option<Located> {
        let node = store.step(at.node, name)?;
        Some(Located { file: at.file, pointer: at.pointer.child(name), node })
    }
}
