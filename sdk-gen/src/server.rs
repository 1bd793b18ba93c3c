//! `server.ts` and the modules beside it: handler types, what the server knows of operations, and
//! how they are mounted. What lists operations lies with their tag, so that one more of them leaves
//! `server.ts` as it is.

mod kinds;
mod operation;
mod reply;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use contracts::operations::Status;

use crate::{
    model::{Model, UnitId},
    module::{Module, Modules},
    names::Name,
    operations::{Operation, Operations, RUNTIME, WEBHOOKS, own_schemas},
    schemas::Types,
    writer::{To, Writer},
};

/// The module that handlers are mounted by.
const KIT: &str = "server/kit";

/// What a module of a tag is called in `server.ts`; no name of a contract has `$` at this place.
const TAG: &str = "tag$";

/// All modules of the server; none if there is nothing to serve.
pub(crate) fn modules(model: &Model, operations: &Operations, modules: &mut Modules) {
    let types = Types::new(model);
    let mut homes: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for it in &operations.all {
        homes.entry(format!("server/{}", it.home)).or_default().push(it);
    }
    if homes.is_empty() {
        return;
    }
    modules.add(entry(&homes));
    schemas::modules(&homes, modules);
    for (home, all) in homes {
        let mut module = Module::new(home);
        imports(&mut module, &all);
        for it in &all {
            operation::declare(&types, &mut module, it);
        }
        handlers(&mut module, &all);
        list(&mut module, &all);
        modules.add(module);
    }
}

/// `webhooks.ts` and the modules beside it, if there are any: what arrives, what is answered, and
/// how both are checked.
pub(crate) fn webhooks(
    model: &Model,
    marked: &BTreeSet<UnitId>,
    operations: &Operations,
    modules: &mut Modules,
) {
    let mut homes: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for it in &operations.webhooks {
        homes.entry(it.home.as_str()).or_default().push(it);
    }
    if homes.is_empty() {
        return;
    }
    let types = Types::new(model);
    let mut entry = Module::new(WEBHOOKS);
    for (home, all) in homes {
        let path = entry.relative(home);
        entry.out.put("export * from ").module_path(&path).put(";\n");
        let mut module = Module::new(home);
        imports(&mut module, &all);
        own_schemas(&types, marked, &mut module);
        for it in all {
            operation::declare(&types, &mut module, it);
        }
        modules.add(module);
    }
    modules.add(entry);
}

fn imports(module: &mut Module, all: &[&Operation]) {
    let (kit, runtime) = (module.relative(KIT), module.relative(RUNTIME));
    let out = module.out.to(To::Types).put("import type * as hono from \"hono\";\n");
    let answers = all.iter().flat_map(|it| &it.answers);
    // A compiler leaves out of declarations what they do not use.
    if answers.into_iter().any(|it| !matches!(it.source.status, Status::Code(_))) {
        out.put("import type * as runtime from ").module_path(&runtime).put(";\n");
    }
    let out = module.out.to(To::All).put("import * as serving from ");
    out.module_path(&kit).put(";\n");
}

/// `server.ts`
fn entry(homes: &BTreeMap<String, Vec<&Operation>>) -> Module {
    let mut module = Module::new("server");
    let kit = module.relative(KIT);
    module.out.to(To::Types).put("import type * as hono from \"hono\";\n").to(To::All);
    module.out.put("import * as serving from ").module_path(&kit).put(";\n");
    for (idx, home) in homes.keys().enumerate() {
        let path = module.relative(home);
        module.out.put("import * as ").local(TAG, idx).put(" from ").module_path(&path);
        module.out.put(";\nexport * from ").module_path(&path).put(";\n");
    }
    let out = module.out.to(To::Types).put("export type { Problem } from ").module_path(&kit);
    out.put(";\n");
    out.put("/** What answers an operation: what the contract says, or any response. */\n");
    out.put("export type Handler<E extends hono.Env, Input, Output> = ");
    out.put("(input: Input, context: hono.Context<E>) => ");
    out.put("Output | Response | Promise<Output | Response>;\n");
    out.put("/** One handler for each operation. */\n");
    out.put("export interface Handlers<E extends hono.Env = hono.Env> extends ");
    for idx in 0..homes.len() {
        out.comma(idx).local(TAG, idx).put(".Handlers<E>");
    }
    out.put(" {}\nexport type MountOptions<E extends hono.Env = hono.Env> = ");
    out.put("serving.MountOptions<hono.Context<E>>;\n").to(To::All);
    let out = module.out.put("/** What is mounted. */\n").to(To::Declaration);
    out.put("export declare const OPERATIONS: readonly serving.Served[];\n").to(To::Code);
    out.put("export const OPERATIONS").to(To::Source).put(": readonly serving.Served[]");
    out.to(To::Code).put(" = [");
    for idx in 0..homes.len() {
        out.comma(idx).put("...").local(TAG, idx).put(".OPERATIONS");
    }
    out.put("];\n").to(To::All);
    mounts(&mut module.out);
    module
}

/// `export interface Handlers<E> …`, those of one tag.
fn handlers(module: &mut Module, all: &[&Operation]) {
    module.use_type("server", &Name::own("Handler"), true);
    let out = module.out.to(To::Types).put("/** The handlers of these operations. */\n");
    out.put("export interface Handlers<E extends hono.Env = hono.Env> {").indent();
    for it in all {
        let names = &it.names;
        let out = out.line().put("readonly ").name(&names.function).put(": Handler<E, ");
        out.name(&names.request).put(", ").name(&names.reply).put(">;");
    }
    out.outdent().line().put("}\n").to(To::All);
}

/// What is mounted, of one tag.
fn list(module: &mut Module, all: &[&Operation]) {
    let out = module.out.to(To::Declaration);
    out.put("export declare const OPERATIONS: readonly serving.Served[];\n").to(To::Code);
    out.put("export const OPERATIONS").to(To::Source).put(": readonly serving.Served[]");
    out.to(To::Code).put(" = [").indent();
    for it in all {
        out.line().name(&it.names.serve).put(",");
    }
    out.outdent().line().put("];\n").to(To::All);
}

fn mounts(out: &mut Writer) {
    let rows = [
        ("mount", "Handlers<E>", "/** Registers all operations of the contract. */\n"),
        (
            "mountSome",
            "Partial<Handlers<E>>",
            "/** Registers the operations that have a handler. */\n",
        ),
    ];
    for (word, handlers, comment) in rows {
        out.put(comment).put("export ").to(To::Declaration).put("declare ").to(To::All);
        out.put("function ").put(word).to(To::Types).put("<E extends hono.Env>").to(To::All);
        out.put("(app").to(To::Types).put(": hono.Hono<E>").to(To::All).put(", handlers");
        out.to(To::Types).put(": ").put(handlers).to(To::All).put(", options").to(To::Types);
        out.put("?: MountOptions<E>").to(To::All).put(")").to(To::Types).put(": void");
        out.to(To::Declaration).put(";\n").to(To::Code).put(" {").indent().line();
        out.put("serving.").put(word).put("(app").to(To::Source);
        out.put(" as unknown as serving.Router")
            .to(To::Code)
            .put(", OPERATIONS, handlers, options");
        out.to(To::Source).put(" as serving.MountOptions<never> | undefined").to(To::Code);
        out.put(");").outdent().line().put("}\n").to(To::All);
    }
}
