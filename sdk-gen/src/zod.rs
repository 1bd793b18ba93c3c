//! Zod 4 schemas: native where Zod is exact, else the predicate itself.
//!
//! Zod drops an own member named `__proto__` from whatever it copies, so an open object in Zod's
//! own words would not give back what came in; a closed one refuses it, and is native.

use contracts::{Kind, inclusion::TypeSet};

use crate::{
    guards::KIT,
    model::{Limit, Model, Shape, ShapeId, TextRules, Unit, UnitId, View},
    module::Module,
    names::Name,
    schemas::Types,
    writer::{To, Writer},
};

/// Schemas inside schemas are looked into to this depth.
const DEPTH: usize = 24;

/// `zod.ts`
pub(crate) fn module(model: &Model) -> Module {
    let mut module = Module::new("zod");
    for word in ["atLeast", "atMost", "multiple"] {
        module.use_word(KIT, word, model.apart(word));
    }
    module.use_type(KIT, &Name::own("GuardIssue"), false);
    module.out.to(To::All).put("import * as z from \"zod\";\n");
    let out = module.out.to(To::Types).put("import type * as T").put(model.apart("T"));
    out.put(" from \"./schemas.js\";\n");
    custom(&mut module.out, model.apart("custom"));
    let mut zod = Zod { model, types: Types::new(model), module };
    let units: Vec<_> = model.units().filter(|it| it.1.is_listed()).collect();
    for (id, unit) in &units {
        let views = if unit.differs { &View::ALL[..] } else { &[View::Received] };
        for view in views {
            zod.declare(*id, unit, *view);
        }
    }
    for (word, view) in [("schemas", View::Received), ("requestSchemas", View::Sent)] {
        zod.record(&units, word, view);
    }
    zod.module
}

/// The schema of a predicate: exact by construction, with the issues of the guard.
fn custom(out: &mut Writer, apart: &'static str) {
    out.to(To::Code)
        .put("function custom")
        .put(apart)
        .to(To::Source)
        .put("<T>")
        .to(To::Code)
        .put("(is");
    out.to(To::Source).put(": (v: unknown) => boolean").to(To::Code).put(", issues");
    out.to(To::Source).put(": (v: unknown) => readonly GuardIssue[]): z.ZodType<T>");
    out.to(To::Script).put(")").to(To::Code).put(" {").indent();
    out.line().put("return z.custom").to(To::Source).put("<T>").to(To::Code);
    out.put("().check((it) => {").indent().line();
    out.put("if (is(it.value)) return;").line();
    out.put("for (const { message, path } of issues(it.value)) ");
    out.put("it.issues.push({ code: \"custom\", message, path: [...path], input: it.value });");
    out.outdent().line().put("});").outdent().line().put("}\n").to(To::All);
}

struct Zod<'m, 'a> {
    model: &'m Model<'a>,
    types: Types<'m, 'a>,
    module: Module,
}

impl Zod<'_, '_> {
    fn declare(&mut self, id: UnitId, unit: &Unit, view: View) {
        let (name, apart) = (unit.type_name(view), self.model.apart("T"));
        let out = self.module.out.to(To::Declaration).put("export declare const ").name(name);
        out.put(": z.ZodType<T").put(apart).put(".").name(name).put(">;\n").to(To::Code);
        out.put("export const ").name(name).to(To::Source).put(": z.ZodType<T").put(apart);
        out.put(".").name(name).put(">").to(To::Code);
        out.put(" = /* @__PURE__ */ ");
        if !unit.is_recursive && self.is_native(unit.shape, view, DEPTH) {
            self.native(unit.shape, view);
        } else {
            self.by_guard(id, view);
        }
        self.module.out.put(";\n").to(To::All);
    }

    fn by_guard(&mut self, id: UnitId, view: View) {
        let unit = self.model.unit(id);
        let (is, issues) = (unit.is_name(view), unit.issues_name(view));
        self.module.use_value(&unit.guards, is);
        self.module.use_value(&unit.guards, issues);
        let apart = self.model.apart("custom");
        self.module.out.put("custom").put(apart).put("(").name(is).put(", ").name(issues).put(")");
    }

    /// Does Zod take exactly the values of a shape, and give them back as they came?
    fn is_native(&self, id: ShapeId, view: View, depth: usize) -> bool {
        let shape = self.model.shape(id);
        if depth == 0 || shape.constant.is_some() || !is_simple(shape) {
            return false;
        }
        // The types of these say more than Zod would infer.
        let is_told = self.model.store.get(shape.node, "discriminator").is_some();
        if is_told || !shape.suggested.is_empty() {
            return false;
        }
        let mut properties = shape.object.iter().flat_map(|it| &it.properties);
        if properties.any(|it| it.is_hidden(view)) {
            return false;
        }
        let inner = |it: ShapeId| self.is_native(it, view, depth - 1);
        if let [target] = shape.references.as_slice() {
            let unit = self.model.unit(*target);
            let is_alone = shape.types == TypeSet::ALL && shape.values.is_empty();
            return is_alone && !has_rules(shape) && !unit.is_recursive && inner(unit.shape);
        }
        if !shape.any.is_empty() {
            let is_alone = shape.types == TypeSet::ALL && shape.values.is_empty();
            return is_alone && !has_rules(shape) && shape.any.iter().all(|it| inner(*it));
        }
        if !shape.values.is_empty() {
            return !has_rules(shape) && !shape.is_extensible && self.has_plain_values(shape);
        }
        if shape.types == TypeSet::OBJECT {
            return self.is_closed(shape) && members(shape).all(inner);
        }
        if shape.types == TypeSet::ARRAY {
            return shape.array.as_ref().is_some_and(|it| {
                // A list that is never empty is a tuple as a type.
                let is_list = it.min.is_none_or(|it| it > 4);
                let is_plain =
                    is_list && it.prefix.is_empty() && !it.is_unique && it.unevaluated.is_none();
                is_plain && it.contains.is_none() && it.rest.is_some_and(inner)
            });
        }
        // A rule of texts beside a type of numbers would be one of other values.
        [TypeSet::STRING, TypeSet::NUMBER, TypeSet::INTEGER, TypeSet::BOOLEAN, TypeSet::NULL]
            .contains(&shape.types)
            && shape.object.is_none()
            && shape.array.is_none()
    }

    fn has_plain_values(&self, shape: &Shape) -> bool {
        let store = self.model.store;
        let values = self.types.common_values(shape);
        let is_plain = |it: &contracts::NodeId| match store.kind(*it) {
            Kind::Null | Kind::Bool | Kind::Number => true,
            Kind::String => store.as_str(*it).is_some(),
            Kind::Array | Kind::Object => false,
        };
        !values.is_empty() && values.iter().all(is_plain)
    }

    /// Is it an object with declared members only, none of which every object answers to?
    fn is_closed(&self, shape: &Shape) -> bool {
        let Some(rules) = &shape.object else { return false };
        let closed = rules.additional.map(|it| self.model.shape(it).constant);
        let is_plain = rules.patterns.is_empty()
            && rules.names.is_none()
            && rules.min.is_none()
            && rules.max.is_none()
            && rules.unevaluated.is_none()
            && rules.dependent_required.is_empty()
            && rules.dependent_schemas.is_empty();
        let declared = |name: &str| rules.properties.iter().any(|it| it.name == name);
        closed == Some(Some(false))
            && is_plain
            && rules.required.iter().all(|it| declared(it.name))
            && rules.properties.iter().all(|it| !crate::guards::is_inherited(it.name))
    }

    /// Writes a shape in Zod's own words; it is one that has them.
    fn native(&mut self, id: ShapeId, view: View) {
        let shape = self.model.shape(id);
        if let [target] = shape.references.as_slice() {
            return self.native(self.model.unit(*target).shape, view);
        }
        if !shape.any.is_empty() {
            zod(&mut self.module.out).put(".union([");
            for (idx, part) in shape.any.iter().enumerate() {
                self.module.out.comma(idx);
                self.native(*part, view);
            }
            self.module.out.put("])");
        } else if !shape.values.is_empty() {
            self.literals(shape);
        } else if shape.types == TypeSet::OBJECT {
            self.object(shape, view);
        } else if shape.types == TypeSet::ARRAY {
            self.array(shape, view);
        } else {
            self.scalar(shape);
        }
    }

    fn literals(&mut self, shape: &Shape) {
        let values = self.types.common_values(shape);
        let store = self.model.store;
        zod(&mut self.module.out).put(".literal([");
        for (idx, value) in values.iter().enumerate() {
            self.module.out.comma(idx).value(store, *value);
        }
        self.module.out.put("])");
    }

    fn object(&mut self, shape: &Shape, view: View) {
        let Some(rules) = &shape.object else { return };
        zod(&mut self.module.out).put(".strictObject({").indent();
        for property in &rules.properties {
            let mut required = rules.required.iter().filter(|it| it.name == property.name);
            let is_required = required.any(|it| !it.is_hidden(view));
            let out = self.module.out.line().property(property.name);
            out.put(": ");
            if !is_required {
                zod(out).put(".exactOptional(");
            }
            self.native(property.shape, view);
            self.module.out.put(if is_required { "," } else { ")," });
        }
        self.module.out.outdent().line().put("})");
    }

    fn array(&mut self, shape: &Shape, view: View) {
        let Some(rules) = &shape.array else { return };
        let Some(rest) = rules.rest else { return };
        zod(&mut self.module.out).put(".array(");
        self.native(rest, view);
        self.module.out.put(")");
        for (bound, word) in [(rules.min, ".min("), (rules.max, ".max(")] {
            if let Some(bound) = bound {
                self.module.out.put(word).count(bound).put(")");
            }
        }
    }

    fn scalar(&mut self, shape: &Shape) {
        let out = &mut self.module.out;
        if shape.types == TypeSet::BOOLEAN {
            zod(out).put(".boolean()");
        } else if shape.types == TypeSet::NULL {
            zod(out).put(".null()");
        } else if shape.types == TypeSet::STRING {
            zod(out).put(".string()");
            if let Some(rules) = &shape.text {
                text(out, self.model, rules);
            }
        } else {
            zod(out).put(".number()");
            if shape.types == TypeSet::INTEGER {
                refine(out, ": number").put("Number.isInteger(v), \"must be integer\")");
            }
            bounds(out, self.model, shape);
        }
    }

    fn record(&mut self, units: &[(UnitId, &Unit)], word: &'static str, view: View) {
        let apart = self.model.apart("T");
        let types = |out: &mut Writer| {
            out.put(": {").indent();
            for (_, unit) in units {
                out.line().put("readonly ").key(&unit.contract_name).put(": z.ZodType<T");
                out.put(apart).put(".").name(unit.type_name(view)).put(">;");
            }
            out.outdent().line().put("}");
        };
        let out = &mut self.module.out;
        out.to(To::Declaration).put("export declare const ").put(word);
        types(out);
        out.put(";\n").to(To::Code).put("export const ").put(word).to(To::Source);
        types(out);
        out.to(To::Code).put(" = {").indent();
        for (_, unit) in units {
            let name = unit.type_name(view);
            out.line().property(&unit.contract_name).put(": ").name(name).put(",");
        }
        out.outdent().line().put("};\n").to(To::All);
    }
}

/// Zod, without its inference: the annotation of the export is the type, and to hold large schemas
/// against it would take the compiler longer than everything else.
fn zod(out: &mut Writer) -> &mut Writer {
    out.to(To::Source).put("(z as any)").to(To::Script).put("z").to(To::Code)
}

/// A condition on a value, whose type is said.
fn refine<'o>(out: &'o mut Writer, of: &'static str) -> &'o mut Writer {
    out.put(".refine((v").to(To::Source).put(of).to(To::Code).put(") => ")
}

fn members(shape: &Shape) -> impl Iterator<Item = ShapeId> {
    shape.object.iter().flat_map(|it| &it.properties).map(|it| it.shape)
}

/// Has it no keyword that Zod has no exact word for?
fn is_simple(shape: &Shape) -> bool {
    let lists_are_free = shape.all.is_empty() && shape.one.is_empty();
    let is_single =
        shape.references.len() <= 1 && (shape.references.is_empty() || shape.any.is_empty());
    lists_are_free && is_single && shape.not.is_none() && shape.condition.is_none()
}

fn has_rules(shape: &Shape) -> bool {
    let inner = shape.text.is_some() || shape.object.is_some() || shape.array.is_some();
    inner || !shape.bounds.is_empty()
}

fn text(out: &mut Writer, model: &Model, rules: &TextRules) {
    if let Some(min) = rules.min {
        refine(out, ": string")
            .put("atLeast")
            .put(model.apart("atLeast"))
            .put("(v, ")
            .count(min)
            .put("), \"shorter than ")
            .count(min)
            .put("\")");
    }
    if let Some(max) = rules.max {
        refine(out, ": string")
            .put("atMost")
            .put(model.apart("atMost"))
            .put("(v, ")
            .count(max)
            .put("), \"longer than ")
            .count(max)
            .put("\")");
    }
    if let Some(pattern) = &rules.pattern {
        out.put(".regex(").regex(&pattern.source, pattern.is_unicode).put(")");
    }
}

fn bounds(out: &mut Writer, model: &Model, shape: &Shape) {
    for bound in &shape.bounds {
        refine(out, ": number");
        let sign = match bound.limit {
            Limit::Minimum => "v >= ",
            Limit::Above => "v > ",
            Limit::Maximum => "v <= ",
            Limit::Below => "v < ",
            Limit::MultipleOf => "",
        };
        if bound.limit == Limit::MultipleOf {
            out.put("multiple")
                .put(model.apart("multiple"))
                .put("(v, ")
                .literal(&bound.number)
                .put(")");
        } else {
            out.put(sign).number(&bound.number);
        }
        out.put(", \"").put(bound.limit.broken()).number(&bound.number).put("\")");
    }
}
