//! A place inside values, and every schema that speaks of it on one side.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    rc::Rc,
};

use crate::{
    Contract, Direction, Kind, Located, NodeId, Pointer, Revision, Store, Version,
    blame::numbers::{Aspect, Number, Numbers},
};

/// One side of a question.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    /// Which.
    pub revision: Revision,
    /// Its documents.
    pub contract: &'a Contract,
    /// Who sends: says which of `readOnly` and `writeOnly` members do not travel.
    pub direction: Direction,
    /// What was met so far.
    pub numbers: &'a Numbers,
}

/// One step down a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// A member of this name.
    Property(String),
    /// Members whose names have this pattern.
    Pattern(String),
    /// Members that neither side names.
    OtherProperties,
    /// The item at an index.
    Item(u64),
    /// The items from an index on.
    Items(u64),
}

/// The schemas that speak of one place: all must fit. Copies share them.
#[derive(Debug, Clone)]
pub(crate) struct Position(Rc<Spoken>);

/// What speaks of one place.
#[derive(Debug)]
pub(crate) struct Spoken {
    /// The schemas as they are written. None: every value fits.
    pub roots: Vec<Located>,
    /// References followed, `allOf` taken apart.
    pub parts: Vec<Located>,
    /// Where the first of them is written, before references; or what holds the place.
    pub near: Located,
    /// The number of `roots`.
    pub start: Number,
    /// The number of `parts`.
    pub ends: Number,
}

impl Deref for Position {
    type Target = Spoken;

    fn deref(&self) -> &Spoken {
        &self.0
    }
}

/// The alternatives of one `anyOf` or `oneOf`.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    /// The schema that has it.
    pub part: Located,
    /// `anyOf` or `oneOf`.
    pub keyword: &'static str,
    /// The alternatives as written.
    pub branches: Vec<Located>,
}

/// References that lead to references.
pub(crate) const DEPTH: usize = 64;

impl Position {
    fn new(
        numbers: &Numbers,
        (roots, parts): (Vec<Located>, Vec<Located>),
        near: Located,
    ) -> Position {
        let (start, ends) = (numbers.of(&roots), numbers.of(&parts));
        Position(Rc::new(Spoken { roots, parts, near, start, ends }))
    }
}

impl Side<'_> {
    /// 2.0 and 3.0 read only `$ref` where there is one, and know no draft newer than 4.
    pub(crate) fn is_modern(&self) -> bool {
        matches!(self.contract.version, Version::V3_1 | Version::V3_2)
    }

    /// The side and the direction.
    pub(crate) fn aspect(&self) -> Aspect {
        (self.revision, self.direction)
    }

    /// A position about which nothing is said; `near` is what holds it.
    pub(crate) fn silent(&self, near: Located) -> Position {
        Position::new(self.numbers, (Vec::new(), Vec::new()), near)
    }

    /// The position of a schema as written.
    pub(crate) fn position(&self, store: &Store, at: &Located) -> Position {
        self.numbers.position((self.revision, at), || {
            let mut parts = Vec::new();
            self.flatten(store, at, &mut parts, 0);
            Position::new(self.numbers, (vec![at.clone()], parts), at.clone())
        })
    }

    /// The same place where besides one alternative is chosen.
    pub(crate) fn with_branch(&self, store: &Store, of: &Position, branch: &Located) -> Position {
        let (mut roots, mut parts) = (of.roots.clone(), of.parts.clone());
        roots.push(branch.clone());
        self.flatten(store, branch, &mut parts, 0);
        Position::new(self.numbers, (roots, parts), of.near.clone())
    }

    fn flatten(&self, store: &Store, at: &Located, parts: &mut Vec<Located>, depth: usize) {
        if depth > DEPTH || parts.contains(at) {
            return;
        }
        if let Some(target) = self.target(store, at) {
            self.flatten(store, &target, parts, depth + 1);
            if !self.is_modern() {
                return;
            }
        }
        let is_true = store.as_bool(at.node) == Some(true);
        if !is_true {
            parts.push(at.clone());
        }
        for part in self.list(store, at, "allOf") {
            self.flatten(store, &part, parts, depth + 1);
        }
    }

    /// Where the reference of a schema leads.
    pub(crate) fn target(&self, store: &Store, at: &Located) -> Option<Located> {
        let reference = store.get(at.node, "$ref").and_then(|it| store.as_str(it))?;
        self.contract.follow(store, at, reference).ok()
    }

    /// The end of a chain of references; the place itself without one.
    pub(crate) fn resolved(&self, store: &Store, at: &Located) -> Located {
        let mut end = at.clone();
        for _ in 0..DEPTH {
            let Some(next) = self.target(store, &end) else { break };
            end = next;
        }
        end
    }

    /// The items of a list at a keyword.
    pub(crate) fn list(&self, store: &Store, at: &Located, keyword: &str) -> Vec<Located> {
        let Some(list) = self.contract.member(store, at, keyword) else { return Vec::new() };
        let items = store.items(list.node).iter().enumerate();
        items.map(|(idx, node)| placed(&list, list.pointer.item(idx), *node)).collect()
    }

    fn declared(&self, store: &Store, part: &Located, name: &str) -> Option<Located> {
        let members = self.contract.member(store, part, "properties")?;
        self.contract.member(store, &members, name)
    }

    /// What speaks of the place one step down. `holds` tells whether a name has a pattern.
    pub(crate) fn child(
        &self,
        store: &Store,
        of: &Position,
        step: &Step,
        holds: Holds<'_>,
    ) -> Position {
        let make = || self.new_child(store, of, step, holds);
        // Of what holds a position of which nothing is said, its number knows nothing.
        if of.parts.is_empty() { make() } else { self.numbers.child(self.aspect(), of, step, make) }
    }

    fn new_child(&self, store: &Store, of: &Position, step: &Step, holds: Holds<'_>) -> Position {
        let mut parts = Vec::new();
        let steps = of.parts.iter().flat_map(|it| self.step(store, it, step, holds));
        let roots: Vec<_> = steps.collect();
        for root in &roots {
            self.flatten(store, root, &mut parts, 0);
        }
        let near = roots.first().cloned();
        let near = near.or_else(|| self.inside_unions(store, of, (step, holds), 0));
        let near = near.or_else(|| of.parts.first().cloned()).unwrap_or_else(|| of.near.clone());
        Position::new(self.numbers, (roots, parts), near)
    }

    /// Where alternatives speak of the place; good enough to point at.
    fn inside_unions(
        &self,
        store: &Store,
        of: &Position,
        (step, holds): (&Step, Holds<'_>),
        depth: usize,
    ) -> Option<Located> {
        let unions = self.unions(store, of);
        let branches = unions.iter().flat_map(|it| &it.branches);
        let mut branches = branches.map(|it| self.position(store, it));
        branches.find_map(|branch| {
            let mut found = branch.parts.iter().flat_map(|it| self.step(store, it, step, holds));
            let inner = || self.inside_unions(store, &branch, (step, holds), depth + 1);
            found.next().or_else(|| if depth < 4 { inner() } else { None })
        })
    }

    /// What one schema says of the place one step down.
    pub(crate) fn step(
        &self,
        store: &Store,
        part: &Located,
        step: &Step,
        holds: Holds<'_>,
    ) -> Vec<Located> {
        let member = |name: &str| self.contract.member(store, part, name);
        match step {
            Step::Property(name) => self.property(store, part, name, holds),
            Step::Pattern(pattern) => {
                let of_patterns = member("patternProperties");
                let found = of_patterns.and_then(|it| self.contract.member(store, &it, pattern));
                found.into_iter().collect()
            }
            Step::OtherProperties => member("additionalProperties").into_iter().collect(),
            Step::Item(idx) => self.item(store, part, *idx).into_iter().collect(),
            Step::Items(from) => {
                let tuple = self.tuple(store, part);
                let rest = self.rest_items(store, part);
                tuple
                    .into_iter()
                    .skip(usize::try_from(*from).unwrap_or(usize::MAX))
                    .chain(rest)
                    .collect()
            }
        }
    }

    fn property(
        &self,
        store: &Store,
        part: &Located,
        name: &str,
        holds: Holds<'_>,
    ) -> Vec<Located> {
        let mut found: Vec<Located> = self.declared(store, part, name).into_iter().collect();
        if found.iter().any(|it| self.drops(store, it)) {
            // A member that does not travel is as good as one that is not declared.
            found.clear();
        }
        for pattern in self.members(store, part, "patternProperties") {
            let text = pattern.pointer.names().last().unwrap_or_default();
            match holds(&text, name) {
                Some(true) => found.push(pattern),
                Some(false) => {}
                None => return found,
            }
        }
        if found.is_empty() {
            found.extend(self.contract.member(store, part, "additionalProperties"));
        }
        found
    }

    /// The members of an object at a keyword; patterns only where the dialect knows them.
    pub(crate) fn members(&self, store: &Store, part: &Located, keyword: &str) -> Vec<Located> {
        if keyword == "patternProperties" && !self.is_modern() {
            return Vec::new();
        }
        let Some(all) = self.contract.member(store, part, keyword) else { return Vec::new() };
        let members = store.members(all.node);
        members.map(|(name, node)| placed(&all, all.pointer.child(name), node)).collect()
    }

    /// The schemas of the first items.
    pub(crate) fn tuple(&self, store: &Store, part: &Located) -> Vec<Located> {
        if !self.is_modern() {
            return Vec::new();
        }
        let prefix = self.list(store, part, "prefixItems");
        if prefix.is_empty() { self.list(store, part, "items") } else { prefix }
    }

    /// The schema of the items behind the tuple.
    fn rest_items(&self, store: &Store, part: &Located) -> Option<Located> {
        let items = self.contract.member(store, part, "items")?;
        if store.kind(items.node) != Kind::Array {
            return Some(items);
        }
        self.contract.member(store, part, "additionalItems")
    }

    fn item(&self, store: &Store, part: &Located, idx: u64) -> Option<Located> {
        let idx = usize::try_from(idx).unwrap_or(usize::MAX);
        let found = self.tuple(store, part).into_iter().nth(idx);
        found.or_else(|| self.rest_items(store, part))
    }

    /// Every name that some schema of the position declares, alternatives among them.
    pub(crate) fn names(&self, store: &Store, of: &Position) -> BTreeMap<String, Located> {
        let mut names = BTreeMap::new();
        let mut seen = BTreeSet::new();
        self.collect_names(store, of, &mut names, &mut seen);
        names
    }

    fn collect_names(
        &self,
        store: &Store,
        of: &Position,
        names: &mut BTreeMap<String, Located>,
        seen: &mut BTreeSet<Located>,
    ) {
        for part in &of.parts {
            if !seen.insert(part.clone()) {
                continue;
            }
            self.declared_names(store, part, names);
            for branch in self.branches(store, part) {
                self.collect_names(store, &self.position(store, &branch), names, seen);
            }
        }
    }

    /// The members that one schema declares and that travel, unless they are known already.
    fn declared_names(&self, store: &Store, part: &Located, names: &mut BTreeMap<String, Located>) {
        let Some(all) = self.contract.member(store, part, "properties") else { return };
        for (name, node) in store.members(all.node) {
            if names.contains_key(name) {
                continue;
            }
            let member = placed(&all, all.pointer.child(name), node);
            if !self.drops(store, &member) {
                names.insert(name.to_owned(), member);
            }
        }
    }

    /// The schemas that speak of the same value under conditions.
    fn branches(&self, store: &Store, part: &Located) -> Vec<Located> {
        let mut found = self.list(store, part, "anyOf");
        found.extend(self.list(store, part, "oneOf"));
        if self.is_modern() {
            let conditions = ["if", "then", "else"];
            found.extend(conditions.iter().filter_map(|it| self.contract.member(store, part, it)));
            found.extend(self.members(store, part, "dependentSchemas"));
        }
        found
    }

    /// The unions of a position.
    pub(crate) fn unions(&self, store: &Store, of: &Position) -> Rc<[Union]> {
        self.numbers.unions((self.revision, of.ends), || {
            let pairs = of.parts.iter().flat_map(|part| [(part, "anyOf"), (part, "oneOf")]);
            let unions = pairs.map(|(part, keyword)| Union {
                part: part.clone(),
                keyword,
                branches: self.list(store, part, keyword),
            });
            unions.filter(|it| !it.branches.is_empty()).collect()
        })
    }

    /// The first value of a keyword among the schemas of a position.
    pub(crate) fn keyword(&self, store: &Store, of: &Position, keyword: &str) -> Option<Located> {
        of.parts.iter().find_map(|it| self.contract.member(store, it, keyword))
    }
}

/// Has the name this pattern? None if it cannot be told.
pub(crate) type Holds<'a> = &'a dyn Fn(&str, &str) -> Option<bool>;

fn placed(within: &Located, pointer: Pointer, node: NodeId) -> Located {
    Located { file: within.file, pointer, node }
}

/// Is the member `true`?
pub(crate) fn flag(store: &Store, node: NodeId, name: &str) -> bool {
    store.get(node, name).and_then(|it| store.as_bool(it)) == Some(true)
}
