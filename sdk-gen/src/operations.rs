//! Operations: what they take, what they answer, and the functions that call them.

mod address;
pub(crate) mod carriage;
pub(crate) mod check;
mod client;
mod contents;
pub(crate) mod docs;
pub(crate) mod encoding;
mod extensions;
mod function;
mod index;
mod input;
mod integers;
mod names;
mod notes;
mod pages;
mod read;
mod result;
mod spec;
pub(crate) mod values;

use std::collections::{BTreeMap, BTreeSet};

use contracts::operations::{Parameter, Response};

use crate::{
    guards,
    model::{Model, UnitId, View},
    module::{Module, Modules},
    operations::{extensions::Extensions, names::OperationNames},
    schemas::{self, Types},
};

pub(crate) use carriage::HeaderKind;
pub(crate) use client::first_url;
pub(crate) use contents::{Content, Form};
pub(crate) use index::module as index;
pub(crate) use input::{GROUPS, declare as declare_input};
pub(crate) use read::WEBHOOKS;
pub(crate) use result::status as write_status;
pub(crate) use values::Hand;

/// The module that all operations are made of.
pub(crate) const RUNTIME: &str = "runtime";

/// All operations of a contract.
pub(crate) struct Operations {
    /// In the order of the contract.
    pub all: Vec<Operation>,
    /// What the provider calls: webhooks, and what operations ask to be called back by.
    pub webhooks: Vec<Operation>,
}

/// One operation, ready to be written.
pub(crate) struct Operation {
    /// What the contract says, but for what the members below have.
    pub source: contracts::operations::Operation,
    /// How the request is seen: a webhook's is what the provider sends.
    pub request_view: View,
    /// How the answers are seen.
    pub answer_view: View,
    /// The `operationId`, or what stands for it.
    pub id: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The module that it lives in, such as `operations/orders`.
    pub home: String,
    /// Its names in TypeScript.
    pub names: OperationNames,
    /// The parameters of path, query, headers and cookies.
    pub parameters: Vec<Field>,
    /// The body by media type.
    pub body: Vec<Content>,
    /// Does the call need a body?
    pub needs_body: bool,
    /// The answers by status.
    pub answers: Vec<Answer>,
    /// What the contract says beside the specification.
    pub extensions: Extensions,
    /// Its pages, if it is a list of them.
    pub pages: Option<pages::Pages>,
}

/// A parameter and its schema.
pub(crate) struct Field {
    /// What the contract says.
    pub source: Parameter,
    /// Its schema.
    pub unit: Option<UnitId>,
}

/// An answer of an operation.
pub(crate) struct Answer {
    /// What the contract says, but for its contents.
    pub source: Response,
    /// By media type.
    pub contents: Vec<Content>,
    /// The schemas of its headers, in their order.
    pub headers: Vec<Option<UnitId>>,
}

/// Reads the operations of a contract into its model, which is settled then.
pub(crate) fn read(model: &mut Model) -> Operations {
    let mut operations = read::operations(model);
    pages::settle(model, &mut operations);
    integers::mark(model, &mut operations);
    notes::tell(model, &operations);
    operations
}

/// The modules of all operations.
pub(crate) fn modules(
    model: &Model,
    marked: &BTreeSet<UnitId>,
    operations: &Operations,
    modules: &mut Modules,
) {
    let types = Types::new(model);
    let mut homes: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for it in &operations.all {
        homes.entry(it.home.as_str()).or_default().push(it);
    }
    modules.add(client::module(model));
    for (home, all) in homes {
        let mut module = Module::new(home);
        let path = module.relative(RUNTIME);
        module.out.put("import * as runtime from ").module_path(&path).put(";\n");
        own_schemas(&types, marked, &mut module);
        for it in all {
            function::declare(&types, &mut module, it);
        }
        modules.add(module);
    }
}

/// Types and guards of the schemas that only operations of one module have.
pub(crate) fn own_schemas(types: &Types, marked: &BTreeSet<UnitId>, module: &mut Module) {
    let home = module.path().to_owned();
    let units = types.model().units().filter(|it| it.1.types == home && it.1.is_guarded());
    for (id, unit) in units {
        let views = if unit.differs { &View::ALL[..] } else { &[View::Received] };
        for view in views {
            if !unit.is_inline {
                schemas::declare(types, module, id, *view);
            }
            guards::declare(types, marked, module, (id, *view));
        }
    }
}
