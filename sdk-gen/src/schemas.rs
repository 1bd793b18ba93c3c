//! The types of named schemas: written as explicit interfaces and aliases, nothing inferred.

mod composed;
mod docs;
mod object;
mod of_shape;
mod print;
mod reach;
mod types;

use std::collections::BTreeMap;

use contracts::NodeId;

use crate::{
    model::{Model, UnitId, View},
    module::{Module, Modules},
    writer::To,
};

pub use of_shape::Types;
pub(crate) use print::print;
pub use types::{Member, ObjectType, Type};

/// The modules with the types of all units that have a module of their own.
pub(crate) fn modules(model: &Model, modules: &mut Modules) {
    let mut homes: BTreeMap<&str, Vec<(UnitId, View)>> = BTreeMap::new();
    for (id, unit) in model.units().filter(|it| it.1.is_declared("schemas/")) {
        let views = if unit.differs { &View::ALL[..] } else { &[View::Received] };
        let home = homes.entry(unit.types.as_str()).or_default();
        home.extend(views.iter().map(|it| (id, *it)));
    }
    let types = Types::new(model);
    modules.add(index(homes.keys().copied()));
    for (path, mut units) in homes {
        units.sort_by(|one, other| {
            let name = |it: &(UnitId, View)| model.unit(it.0).type_name(it.1);
            name(one).cmp(name(other))
        });
        let mut module = Module::new(path);
        for (id, view) in units {
            declare(&types, &mut module, id, view);
        }
        modules.add(module);
    }
}

/// Writes the type of one unit into a module.
pub fn declare(types: &Types, module: &mut Module, id: UnitId, view: View) {
    let model = types.model();
    let unit = model.unit(id);
    let root: NodeId = model.shape(unit.shape).node;
    module.out.to(To::Types);
    docs::write(&mut module.out, model.store, root);
    let name = unit.type_name(view).clone();
    let found = types.of_unit(id, view);
    if let Some((bases, own)) = types.extended(id, view, &found) {
        module.out.put("export interface ").name(&name);
        for (idx, (base, view)) in bases.iter().enumerate() {
            module.out.put(if idx > 0 { ", " } else { " extends " });
            print::reference(model, module, *base, *view);
        }
        module.out.put(" ");
        print::body(types, module, &own);
        module.out.put("\n");
    } else {
        module.out.put("export type ").name(&name).put(" = ");
        print::print(types, module, &found);
        module.out.put(";\n");
    }
    module.out.to(To::All);
}

fn index<'p>(homes: impl Iterator<Item = &'p str>) -> Module {
    let mut module = Module::new("schemas");
    module.out.to(To::Types);
    for home in homes {
        let path = module.relative(home);
        module.out.put("export type * from ").module_path(&path).put(";\n");
    }
    module
}
