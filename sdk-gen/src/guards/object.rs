//! Predicates of objects.

use contracts::inclusion::TypeSet;

use crate::{
    guards::{
        emitter::{Emitter, Var},
        predicate::DEEPEST,
    },
    model::{ObjectRules, Property, ShapeId, UnitId},
};

/// Names that every object answers to without having them.
const INHERITED: &[&str] = &[
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// From here on, the predicate of an object is a function: one that goes on and on, the compiler
/// walks through again for each expression in it, and what is equal is written once.
pub(super) const N_INLINE: usize = 3;

/// So many references are followed to see what stands behind them.
const REFERENCES: usize = 8;

/// Does every object answer to the name?
pub(crate) fn is_inherited(name: &str) -> bool {
    INHERITED.contains(&name)
}

impl Emitter<'_, '_, '_> {
    pub(super) fn object(&mut self, rules: &ObjectRules, var: Var) {
        let own = self.members_of(var);
        let required: Vec<&str> =
            rules.required.iter().filter(|it| !it.is_hidden(self.view)).map(|it| it.name).collect();
        for name in &required {
            let mut declared = rules.properties.iter().filter(|it| it.name == *name);
            let is_told = declared.any(|it| self.refuses_absent(it.shape, REFERENCES));
            if is_told && !is_inherited(name) {
                continue;
            }
            self.out().line().put("if (!(");
            self.has(own, name);
            self.out().put(")) return false;");
        }
        for property in &rules.properties {
            self.member(property, own, required.contains(&property.name));
        }
        for (name, needed) in &rules.dependent_required {
            self.out().line().put("if (");
            self.has(own, name);
            self.out().put(" && !(true");
            for name in needed {
                self.out().put(" && ");
                self.has(own, name);
            }
            self.out().put(")) return false;");
        }
        for (name, part) in &rules.dependent_schemas {
            self.out().line().put("if (");
            self.has(own, name);
            self.out().put(" && !");
            self.holds(*part, var);
            self.out().put(") return false;");
        }
        self.each_name(rules, own);
    }

    /// A variable of the same object whose members can be looked at.
    fn members_of(&mut self, var: Var) -> Var {
        let own = self.fresh();
        self.out().line().put("const ");
        self.var(own).put(" = ");
        self.var(var);
        self.note(" as Readonly<Record<string, unknown>>").put(";");
        own
    }

    /// A condition: the member is there.
    fn has(&mut self, own: Var, name: &str) {
        if is_inherited(name) {
            self.kit("has").put("(");
            self.var(own).put(", ").literal(name).put(")");
        } else {
            self.var(own).put("[").literal(name).put("] !== undefined");
        }
    }

    fn member(&mut self, property: &Property, own: Var, is_required: bool) {
        if self.model.shape(property.shape).constant == Some(true) {
            return;
        }
        let is_inherited = is_inherited(property.name);
        if !is_inherited && (self.is_function(property.shape) || self.is_of_kinds(property.shape)) {
            self.short_member(property, own, is_required);
            return;
        }
        let value = self.fresh();
        self.out().line().put("{").indent().line().put("const ");
        self.var(value).put(" = ");
        if is_inherited {
            self.has(own, property.name);
            self.out().put(" ? ");
        }
        self.var(own).put("[").literal(property.name).put("]");
        self.out().put(if is_inherited { " : undefined;" } else { ";" });
        if !is_required {
            self.out().line().put("if (");
            self.var(value).put(" !== undefined) {").indent();
        }
        self.apply_inside(property.shape, value);
        if !is_required {
            self.out().outdent().line().put("}");
        }
        self.out().outdent().line().put("}");
    }

    /// Statements for a value of its own variable.
    pub(super) fn apply_inside(&mut self, part: ShapeId, value: Var) {
        if self.is_function(part) {
            self.apply(part, value);
        } else {
            self.statements(part, value);
        }
    }

    /// One condition is all that a member has to keep.
    fn short_member(&mut self, property: &Property, own: Var, is_required: bool) {
        let member = |it: &mut Self| {
            it.var(own).put("[").literal(property.name).put("]").end();
        };
        self.out().line().put("if (");
        if !is_required {
            member(self);
            self.out().put(" !== undefined && ");
        }
        self.out().put("!");
        if self.is_function(property.shape) {
            self.test_name(property.shape);
            self.out().put("(");
            member(self);
        } else {
            self.out().put("(");
            self.is_of_what(self.model.shape(property.shape).types, member);
        }
        self.out().put(")) return false;");
    }

    /// Is a schema within another one a function of its own?
    pub(super) fn is_function(&self, part: ShapeId) -> bool {
        let shape = self.model.shape(part);
        let n_members = shape.object.as_ref().map_or(0, |it| it.properties.len());
        shape.constant.is_none()
            && (self.is_alone(part) || self.depth >= DEEPEST || n_members > N_INLINE)
    }

    /// Are the kinds of its values all that a schema tells?
    fn is_of_kinds(&self, part: ShapeId) -> bool {
        let shape = self.model.shape(part);
        let has_rules = shape.text.is_some() || shape.object.is_some() || shape.array.is_some();
        let lists = [&shape.all, &shape.any, &shape.one];
        shape.constant.is_none()
            && shape.types != TypeSet::ALL
            && shape.values.is_empty()
            && shape.bounds.is_empty()
            && !has_rules
            && shape.references.is_empty()
            && lists.iter().all(|it| it.is_empty())
            && shape.not.is_none()
            && shape.condition.is_none()
    }

    /// Does the predicate of a schema refuse `undefined`, so that nobody has to ask before?
    fn refuses_absent(&self, part: ShapeId, n_references: usize) -> bool {
        let shape = self.model.shape(part);
        if let Some(constant) = shape.constant {
            return !constant;
        }
        let follow = |target: &UnitId| {
            let next = self.model.unit(*target).shape;
            n_references > 0 && self.refuses_absent(next, n_references - 1)
        };
        shape.types != TypeSet::ALL
            || !shape.values.is_empty()
            || shape.references.iter().any(follow)
    }

    /// One loop for all keywords that look at every name.
    fn each_name(&mut self, rules: &ObjectRules, own: Var) {
        let counts = rules.min.is_some() || rules.max.is_some();
        let additional = rules.additional.filter(|it| !self.takes_all(*it));
        let names = rules.names.filter(|it| !self.takes_all(*it));
        if !counts && additional.is_none() && names.is_none() && rules.patterns.is_empty() {
            return;
        }
        let (count, name) = (self.fresh(), self.fresh());
        if counts {
            self.out().line().put("let ");
            self.var(count).put(" = 0;");
        }
        self.out().line().put("for (const ");
        self.var(name).put(" in ");
        self.var(own).put(") {").indent().line().put("if (!");
        self.kit("has").put("(");
        self.var(own).put(", ");
        self.var(name).put(")) continue;");
        if counts {
            self.out().line();
            self.var(count).put("++;");
        }
        if let Some(part) = names {
            self.out().line().put("if (!");
            self.holds(part, name);
            self.out().put(") return false;");
        }
        self.matching(rules, own, name);
        if let Some(part) = additional {
            self.other(rules, (own, name), part);
        }
        self.out().outdent().line().put("}");
        self.count_bounds(rules, count);
    }

    fn count_bounds(&mut self, rules: &ObjectRules, count: Var) {
        for (bound, sign) in [(rules.min, " < "), (rules.max, " > ")] {
            if let Some(bound) = bound {
                self.out().line().put("if (");
                self.var(count).put(sign).count(bound).put(") return false;");
            }
        }
    }

    fn matching(&mut self, rules: &ObjectRules, own: Var, name: Var) {
        for (pattern, part) in &rules.patterns {
            if self.takes_all(*part) {
                continue;
            }
            self.out().line().put("if (");
            self.regex(pattern);
            self.out().put(".test(");
            self.var(name).put(") && !");
            self.test_of_member(*part, own, name);
            self.out().put(") return false;");
        }
    }

    /// A member with none of the declared names and patterns.
    fn other(&mut self, rules: &ObjectRules, (own, name): (Var, Var), part: ShapeId) {
        self.out().line().put("if (!(false");
        let declared: Vec<&str> = rules.properties.iter().map(|it| it.name).collect();
        if declared.len() > 8 {
            self.out().put(" || ");
            self.names(&declared);
            self.out().put(".includes(");
            self.var(name).put(")");
        } else {
            for it in declared {
                self.out().put(" || ");
                self.var(name).put(" === ").literal(it);
            }
        }
        for (pattern, _) in &rules.patterns {
            self.out().put(" || ");
            self.regex(pattern);
            self.out().put(".test(");
            self.var(name).put(")");
        }
        self.out().put(") && !");
        self.test_of_member(part, own, name);
        self.out().put(") return false;");
    }

    fn test_of_member(&mut self, part: ShapeId, own: Var, name: Var) {
        match self.model.shape(part).constant {
            Some(true) => self.out().put("true").end(),
            Some(false) => self.out().put("false").end(),
            None => {
                self.test_name(part);
                self.out().put("(");
                self.var(own).put("[");
                self.var(name).put("])");
            }
        }
    }

    pub(super) fn takes_all(&self, id: ShapeId) -> bool {
        self.model.shape(id).constant == Some(true) || self.model.shape(id).is_open()
    }
}
