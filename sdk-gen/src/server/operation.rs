//! What the server knows of one operation.

use contracts::operations::{Event, MediaRange, Place};

use crate::{
    model::View,
    module::Module,
    operations::{
        Answer, Content, Field, Form, GROUPS, Hand, Operation, carriage, check, declare_input,
        docs, encoding, values,
    },
    schemas::Types,
    server::{kinds, reply},
    writer::To,
};

/// Writes everything of one operation: request, reply, what is served, validation.
pub(super) fn declare(types: &Types, module: &mut Module, operation: &Operation) {
    // A call has its comment where it is called.
    if operation.source.listed.event != Event::Call {
        docs::write(module.out.to(To::Types), types.model(), operation);
    }
    declare_input(types, module, operation, Hand::Takes);
    reply::declare(types, module, operation);
    served(types, module, operation);
    validation(module, operation);
}

/// `export const serveAsk: serving.Served = …`
fn served(types: &Types, module: &mut Module, operation: &Operation) {
    let name = &operation.names.serve;
    let out = module.out.to(To::Declaration).put("export declare const ").name(name);
    out.put(": serving.Served;\n").to(To::Code).put("export const ").name(name).to(To::Source);
    out.put(": serving.Served").to(To::Code).put(" = {").indent();
    out.line().put("name: ").literal(operation.names.function.as_str()).put(",");
    out.line().put("id: ").literal(&operation.id).put(",");
    out.line().put("method: ").literal(&operation.source.listed.method).put(",");
    // Where a webhook arrives is not the contract's business.
    let is_called = operation.source.listed.event == Event::Call;
    let path = if is_called { operation.source.listed.path.as_str() } else { "/" };
    out.line().put("path: ").literal(path).put(",");
    parameters(types, module, operation);
    whole_query(types, module, operation);
    bodies(types, module, operation);
    if let Some(most) = operation.extensions.max_bytes {
        module.out.line().put("maxBytes: ").count(most).put(",");
    }
    check::rows_of_server(types, module, operation);
    replies(types, module, operation);
    module.out.outdent().line().put("};\n").to(To::All);
}

fn parameters(types: &Types, module: &mut Module, operation: &Operation) {
    let groups = GROUPS.iter().map(|(word, places)| (*word, operation.fields(places)));
    let groups: Vec<(&'static str, Vec<&Field>)> = groups.collect();
    let undeclared = operation.undeclared();
    if undeclared.is_empty() && groups.iter().all(|it| it.1.is_empty()) {
        return;
    }
    module.out.line().put("parameters: [").indent();
    for (word, fields) in groups {
        for field in fields {
            parameter(types, module, word, field);
        }
    }
    for name in undeclared {
        let out = module.out.line().put("{ in: \"path\", name: ").literal(name);
        out.put(", read: serving.styles.simple, kind: serving.kinds.text },");
    }
    module.out.outdent().line().put("],");
}

fn parameter(types: &Types, module: &mut Module, word: &'static str, field: &Field) {
    let out = module.out.line().put("{ in: \"").put(word).put("\", name: ");
    out.literal(&field.source.name).put(", read: serving.styles.");
    out.put(carriage::reader(&field.source)).put(", kind: ");
    // What is neither JSON nor a form stays the text that it is typed as.
    let is_read = |it: &MediaRange| it.is_json() || it.is_form();
    let is_value = field.source.content.as_ref().is_none_or(is_read);
    kinds::of_unit(types, out, field.unit.filter(|_| is_value));
    out.put(if carriage::encoder(&field.source) == Some("raw") {
        ", isRaw: true },"
    } else {
        " },"
    });
}

/// The parameter that is the whole query, as its media type says.
fn whole_query(types: &Types, module: &mut Module, operation: &Operation) {
    let Some(field) = operation.whole_query() else { return };
    let out = module.out.line().put("query: ");
    match &field.source.content {
        Some(range) if range.is_json() => out.put("serving.queryJson").end(),
        Some(range) if range.is_form() => {
            kinds::of_unit(types, out.put("/* @__PURE__ */ serving.queryForm("), field.unit);
            out.put(")").end();
        }
        Some(_) | None => out.put("serving.queryText").end(),
    }
    module.out.put(",");
}

fn bodies(types: &Types, module: &mut Module, operation: &Operation) {
    if operation.body.is_empty() {
        return;
    }
    module.out.line().put("body: { ");
    for (idx, content) in operation.body.iter().enumerate() {
        module.out.comma(idx).property(&content.essence()).put(": ");
        body(types, module, operation, content);
    }
    module.out.put(" },");
}

fn body(types: &Types, module: &mut Module, operation: &Operation, content: &Content) {
    let out = &mut module.out;
    match content.form {
        Form::Json => out.put("serving.json").end(),
        Form::Text | Form::Xml | Form::Events => out.put("serving.text").end(),
        Form::Sequence if content.essence().ends_with("json-seq") => {
            out.put("serving.records").end();
        }
        Form::Sequence => out.put("serving.lines").end(),
        Form::Bytes | Form::Range | Form::Unknown => out.put("serving.binary").end(),
        Form::Urlencoded | Form::Multipart => {
            let is_text = content.form == Form::Urlencoded;
            out.put("/* @__PURE__ */ serving.");
            out.put(if is_text { "urlencoded(" } else { "multipart(" });
            if content.source.has_fields {
                kinds::of_fields(types, out, &operation.fields(&[Place::Form]));
            } else {
                kinds::of_unit(types, out, content.unit);
            }
            if is_text {
                readers(types, module, operation, content);
            }
            module.out.put(")");
        }
    }
}

/// Properties of a form that are not read as usual.
fn readers(types: &Types, module: &mut Module, operation: &Operation, content: &Content) {
    let readers = encoding::readers(types.model(), operation, content);
    if readers.is_empty() {
        return;
    }
    module.out.put(", { ");
    for (idx, (name, word)) in readers.iter().enumerate() {
        module.out.comma(idx).property(name).put(": serving.styles.").put(word);
    }
    module.out.put(" }");
}

fn replies(types: &Types, module: &mut Module, operation: &Operation) {
    module.out.line().put("replies: {").indent();
    for answer in &operation.answers {
        module.out.line();
        values::status_key(&mut module.out, answer.source.status);
        module.out.put(": {");
        contents(types, module, operation.answer_view, answer);
        let mut headers = answer.source.headers.iter().filter(|it| it.required).peekable();
        if headers.peek().is_some() {
            module.out.put(" required: [");
            for (idx, header) in headers.enumerate() {
                module.out.comma(idx).literal(&header.name);
            }
            module.out.put("],");
        }
        module.out.put(" },");
    }
    module.out.outdent().line().put("},");
}

fn contents(types: &Types, module: &mut Module, view: View, answer: &Answer) {
    if answer.contents.is_empty() {
        return;
    }
    module.out.put(" content: { ");
    for (idx, content) in answer.contents.iter().enumerate() {
        module.out.comma(idx).property(&content.essence()).put(": {");
        let unit = content.unit.filter(|_| values::is_guarded(types, content));
        if let Some(unit) = unit.map(|it| types.model().unit(it)) {
            let (is, issues) = (unit.is_name(view), unit.issues_name(view));
            module.use_value(&unit.guards, is);
            module.use_value(&unit.guards, issues);
            module.out.put(" is: ").name(is).put(", issues: ").name(issues).put(" ");
        }
        module.out.put("}");
    }
    module.out.put(" },");
}

/// `export function validateAsk(options?) …`
fn validation(module: &mut Module, operation: &Operation) {
    let names = &operation.names;
    let out = &mut module.out;
    out.put("/** Reads and guards a request: `context.get(\"input\")` is then what a handler takes. */\n");
    out.put("export ").to(To::Declaration).put("declare ").to(To::All);
    out.put("function ").name(&names.validate).put("(options").to(To::Types);
    out.put("?: serving.MountOptions<hono.Context>").to(To::All).put(")").to(To::Types);
    out.put(": hono.MiddlewareHandler").to(To::Declaration).put(";\n").to(To::Code).put(" {");
    out.indent().line().put("return serving.validated(").name(&names.serve).put(", options");
    out.to(To::Source).put(" as serving.MountOptions<never> | undefined").to(To::Code).put(")");
    out.to(To::Source).put(" as unknown as hono.MiddlewareHandler").to(To::Code).put(";");
    out.outdent().line().put("}\n").to(To::All);
}
