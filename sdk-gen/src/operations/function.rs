//! The functions that call operations.

use crate::{
    module::Module,
    names::Name,
    operations::{
        Operation, docs,
        input::{self, is_optional},
        pages,
        result::{self, Variant},
        spec,
        values::Hand,
    },
    schemas::Types,
    writer::To,
};

/// Writes everything of one operation.
pub(crate) fn declare(types: &Types, module: &mut Module, operation: &Operation) {
    input::declare(types, module, operation, Hand::Gives);
    result::declare_headers(types, module, operation);
    variant(types, module, operation, Variant::Whole);
    if operation.has_variants() {
        variant(types, module, operation, Variant::Stream);
    }
    pages::declare(types, module, operation);
}

fn variant(types: &Types, module: &mut Module, operation: &Operation, variant: Variant) {
    result::declare(types, module, operation, variant);
    spec::declare(types, module, operation, variant);
    module.use_type("client", &Name::own("Client"), true);
    let names = &operation.names;
    let (function, result, constant) = match variant {
        Variant::Whole => (&names.function, &names.result, &names.constant),
        Variant::Stream => (&names.stream, &names.stream_result, &names.stream_constant),
    };
    docs::write(&mut module.out, types.model(), operation);
    let out = module.out.to(To::Declaration).put("export declare function ").name(function);
    out.put("(").to(To::Code).put("export function ").name(function).put("(client");
    out.to(To::Declaration).put("client").to(To::Types).put(": Client").to(To::All).put(", input");
    out.to(To::Types).put(if is_optional(operation) { "?: " } else { ": " }).name(&names.input);
    out.to(To::All).put(", options").to(To::Types).put("?: runtime.CallOptions").to(To::All);
    out.put(")").to(To::Types).put(": Promise<").name(result).put(">").to(To::Declaration);
    out.put(";\n").to(To::Code).put(" {").indent().line().put("return runtime.call(client, ");
    out.name(constant).put(", input, options)").to(To::Source).put(" as Promise<").name(result);
    out.put(">").to(To::Code).put(";").outdent().line().put("}\n").to(To::All);
}
