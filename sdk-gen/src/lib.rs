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

pub use names::{Name, Spelling};
pub use notes::{Note, NoteCode};
pub use options::{Emit, Options};
pub use plan::{Files, Plan};

use contracts::{Contract, Store};

use crate::model::Model;

/// Makes the whole SDK of one contract in memory.
#[must_use]
pub fn generate(store: &Store, contract: &Contract, options: &Options) -> Plan {
    let mut model = Model::read(store, contract, options);
    let operations = operations::read(&mut model);
    let mut modules = schemas::modules(&model);
    modules.extend(guards::modules(&model));
    modules.extend(operations::modules(&model, &operations));
    modules.push(operations::index(&operations));
    modules.extend(server::modules(&model, &operations));
    modules.push(zod::module(&model));
    package::plan(&model, modules, &operations, options)
}
