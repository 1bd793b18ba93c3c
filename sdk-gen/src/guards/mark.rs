//! Which members and items a schema looks at: what `unevaluated…` needs to know.

use std::collections::BTreeSet;

use crate::{
    guards::emitter::{Emitter, Var},
    model::{Model, Shape, ShapeId, UnitId},
    writer::To,
};

/// The units whose marks are asked for: those that a schema with `unevaluated…` joins.
pub(crate) fn marked(model: &Model) -> BTreeSet<UnitId> {
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for (_, unit) in model.units() {
        let mut shapes = vec![unit.shape];
        while let Some(id) = shapes.pop() {
            let shape = model.shape(id);
            if asks(shape) {
                open.extend(joined(model, id));
            }
            shape.push_inside(&mut shapes);
        }
    }
    while let Some(unit) = open.pop() {
        if found.insert(unit) {
            open.extend(joined(model, model.unit(unit).shape));
        }
    }
    found
}

fn asks(shape: &Shape) -> bool {
    shape.object.as_ref().is_some_and(|it| it.unevaluated.is_some())
        || shape.array.as_ref().is_some_and(|it| it.unevaluated.is_some())
}

/// The shapes directly inside that are about the same value.
fn beside(shape: &Shape) -> Vec<ShapeId> {
    let mut found: Vec<ShapeId> = Vec::new();
    for list in [&shape.all, &shape.any, &shape.one] {
        found.extend(list);
    }
    if let Some((condition, then, otherwise)) = shape.condition {
        found.push(condition);
        found.extend(then);
        found.extend(otherwise);
    }
    if let Some(object) = &shape.object {
        found.extend(object.dependent_schemas.iter().map(|it| it.1));
    }
    found
}

fn joined(model: &Model, id: ShapeId) -> Vec<UnitId> {
    let (mut found, mut open) = (Vec::new(), vec![id]);
    while let Some(id) = open.pop() {
        let shape = model.shape(id);
        found.extend(&shape.references);
        open.extend(beside(shape));
    }
    found
}

impl Emitter<'_, '_, '_> {
    /// `export function markOrder(v, seen)`
    pub(super) fn mark(&mut self) {
        let name = self.unit.mark_name(self.view);
        let out = self.out().to(To::Declaration).put("export declare function ").name(name);
        out.put("(v: unknown, seen: Set<string | number>): void;\n").to(To::Code);
        out.put("export function ").name(name).put("(v").to(To::Source).put(": unknown");
        out.to(To::Code).put(", seen").to(To::Source).put(": Set<string | number>): void");
        out.to(To::Script).put(")").to(To::Code).put(" {").indent();
        self.marks(self.unit.shape, true);
        self.out().outdent().line().put("}\n").to(To::All);
    }

    /// Statements that return `false` if something that nothing looked at does not fit.
    pub(super) fn unevaluated(&mut self, id: ShapeId, var: Var) {
        for (keyword, part) in self.asked(id) {
            self.out().line().put("if (!");
            self.kit("rest").put("(");
            self.var(var).put(", \"").put(keyword.1).put("\", ");
            self.mark_function(id);
            self.out().put(", ");
            self.test_or_constant(part);
            self.out().put(")) return false;");
        }
    }

    pub(super) fn unlooked_checks(&mut self, id: ShapeId) {
        for (keyword, part) in self.asked(id) {
            self.out().line();
            self.kit("unlooked").put("(\"").put(keyword.0).put("\", \"").put(keyword.1);
            self.out().put("\", ");
            self.mark_function(id);
            self.out().put(", ");
            self.test_or_constant(part);
            self.out().put("),");
        }
    }

    fn asked(&self, id: ShapeId) -> Vec<((&'static str, &'static str), ShapeId)> {
        let shape = self.model.shape(id);
        let members = shape.object.as_ref().and_then(|it| it.unevaluated);
        let items = shape.array.as_ref().and_then(|it| it.unevaluated);
        let members = members.map(|it| (("unevaluatedProperties", "members"), it));
        members.into_iter().chain(items.map(|it| (("unevaluatedItems", "items"), it))).collect()
    }

    fn mark_function(&mut self, id: ShapeId) {
        self.out().put("(v");
        self.note(": unknown").put(", seen");
        self.note(": Set<string | number>").put(") => {").indent();
        self.marks(id, false);
        self.out().outdent().line().put("}");
    }

    /// Statements that note what a shape looks at; its own `unevaluated…` looks at everything.
    fn marks(&mut self, id: ShapeId, has_rest: bool) {
        let shape = self.model.shape(id);
        if shape.constant.is_some() {
            return;
        }
        self.member_marks(shape, has_rest);
        self.item_marks(shape, has_rest);
        for target in &shape.references {
            let unit = self.model.unit(*target);
            let name = unit.mark_name(self.view);
            self.module.use_value(&unit.guards, name);
            self.out().line().name(name).put("(v, seen);");
        }
        for part in &shape.all {
            self.marks(*part, true);
        }
        for part in shape.any.iter().chain(&shape.one) {
            self.marks_if("", *part, *part);
        }
        if let Some((condition, then, otherwise)) = shape.condition {
            self.marks_if("", condition, condition);
            if let Some(then) = then {
                self.marks_if("", condition, then);
            }
            if let Some(otherwise) = otherwise {
                self.marks_if("!", condition, otherwise);
            }
        }
    }

    fn marks_if(&mut self, sign: &'static str, condition: ShapeId, part: ShapeId) {
        self.out().line().put("if (").put(sign);
        self.holds(condition, Var::Value);
        self.out().put(") {").indent();
        self.marks(part, true);
        self.out().outdent().line().put("}");
    }

    fn member_marks(&mut self, shape: &Shape, has_rest: bool) {
        let Some(rules) = &shape.object else { return };
        if rules.additional.is_some() || has_rest && rules.unevaluated.is_some() {
            self.out().line();
            self.kit("markAllMembers").put("(v, seen);");
        }
        if !rules.properties.is_empty() {
            self.out().line();
            self.kit("markMembers").put("(v, seen");
            for property in &rules.properties {
                self.out().put(", ").literal(property.name);
            }
            self.out().put(");");
        }
        for (pattern, _) in &rules.patterns {
            self.out().line();
            self.kit("markMatching").put("(v, seen, ");
            self.regex(pattern);
            self.out().put(");");
        }
        for (name, part) in &rules.dependent_schemas {
            self.out().line().put("if (");
            self.kit("isObject").put("(v) && ");
            self.kit("has").put("(v, ").literal(name).put(")) {").indent();
            self.marks(*part, true);
            self.out().outdent().line().put("}");
        }
    }

    fn item_marks(&mut self, shape: &Shape, has_rest: bool) {
        let Some(rules) = &shape.array else { return };
        let all = rules.rest.is_some() || has_rest && rules.unevaluated.is_some();
        if all || !rules.prefix.is_empty() {
            self.out().line();
            self.kit("markItems").put("(v, seen, ");
            if all {
                self.out().put("Infinity);");
            } else {
                self.out().local("", rules.prefix.len()).put(");");
            }
        }
        if let Some(contains) = rules.contains.filter(|it| it.evaluates) {
            self.out().line();
            self.kit("markFound").put("(v, seen, ");
            self.test_or_constant(contains.shape);
            self.out().put(");");
        }
    }
}
