//! From places in a contract to units and shapes.

use contracts::{Dialect, FileId, Located, NodeId, Pointer, Version};

use crate::{
    model::{
        Model, Origin, Shape, ShapeId, Step, Unit, UnitId, UnitNames, dynamic::ScopeId,
        keywords::Keywords,
    },
    names::{Role, spoken},
};

/// Keywords that say nothing of values.
const ANNOTATIONS: &[&str] = &[
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
];

/// What a shape inherits from the schema around it.
#[derive(Clone, Copy)]
pub(super) struct Around<'a, 'l> {
    pub(super) unit: UnitId,
    pub(super) parent: ShapeId,
    pub(super) step: Step<'a>,
    pub(super) dialect: Dialect,
    pub(super) scope: ScopeId,
    /// Names that an `allOf` around declares as never sent, or never received.
    pub(super) hidden: &'l [Hidden<'a>],
}

/// A member that one side never sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hidden<'a> {
    pub(super) name: &'a str,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

impl<'a> Model<'a> {
    /// All named schemas of the contract.
    pub(super) fn components(&mut self) {
        let root = self.contract.root();
        let all = if self.contract.version == Version::V2_0 {
            self.contract.member(self.store, &root, "definitions")
        } else {
            let components = self.contract.member(self.store, &root, "components");
            components.and_then(|it| self.contract.member(self.store, &it, "schemas"))
        };
        let Some(all) = all else { return };
        for (name, node) in self.store.members(all.node) {
            let pointer = all.pointer.child(name);
            let at = Located { file: all.file, pointer, node };
            self.unit_at(&at, Origin::Component, name);
        }
        self.work();
    }

    /// The unit of a schema that an operation uses: the one that it refers to and nothing else, or
    /// itself, at home in a module of operations.
    pub fn unit_of_use(
        &mut self,
        at: &Located,
        (origin, home): (Origin, &str),
        contract_name: &str,
    ) -> UnitId {
        let reference = self.store.get(at.node, "$ref").and_then(|it| self.store.as_str(it));
        let dialect = Dialect::of_contract(self.store, self.contract);
        let is_bare = !dialect.reads_siblings_of_references() || self.only_annotates(at.node);
        if let Some(text) = reference.filter(|_| is_bare)
            && let Some(unit) = self.refer(at, ScopeId::NONE, text)
        {
            return unit;
        }
        // What several modules may use lives beside the components.
        let inside = ["/paths/", "/webhooks/", "/x-webhooks/"];
        let is_inside = inside.iter().any(|it| at.pointer.as_str().starts_with(it));
        let is_shared = !is_inside || at.file != FileId::ROOT;
        let name = if is_shared { shared_name(self, at) } else { contract_name.to_owned() };
        let is_known = self.by_place.contains_key(&(at.file, at.pointer.clone(), ScopeId::NONE));
        let id = self.unit_at(at, origin, &name);
        if let Some(unit) = self.units.get_mut(id.0 as usize).filter(|_| !is_shared) {
            if !is_known {
                home.clone_into(&mut unit.types);
                home.clone_into(&mut unit.guards);
            } else if unit.types != home && unit.origin != Origin::Component {
                unit.types.clear();
                unit.guards.clear();
            }
        }
        id
    }

    /// Does a schema say nothing of values beside its `$ref`?
    fn only_annotates(&self, node: NodeId) -> bool {
        let is_word = |name: &str| ANNOTATIONS.contains(&name) || name.starts_with("x-");
        self.store.members(node).all(|(name, _)| name == "$ref" || is_word(name))
    }

    /// The unit of a place, made if it is new.
    pub(super) fn unit_in(
        &mut self,
        at: &Located,
        scope: ScopeId,
        origin: Origin,
        contract_name: &str,
    ) -> UnitId {
        let key = (at.file, at.pointer.clone(), scope);
        if let Some(known) = self.by_place.get(&key) {
            return *known;
        }
        let id = UnitId(u32::try_from(self.units.len()).unwrap_or(u32::MAX));
        let first = (at.file, at.pointer.clone(), ScopeId::NONE);
        let mut copies =
            self.by_place.range(first..).take_while(|it| it.0.0 == at.file && it.0.1 == at.pointer);
        let is_first = copies.next().is_none();
        self.by_place.insert(key, id);
        self.units.push(Unit {
            at: at.clone(),
            origin,
            is_first,
            scope: scope.number(),
            contract_name: contract_name.to_owned(),
            shape: ShapeId(u32::MAX),
            names: UnitNames::unsettled(),
            types: String::new(),
            guards: String::new(),
            differs: false,
            is_inline: false,
            is_recursive: false,
            is_complete: true,
        });
        self.unit_scopes.push(scope);
        self.waiting.push(id);
        id
    }

    /// Reads all units that wait for it, and those that they refer to.
    pub fn work(&mut self) {
        while let Some(id) = self.waiting.pop() {
            let at = self.unit(id).at.clone();
            let scope = self.unit_scopes.get(id.0 as usize).copied().unwrap_or(ScopeId::NONE);
            let around = Around {
                unit: id,
                parent: ShapeId(u32::MAX),
                step: Step::Root,
                dialect: Dialect::of_contract(self.store, self.contract),
                scope,
                hidden: &[],
            };
            let shape = self.build(at.node, around);
            if let Some(unit) = self.units.get_mut(id.0 as usize) {
                unit.shape = shape;
            }
        }
    }

    /// Reads one schema and all schemas inside it.
    pub(super) fn build(&mut self, node: NodeId, around: Around<'a, '_>) -> ShapeId {
        let id = ShapeId(u32::try_from(self.shapes.len()).unwrap_or(u32::MAX));
        let parent = if around.step == Step::Root { id } else { around.parent };
        let shape = Shape::open(node, around.unit, parent, around.step);
        // The place of the shape is known from here on; what it says follows.
        self.shapes.push(shape);
        let shape = Keywords::new(self, id, around).read();
        if let Some(slot) = self.shapes.get_mut(id.0 as usize) {
            *slot = shape;
        }
        id
    }

    /// The unit that a reference leads to.
    pub(super) fn refer(&mut self, from: &Located, scope: ScopeId, text: &str) -> Option<UnitId> {
        let target = self.contract.follow(self.store, from, text).ok()?;
        Some(self.refer_to(&target, scope))
    }

    /// The unit of a place that a reference leads to.
    pub(super) fn refer_to(&mut self, target: &Located, scope: ScopeId) -> UnitId {
        let scope = self.scopes.entered(self.store, self.contract, scope, target);
        let name = component_name(&target.pointer);
        let origin = if name.is_some() { Origin::Component } else { Origin::Referred };
        let name = name.unwrap_or_else(|| place_name(self, target));
        self.unit_in(target, scope, origin, &name)
    }
}

/// The name of the component that a pointer leads to.
fn component_name(pointer: &Pointer) -> Option<String> {
    let names: Vec<String> = pointer.names().collect();
    match names.as_slice() {
        [definitions, name] if definitions == "definitions" => Some(name.clone()),
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// Words that tell nothing about a schema.
const DULL: &[&str] = &[
    "components",
    "schemas",
    "properties",
    "definitions",
    "$defs",
    "content",
    "schema",
    "paths",
    "responses",
    "application/json",
    "allOf",
    "anyOf",
    "oneOf",
];

/// A name for what several operations share.
fn shared_name(model: &Model, at: &Located) -> String {
    let is_answer = at.pointer.names().any(|it| it == "responses");
    let words = place_name(model, at) + if is_answer { " response" } else { "" };
    spoken(&words, Role::Type)
}

/// A name made from the way to a place.
fn place_name(model: &Model, at: &Located) -> String {
    let mut words: Vec<String> = at.pointer.names().collect();
    words.retain(|it| !DULL.contains(&it.as_str()));
    if words.is_empty() {
        let file = model.contract.files.get(at.file.0 as usize);
        let name = file.map_or("schema", |it| it.path.file_name());
        words.push(name.split('.').next().unwrap_or(name).to_owned());
    }
    words.join(" ")
}
