//! Typed TypeScript from an OpenAPI contract: exact types, guards that agree with JSON Schema, a
//! client and typed handlers. Values in, values out: [`generate`] makes a [`Plan`] in memory.
//!
//! Text of a contract enters an output only through the escaping methods of [`writer::Writer`].

pub mod guards;
pub mod model;
pub mod module;
pub mod names;
mod notes;
mod operations;
mod options;
mod package;
mod plan;
mod readme;
pub mod schemas;
mod server;
pub mod writer;
mod zod;

pub use names::{Name, Owner, Spelling};
pub use notes::{Note, NoteCode};
pub use options::{Emit, Options};
pub use plan::{Files, Plan, Text};

use contracts::{Contract, Store};

use crate::{model::Model, module::Modules};

/// Makes the whole SDK of one contract in memory.
#[must_use]
pub fn generate(store: &Store, contract: &Contract, options: &Options) -> Plan {
    let mut model = Model::read(store, contract, options);
    let operations = operations::read(&mut model);
    let marked = guards::marked(&model);
    let has_scripts = options.emit == Emit::SourceAndScript;
    let mut modules = Modules { has_scripts, ..Modules::default() };
    schemas::modules(&model, &mut modules);
    guards::modules(&model, &marked, &mut modules);
    operations::modules(&model, &marked, &operations, &mut modules);
    modules.add(operations::index(&operations));
    server::modules(&model, &operations, &mut modules);
    server::webhooks(&model, &marked, &operations, &mut modules);
    modules.add(zod::module(&model));
    package::plan(model, modules, &operations, options)
}
