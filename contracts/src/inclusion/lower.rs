//! From places in contracts to the parts of [`Schemas`].

mod arrays;
mod children;
mod classes;
mod direction;
mod formats;
mod objects;
mod scalars;
mod scope;
mod tags;
mod variants;

pub use children::{Child, Step};
pub use classes::KeywordClass;
use classes::Keywords;
pub(crate) use scope::Care;
pub use scope::ScopeId;
use scope::Scopes;

use std::collections::BTreeSet;

use crate::{
    Contract, Direction, FileId, Formats, Located, NodeId, Revision, Store,
    compare::touched::Touched,
    inclusion::{
        Dialect, Table,
        schema::{ReferenceId, Schema, SchemaId, Schemas},
    },
    store::Kind,
};

/// A schema in one of the two contracts, and in which words it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaPlace {
    /// The contract.
    pub revision: Revision,
    /// The place.
    pub at: Located,
    /// What its keywords mean.
    pub dialect: Dialect,
    /// What `$dynamicRef` means here; [`ScopeId::NONE`] unless one came through such schemas.
    pub scope: ScopeId,
}

/// Through which glasses a schema is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct View {
    /// Who sends the value; `None` for a schema by itself.
    pub direction: Option<Direction>,
    /// Which formats are checked.
    pub formats: Formats,
    /// Do the tags of discriminators say anything?
    pub tags: Tags,
}

/// What the tags of discriminators say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tags {
    /// Nothing, as in plain JSON Schema.
    Ignored,
    /// Which schema is meant, as a dispatcher reads it.
    Heeded,
    /// The same for values inside: what is meant here was selected by its tag already.
    Done,
}

impl View {
    /// The plain meaning of JSON Schema.
    pub const PLAIN: Self = Self { direction: None, formats: Formats::None, tags: Tags::Ignored };

    /// How the schema under a keyword is read.
    fn below(self, keyword: &str) -> Self {
        let of_value = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];
        let of_members = ["dependentSchemas", "dependencies"];
        let is_same = of_value.contains(&keyword) || of_members.contains(&keyword);
        let is_inside = self.tags == Tags::Done && !is_same;
        Self { tags: if is_inside { Tags::Heeded } else { self.tags }, ..self }
    }
}

/// A keyword that validators refuse or ignore, so that it means nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvalidKeyword {
    /// The contract.
    pub revision: Revision,
    /// The schema object.
    pub at: Located,
    /// The keyword.
    pub keyword: String,
    /// Its value.
    pub value: NodeId,
}

type ReferenceKey = (SchemaPlace, View);

/// Both contracts, and the parts that their schemas consist of.
pub struct Lowering<'a> {
    /// All parts.
    pub schemas: Schemas,
    store: &'a Store,
    contracts: [&'a Contract; 2],
    references: Table<ReferenceKey, ReferenceId>,
    keys: Vec<ReferenceKey>,
    targets: Vec<Option<SchemaId>>,
    followed: Table<(Revision, Located, NodeId), Option<Located>>,
    /// The parts of schemas that mean the same wherever they stand: they refer to nothing, and
    /// there is nothing to tell about their place.
    free: Table<(NodeId, Dialect, View), SchemaId>,
    /// How often something was met that binds a schema to its place.
    n_bound: usize,
    /// Knows what means the same on both sides, if anybody wants that to be one reference.
    touched: Option<Touched>,
    scopes: Scopes,
    /// Names that the `allOf` around the next schema declares as never sent.
    never_sent: Vec<String>,
    unknown_dialects: [Option<String>; 2],
    invalid: Vec<InvalidKeyword>,
    known_invalid: BTreeSet<InvalidKeyword>,
    dangling: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// For two contracts whose values are kept in one store.
    #[must_use]
    pub fn new(store: &'a Store, base: &'a Contract, head: &'a Contract) -> Self {
        let mut schemas = Schemas::default();
        let scopes = Scopes::new(store, [base, head]);
        schemas.annotated = scopes.asks_what_was_looked_at;
        Self {
            schemas,
            store,
            contracts: [base, head],
            references: Table::default(),
            keys: Vec::new(),
            targets: Vec::new(),
            followed: Table::default(),
            free: Table::default(),
            n_bound: 0,
            touched: None,
            scopes,
            never_sent: Vec::new(),
            unknown_dialects: [base, head].map(|it| Dialect::unknown_in(store, it)),
            invalid: Vec::new(),
            known_invalid: BTreeSet::new(),
            dangling: Vec::new(),
        }
    }

    /// From now on, what did not change between two revisions of one contract is one part, also
    /// where it stands in circles.
    pub(crate) fn share_unchanged(&mut self) {
        let [base, head] = self.contracts;
        self.touched = Some(Touched::in_meaning(self.store, base, head));
    }

    /// Do two schemas mean the same, with all that they refer to? Only a hint: they may do so even
    /// if it says no.
    pub(crate) fn same(&mut self, base: &Located, head: &Located) -> bool {
        let store = self.store;
        self.touched.as_mut().is_some_and(|it| it.same(store, base, head))
    }

    /// The values of both contracts.
    #[must_use]
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// One of the contracts.
    #[must_use]
    pub fn contract(&self, revision: Revision) -> &'a Contract {
        match revision {
            Revision::Base => self.contracts[0],
            Revision::Head => self.contracts[1],
        }
    }

    fn unknown_dialect(&self, revision: Revision) -> Option<String> {
        match revision {
            Revision::Base => self.unknown_dialects[0].clone(),
            Revision::Head => self.unknown_dialects[1].clone(),
        }
    }

    /// A schema that stands at a place of a contract, in the words of that contract.
    pub fn place(&mut self, revision: Revision, at: Located) -> SchemaPlace {
        let dialect = Dialect::of_contract(self.store, self.contract(revision));
        self.place_in(revision, at, dialect)
    }

    /// A schema that stands at a place of a contract, in the words of a dialect.
    pub fn place_in(&mut self, revision: Revision, at: Located, dialect: Dialect) -> SchemaPlace {
        let place = SchemaPlace { revision, at, dialect, scope: ScopeId::NONE };
        self.entered(place)
    }

    /// The parts of a schema.
    pub fn lower(&mut self, place: &SchemaPlace, view: View) -> SchemaId {
        match self.store.kind(place.at.node) {
            Kind::Bool if self.store.as_bool(place.at.node) == Some(false) => SchemaId::FALSE,
            Kind::Object => self.lower_object(place, view),
            Kind::Bool | Kind::Null | Kind::Number | Kind::String | Kind::Array => SchemaId::TRUE,
        }
    }

    fn lower_object(&mut self, place: &SchemaPlace, view: View) -> SchemaId {
        if let Some(known) = self.free_of_place(place.at.node, place.dialect, view) {
            return known;
        }
        let n_bound = self.n_bound + self.never_sent.len();
        let mut keywords = Keywords::new(self, place, view);
        keywords.read();
        let lowered = keywords.joined();
        if self.n_bound == n_bound {
            self.free.insert((place.at.node, place.dialect, view), lowered);
        }
        lowered
    }

    /// The parts of a schema that was met elsewhere already, if its place plays no part.
    fn free_of_place(&self, node: NodeId, dialect: Dialect, view: View) -> Option<SchemaId> {
        if self.never_sent.is_empty() {
            self.free.get(&(node, dialect, view)).copied()
        } else {
            None
        }
    }

    /// The parts of a schema that come from keywords of each of some classes.
    pub fn lower_classes(
        &mut self,
        place: &SchemaPlace,
        view: View,
        classes: &[KeywordClass],
    ) -> Vec<SchemaId> {
        if self.store.kind(place.at.node) != Kind::Object {
            let is_false = self.store.as_bool(place.at.node) == Some(false);
            let is_told = |it: &KeywordClass| is_false && *it == KeywordClass::Type;
            let of = |it| if is_told(it) { SchemaId::FALSE } else { SchemaId::TRUE };
            return classes.iter().map(of).collect();
        }
        let mut keywords = Keywords::new(self, place, view);
        keywords.read();
        classes.iter().map(|it| keywords.joined_of(*it)).collect()
    }

    /// What stands behind a place, looked up when a search comes to it.
    pub fn reference(&mut self, place: &SchemaPlace, view: View) -> SchemaId {
        let place = self.unchanged(place).unwrap_or_else(|| place.clone());
        let key = (place, view);
        let next = ReferenceId(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        let id = *self.references.entry(key.clone()).or_insert(next);
        if id == next {
            self.keys.push(key);
            self.targets.push(None);
        }
        self.schemas.keep(Schema::Reference(id))
    }

    /// The place of base that means what a place of head does. Only in the contracts themselves:
    /// the files beside them may be others.
    fn unchanged(&mut self, place: &SchemaPlace) -> Option<SchemaPlace> {
        let is_plain = place.at.file == FileId::ROOT && place.scope == ScopeId::NONE;
        if self.touched.is_none() || place.revision == Revision::Base || !is_plain {
            return None;
        }
        let (store, base) = (self.store, self.contracts[0]);
        let root = base.files.first()?.root;
        let node = place.at.pointer.parts().try_fold(root, |at, name| store.step(at, &name))?;
        let at = Located { node, ..place.at.clone() };
        let is_same = self.same(&at, &place.at);
        is_same.then(|| SchemaPlace { revision: Revision::Base, at, ..place.clone() })
    }

    /// The parts behind a reference.
    pub(crate) fn target(&mut self, id: ReferenceId) -> SchemaId {
        let idx = id.0 as usize;
        if let Some(Some(known)) = self.targets.get(idx) {
            return *known;
        }
        let Some((place, view)) = self.keys.get(idx).cloned() else { return SchemaId::TRUE };
        let lowered = self.lower(&place, view);
        if let Some(slot) = self.targets.get_mut(idx) {
            *slot = Some(lowered);
        }
        lowered
    }

    /// The place of a reference that was handed out.
    #[must_use]
    pub fn place_of(&self, id: ReferenceId) -> Option<&SchemaPlace> {
        self.keys.get(id.0 as usize).map(|it| &it.0)
    }

    /// The parts behind a reference, if a search came to it already.
    pub(crate) fn known_target(&self, id: ReferenceId) -> Option<SchemaId> {
        self.targets.get(id.0 as usize).copied().flatten()
    }

    /// Where the text of a `$ref` leads; `None` (and remembered) if nowhere.
    pub(crate) fn follow(&mut self, place: &SchemaPlace, reference: NodeId) -> Option<SchemaPlace> {
        self.n_bound += 1;
        let text = self.store.as_str(reference)?;
        // Without embedded resources the place of the reference plays no part beyond its file.
        let contract = self.contract(place.revision);
        let key = (place.revision, place.at.clone(), reference);
        let store = self.store;
        let found = self.followed.entry(key);
        let found = found.or_insert_with(|| contract.follow(store, &place.at, text).ok()).clone();
        let Some(at) = found else {
            self.dangling.push(text.to_owned());
            return None;
        };
        Some(self.entered(SchemaPlace { at, ..place.clone() }))
    }

    /// Keywords that mean nothing, in the order they were met; each once.
    #[must_use]
    pub fn invalid(&self) -> &[InvalidKeyword] {
        &self.invalid
    }

    /// References that lead nowhere, as written.
    #[must_use]
    pub fn dangling(&self) -> &[String] {
        &self.dangling
    }
}
