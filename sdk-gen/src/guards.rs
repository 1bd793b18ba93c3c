//! Guards: predicates that are the truth, and checks that explain after a predicate said no.

mod array;
mod emitter;
mod explain;
mod kinds;
mod mark;
mod object;
mod predicate;

use std::collections::{BTreeMap, BTreeSet};

use contracts::inclusion::TypeSet;

use crate::{
    guards::emitter::Emitter,
    model::{Model, Origin, UnitId, View},
    module::{Module, Modules},
    names::Name,
    schemas::Types,
    writer::To,
};

pub(crate) use mark::marked;
pub(crate) use object::is_inherited;

/// The module that all guards are made of.
pub const KIT: &str = "guards/kit";

/// The modules with the guards of all units that have a module of their own.
pub(crate) fn modules(model: &Model, marked: &BTreeSet<UnitId>, modules: &mut Modules) {
    let types = Types::new(model);
    let mut homes: BTreeMap<&str, Vec<(UnitId, View)>> = BTreeMap::new();
    for (id, view) in views(model) {
        let home = model.unit(id).guards.as_str();
        if home.starts_with("guards/") {
            homes.entry(home).or_default().push((id, view));
        }
    }
    modules.add(entry(model));
    for (path, mut units) in homes {
        units.sort_by(|one, other| {
            let name = |it: &(UnitId, View)| model.unit(it.0).is_name(it.1);
            name(one).cmp(name(other))
        });
        let mut module = Module::new(path);
        for (id, view) in units {
            declare(&types, marked, &mut module, (id, view));
        }
        modules.add(module);
    }
}

/// Writes predicate, issues and check of one unit into a module.
pub(crate) fn declare(
    types: &Types,
    marked: &BTreeSet<UnitId>,
    module: &mut Module,
    (id, view): (UnitId, View),
) {
    let mut emitter = Emitter::new(*types, module, id, view);
    emitter.predicate();
    emitter.issues();
    emitter.check();
    if marked.contains(&id) {
        emitter.mark();
    }
    if let Some(name) = types.model().constructor(id).filter(|_| view == View::Received) {
        constructor(types, module, id, name);
    }
}

/// `export function orderId(v: string): OrderId`
fn constructor(types: &Types, module: &mut Module, id: UnitId, name: &Name) {
    let unit = types.model().unit(id);
    let (view, is, issues) =
        (View::Received, unit.is_name(View::Received), unit.issues_name(View::Received));
    let kinds = types.unit_reach(id);
    let takes = match (kinds.meets(TypeSet::STRING), kinds.meets(TypeSet::NUMBER)) {
        (true, false) => "string",
        (false, true) => "number",
        (true, true) | (false, false) => "string | number",
    };
    let of = unit.type_name(view);
    module.use_type(&unit.types, of, true);
    let out = module.out.to(To::All).put("/** The value itself; throws if it does not fit. */\n");
    out.put("export ").to(To::Declaration).put("declare ").to(To::All).put("function ").name(name);
    out.put("(v").to(To::Types).put(": ").put(takes).to(To::All).put(")").to(To::Types);
    out.put(": ").name(of).to(To::Declaration).put(";\n").to(To::Code).put(" {").indent().line();
    out.put("if (").name(is).put("(v)) return v;").line();
    out.put("throw new TypeError(").name(issues).put("(v, 1).map((it) => it.message).join());");
    out.outdent().line().put("}\n").to(To::All);
}

/// Every unit in every view that it is written in.
fn views<'m>(model: &'m Model) -> impl Iterator<Item = (UnitId, View)> + 'm {
    model.units().filter(|it| it.1.is_guarded()).flat_map(|(id, unit)| {
        let views = if unit.differs { &View::ALL[..] } else { &[View::Received] };
        views.iter().map(move |it| (id, *it))
    })
}

/// `guards.ts`: all predicates, and the guards of components as values.
fn entry(model: &Model) -> Module {
    let mut module = Module::new("guards");
    let mut exports: BTreeMap<&str, Vec<&Name>> = BTreeMap::new();
    for (id, view) in views(model) {
        let unit = model.unit(id);
        if unit.guards.starts_with("guards/") && !unit.is_inline {
            let names = exports.entry(unit.guards.as_str()).or_default();
            names.extend([unit.is_name(view), unit.issues_name(view)]);
            names.extend(model.constructor(id).filter(|_| view == View::Received));
        }
    }
    for (home, mut names) in exports {
        names.sort();
        let path = module.relative(home);
        module.out.put("export { ");
        for (idx, name) in names.iter().enumerate() {
            module.out.comma(idx).name(name);
        }
        module.out.put(" } from ").module_path(&path).put(";\n");
    }
    let kit = module.relative(KIT);
    module.out.to(To::Types).put("export type { Guard, GuardIssue } from ");
    module.out.module_path(&kit).put(";\n").to(To::All);
    for (word, view) in [("guards", View::Received), ("requestGuards", View::Sent)] {
        record(model, &mut module, word, view);
    }
    module
}

/// One record of guards by the exact names of the components.
fn record(model: &Model, module: &mut Module, word: &'static str, view: View) {
    let apart = model.apart("guard");
    module.use_word(KIT, "guard", apart);
    module.use_type(KIT, &Name::own("Guard"), true);
    let components: Vec<_> = model.units().filter(|it| it.1.is_listed()).collect();
    let out = |module: &mut Module, before: &'static str| {
        module.out.put(before).put(word).put(": {").indent();
        for (_, unit) in &components {
            let name = unit.type_name(view);
            module.use_type(&unit.types, name, true);
            module.out.line().put("readonly ").key(&unit.contract_name);
            module.out.put(": Guard<").name(name).put(">;");
        }
        module.out.outdent().line().put("}");
    };
    module.out.to(To::Declaration);
    out(module, "export declare const ");
    module.out.put(";\n").to(To::Source);
    out(module, "export const ");
    module.out.to(To::Script).put("export const ").put(word).to(To::Code).put(" = {").indent();
    for (_, unit) in &components {
        let (is, issues) = (unit.is_name(view), unit.issues_name(view));
        module.use_value(&unit.guards, is);
        module.use_value(&unit.guards, issues);
        module
            .out
            .line()
            .property(&unit.contract_name)
            .put(": /* @__PURE__ */ guard")
            .put(apart)
            .put("(");
        module.out.name(is).put(", ").name(issues).put(", ");
        module.out.put(if unit.is_complete { "true" } else { "false" }).put("),");
    }
    module.out.outdent().line().put("};\n").to(To::All);
}

impl crate::model::Unit {
    /// Is it in the records of guards and schemas?
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.origin == Origin::Component && self.is_first
    }
}
