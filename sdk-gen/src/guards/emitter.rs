//! What the parts of one unit's guard share: its module, fresh names, what waits to be written.

use std::collections::BTreeMap;

use contracts::NodeId;

use crate::{
    guards::KIT,
    model::{Model, Pattern, ShapeId, Unit, UnitId, View},
    module::Module,
    schemas::Types,
    writer::{To, Writer},
};

/// A variable of generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Var {
    /// The parameter.
    Value,
    /// A numbered one.
    Local(usize),
}

/// Writes the guard of one unit in one view.
pub(super) struct Emitter<'e, 'm, 'a> {
    pub(super) types: Types<'m, 'a>,
    pub(super) model: &'m Model<'a>,
    pub(super) module: &'e mut Module,
    pub(super) unit: &'m Unit,
    pub(super) view: View,
    n_locals: usize,
    tests: BTreeMap<ShapeId, usize>,
    pub(super) depth: usize,
}

impl<'e, 'm, 'a> Emitter<'e, 'm, 'a> {
    pub(super) fn new(
        types: Types<'m, 'a>,
        module: &'e mut Module,
        id: UnitId,
        view: View,
    ) -> Self {
        let model = types.model();
        Self {
            types,
            model,
            module,
            unit: model.unit(id),
            view,
            n_locals: 0,
            tests: BTreeMap::new(),
            depth: 0,
        }
    }

    pub(super) fn out(&mut self) -> &mut Writer {
        &mut self.module.out
    }

    /// Text of the source alone: annotations.
    pub(super) fn note(&mut self, text: &'static str) -> &mut Writer {
        self.module.out.to(To::Source).put(text).to(To::Code)
    }

    pub(super) fn var(&mut self, var: Var) -> &mut Writer {
        match var {
            Var::Value => self.out().put("v"),
            Var::Local(number) => self.out().local("v", number),
        }
    }

    pub(super) fn fresh(&mut self) -> Var {
        self.n_locals += 1;
        Var::Local(self.n_locals)
    }

    /// Uses a word of the kit.
    pub(super) fn kit(&mut self, word: &'static str) -> &mut Writer {
        let apart = self.model.apart(word);
        self.module.use_word(KIT, word, apart);
        self.out().put(word).put(apart)
    }

    /// The predicate of another unit.
    pub(super) fn is_other(&mut self, target: UnitId) {
        let unit = self.model.unit(target);
        let name = unit.is_name(self.view);
        self.module.use_value(&unit.guards, name);
        self.out().name(name);
    }

    /// The predicate of a shape by itself: another unit's, or a function beside.
    pub(super) fn test_name(&mut self, id: ShapeId) {
        let shape = self.model.shape(id);
        if let [target] = shape.references.as_slice()
            && self.is_alone(id)
        {
            self.is_other(*target);
            return;
        }
        let number = match self.tests.get(&id) {
            Some(number) => *number,
            None => self.test(id),
        };
        self.out().local("t$", number);
    }

    /// The predicate of a shape as a function beside.
    fn test(&mut self, id: ShapeId) -> usize {
        let outside = (self.depth, self.n_locals);
        let number = self.share("function ", "t$", |it| {
            (it.depth, it.n_locals) = (0, 0);
            it.out().put("(v");
            it.note(": unknown").put(")");
            it.note(": boolean").put(" {").indent();
            it.statements(id, Var::Value);
            it.out().line().put("return true;").outdent().line().put("}\n");
        });
        (self.depth, self.n_locals) = outside;
        self.tests.insert(id, number);
        number
    }

    /// Something beside the exports, of which the text behind its name is written. No unit has a
    /// name with `$` at this place.
    pub(super) fn share(
        &mut self,
        word: &'static str,
        before: &'static str,
        write: impl FnOnce(&mut Self),
    ) -> usize {
        let outside = std::mem::take(&mut self.module.out);
        self.out().to(To::Code);
        write(self);
        let text = std::mem::replace(&mut self.module.out, outside);
        self.module.share(word, before, &text)
    }

    /// The compiled pattern.
    pub(super) fn regex(&mut self, pattern: &Pattern) {
        self.constant(|it| {
            it.note(": RegExp").put(" = ").regex(&pattern.source, pattern.is_unicode).end();
        });
    }

    /// A set of values.
    pub(super) fn values(&mut self, values: &[NodeId]) {
        let store = self.model.store;
        self.constant(|it| {
            it.note(": ReadonlySet<unknown>").put(" = /* @__PURE__ */ new Set([");
            for (idx, value) in values.iter().enumerate() {
                it.out().comma(idx).value(store, *value);
            }
            it.out().put("])");
        });
    }

    /// A list of names.
    pub(super) fn names(&mut self, names: &[&str]) {
        self.constant(|it| {
            it.note(": readonly string[]").put(" = [");
            for (idx, name) in names.iter().enumerate() {
                it.out().comma(idx).literal(name);
            }
            it.out().put("]");
        });
    }

    fn constant(&mut self, write: impl FnOnce(&mut Self)) {
        let number = self.share("const ", "k$", |it| {
            write(it);
            it.out().put(";\n");
        });
        self.out().local("k$", number);
    }

    /// Is a shape nothing but one reference?
    pub(super) fn is_alone(&self, id: ShapeId) -> bool {
        let shape = self.model.shape(id);
        let is_plain = shape.constant.is_none()
            && shape.types == contracts::inclusion::TypeSet::ALL
            && shape.values.is_empty()
            && shape.bounds.is_empty();
        let has_rules = shape.text.is_some() || shape.object.is_some() || shape.array.is_some();
        let lists = [&shape.all, &shape.any, &shape.one];
        let has_parts = lists.iter().any(|it| !it.is_empty())
            || shape.not.is_some()
            || shape.condition.is_some();
        is_plain && !has_rules && !has_parts && shape.references.len() == 1
    }
}
