//! The keywords of one schema object, sorted by the promise they make.

use crate::{
    Located, NodeId,
    inclusion::{
        Dialect,
        lower::{InvalidKeyword, Lowering, SchemaPlace, View},
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
    parts: Vec<(KeywordClass, SchemaId)>,
}

impl<'l, 'a> Keywords<'l, 'a> {
    pub(super) fn new(lowering: &'l mut Lowering<'a>, place: &SchemaPlace, view: View) -> Self {
        let mut place = place.clone();
        let store = lowering.store();
        let said = store.get(place.at.node, "$schema").and_then(|it| store.as_str(it));
        let mut unknown_dialect = lowering.unknown_dialect(place.revision);
        if let Some(uri) = said {
            let dialect = Dialect::of_uri(uri);
            place.dialect = dialect.unwrap_or(place.dialect);
            unknown_dialect = dialect.is_none().then(|| uri.to_owned());
        }
        let inherited = std::mem::take(&mut lowering.never_sent);
        Self { lowering, place, view, inherited, unknown_dialect, parts: Vec::new() }
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
        self.types();
        self.values();
        self.numbers();
        self.texts();
        self.members();
        self.items();
        self.variants();
        // The last two see what all others looked at.
        self.unevaluated();
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

    /// What the keywords of these classes say together.
    pub(super) fn joined_of(&mut self, classes: &[KeywordClass]) -> SchemaId {
        let parts = self.parts.iter().filter(|it| classes.contains(&it.0)).map(|it| it.1);
        self.lowering.schemas.all(parts)
    }

    pub(super) fn keyword(&self, name: &str) -> Option<NodeId> {
        self.lowering.store().get(self.place.at.node, name)
    }

    pub(super) fn invalid(&mut self, keyword: &str, value: NodeId) {
        let found = InvalidKeyword {
            revision: self.place.revision,
            at: self.place.at.clone(),
            keyword: keyword.to_owned(),
            value,
        };
        if !self.lowering.invalid.contains(&found) {
            self.lowering.invalid.push(found);
        }
    }

    /// The place of a schema under keywords and names.
    pub(super) fn below(&self, steps: &[&str], node: NodeId) -> SchemaPlace {
        let at = &self.place.at;
        let pointer = steps.iter().fold(at.pointer.clone(), |pointer, it| pointer.child(it));
        SchemaPlace { at: Located { file: at.file, pointer, node }, ..self.place.clone() }
    }

    /// The parts of a schema under keywords and names.
    pub(super) fn lower_below(&mut self, steps: &[&str], node: NodeId) -> SchemaId {
        let place = self.below(steps, node);
        let place = self.lowering.entered(place);
        self.lowering.lower(&place, self.view)
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
        if nodes.is_empty() || !nodes.iter().all(|it| self.is_schema(*it)) {
            self.invalid(name, list);
            return None;
        }
        let lowered = nodes.iter().enumerate();
        Some(lowered.map(|(idx, it)| self.lower_below(&[name, &idx.to_string()], *it)).collect())
    }

    /// Objects and truth values are schemas, in every dialect: who writes `true` means it.
    pub(super) fn is_schema(&self, node: NodeId) -> bool {
        may_be_schema(self.lowering.store(), node)
    }
}

pub(super) fn may_be_schema(store: &crate::Store, node: NodeId) -> bool {
    matches!(store.kind(node), crate::store::Kind::Object | crate::store::Kind::Bool)
}
