//! The keywords of one schema object, in the words of its dialect.

mod arrays;
mod objects;
mod references;
mod scalars;

use contracts::{Dialect, Kind, Located, NodeId, decimal::Decimal};

use crate::{
    model::{
        Model, Shape, ShapeId, Step, dialect,
        reading::{Around, Hidden},
    },
    notes::NoteCode,
};

/// One schema object while it is read.
pub(super) struct Keywords<'m, 'a, 'l> {
    model: &'m mut Model<'a>,
    id: ShapeId,
    around: Around<'a, 'l>,
    node: NodeId,
    shape: Shape<'a>,
    /// A keyword has a value that means nothing.
    is_invalid: bool,
}

impl<'m, 'a, 'l> Keywords<'m, 'a, 'l> {
    pub(super) fn new(model: &'m mut Model<'a>, id: ShapeId, around: Around<'a, 'l>) -> Self {
        let shape = model.shape(id).clone();
        Self { node: shape.node, model, id, around, shape, is_invalid: false }
    }

    /// Reads all of it.
    pub(super) fn read(mut self) -> Shape<'a> {
        let store = self.model.store;
        match store.kind(self.node) {
            Kind::Bool => self.shape.constant = store.as_bool(self.node),
            Kind::Object => self.object(),
            Kind::Null | Kind::Number | Kind::String | Kind::Array => {
                self.invalid("", "neither an object nor a truth value");
            }
        }
        if self.is_invalid {
            return self.unreadable();
        }
        self.shape
    }

    /// One bad schema becomes one that takes everything, and is named.
    fn unreadable(self) -> Shape<'a> {
        let Around { unit, parent, step, .. } = self.around;
        let parent = if step == Step::Root { self.id } else { parent };
        self.model.weaken(unit);
        Shape { constant: Some(true), ..Shape::open(self.node, unit, parent, step) }
    }

    fn object(&mut self) {
        if !self.knows_dialect() {
            return;
        }
        let referred = self.references();
        if referred && !self.around.dialect.reads_siblings_of_references() {
            return;
        }
        self.types();
        self.values();
        self.numbers();
        self.texts();
        self.members();
        self.items();
        self.variants();
    }

    /// `$schema` may change the dialect from here on.
    fn knows_dialect(&mut self) -> bool {
        let Some(uri) = self.text("$schema") else { return true };
        if let Some(dialect) = Dialect::of_uri(uri) {
            self.around.dialect = dialect;
            return true;
        }
        self.unguarded("$schema", format!("the dialect `{uri}` is not known"));
        false
    }

    /// `allOf`, `anyOf`, `oneOf`, `not`, `if`
    fn variants(&mut self) {
        self.shape.all = self.list("allOf").into();
        if self.around.dialect == Dialect::Oas20 {
            return;
        }
        self.shape.any = self.list("anyOf").into();
        self.shape.one = self.list("oneOf").into();
        self.shape.not = self.below("not");
        if dialect::has_draft7(self.around.dialect)
            && let Some(condition) = self.below("if")
        {
            self.shape.condition = Some((condition, self.below("then"), self.below("else")));
        }
    }

    /// The schemas of a keyword whose value is a list of them.
    fn list(&mut self, name: &'static str) -> Vec<ShapeId> {
        let Some(list) = self.keyword(name) else { return Vec::new() };
        let nodes = self.model.store.items(list);
        if nodes.is_empty() || self.model.store.kind(list) != Kind::Array {
            self.invalid(name, "no list of schemas");
            return Vec::new();
        }
        // A name that one side never sends is not required by a neighbour either.
        let hidden = if name == "allOf" { self.hidden() } else { Vec::new() };
        let around = Around { parent: self.id, hidden: &hidden, ..self.around };
        let build = |(idx, node): (usize, &NodeId)| {
            self.model.build(*node, Around { step: Step::Item(name, idx), ..around })
        };
        nodes.iter().enumerate().map(build).collect()
    }

    /// The members that this schema or one around it declares as never sent or received.
    fn hidden(&mut self) -> Vec<Hidden<'a>> {
        let store = self.model.store;
        let joins = ["properties", "allOf", "$ref"];
        let mut found = self.around.hidden.to_vec();
        if joins.iter().any(|it| store.get(self.node, it).is_some()) {
            let at = self.at();
            found.extend(self.model.hidden_members(&at, self.around.dialect));
        }
        found
    }

    /// The schema under one keyword.
    fn below(&mut self, name: &'static str) -> Option<ShapeId> {
        let node = self.keyword(name)?;
        Some(self.build(node, Step::Keyword(name)))
    }

    fn build(&mut self, node: NodeId, step: Step<'a>) -> ShapeId {
        let around = Around { parent: self.id, step, hidden: &[], ..self.around };
        self.model.build(node, around)
    }

    fn keyword(&self, name: &str) -> Option<NodeId> {
        self.model.store.get(self.node, name)
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.model.store.as_str(self.keyword(name)?)
    }

    /// A keyword whose value is `true`.
    fn flag(&mut self, name: &'static str) -> bool {
        let Some(node) = self.keyword(name) else { return false };
        let value = self.model.store.as_bool(node);
        if value.is_none() {
            self.invalid(name, "no truth value");
        }
        value == Some(true)
    }

    /// A keyword whose value is a count.
    fn count(&mut self, name: &'static str) -> Option<u64> {
        let node = self.keyword(name)?;
        let number = self.model.store.as_number(node).and_then(Decimal::parse);
        let Some(count) = number.filter(|it| it.is_integer() && !it.is_negative()) else {
            self.invalid(name, "no count");
            return None;
        };
        // No value has more parts than 53 bits can count.
        let most = 1 << 53;
        Some(count.to_i64().and_then(|it| u64::try_from(it).ok()).unwrap_or(most).min(most))
    }

    fn at(&self) -> Located {
        self.model.located(self.id)
    }

    fn invalid(&mut self, keyword: &str, what: &str) {
        self.is_invalid = true;
        let at = self.at();
        let subject =
            if keyword.is_empty() { "the schema".to_owned() } else { format!("`{keyword}`") };
        let message = format!("{subject} is {what}, so the schema takes every value");
        self.model.note(NoteCode::SchemaInvalid, &below(&at, keyword), message);
    }

    /// A keyword that the guard cannot keep.
    fn unguarded(&mut self, keyword: &str, why: String) {
        let at = self.at();
        self.model.note(NoteCode::KeywordUnguarded, &below(&at, keyword), why);
        self.model.weaken(self.around.unit);
    }
}

fn below(at: &Located, keyword: &str) -> Located {
    let pointer = if keyword.is_empty() { at.pointer.clone() } else { at.pointer.child(keyword) };
    Located { file: at.file, pointer, node: at.node }
}
