//! What the resources and places of a contract are known by: files, `$id`, `$anchor`.

use std::collections::BTreeMap;

use kernel::RepoPath;

use crate::{
    Contract, FileId, Located, NodeId, Pointer, Store,
    contract::{
        trail::{StepId, Trail, parts},
        uri::{self, Base},
    },
    reading::role::Role,
};

#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    files: BTreeMap<RepoPath, FileId>,
    resources: BTreeMap<Base, Located>,
    anchors: BTreeMap<(Base, String), Anchor>,
    /// What references in a file are relative to, and whether an `$id` in it may change that.
    bases: Vec<(Base, bool)>,
    /// Is it a bare schema? It may name itself as draft 4 does.
    is_bare: bool,
}

#[derive(Debug, Clone)]
struct Anchor {
    at: Located,
    is_dynamic: bool,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Miss {
    /// To a file that is not read yet.
    File(RepoPath),
    /// To another host.
    Remote(String),
    /// Out of the repository.
    Escape,
    /// To an absolute path.
    Absolute,
    /// To a place that a resource does not have; the pointer is inside the file.
    Place(Located, String),
}

/// The words that name a schema.
const WORDS: [&str; 4] = ["$id", "$anchor", "$dynamicAnchor", "$self"];

impl Names {
    pub(crate) fn of_schema(mut self) -> Self {
        self.is_bare = true;
        self
    }

    pub(crate) fn is_bare(&self) -> bool {
        self.is_bare
    }

    pub(crate) fn file(&self, path: &RepoPath) -> Option<FileId> {
        self.files.get(path).copied()
    }

    /// Makes a file known, with all names in it. `has_schemas` if `$id` means something there.
    pub(crate) fn add(
        &mut self,
        store: &Store,
        (path, file): (&RepoPath, FileId),
        root: NodeId,
        has_schemas: bool,
    ) {
        self.files.insert(path.clone(), file);
        let own = Base::File(path.clone());
        let old = self.is_bare && store.has_text("id");
        let is_named = old || WORDS.iter().any(|it| store.has_text(it));
        if !has_schemas || !is_named {
            self.bases.push((own, false));
            return;
        }
        let is_contract = store.get(root, "openapi").is_some();
        let own_name = || store.get(root, "$self").and_then(|it| store.as_str(it));
        let named = if is_contract { own_name() } else { self.id(store, root) };
        let base = named.and_then(|it| own.resolve(uri::split(it).0).ok()).unwrap_or(own);
        let at = Located { file, pointer: Pointer::root(), node: root };
        self.resources.entry(base.clone()).or_insert(at);
        self.bases.push((base, true));
        Walk::over(self, store, file, root);
    }

    fn base(&self, file: FileId) -> Option<&(Base, bool)> {
        self.bases.get(file.0 as usize)
    }

    /// The `$id` of a schema, also in the spelling of draft 4.
    fn id<'a>(&self, store: &'a Store, node: NodeId) -> Option<&'a str> {
        let text = |word| store.get(node, word).and_then(|it| store.as_str(it));
        let old = || text("id").filter(|it| it.starts_with('#') || it.contains("://"));
        text("$id").or_else(|| if self.is_bare { old() } else { None })
    }

    /// The resource that a place is part of, and what its references are relative to.
    pub(crate) fn resource(
        &self,
        contract: &Contract,
        store: &Store,
        at: &Located,
    ) -> (Base, Located) {
        let root = contract.files.get(at.file.0 as usize).map_or(NodeId::NULL, |it| it.root);
        let mut resource = Located { file: at.file, pointer: Pointer::root(), node: root };
        let Some((base, has_ids)) = self.base(at.file) else {
            return (Base::Uri(String::new()), resource);
        };
        let mut base = base.clone();
        if !has_ids {
            return (base, resource);
        }
        let mut here = resource.clone();
        for name in at.pointer.names() {
            let Some(next) = contract.step(store, &here, &name) else { break };
            here = next;
            let id = self.id(store, here.node).map(|it| uri::split(it).0);
            let new = id.filter(|it| !it.is_empty()).and_then(|it| base.resolve(it).ok());
            if let Some(new) = new {
                base = new;
                resource = here.clone();
            }
        }
        (base, resource)
    }

    /// Where a reference at a place leads.
    pub(crate) fn find(
        &self,
        contract: &Contract,
        store: &Store,
        from: &Located,
        reference: &str,
    ) -> Result<Located, Miss> {
        let (before, fragment) = uri::split(reference);
        if before.is_empty() && self.base(from.file).is_some_and(|it| !it.1) {
            // Nothing in the file has a name, so the reference is a way from its root.
            let file = contract.files.get(from.file.0 as usize);
            let node = file.map_or(NodeId::NULL, |it| it.root);
            let root = Located { file: from.file, pointer: Pointer::root(), node };
            return below(store, root, &uri::percent_decoded(fragment));
        }
        let (base, root) = self.resource(contract, store, from);
        let (base, root) = if before.is_empty() {
            (base, root)
        } else {
            self.find_resource(contract, from, &base, before)?
        };
        let fragment = uri::percent_decoded(fragment);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let anchor = self.anchors.get(&(base, fragment.clone().into_owned()));
            let miss = || Miss::Place(root, fragment.into_owned());
            return anchor.map(|it| it.at.clone()).ok_or_else(miss);
        }
        below(store, root, &fragment)
    }

    fn find_resource(
        &self,
        contract: &Contract,
        from: &Located,
        base: &Base,
        before: &str,
    ) -> Result<(Base, Located), Miss> {
        let target = base.resolve(before).map_err(|it| match it {
            uri::Outside::Remote => Miss::Remote(before.to_owned()),
            uri::Outside::Escape => Miss::Escape,
            uri::Outside::Absolute => Miss::Absolute,
        })?;
        if let Some(known) = self.resources.get(&target) {
            return Ok((target, known.clone()));
        }
        match target {
            Base::File(path) => self.find_file(contract, &path),
            // The files beside a file that names itself have names beside its name.
            Base::Uri(uri) => {
                let is_own = self.base(from.file).is_some_and(|it| it.0 == *base);
                let path = contract.files.get(from.file.0 as usize).map(|it| it.path.clone());
                let beside = path.filter(|_| is_own).map(|it| Base::File(it).resolve(before));
                match beside {
                    Some(Ok(Base::File(path))) => self.find_file(contract, &path),
                    _ => Err(Miss::Remote(uri)),
                }
            }
        }
    }

    fn find_file(&self, contract: &Contract, path: &RepoPath) -> Result<(Base, Located), Miss> {
        let missing = || Miss::File(path.clone());
        let file = self.file(path).ok_or_else(missing)?;
        let root = contract.files.get(file.0 as usize).ok_or_else(missing)?.root;
        let base = self.base(file).ok_or_else(missing)?.0.clone();
        Ok((base, Located { file, pointer: Pointer::root(), node: root }))
    }

    /// The place that a dynamic anchor of a resource marks.
    pub(crate) fn dynamic(&self, base: Base, name: &str) -> Option<Located> {
        let anchor = self.anchors.get(&(base, name.to_owned()))?;
        anchor.is_dynamic.then(|| anchor.at.clone())
    }

    /// The anchors of a resource, for those who misspell them.
    pub(crate) fn anchors_of(&self, base: &Base) -> impl Iterator<Item = &str> {
        let start = (base.clone(), String::new());
        let all = self.anchors.range(start..).take_while(move |it| it.0.0 == *base);
        all.map(|it| it.0.1.as_str())
    }
}

/// What a JSON Pointer leads to from a root.
fn below(store: &Store, root: Located, fragment: &str) -> Result<Located, Miss> {
    let Some(pointer) = Pointer::parse(fragment) else {
        return Err(Miss::Place(root, fragment.to_owned()));
    };
    let node = pointer.parts().try_fold(root.node, |node, name| store.step(node, &name));
    match node {
        Some(node) => Ok(Located { file: root.file, pointer: root.pointer.join(&pointer), node }),
        None => Err(Miss::Place(root, fragment.to_owned())),
    }
}

/// Looks for names in one file; each distinct value once for each resource it is in.
struct Walk<'a> {
    names: &'a mut Names,
    store: &'a Store,
    file: FileId,
    trail: Trail,
    bases: Vec<Base>,
    seen: std::collections::BTreeSet<(usize, NodeId, Role)>,
    open: Vec<(NodeId, Role, usize, StepId)>,
}

impl<'a> Walk<'a> {
    fn over(names: &'a mut Names, store: &'a Store, file: FileId, root: NodeId) {
        let base = names.base(file).map(|it| it.0.clone());
        let mut trail = Trail::default();
        let start = trail.start(Pointer::root());
        let mut walk = Self {
            names,
            store,
            file,
            trail,
            bases: base.into_iter().collect(),
            seen: std::collections::BTreeSet::new(),
            open: vec![(root, Role::Words, 0, start)],
        };
        while let Some((node, role, base, at)) = walk.open.pop() {
            if walk.seen.insert((base, node, role)) {
                walk.visit(node, role, base, at);
            }
        }
    }

    fn visit(&mut self, node: NodeId, role: Role, base: usize, at: StepId) {
        let base = if role == Role::Words { self.name(node, base, at) } else { base };
        for (step, part, role) in parts(self.store, node, role) {
            let step = self.trail.push(at, step);
            self.open.push((part, role, base, step));
        }
    }

    /// Notes the names of a schema; returns what its parts are relative to.
    fn name(&mut self, node: NodeId, mut base: usize, at: StepId) -> usize {
        let text = |word| self.store.get(node, word).and_then(|it| self.store.as_str(it));
        let id = self.names.id(self.store, node);
        let anchors = [(text("$anchor"), false), (text("$dynamicAnchor"), true)];
        if id.is_none() && anchors.iter().all(|it| it.0.is_none()) {
            return base;
        }
        let pointer = self.trail.pointer(self.store, at);
        let here = Located { file: self.file, pointer, node };
        let (before, fragment) = uri::split(id.unwrap_or_default());
        let current = self.bases.get(base).cloned();
        let own = current.filter(|_| !before.is_empty()).and_then(|it| it.resolve(before).ok());
        if let Some(own) = own {
            self.names.resources.entry(own.clone()).or_insert_with(|| here.clone());
            self.bases.push(own);
            base = self.bases.len() - 1;
        }
        let Some(resource) = self.bases.get(base) else { return base };
        let old = Some(fragment).filter(|it| !it.is_empty() && !it.starts_with('/'));
        for (name, is_dynamic) in anchors.into_iter().chain([(old, false)]) {
            let Some(name) = name else { continue };
            let key = (resource.clone(), name.to_owned());
            let anchor = Anchor { at: here.clone(), is_dynamic };
            let known = self.names.anchors.entry(key).or_insert(anchor);
            known.is_dynamic |= is_dynamic;
        }
        base
    }
}
