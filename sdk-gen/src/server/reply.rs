//! What a handler may answer.

use crate::{
    model::View,
    module::Module,
    operations::{Answer, Content, Form, Hand, HeaderKind, Operation, values, write_status},
    schemas::{Types, print},
    writer::To,
};

/// `export type AskReply = …`
pub(super) fn declare(types: &Types, module: &mut Module, operation: &Operation) {
    let out = module.out.to(To::Types).put("export type ").name(&operation.names.reply);
    out.put(" =").indent();
    if operation.answers.is_empty() {
        module.out.put(" never");
    }
    for answer in &operation.answers {
        if answer.contents.is_empty() {
            member(types, module, (operation, answer), None);
        }
        for content in &answer.contents {
            member(types, module, (operation, answer), Some(content));
        }
    }
    module.out.put(";\n").outdent().to(To::All);
}

fn member(
    types: &Types,
    module: &mut Module,
    (operation, answer): (&Operation, &Answer),
    content: Option<&Content>,
) {
    module.out.line().put("| { readonly status: ");
    write_status(module, operation, answer.source.status);
    if let Some(content) = content {
        let is_one = answer.contents.len() == 1 && content.form != Form::Range;
        module.out.put(if is_one {
            "; readonly contentType?: "
        } else {
            "; readonly contentType: "
        });
        values::media_type(&mut module.out, content);
        module.out.put("; readonly body: ");
        let is_stream = content.form.is_stream();
        module.out.put(if is_stream { "AsyncIterable<" } else { "" });
        let mode = (View::Received, Hand::Gives);
        print(types, module, &values::of_content(types, content, mode, false));
        module.out.put(if is_stream { ">" } else { "" });
    }
    headers(types, module, answer);
    module.out.put(" }");
}

fn headers(types: &Types, module: &mut Module, answer: &Answer) {
    let all = &answer.source.headers;
    if all.is_empty() {
        module.out.put("; readonly headers?: Readonly<Record<string, unknown>>");
        return;
    }
    let is_needed = all.iter().any(|it| it.required);
    module.out.put(if is_needed { "; readonly headers: {" } else { "; readonly headers?: {" });
    module.out.indent();
    for (header, unit) in all.iter().zip(&answer.headers) {
        let kind = HeaderKind::of(types, *unit);
        let out = module.out.line().put("readonly ").key(&header.name);
        out.put(if header.required { ": " } else { "?: " });
        out.put(if kind.is_list { "readonly " } else { "" }).put(kind.scalar.type_word());
        out.put(if kind.is_list { "[];" } else { ";" });
    }
    module.out.line().put("readonly [name: string]: unknown;");
    module.out.outdent().line().put("}");
}
