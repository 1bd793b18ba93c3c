//! The keywords of one schema object, sorted by the promise they make.

use crate::{
    Located, NodeId,
    inclusion::{
        Dialect,
        lower::{InvalidKeyword, Lowering, SchemaPlace, Tags, View},
        schema::{Schema, SchemaId},
    },
};

/// What kind of promise a keyword makes: the rows of the table of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeywordClass {
    /// `type`, `nullable`, and a schema that is only `false`.
    Type,
    /// `enum`, `const`, `not`
    Value,
    /// `required`, `dependentRequired`, `dependentSchemas`, `minProperties`
    Required,
    /// `additionalProperties`, `unevaluatedProperties`, `propertyNames`, `maxProperties`, and members that are `false`
    Refused,
    /// `pattern`, `minLength`, `maxLength`, asserted formats of texts
    String,
    /// `minimum`, `maximum`, `exclusive…`, `multipleOf`, formats of numbers
    Number,
    /// `minItems`, `maxItems`, `uniqueItems`, `contains`, `unevaluatedItems`, items beyond a tuple
    Array,
    /// `oneOf`, `anyOf`, `allOf`, `if`
    Variant,
    /// `properties`, `patternProperties`, `items`, `prefixItems`, and schemas of `additionalProperties`: what is said of values further in.
    Inside,
    /// `$ref`, `$dynamicRef`
    Reference,
}

impl KeywordClass {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Type,
        Self::Value,
        Self::Required,
        Self::Refused,
        Self::String,
        Self::Number,
        Self::Array,
        Self::Variant,
        Self::Inside,
        Self::Reference,
    ];
}

/// The keywords of one schema object while they are read.
pub(super) struct Keywords<'l, 'a> {
    pub(super) lowering: &'l mut Lowering<'a>,
    pub(super) place: SchemaPlace,
    pub(super) view: View,
    /// Names that a surrounding `allOf` declares as never sent.
    pub(super) inherited: Vec<String>,
    unknown_dialect: Option<String>,
    members: Vec<(&'a str, NodeId)>,
    parts: Vec<(KeywordClass, SchemaId)>,
}

impl<'l, 'a> Keywords<'l, 'a> {
    pub(super) fn new(lowering: &'l mut Lowering<'a>, place: &SchemaPlace, view: View) -> Self {
        let mut place = place.clone();
        let store = lowering.store();
        let members: Vec<_> = store.members(place.at.node).collect();
        let said = members.iter().find(|it| it.0 == "$schema").and_then(|it| store.as_str(it.1));
        let mut unknown_dialect = lowering.unknown_dialect(place.revision);
        if let Some(uri) = said {
            lowering.n_bound += 1;
            let dialect = Dialect::of_uri(uri);
            place.dialect = dialect.unwrap_or(place.dialect);
            unknown_dialect = dialect.is_none().then(|| uri.to_owned());
        }
        let inherited = std::mem::take(&mut lowering.never_sent);
        Self { lowering, place, view, inherited, unknown_dialect, members, parts: Vec::new() }
    }

    /// Reads all keywords.
    pub(super) fn read(&mut self) {
        if let Some(name) = &self.unknown_dialect {
            let opaque = self.lowering.schemas.text(&format!("dialect {name}"));
            let opaque = self.lowering.schemas.keep(Schema::Opaque(opaque));
            self.add(KeywordClass::Type, opaque);
            return;
        }
        let referred = self.references();
        if referred && !self.place.dialect.reads_siblings_of_references() {
            return;
        }
        let groups = self.groups();
        let readers: [fn(&mut Self); 7] = [
            Self::types,
            Self::values,
            Self::numbers,
            Self::texts,
            Self::members,
            Self::items,
            Self::variants,
        ];
        for (idx, reader) in readers.into_iter().enumerate() {
            if groups & (1 << idx) != 0 {
                reader(self);
            }
        }
        // It sees what all others looked at.
        self.unevaluated();
        if self.view.tags == Tags::Heeded {
            self.tags();
        }
    }

    /// Which of the readers have something to read, as bits: most schemas have few keywords.
    fn groups(&self) -> u32 {
        let bit_of = |name: &str| match name {
            "type" => 1,
            "enum" | "const" => 1 << 1,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                1 << 2
            }
            "minLength" | "maxLength" | "pattern" => 1 << 3,
            "format" => 1 << 2 | 1 << 3,
            "properties"
            | "patternProperties"
            | "additionalProperties"
            | "required"
            | "dependencies"
            | "dependentRequired"
            | "dependentSchemas"
            | "minProperties"
            | "maxProperties"
            | "propertyNames" => 1 << 4,
            "items" | "prefixItems" | "additionalItems" | "minItems" | "maxItems"
            | "uniqueItems" | "contains" | "minContains" | "maxContains" => 1 << 5,
            "allOf" | "anyOf" | "oneOf" | "not" | "if" => 1 << 6,
            _ => 0,
        };
        self.members.iter().fold(0, |groups, it| groups | bit_of(it.0))
    }

    pub(super) fn add(&mut self, class: KeywordClass, part: SchemaId) {
        if part != SchemaId::TRUE {
            self.parts.push((class, part));
        }
    }

    /// What all keywords so far say together.
    pub(super) fn joined(&mut self) -> SchemaId {
        self.lowering.schemas.all(self.parts.iter().map(|it| it.1))
    }

    /// What the keywords of one class say together.
    pub(super) fn joined_of(&mut self, class: KeywordClass) -> SchemaId {
        let parts = self.parts.iter().filter(|it| it.0 == class).map(|it| it.1);
        self.lowering.schemas.all(parts)
    }

    pub(super) fn keyword(&self, name: &str) -> Option<NodeId> {
        self.members.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    pub(super) fn invalid(&mut self, keyword: &str, value: NodeId) {
        self.reject(self.place.at.clone(), keyword, value);
    }

    /// One part of the value of a keyword means nothing.
    pub(super) fn invalid_part(&mut self, keyword: &str, name: &str, value: NodeId) {
        let Some(whole) = self.keyword(keyword) else { return };
        let at = self.below(&[keyword], whole).at;
        self.reject(at, name, value);
    }

    fn reject(&mut self, at: Located, keyword: &str, value: NodeId) {
        self.lowering.n_bound += 1;
        let revision = self.place.revision;
        let found = InvalidKeyword { revision, at, keyword: keyword.to_owned(), value };
        if self.lowering.known_invalid.insert(found.clone()) {
            self.lowering.invalid.push(found);
        }
    }

    /// The place of a schema under keywords and names.
    pub(super) fn below(&self, steps: &[&str], node: NodeId) -> SchemaPlace {
        let SchemaPlace { revision, at, dialect, scope } = &self.place;
        let at = Located { file: at.file, pointer: at.pointer.below(steps), node };
        SchemaPlace { revision: *revision, at, dialect: *dialect, scope: *scope }
    }

    /// The parts of a schema under keywords and names.
    pub(super) fn lower_below(&mut self, steps: &[&str], node: NodeId) -> SchemaId {
        let view = self.view.below(steps.first().copied().unwrap_or_default());
        if let Some(known) = self.lowering.free_of_place(node, self.place.dialect, view) {
            return known;
        }
        let place = self.below(steps, node);
        let place = self.lowering.entered(place);
        self.lowering.lower(&place, view)
    }

    /// The schema under one keyword, if it has a form that this dialect reads.
    pub(super) fn lower_keyword(&mut self, name: &str) -> Option<SchemaId> {
        let node = self.keyword(name)?;
        if !self.is_schema(node) {
            self.invalid(name, node);
            return None;
        }
        Some(self.lower_below(&[name], node))
    }

    /// The schemas of a keyword whose value is a list of them.
    pub(super) fn lower_list(&mut self, name: &str) -> Option<Vec<SchemaId>> {
        let list = self.keyword(name)?;
        let store = self.lowering.store();
        let nodes = store.items(list);
        if nodes.is_empty() {
            self.invalid(name, list);
            return None;
        }
        // A name that is never sent is not required by a neighbour either.
        let never_sent = if name == "allOf" { self.names_never_sent() } else { Vec::new() };
        let mut lowered = Vec::with_capacity(nodes.len());
        for (idx, node) in nodes.iter().enumerate() {
            let idx = idx.to_string();
            // What is no schema stands for `true`.
            if !self.is_schema(*node) {
                self.invalid_part(name, &idx, *node);
            }
            self.lowering.never_sent.clone_from(&never_sent);
            lowered.push(self.lower_below(&[name, &idx], *node));
        }
        self.lowering.never_sent.clear();
        Some(lowered)
    }

    /// Objects and truth values are schemas, in every dialect: who writes `true` means it.
    pub(super) fn is_schema(&self, node: NodeId) -> bool {
        may_be_schema(self.lowering.store(), node)
    }
}

pub(super) fn may_be_schema(store: &crate::Store, node: NodeId) -> bool {
    matches!(store.kind(node), crate::store::Kind::Object | crate::store::Kind::Bool)
}
