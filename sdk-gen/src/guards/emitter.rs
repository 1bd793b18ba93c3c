//! What the parts of one unit's guard share: its module, fresh names, what waits to be written.

use std::collections::BTreeMap;

use contracts::NodeId;

use crate::{
    guards::KIT,
    model::{Model, Pattern, ShapeId, Unit, UnitId, View},
    module::Module,
    names::Name,
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

/// A constant beside the functions.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Constant {
    Regex(String, bool),
    Values(Vec<NodeId>),
    Names(Vec<String>),
}

/// Writes the guard of one unit in one view.
pub(super) struct Emitter<'e, 'm, 'a> {
    pub(super) types: Types<'m, 'a>,
    pub(super) model: &'m Model<'a>,
    pub(super) module: &'e mut Module,
    pub(super) unit: &'m Unit,
    pub(super) view: View,
    n_locals: usize,
    constants: Vec<Constant>,
    tests: BTreeMap<ShapeId, usize>,
    waiting: Vec<(ShapeId, usize)>,
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
            constants: Vec::new(),
            tests: BTreeMap::new(),
            waiting: Vec::new(),
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
        self.module.use_value(KIT, &Name::own(word));
        self.out().put(word)
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
        let next = self.tests.len() + 1;
        let number = *self.tests.entry(id).or_insert(next);
        if number == next {
            self.waiting.push((id, number));
        }
        self.beside("t$", number);
    }

    /// The name of something beside the functions. No unit has one with `$` at this place.
    fn beside(&mut self, kind: &'static str, number: usize) {
        let name = self.unit.is_name(self.view).clone();
        self.out().put(kind).name(&name).put("$").local("", number);
    }

    /// The compiled pattern.
    pub(super) fn regex(&mut self, pattern: &Pattern) {
        self.constant(Constant::Regex(pattern.source.clone(), pattern.is_unicode));
    }

    /// A list of values.
    pub(super) fn values(&mut self, values: Vec<NodeId>) {
        self.constant(Constant::Values(values));
    }

    /// A list of names.
    pub(super) fn names(&mut self, names: Vec<String>) {
        self.constant(Constant::Names(names));
    }

    fn constant(&mut self, constant: Constant) {
        let known = self.constants.iter().position(|it| *it == constant);
        let idx = known.unwrap_or_else(|| {
            self.constants.push(constant);
            self.constants.len() - 1
        });
        self.beside("k$", idx + 1);
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

    /// Writes what waits: functions beside, then the constants that all of them use.
    pub(super) fn finish(mut self) {
        while let Some((id, number)) = self.waiting.pop() {
            self.out().to(To::Code).put("function ");
            self.beside("t$", number);
            self.out().put("(v");
            self.note(": unknown").put(")");
            self.note(": boolean").put(" {").indent();
            self.fresh_depth();
            self.statements(id, Var::Value);
            self.out().line().put("return true;").outdent().line().put("}\n");
        }
        for (idx, constant) in std::mem::take(&mut self.constants).into_iter().enumerate() {
            self.out().to(To::Code).put("const ");
            self.beside("k$", idx + 1);
            self.write_constant(&constant);
            self.out().put(";\n");
        }
        self.out().to(To::All);
    }

    fn fresh_depth(&mut self) {
        self.depth = 0;
        self.n_locals = 0;
    }

    fn write_constant(&mut self, constant: &Constant) {
        let store = self.model.store;
        match constant {
            Constant::Regex(source, is_unicode) => {
                self.note(": RegExp").put(" = ").regex(source, *is_unicode).end();
            }
            Constant::Values(values) => {
                self.note(": ReadonlySet<unknown>").put(" = /* @__PURE__ */ new Set([");
                for (idx, value) in values.iter().enumerate() {
                    let out = self.out().comma(idx);
                    out.value(store, *value);
                }
                self.out().put("])");
            }
            Constant::Names(names) => {
                self.note(": readonly string[]").put(" = [");
                for (idx, name) in names.iter().enumerate() {
                    self.out().comma(idx).literal(name);
                }
                self.out().put("]");
            }
        }
    }
}
