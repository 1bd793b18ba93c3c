//! The schemas of a contract as types and guards need them.
//!
//! A [`Unit`] is a schema that gets a name: a component, what a reference leads to, the body of an
//! operation. A [`Shape`] is one schema object inside a unit, its keywords read in the words of
//! its dialect. References lead from shapes to units, so the shapes of a unit are a tree.

mod brands;
mod cycles;
mod dialect;
mod direction;
mod dynamic;
mod few;
mod keywords;
mod names;
mod pattern;
mod reading;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use contracts::{Contract, FileId, Located, Pointer, Store};

pub(crate) use brands::can_have_brand;
pub use few::Few;
pub use names::UnitNames;
pub use pattern::Pattern;
pub use shape::{
    ArrayRules, Bound, Contains, Limit, ObjectRules, Property, Required, Shape, ShapeId, Step,
    TextRules,
};

use crate::{
    names::{Name, Names},
    notes::{Note, NoteCode},
    options::Options,
};

/// A named schema of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(u32);

/// Who holds the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// What comes back: without members that are only written.
    Received,
    /// What is sent: without members that are only read.
    Sent,
}

impl View {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Received, Self::Sent];
}

/// Why a schema has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The contract names it.
    Component,
    /// A reference leads to it.
    Referred,
    /// An operation needs it.
    Operation,
    /// A parameter of an operation has it: its type is written where it is used.
    Use,
    /// A header or a form has it: it has no guard either.
    Aside,
}

/// A schema that gets a name.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct Unit {
    /// Where it stands.
    pub at: Located,
    /// Why it has a name.
    pub origin: Origin,
    /// Is it the first of its place? A schema with dynamic references has a copy for each way.
    pub is_first: bool,
    /// The number of that way.
    pub scope: u32,
    /// Its name in the contract: the component's, or one made from its place.
    pub contract_name: String,
    /// The root of its shapes.
    pub shape: ShapeId,
    /// Its names in TypeScript.
    pub names: UnitNames,
    /// The module of its types, such as `schemas/o`.
    pub types: String,
    /// The module of its guards, such as `guards/o`.
    pub guards: String,
    /// Is it another type when it is sent?
    pub differs: bool,
    /// Is its type written where it is used, instead of declared?
    pub is_inline: bool,
    /// Does it lead back to itself?
    pub is_recursive: bool,
    /// Does its guard keep every keyword?
    pub is_complete: bool,
}

/// All named schemas of one contract.
pub struct Model<'a> {
    /// The values.
    pub store: &'a Store,
    /// The contract.
    pub contract: &'a Contract,
    /// What the project chose.
    pub options: &'a Options,
    /// What is to be told.
    pub notes: Vec<Note>,
    /// The names of everything.
    pub names: Names,
    units: Vec<Unit>,
    shapes: Vec<Shape<'a>>,
    by_place: BTreeMap<Key, UnitId>,
    waiting: Vec<UnitId>,
    scopes: dynamic::Scopes,
    unit_scopes: Vec<dynamic::ScopeId>,
    /// What each unit refers to.
    edges: Vec<Vec<UnitId>>,
    /// Does the contract have `x-brand` anywhere?
    may_brand: bool,
    /// The schema that each brand is made by, and its constructor.
    brands: BTreeMap<UnitId, Name>,
    /// The words of generated modules that names of the contract hide.
    hidden: BTreeSet<&'static str>,
}

type Key = (FileId, Pointer, dynamic::ScopeId);

impl<'a> Model<'a> {
    /// Reads the components of a contract, and all that they refer to.
    #[must_use]
    pub fn read(store: &'a Store, contract: &'a Contract, options: &'a Options) -> Self {
        let mut model = Self {
            store,
            contract,
            options,
            notes: Vec::new(),
            names: Names::default(),
            units: Vec::new(),
            shapes: Vec::new(),
            by_place: BTreeMap::new(),
            waiting: Vec::new(),
            scopes: dynamic::Scopes::new(store, contract),
            unit_scopes: Vec::new(),
            edges: Vec::new(),
            may_brand: store.has_text("x-brand"),
            brands: BTreeMap::new(),
            hidden: BTreeSet::new(),
        };
        model.components();
        model
    }

    /// A schema at a place, as a unit; the same one for the same place. Call [`Self::settle`]
    /// when all are in.
    pub fn unit_at(&mut self, at: &Located, origin: Origin, contract_name: &str) -> UnitId {
        let scope = self.scopes.entered(self.store, self.contract, dynamic::ScopeId::NONE, at);
        self.unit_in(at, scope, origin, contract_name)
    }

    /// Works out what only shows when all units are in: names, recursion, views. Nothing is added
    /// from then on.
    pub fn settle(&mut self) {
        self.cut_endless();
        self.settle_brands();
        self.find_cycles();
        self.hidden = self.names.hidden();
        self.names.close();
        self.by_place = BTreeMap::new();
        self.shapes.shrink_to_fit();
    }

    /// What follows a word of a generated module, so that no name of the contract is the same.
    pub(crate) fn apart(&self, word: &str) -> &'static str {
        if self.hidden.contains(word) { "$" } else { "" }
    }

    /// One unit.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> &Unit {
        self.units.get(id.0 as usize).expect("units are never taken away")
    }

    /// All units: those of the contract in its order, then those that were added.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        let id = |idx| UnitId(u32::try_from(idx).unwrap_or(u32::MAX));
        self.units.iter().enumerate().map(move |(idx, it)| (id(idx), it))
    }

    /// One shape.
    #[must_use]
    pub fn shape(&self, id: ShapeId) -> &Shape<'a> {
        self.shapes.get(id.0 as usize).expect("shapes are never taken away")
    }

    /// The place of a shape.
    #[must_use]
    pub fn pointer(&self, id: ShapeId) -> Pointer {
        let mut steps = Vec::new();
        let mut here = id;
        loop {
            let shape = self.shape(here);
            match shape.step {
                Step::Root => break,
                Step::Keyword(keyword) => steps.push((keyword, None)),
                Step::Named(keyword, name) => steps.push((keyword, Some(name.to_owned()))),
                Step::Item(keyword, idx) => steps.push((keyword, Some(idx.to_string()))),
            }
            here = shape.parent;
        }
        let mut pointer = self.unit(self.shape(id).unit).at.pointer.clone();
        for (keyword, name) in steps.into_iter().rev() {
            pointer = pointer.child(keyword);
            if let Some(name) = name {
                pointer = pointer.child(&name);
            }
        }
        pointer
    }

    /// The place of a shape with its value.
    #[must_use]
    pub fn located(&self, id: ShapeId) -> Located {
        let shape = self.shape(id);
        let file = self.unit(shape.unit).at.file;
        Located { file, pointer: self.pointer(id), node: shape.node }
    }

    /// Tells something about a place.
    pub fn note(&mut self, code: NoteCode, at: &Located, message: String) {
        let file = self.contract.files.get(at.file.0 as usize).or(self.contract.files.first());
        if let Some(file) = file {
            let (path, pointer) = (file.path.clone(), at.pointer.clone());
            self.notes.push(Note { code, path, pointer, message });
        }
    }

    /// A guard of this unit does not keep everything.
    pub(crate) fn weaken(&mut self, unit: UnitId) {
        if let Some(unit) = self.units.get_mut(unit.0 as usize) {
            unit.is_complete = false;
        }
    }
}
