//! Predicates of lists.

use crate::{
    guards::emitter::{Emitter, Var},
    model::{ArrayRules, Contains},
};

impl Emitter<'_, '_, '_> {
    pub(super) fn array(&mut self, rules: &ArrayRules, var: Var) {
        let own = self.fresh();
        self.out().line().put("const ");
        self.var(own).put(" = ");
        self.var(var);
        self.note(" as readonly unknown[]").put(";");
        for (bound, sign) in [(rules.min, ".length < "), (rules.max, ".length > ")] {
            if let Some(bound) = bound {
                self.out().line().put("if (");
                self.var(own).put(sign).count(bound).put(") return false;");
            }
        }
        for (idx, part) in rules.prefix.iter().enumerate() {
            if self.takes_all(*part) {
                continue;
            }
            let item = self.fresh();
            self.out().line().put("if (");
            self.var(own).put(".length > ").local("", idx).put(") {").indent().line().put("const ");
            self.var(item).put(" = ");
            self.var(own).put("[").local("", idx).put("];");
            self.apply_inside(*part, item);
            self.out().outdent().line().put("}");
        }
        self.rest_of_items(rules, own);
        if rules.is_unique {
            self.out().line().put("if (!");
            self.kit("unique").put("(");
            self.var(own).put(")) return false;");
        }
        if let Some(contains) = rules.contains {
            self.contains(contains, own);
        }
    }

    fn rest_of_items(&mut self, rules: &ArrayRules, own: Var) {
        let Some(part) = rules.rest.filter(|it| !self.takes_all(*it)) else { return };
        let (at, item) = (self.fresh(), self.fresh());
        self.out().line().put("for (let ");
        self.var(at).put(" = ").local("", rules.prefix.len()).put("; ");
        self.var(at).put(" < ");
        self.var(own).put(".length; ");
        self.var(at).put("++) {").indent().line().put("const ");
        self.var(item).put(" = ");
        self.var(own).put("[");
        self.var(at).put("];");
        self.apply_inside(part, item);
        self.out().outdent().line().put("}");
    }

    /// The statements of `contains` for the parameter.
    pub(super) fn contains_check(&mut self, contains: Contains) {
        self.contains(contains, Var::Value);
    }

    fn contains(&mut self, contains: Contains, own: Var) {
        let (count, item) = (self.fresh(), self.fresh());
        self.out().line().put("let ");
        self.var(count).put(" = 0;").line().put("for (const ");
        self.var(item).put(" of ");
        self.var(own).put(") if (");
        self.holds(contains.shape, item);
        self.out().put(") ");
        self.var(count).put("++;").line().put("if (");
        self.var(count).put(" < ").count(contains.min);
        if let Some(max) = contains.max {
            self.out().put(" || ");
            self.var(count).put(" > ").count(max);
        }
        self.out().put(") return false;");
    }
}
