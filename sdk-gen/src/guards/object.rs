//! Predicates of objects.

use crate::{
    guards::emitter::{Emitter, Var},
    model::{ObjectRules, Property, ShapeId},
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
        let value = self.fresh();
        let is_inherited = is_inherited(property.name);
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
        if self.is_alone(part) || self.depth >= 5 {
            self.apply(part, value);
        } else {
            self.statements(part, value);
        }
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
            self.names(declared.iter().map(|it| (*it).to_owned()).collect());
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
