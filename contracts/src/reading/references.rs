//! Follows every reference of a contract once, so that none of them surprises anybody later.

use std::{collections::BTreeSet, sync::Arc};

use kernel::{RepoPath, Span};

use crate::{
    Contract, ContractFile, FileId, Files, Limits, Located, NodeId, Pointer, ReadingNote, Store,
    Unreadable, Version,
    contract::{
        names::Miss,
        trail::{StepId, Trail, parts},
    },
    locate,
    reading::{
        document, meta_schema,
        problem::{N_NOTES, Problem},
        refusal::{self, Refusal},
        role::{Role, is_schema},
        version::{READ, version},
    },
};

/// A contract that is being read.
pub(crate) struct Walk<'a> {
    pub(crate) store: &'a mut Store,
    pub(crate) files: &'a dyn Files,
    pub(crate) limits: &'a Limits,
    pub(crate) contract: Contract,
    pub(crate) texts: Vec<Arc<[u8]>>,
    pub(crate) notes: Vec<ReadingNote>,
    n_bytes: usize,
    trail: Trail,
    seen: BTreeSet<(FileId, NodeId, Role)>,
    open: Vec<Visit>,
    /// Objects whose members beside `$ref` are ignored.
    siblings: Vec<(FileId, Pointer)>,
    /// Schemas whose references lead out of the repository, if these may stay as they are.
    pub(crate) left: Option<Vec<Unreadable>>,
}

#[derive(Clone, Copy)]
struct Visit {
    file: FileId,
    node: NodeId,
    role: Role,
    at: StepId,
}

/// All files of a contract together may have this many times the bytes of one.
const N_DOCUMENTS: usize = 4;

/// The words whose values are references.
const WORDS: [&str; 2] = ["$ref", "$dynamicRef"];

impl<'a> Walk<'a> {
    pub(crate) fn new(
        store: &'a mut Store,
        files: &'a dyn Files,
        limits: &'a Limits,
        contract: Contract,
    ) -> Self {
        Self {
            store,
            files,
            limits,
            contract,
            texts: Vec::new(),
            notes: Vec::new(),
            n_bytes: 0,
            trail: Trail::default(),
            seen: BTreeSet::new(),
            open: Vec::new(),
            siblings: Vec::new(),
            left: None,
        }
    }

    /// Reads the contract's own file, which says which version it is written in.
    pub(crate) fn read_root(&mut self, path: &RepoPath) -> Result<(), Unreadable> {
        let bytes = self.bytes(path)?;
        let root = self.parse(path, &bytes)?;
        let is_empty = document::is_empty(&bytes);
        let declared = version(self.store, root, is_empty).map_err(|it| {
            let place = it.at.and_then(|it| locate(&bytes, &[it]).into_iter().flatten().next());
            let span = place.map(|it| it.value);
            let message = format!("{}: {READ}", it.found);
            Problem::new(
                span.unwrap_or_default(),
                message,
                "name the version that the file is written in",
            )
            .of_file(path)
        })?;
        self.contract.version = declared.version;
        self.contract.openapi = declared.text;
        if let Some((pointer, read_as)) = declared.unknown {
            let place = locate(&bytes, std::slice::from_ref(&pointer)).into_iter().flatten().next();
            let openapi = &self.contract.openapi;
            self.notes.push(ReadingNote {
                path: path.clone(),
                span: place.map(|it| it.value).unwrap_or_default(),
                pointer,
                here: format!("OpenAPI {read_as}"),
                elsewhere: format!("OpenAPI {openapi}"),
                message: format!("OpenAPI {openapi} is not known here; it is read as {read_as}"),
            });
        }
        self.texts.push(bytes);
        self.add(path, root);
        Ok(())
    }

    /// Reads one file, which is then part of the contract.
    fn load(&mut self, path: &RepoPath) -> Result<FileId, Unreadable> {
        let bytes = self.bytes(path)?;
        let root = self.parse(path, &bytes)?;
        self.texts.push(bytes);
        Ok(self.add(path, root))
    }

    fn bytes(&mut self, path: &RepoPath) -> Result<Arc<[u8]>, Unreadable> {
        let fail = |message| {
            Problem::new(Span::default(), message, "make the file readable").of_file(path)
        };
        let bytes = self.files.read(path).map_err(fail)?;
        self.n_bytes += bytes.len();
        let limit = self.limits.bytes.saturating_mul(N_DOCUMENTS);
        if self.n_bytes > limit {
            return Err(fail(format!("the files of the contract have more than {limit} bytes")));
        }
        Ok(bytes)
    }

    fn parse(&mut self, path: &RepoPath, bytes: &[u8]) -> Result<NodeId, Unreadable> {
        let (root, notes) =
            document::parse(self.store, bytes, self.limits).map_err(|it| it.of_file(path))?;
        self.notes.extend(notes.into_iter().map(|it| it.of_file(path)));
        Ok(root)
    }

    pub(crate) fn add(&mut self, path: &RepoPath, root: NodeId) -> FileId {
        let file = FileId(u32::try_from(self.contract.files.len()).unwrap_or(u32::MAX));
        self.contract.files.push(ContractFile { path: path.clone(), root });
        let has_schemas = self.contract.version >= Version::V3_1;
        self.contract.names.add(self.store, (path, file), root, has_schemas);
        file
    }

    /// Follows all references that the contract reaches.
    pub(crate) fn follow_all(&mut self) -> Result<(), Unreadable> {
        let root = self.contract.root();
        let at = self.trail.start(Pointer::root());
        self.open.push(Visit { file: root.file, node: root.node, role: Role::Words, at });
        while let Some(visit) = self.open.pop() {
            if self.seen.insert((visit.file, visit.node, visit.role)) {
                self.visit(visit)?;
            }
        }
        self.note_siblings();
        Ok(())
    }

    fn visit(&mut self, visit: Visit) -> Result<(), Unreadable> {
        let is_reference = self.references(visit)?;
        if is_reference && self.contract.version < Version::V3_1 && visit.role != Role::PathItem {
            return Ok(());
        }
        for (step, node, role) in parts(self.store, visit.node, visit.role) {
            let at = self.trail.push(visit.at, step);
            self.open.push(Visit { node, role, at, ..visit });
        }
        Ok(())
    }

    /// Follows the references of one object; says whether it is one itself.
    fn references(&mut self, visit: Visit) -> Result<bool, Unreadable> {
        let mut is_reference = false;
        for word in WORDS {
            let value = self.store.get(visit.node, word);
            let Some(reference) = value.and_then(|it| self.store.as_str(it)) else { continue };
            let reference = reference.to_owned();
            let pointer = self.trail.pointer(self.store, visit.at);
            let from = Located { file: visit.file, pointer, node: visit.node };
            if !visit.role.has_words() {
                self.refuse_name(visit.role, &from, &reference)?;
                continue;
            }
            if self.leads_out(&from, &reference) {
                let err = self.target(&from, word, &reference).err();
                self.left.iter_mut().zip(err).for_each(|(left, err)| left.push(err));
                continue;
            }
            let target = self.target(&from, word, &reference)?;
            if word == "$ref" {
                is_reference = true;
                self.refuse_cycle(&from, &target, &reference)?;
                self.look_beside(visit.role, &from, &target)?;
            }
            let at = self.trail.start(target.pointer.clone());
            self.open.push(Visit { file: target.file, node: target.node, role: visit.role, at });
        }
        Ok(is_reference)
    }

    /// Is this a schema that refers to what no repository holds, and may it stay as it is?
    fn leads_out(&self, from: &Located, reference: &str) -> bool {
        let found = self.contract.names.find(&self.contract, self.store, from, reference);
        let is_out = matches!(found, Err(Miss::Remote(_) | Miss::Escape | Miss::Absolute));
        is_out && self.left.is_some() && is_schema(&from.pointer)
    }

    /// A text as the value of a part that is named `$ref` is meant as a reference.
    fn refuse_name(&self, role: Role, from: &Located, reference: &str) -> Result<(), Unreadable> {
        if role.names_anything() {
            return Ok(());
        }
        Err(self.refused(from, "$ref", refusal::at_names(reference)))
    }

    /// Where a reference leads, reading the file it leads to if need be.
    fn target(
        &mut self,
        from: &Located,
        word: &str,
        reference: &str,
    ) -> Result<Located, Unreadable> {
        if reference.contains('\\') {
            return Err(self.refused(from, word, refusal::backslash(reference)));
        }
        loop {
            let names = &self.contract.names;
            let miss = match names.find(&self.contract, self.store, from, reference) {
                Ok(target) => return Ok(target),
                Err(miss) => miss,
            };
            if self.add_meta_schema(&miss) {
                continue;
            }
            let Miss::File(path) = &miss else {
                let refusal = refusal::of(&miss, &self.contract, self.store, from, reference);
                return Err(self.refused(from, word, refusal));
            };
            if self.contract.files.len() >= self.limits.files {
                let refusal = refusal::too_many_files(reference, self.limits.files);
                return Err(self.refused(from, word, refusal));
            }
            if let Err(reason) = self.files.read(path) {
                let refusal =
                    refusal::no_file(&self.contract, self.store, path, reference, &reason);
                return Err(self.refused(from, word, refusal));
            }
            self.load(&path.clone())?;
        }
    }

    /// Is it a schema of schemas that is missing, and is it had now?
    fn add_meta_schema(&mut self, miss: &Miss) -> bool {
        let address = match miss {
            Miss::Remote(uri) => uri.clone(),
            // One of them refers to another one beside it.
            Miss::File(path) => format!("https://{path}"),
            Miss::Escape | Miss::Absolute | Miss::Place(..) => return false,
        };
        if !self.contract.names.is_bare() {
            return false;
        }
        let found = meta_schema::find(&address);
        let Some((path, schema)) = found else { return false };
        if self.contract.names.file(&path).is_some() {
            return false;
        }
        let root = self.store.insert(&schema);
        self.add(&path, root);
        true
    }

    /// References may lead in circles, but something has to stand on the way.
    fn refuse_cycle(
        &mut self,
        from: &Located,
        target: &Located,
        reference: &str,
    ) -> Result<(), Unreadable> {
        let mut met = vec![(from.file, from.pointer.clone())];
        let mut here = target.clone();
        while let Some(next) =
            self.store.get(here.node, "$ref").and_then(|it| self.store.as_str(it))
        {
            let next = next.to_owned();
            let place = (here.file, here.pointer.clone());
            if met.contains(&place) {
                return Err(self.refused(from, "$ref", refusal::cycle(reference)));
            }
            met.push(place);
            if met.len() > self.limits.reference_chain {
                let refusal = refusal::long_chain(reference, self.limits.reference_chain);
                return Err(self.refused(from, "$ref", refusal));
            }
            if self.leads_out(&here, &next) {
                break;
            }
            here = self.target(&here, "$ref", &next)?;
        }
        Ok(())
    }

    /// What stands beside a reference: merged in a Path Item, ignored up to 3.0, applied later.
    fn look_beside(
        &mut self,
        role: Role,
        from: &Located,
        target: &Located,
    ) -> Result<(), Unreadable> {
        let mut beside = self.store.members(from.node).filter(|it| it.0 != "$ref");
        if role == Role::PathItem {
            let differs = |(name, value): &(&str, NodeId)| {
                self.store.get(target.node, name).is_some_and(|it| !self.store.same(it, *value))
            };
            if let Some((name, _)) = beside.find(differs) {
                return Err(self.refused(from, name, refusal::conflict(name)));
            }
        } else if self.contract.version < Version::V3_1
            && beside.count() > 0
            && self.siblings.len() < N_NOTES
        {
            self.siblings.push((from.file, from.pointer.clone()));
        }
        Ok(())
    }

    /// The error of a reference, at its place.
    fn refused(&self, from: &Located, word: &str, refusal: Refusal) -> Unreadable {
        let file = from.file.0 as usize;
        let pointer = from.pointer.child(word);
        let text = self.texts.get(file).map_or(&[][..], |it| it);
        let place = locate(text, &[pointer]).into_iter().flatten().next();
        let path = self.contract.files.get(file).or(self.contract.files.first());
        let span = place.map_or(Span::default(), |it| it.value);
        let problem = Problem::new(span, refusal.message, refusal.remedy);
        match path {
            Some(it) => problem.of_file(&it.path),
            None => problem.of_file(&RepoPath::new("schema.json").expect("a file name is a path")),
        }
    }

    fn note_siblings(&mut self) {
        let mut siblings = std::mem::take(&mut self.siblings);
        siblings.sort();
        for of_file in siblings.chunk_by(|left, right| left.0 == right.0) {
            let Some(file) = of_file.first().map(|it| it.0) else { continue };
            let Some(path) = self.contract.files.get(file.0 as usize).map(|it| it.path.clone())
            else {
                continue;
            };
            let text = self.texts.get(file.0 as usize).map_or(&[][..], |it| it);
            let pointers: Vec<Pointer> = of_file.iter().map(|it| it.1.child("$ref")).collect();
            for ((_, pointer), place) in of_file.iter().zip(locate(text, &pointers)) {
                let here = Located { file, pointer: pointer.clone(), node: NodeId::NULL };
                let names = self.names_beside(&here);
                self.notes.push(ReadingNote {
                    path: path.clone(),
                    span: place.map_or(Span::default(), |it| it.value),
                    pointer: pointer.clone(),
                    here: "the reference alone".to_owned(),
                    elsewhere: format!("the reference with {names}"),
                    message: format!("{names} beside `$ref` counts for nothing before OpenAPI 3.1"),
                });
            }
        }
    }

    fn names_beside(&self, at: &Located) -> String {
        let root = self.contract.files.get(at.file.0 as usize).map_or(NodeId::NULL, |it| it.root);
        let parts = at.pointer.parts();
        let node =
            parts.fold(root, |node, name| self.store.step(node, &name).unwrap_or(NodeId::NULL));
        let names = self.store.members(node).map(|it| it.0).filter(|it| *it != "$ref");
        let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
        names.join(", ")
    }
}
