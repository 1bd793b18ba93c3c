//! `server/zod.ts` and the modules beside it: what a handler takes as schemas of Zod. They lie apart,
//! so that a server without Zod has no need of it.

use std::collections::BTreeMap;

use crate::{
    module::{Module, Modules},
    names::Name,
    operations::Operation,
    writer::{To, Writer},
};

/// The module that the schemas are made by.
const KIT: &str = "server/zod/kit";

/// The modules of all tags, by those that serve them.
pub(super) fn modules(homes: &BTreeMap<String, Vec<&Operation>>, modules: &mut Modules) {
    let mut entry = Module::new("server/zod");
    let path = entry.relative(KIT);
    let out = entry.out.to(To::Types).put("export type { RequestSchema } from ");
    out.module_path(&path).put(";\n").to(To::All);
    for (home, all) in homes {
        let folder = home.strip_prefix("server/").unwrap_or(home);
        let mut module = Module::new(format!("server/zod/{folder}"));
        let path = entry.relative(module.path());
        entry.out.put("export * from ").module_path(&path).put(";\n");
        module.use_value(KIT, &Name::own("requestSchema"));
        module.use_type(KIT, &Name::own("RequestSchema"), true);
        for it in all {
            schema(&mut module, home, it);
        }
        modules.add(module);
    }
    modules.add(entry);
    modules.add(kit());
}

/// `export const askRequestSchema: RequestSchema<AskRequest> = …`
fn schema(module: &mut Module, home: &str, operation: &Operation) {
    let names = &operation.names;
    module.use_value(home, &names.serve);
    module.use_type(home, &names.request, true);
    let out = module.out.put("export ").to(To::Declaration).put("declare ").to(To::All);
    out.put("const ").name(&names.schema).to(To::Types).put(": RequestSchema<");
    out.name(&names.request).put(">").to(To::Code).put(" = /* @__PURE__ */ requestSchema(");
    out.name(&names.serve).put(")").to(To::All).put(";\n");
}

fn kit() -> Module {
    let mut module = Module::new(KIT);
    module.use_type("server/request", &Name::own("Served"), true);
    module.use_type("server/schemas", &Name::own("Issues"), false);
    for word in ["PLACES", "issuesOf", "issuesOfMember"] {
        module.use_value("server/schemas", &Name::own(word));
    }
    let out = module.out.put("import * as z from \"zod\";\n").to(To::Types);
    out.put("/** What a handler takes. `shape` has its members by themselves: `shape.body` is for a validator of JSON. */\n");
    out.put("export type RequestSchema<Input> = z.ZodType<Input> & {").indent().line();
    out.put("readonly shape: { readonly [Place in keyof Input]-?: ");
    out.put("z.ZodType<Exclude<Input[Place], undefined>> };").outdent().line().put("};\n");
    custom(module.out.to(To::All));
    made(&mut module.out);
    module
}

fn custom(out: &mut Writer) {
    out.to(To::Code).put("function custom(issues").to(To::Source).put(": Issues): z.ZodType");
    out.to(To::Script).put(")").to(To::Code).put(" {").indent().line();
    out.put("return z.custom().check((it) => {").indent().line();
    out.put("for (const { message, path } of issues(it.value)) ");
    out.put("it.issues.push({ code: \"custom\", message, path: [...path], input: it.value });");
    out.outdent().line().put("});").outdent().line().put("}\n").to(To::All);
}

fn made(out: &mut Writer) {
    out.put("/** The schema of what the handler of an operation takes. */\n").put("export ");
    out.to(To::Declaration).put("declare ").to(To::All).put("function requestSchema");
    out.to(To::Types).put("<Input>").to(To::All).put("(served").to(To::Types).put(": Served");
    out.to(To::All).put(")").to(To::Types).put(": RequestSchema<Input>");
    out.to(To::Declaration).put(";\n").to(To::Code).put(" {").indent().line();
    out.put("const members = PLACES.map((it) => [it, custom(issuesOfMember(served, it))]);").line();
    out.put("const shape = Object.fromEntries(members);").line();
    out.put("return Object.assign(custom(issuesOf(served)), { shape })");
    out.to(To::Source).put(" as unknown as RequestSchema<Input>").to(To::Code).put(";");
    out.outdent().line().put("}\n").to(To::All);
}
