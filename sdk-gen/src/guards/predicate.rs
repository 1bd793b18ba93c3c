//! The predicate: straight statements that return `false` where the value does not fit.

use contracts::{Kind, NodeId, inclusion::TypeSet};

use crate::{
    guards::emitter::{Emitter, Var},
    model::{Bound, Limit, Shape, ShapeId, TextRules},
    writer::To,
};

/// Values are compared one by one up to here, then looked up in a set.
const N_COMPARED: usize = 8;

/// Nested deeper, a schema becomes a function beside.
pub(super) const DEEPEST: usize = 5;

impl Emitter<'_, '_, '_> {
    /// `export function isOrder(v: unknown): v is Order`
    pub(super) fn predicate(&mut self) {
        let is = self.unit.is_name(self.view);
        self.out().to(To::Declaration).put("export declare function ").name(is);
        self.out().put("(v: unknown): ");
        self.told_type();
        self.out().put(";\n").to(To::Code).put("export function ").name(is).put("(v");
        self.out().to(To::Source).put(": unknown): ");
        self.told_type();
        self.out().to(To::Script).put(")").to(To::Code).put(" {").indent();
        self.statements(self.unit.shape, Var::Value);
        self.out().line().put("return true;").outdent().line().put("}\n").to(To::All);
    }

    /// What the predicate tells: a type that is declared, or no more than that it fits.
    fn told_type(&mut self) {
        if self.unit.is_inline {
            self.out().put("boolean");
            return;
        }
        let of = self.unit.type_name(self.view);
        self.module.use_type(&self.unit.types, of, true);
        self.out().put("v is ").name(of);
    }

    /// Statements that return `false` unless the value of a variable fits the shape.
    pub(super) fn statements(&mut self, id: ShapeId, var: Var) {
        let shape = self.model.shape(id);
        match shape.constant {
            Some(false) => return self.refuse(),
            Some(true) => return,
            None => {}
        }
        self.depth += 1;
        let kinds = self.kinds(shape, var);
        if let Some(rules) = &shape.text
            && kinds.meets(TypeSet::STRING)
        {
            self.when(shape, var, TypeSet::STRING, |it| it.text(rules, var));
        }
        if !shape.bounds.is_empty() && kinds.meets(TypeSet::NUMBER) {
            self.when(shape, var, TypeSet::NUMBER, |it| it.bounds(&shape.bounds, var));
        }
        if let Some(rules) = &shape.object
            && kinds.meets(TypeSet::OBJECT)
        {
            self.when(shape, var, TypeSet::OBJECT, |it| it.object(rules, var));
        }
        if let Some(rules) = &shape.array
            && kinds.meets(TypeSet::ARRAY)
        {
            self.when(shape, var, TypeSet::ARRAY, |it| it.array(rules, var));
        }
        self.composed(shape, var);
        self.unevaluated(id, var);
        self.depth -= 1;
    }

    /// `type`, `enum`, `const`; returns the kinds that are left.
    fn kinds(&mut self, shape: &Shape, var: Var) -> TypeSet {
        let is_listed = !shape.values.is_empty();
        // Listed are only values of these kinds.
        let is_told = is_listed && !shape.is_extensible;
        if shape.types != TypeSet::ALL && !is_told {
            self.out().line().put("if (!(");
            self.is_of(shape.types, var);
            self.out().put(")) return false;");
        }
        if !is_listed {
            return shape.types;
        }
        let reach = self.types.reach_of_values(shape) & shape.types;
        let values = self.types.common_values(shape);
        self.out().line().put("if (");
        if shape.is_extensible {
            self.out().put("typeof ");
            self.var(var).put(" !== \"string\" && ");
        }
        self.out().put("!(");
        self.is_one_of(&values, var);
        self.out().put(")) return false;");
        reach
    }

    /// A condition: the value is of these kinds.
    pub(super) fn is_of(&mut self, kinds: TypeSet, var: Var) {
        self.is_of_what(kinds, |it| it.var(var).end());
    }

    /// A condition: what the closure writes is of these kinds.
    pub(super) fn is_of_what(&mut self, kinds: TypeSet, what: impl Fn(&mut Self)) {
        let rows: [(TypeSet, &str, &str); 6] = [
            (TypeSet::STRING, "typeof ", " === \"string\""),
            (TypeSet::NUMBER, "typeof ", " === \"number\""),
            (TypeSet::BOOLEAN, "typeof ", " === \"boolean\""),
            (TypeSet::OBJECT, "isObject(", ")"),
            (TypeSet::ARRAY, "Array.isArray(", ")"),
            (TypeSet::NULL, "", " === null"),
        ];
        let mut is_first = true;
        for (kind, before, after) in rows.into_iter().filter(|it| kinds.meets(it.0)) {
            self.or(&mut is_first);
            if kind == TypeSet::OBJECT {
                self.kit("isObject").put("(");
            } else {
                self.out().put(before);
            }
            what(self);
            self.out().put(after);
            // 1.0 is an integer, and so is 1e20.
            if kind == TypeSet::NUMBER && !kinds.covers(TypeSet::NUMBER) {
                self.out().put(" && Number.isInteger(");
                what(self);
                self.out().put(")");
            }
        }
        if is_first {
            self.out().put("false");
        }
    }

    /// ` || ` before every part but the first.
    fn or(&mut self, is_first: &mut bool) {
        self.out().put(if *is_first { "" } else { " || " });
        *is_first = false;
    }

    pub(super) fn is_one_of(&mut self, values: &[NodeId], var: Var) {
        let store = self.model.store;
        let is_plain = |it: &NodeId| !matches!(store.kind(*it), Kind::Array | Kind::Object);
        let (plain, nested): (Vec<NodeId>, Vec<NodeId>) =
            values.iter().partition(|it| is_plain(it));
        let mut is_first = true;
        if plain.len() > N_COMPARED {
            self.values(&plain);
            self.out().put(".has(");
            self.var(var).put(")");
            is_first = false;
        } else {
            for value in plain {
                self.or(&mut is_first);
                self.var(var).put(" === ").value(store, value);
            }
        }
        for value in nested {
            self.or(&mut is_first);
            self.kit("same").put("(");
            self.var(var).put(", ").value(store, value).put(")");
        }
        if is_first {
            self.out().put("false");
        }
    }

    /// Statements for one kind: as they are if the value is of no other, else in an `if`.
    fn when(&mut self, shape: &Shape, var: Var, kind: TypeSet, write: impl FnOnce(&mut Self)) {
        let is_sure = shape.values.is_empty() && kind.covers(shape.types);
        if is_sure {
            return write(self);
        }
        self.out().line().put("if (");
        self.is_of(kind, var);
        self.out().put(") {").indent();
        write(self);
        self.out().outdent().line().put("}");
    }

    fn text(&mut self, rules: &TextRules, var: Var) {
        if let Some(min) = rules.min {
            self.out().line().put("if (!");
            self.kit("atLeast").put("(");
            self.var(var).put(", ").count(min).put(")) return false;");
        }
        if let Some(max) = rules.max {
            self.out().line().put("if (!");
            self.kit("atMost").put("(");
            self.var(var).put(", ").count(max).put(")) return false;");
        }
        if let Some(pattern) = &rules.pattern {
            self.out().line().put("if (!");
            self.regex(pattern);
            self.out().put(".test(");
            self.var(var).put(")) return false;");
        }
    }

    fn bounds(&mut self, bounds: &[Bound], var: Var) {
        for bound in bounds {
            self.out().line().put("if (!(");
            self.bound(bound, var);
            self.out().put(")) return false;");
        }
    }

    /// A condition: the number keeps the bound.
    pub(super) fn bound(&mut self, bound: &Bound, var: Var) {
        let sign = match bound.limit {
            Limit::Minimum => " >= ",
            Limit::Above => " > ",
            Limit::Maximum => " <= ",
            Limit::Below => " < ",
            Limit::MultipleOf => {
                self.kit("multiple").put("(");
                self.var(var).put(", ").literal(&bound.number).put(")");
                return;
            }
        };
        self.var(var).put(sign).number(&bound.number);
    }

    /// References, `allOf`, `anyOf`, `oneOf`, `not`, `if`
    fn composed(&mut self, shape: &Shape, var: Var) {
        for target in &shape.references {
            self.out().line().put("if (!");
            self.is_other(*target);
            self.call(var).put(") return false;");
        }
        for part in &shape.all {
            self.apply(*part, var);
        }
        if !shape.any.is_empty() {
            self.out().line().put("if (!(");
            let mut is_first = true;
            for part in &shape.any {
                self.or(&mut is_first);
                self.holds(*part, var);
            }
            self.out().put(")) return false;");
        }
        if !shape.one.is_empty() {
            self.out().line().put("if (!");
            self.kit("exactlyOne").put("(");
            self.var(var).put(", [");
            self.test_or_constant_list(&shape.one);
            self.out().put("])) return false;");
        }
        if let Some(part) = shape.not {
            self.out().line().put("if (");
            self.holds(part, var);
            self.out().put(") return false;");
        }
        if let Some((condition, then, otherwise)) = shape.condition {
            self.out().line().put("if (");
            self.holds(condition, var);
            self.out().put(" ? !");
            self.holds_or_true(then, var);
            self.out().put(" : !");
            self.holds_or_true(otherwise, var);
            self.out().put(") return false;");
        }
    }

    /// A condition: the value fits another shape.
    pub(super) fn holds(&mut self, part: ShapeId, var: Var) {
        match self.model.shape(part).constant {
            Some(true) => self.out().put("true").end(),
            Some(false) => self.out().put("false").end(),
            None => {
                self.test_name(part);
                self.call(var);
            }
        }
    }

    fn holds_or_true(&mut self, part: Option<ShapeId>, var: Var) {
        match part {
            Some(part) => self.holds(part, var),
            None => self.out().put("true").end(),
        }
    }

    fn call(&mut self, var: Var) -> &mut crate::writer::Writer {
        self.out().put("(");
        self.var(var).put(")")
    }

    /// Statements for a part that holds for the same value, or for one further in.
    pub(super) fn apply(&mut self, part: ShapeId, var: Var) {
        if self.model.shape(part).constant == Some(true) {
            return;
        }
        if self.is_function(part) {
            self.out().line().put("if (!");
            self.test_name(part);
            self.call(var).put(") return false;");
            return;
        }
        // A name of its own, or the compiler would draw conclusions from one part for the next.
        let own = self.fresh();
        self.out().line().put("{").indent().line().put("const ");
        self.var(own);
        self.note(": unknown").put(" = ");
        self.var(var).put(";");
        self.statements(part, own);
        self.out().outdent().line().put("}");
    }

    pub(super) fn refuse(&mut self) {
        self.out().line().put("return false;");
    }
}
