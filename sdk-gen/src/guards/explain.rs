//! Checks: the same keywords as expressions of the kit, which collect issues with their paths.

use contracts::inclusion::TypeSet;

use crate::{
    guards::{
        KIT,
        emitter::{Emitter, Var},
        kinds::{check_of, kinds},
        object::N_INLINE,
    },
    model::{ArrayRules, ObjectRules, Shape, ShapeId, TextRules},
    names::Name,
    writer::{To, Writer},
};

impl Emitter<'_, '_, '_> {
    /// `export function orderIssues(v, limit)`
    pub(super) fn issues(&mut self) {
        self.module.use_type(KIT, &Name::own("GuardIssue"), true);
        let view = self.view;
        let (is, issues) = (self.unit.is_name(view), self.unit.issues_name(view));
        let check = self.unit.check_name(view);
        let out = self.out().to(To::Declaration).put("export declare function ").name(issues);
        out.put("(v: unknown, limit?: number): readonly GuardIssue[];\n").to(To::Code);
        out.put("export function ").name(issues).put("(v").to(To::Source).put(": unknown");
        out.to(To::Code).put(", limit = 20)").to(To::Source).put(": readonly GuardIssue[]");
        out.to(To::Code).put(" {").indent().line().put("return ").name(is).put("(v) ? [] : ");
        self.kit("collect").put("(").name(check).put(", v, limit);");
        self.out().outdent().line().put("}\n").to(To::All);
    }

    /// `export function checkOrder(v, p, o)`
    pub(super) fn check(&mut self) {
        self.module.use_type(KIT, &Name::own("Path"), true);
        self.module.use_type(KIT, &Name::own("Sink"), true);
        let check = self.unit.check_name(self.view);
        let pointer = self.unit.at.pointer.clone();
        let out = self.out().to(To::Declaration).put("export declare function ").name(check);
        out.put("(v: unknown, p: Path, o: Sink): void;\n").to(To::Code);
        out.put("export function ").name(check).put("(v").to(To::Source).put(": unknown");
        out.to(To::Code).put(", p").to(To::Source).put(": Path").to(To::Code).put(", o");
        out.to(To::Source).put(": Sink): void").to(To::Script).put(")").to(To::Code);
        out.put(" {").indent().line();
        self.kit("run").put("(v, p, o, ").literal(pointer.as_str()).put(", [").indent();
        self.checks(self.unit.shape);
        self.out().outdent().line().put("]);").outdent().line().put("}\n").to(To::All);
    }

    /// The checks of a shape, each on a line, each with a comma behind.
    fn checks(&mut self, id: ShapeId) {
        let shape = self.model.shape(id);
        match shape.constant {
            Some(false) => {
                self.out().line();
                self.kit("never").put(",");
                return;
            }
            Some(true) => return,
            None => {}
        }
        self.kinds_check(shape);
        if let Some(rules) = &shape.text {
            self.text_checks(rules);
        }
        self.bound_checks(shape);
        if let Some(rules) = &shape.object {
            self.object_checks(rules);
        }
        if let Some(rules) = &shape.array {
            self.array_checks(rules);
        }
        self.composed_checks(shape);
        self.unlooked_checks(id);
    }

    fn kinds_check(&mut self, shape: &Shape) {
        if shape.types != TypeSet::ALL {
            self.kind_check(shape.types);
        }
        if let Some((keyword, _)) = shape.values.first() {
            let values = self.types.common_values(shape);
            self.needs(keyword, "not one of the allowed values");
            if shape.is_extensible {
                self.out().put("typeof v === \"string\" || ");
            }
            self.is_one_of(&values, Var::Value);
            self.out().put("),");
        }
    }

    /// The check of kinds, which many schemas share.
    fn kind_check(&mut self, types: TypeSet) {
        if let Some(word) = check_of(types) {
            self.out().line();
            self.kit(word).put(",");
            return;
        }
        self.module.use_type(KIT, &Name::own("Check"), false);
        let number = self.share("const ", "n$", |it| {
            it.note(": Check").put(" = /* @__PURE__ */ ");
            it.kit("needs").put("(\"type\", \"");
            kinds(it.out(), types);
            it.out().put("\", (v) => ");
            it.is_of(types, Var::Value);
            it.out().put(");\n");
        });
        self.out().line().local("n$", number).put(",");
    }

    /// `needs("minLength", "…", (v) => `
    fn needs(&mut self, keyword: &'static str, message: &'static str) {
        self.needs_with(keyword, |out| out.put(message).end());
    }

    /// The same with a message of several parts; none of them may be a text of the contract.
    fn needs_with(&mut self, keyword: &'static str, message: impl FnOnce(&mut Writer)) {
        self.out().line();
        self.kit("needs").put("(\"").put(keyword).put("\", \"");
        message(self.out());
        self.out().put("\", (v) => ");
    }

    fn text_checks(&mut self, rules: &TextRules) {
        if let Some(min) = rules.min {
            self.needs_with("minLength", |out| out.put("shorter than ").count(min).end());
            self.out().put("typeof v !== \"string\" || ");
            self.kit("atLeast").put("(v, ").count(min).put(")),");
        }
        if let Some(max) = rules.max {
            self.needs_with("maxLength", |out| out.put("longer than ").count(max).end());
            self.out().put("typeof v !== \"string\" || ");
            self.kit("atMost").put("(v, ").count(max).put(")),");
        }
        if let Some(pattern) = &rules.pattern {
            self.needs("pattern", "does not match the pattern");
            self.out().put("typeof v !== \"string\" || ");
            self.regex(pattern);
            self.out().put(".test(v)),");
        }
    }

    fn bound_checks(&mut self, shape: &Shape) {
        for bound in &shape.bounds {
            let message = bound.limit.broken();
            self.needs_with(bound.keyword, |out| out.put(message).number(&bound.number).end());
            self.out().put("typeof v !== \"number\" || ");
            self.bound(bound, Var::Value);
            self.out().put("),");
        }
    }

    fn object_checks(&mut self, rules: &ObjectRules) {
        let view = self.view;
        let needed: Vec<&str> =
            rules.required.iter().filter(|it| !it.is_hidden(view)).map(|it| it.name).collect();
        if !needed.is_empty() {
            self.out().line();
            self.kit("required").put("(");
            self.literals(&needed);
            self.out().put("),");
        }
        for property in &rules.properties {
            if self.takes_all(property.shape) {
                continue;
            }
            self.out().line();
            self.kit("member").put("(").literal(property.name).put(",");
            self.inner(property.shape);
        }
        for (pattern, part) in &rules.patterns {
            self.out().line();
            self.kit("matching").put("(").literal(pattern.written).put(", ");
            self.regex(pattern);
            self.out().put(",");
            self.inner(*part);
        }
        if let Some(part) = rules.additional {
            self.other_checks(rules, part);
        }
        if let Some(part) = rules.names {
            self.out().line();
            self.kit("named").put("(");
            self.test_or_constant(part);
            self.out().put("),");
        }
        self.size_checks(rules);
        self.dependent_checks(rules);
    }

    fn other_checks(&mut self, rules: &ObjectRules, part: ShapeId) {
        let declared: Vec<&str> = rules.properties.iter().map(|it| it.name).collect();
        self.out().line();
        self.kit("others").put("([");
        self.literals(&declared);
        self.out().put("], [");
        for (idx, (pattern, _)) in rules.patterns.iter().enumerate() {
            self.out().comma(idx);
            self.regex(pattern);
        }
        self.out().put("],");
        self.inner(part);
    }

    fn size_checks(&mut self, rules: &ObjectRules) {
        let bounds = [
            (rules.min, "minProperties", "fewer members than ", " >= "),
            (rules.max, "maxProperties", "more members than ", " <= "),
        ];
        for (bound, keyword, message, sign) in bounds {
            if let Some(bound) = bound {
                self.needs_with(keyword, |out| out.put(message).count(bound).end());
                self.out().put("!");
                self.kit("isObject").put("(v) || Object.keys(v).length").put(sign);
                self.out().count(bound).put("),");
            }
        }
    }

    fn dependent_checks(&mut self, rules: &ObjectRules) {
        for (name, needed) in &rules.dependent_required {
            self.out().line();
            self.kit("when").put("((v) => ");
            self.kit("isObject").put("(v) && ");
            self.kit("has").put("(v, ").literal(name).put("), ");
            self.kit("required").put("(");
            self.literals(needed);
            self.out().put(")),");
        }
        for (name, part) in &rules.dependent_schemas {
            self.out().line();
            self.kit("when").put("((v) => ");
            self.kit("isObject").put("(v) && ");
            self.kit("has").put("(v, ").literal(name).put("), ");
            self.kit("within").put("(\"dependentSchemas/\" + ").literal(name).put(",");
            self.inner(*part);
            self.out().put("),");
        }
    }

    fn array_checks(&mut self, rules: &ArrayRules) {
        let bounds = [
            (rules.min, "minItems", "fewer items than ", " >= "),
            (rules.max, "maxItems", "more items than ", " <= "),
        ];
        for (bound, keyword, message, sign) in bounds {
            if let Some(bound) = bound {
                self.needs_with(keyword, |out| out.put(message).count(bound).end());
                let out = self.out().put("!Array.isArray(v) || v.length").put(sign);
                out.count(bound).put("),");
            }
        }
        for (idx, part) in rules.prefix.iter().enumerate() {
            self.out().line();
            self.kit("item").put("(\"prefixItems\", ").local("", idx).put(",");
            self.inner(*part);
        }
        if let Some(part) = rules.rest {
            self.out().line();
            self.kit("items").put("(\"items\", ").local("", rules.prefix.len()).put(",");
            self.inner(part);
        }
        if rules.is_unique {
            self.needs("uniqueItems", "two items are equal");
            self.out().put("!Array.isArray(v) || ");
            self.kit("unique").put("(v)),");
        }
        if let Some(contains) = rules.contains {
            self.needs("contains", "too few or too many of these items");
            self.out().put("{").indent().line().put("if (!Array.isArray(v)) return true;");
            self.contains_check(contains);
            self.out().line().put("return true;").outdent().line().put("}),");
        }
    }

    fn composed_checks(&mut self, shape: &Shape) {
        for target in &shape.references {
            let unit = self.model.unit(*target);
            let name = unit.check_name(self.view);
            self.module.use_value(&unit.guards, name);
            self.out().line().name(name).put(",");
        }
        for (idx, part) in shape.all.iter().enumerate() {
            self.out().line();
            self.kit("within").put("(\"allOf/").local("", idx).put("\",");
            self.inner(*part);
        }
        if !shape.any.is_empty() {
            self.needs("anyOf", "fits none of the variants");
            self.out().put("[");
            self.test_or_constant_list(&shape.any);
            self.out().put("].some((test) => test(v))),");
        }
        if !shape.one.is_empty() {
            self.needs("oneOf", "does not fit exactly one of the variants");
            self.kit("exactlyOne").put("(v, [");
            self.test_or_constant_list(&shape.one);
            self.out().put("])),");
        }
        if let Some(part) = shape.not {
            self.needs("not", "fits what it must not fit");
            self.out().put("!");
            self.holds(part, Var::Value);
            self.out().put("),");
        }
        if let Some((condition, then, otherwise)) = shape.condition {
            self.conditional(condition, (then, "then"), "");
            self.conditional(condition, (otherwise, "else"), "!");
        }
    }

    fn conditional(
        &mut self,
        condition: ShapeId,
        (part, way): (Option<ShapeId>, &'static str),
        sign: &'static str,
    ) {
        let Some(part) = part else { return };
        self.out().line();
        self.kit("when").put("((v) => ").put(sign);
        self.holds(condition, Var::Value);
        self.out().put(", ");
        self.kit("within").put("(\"").put(way).put("\",");
        self.inner(part);
        self.out().put("),");
    }

    /// The checks of a shape as the rest of the arguments of a call, and its end.
    fn inner(&mut self, part: ShapeId) {
        let n_members = self.model.shape(part).object.as_ref().map_or(0, |it| it.properties.len());
        if n_members > N_INLINE {
            let number = self.inner_check(part);
            self.out().put(" ").local("c$", number).put("),");
            return;
        }
        self.out().indent();
        self.checks(part);
        self.out().outdent().line().put("),");
    }

    /// The checks of an object as a function beside.
    fn inner_check(&mut self, part: ShapeId) -> usize {
        self.share("function ", "c$", |it| {
            it.out().put("(v");
            it.note(": unknown").put(", p");
            it.note(": Path").put(", o");
            it.note(": Sink").put(", s");
            it.note(": string").put(")");
            it.note(": void").put(" {").indent().line();
            it.kit("run").put("(v, p, o, s, [").indent();
            it.checks(part);
            it.out().outdent().line().put("]);").outdent().line().put("}\n");
        })
    }

    pub(super) fn test_or_constant(&mut self, part: ShapeId) {
        match self.model.shape(part).constant {
            Some(true) => self.out().put("() => true").end(),
            Some(false) => self.out().put("() => false").end(),
            None => self.test_name(part),
        }
    }

    pub(super) fn test_or_constant_list(&mut self, parts: &[ShapeId]) {
        for (idx, part) in parts.iter().enumerate() {
            self.out().comma(idx);
            self.test_or_constant(*part);
        }
    }

    fn literals(&mut self, names: &[&str]) {
        for (idx, name) in names.iter().enumerate() {
            self.out().comma(idx).literal(name);
        }
    }
}
