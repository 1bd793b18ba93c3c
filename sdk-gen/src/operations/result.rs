//! The result of an operation: one member for each documented status and media type.

use contracts::operations::Status;

use crate::{
    model::View,
    module::Module,
    operations::{
        Answer, Operation,
        carriage::HeaderKind,
        contents::Content,
        values::{self, Hand},
    },
    schemas::{Types, print},
    writer::To,
};

/// Which form of an operation is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// Whole bodies, and streams where there is nothing else.
    Whole,
    /// Streams where there are any.
    Stream,
}

impl Operation {
    /// Has a status both a whole body and a stream?
    pub(crate) fn has_variants(&self) -> bool {
        self.answers.iter().any(|it| {
            let streams = it.contents.iter().filter(|it| it.form.is_stream()).count();
            streams > 0 && streams < it.contents.len()
        })
    }

    /// The status whose headers have a name: the first success with headers.
    fn main_answer(&self) -> Option<&Answer> {
        let mut all = self.answers.iter();
        all.find(|it| it.source.status.is_success() && !it.source.headers.is_empty())
    }
}

impl Answer {
    /// The media types of a variant.
    pub(crate) fn of(&self, variant: Variant) -> Vec<&Content> {
        let is_wanted = |it: &&Content| it.form.is_stream() == (variant == Variant::Stream);
        let wanted: Vec<&Content> = self.contents.iter().filter(is_wanted).collect();
        if wanted.is_empty() { self.contents.iter().collect() } else { wanted }
    }
}

/// `export interface AskHeaders …`
pub(crate) fn declare_headers(types: &Types, module: &mut Module, operation: &Operation) {
    let Some(answer) = operation.main_answer() else { return };
    let out = module.out.to(To::Types).put("export interface ");
    out.name(&operation.names.headers).put(" ");
    header_type(types, module, answer);
    module.out.put("\n").to(To::All);
}

fn header_type(types: &Types, module: &mut Module, answer: &Answer) {
    module.out.put("{").indent();
    for (header, unit) in answer.source.headers.iter().zip(&answer.headers) {
        let kind = HeaderKind::of(types, *unit);
        module.out.line().put("readonly ").key(&header.name).put(": ");
        module.out.put(if kind.is_list { "readonly " } else { "" }).put(kind.scalar.type_word());
        module.out.put(if kind.is_list { "[]" } else { "" });
        module.out.put(if header.required { ";" } else { " | undefined;" });
    }
    module.out.outdent().line().put("}");
}

/// `export type AskResult = …`
pub(crate) fn declare(types: &Types, module: &mut Module, operation: &Operation, variant: Variant) {
    let name = match variant {
        Variant::Whole => &operation.names.result,
        Variant::Stream => &operation.names.stream_result,
    };
    module.out.to(To::Types).put("export type ").name(name).put(" =").indent();
    for answer in &operation.answers {
        let contents = answer.of(variant);
        if contents.is_empty() {
            member(types, module, (operation, answer), None);
        }
        for content in contents {
            member(types, module, (operation, answer), Some(content));
        }
    }
    module.out.line().put("| runtime.Failure;").outdent().put("\n").to(To::All);
}

fn member(
    types: &Types,
    module: &mut Module,
    (operation, answer): (&Operation, &Answer),
    content: Option<&Content>,
) {
    module.out.line().put("| runtime.Documented<");
    status(module, operation, answer.source.status);
    module.out.put(", ");
    match content {
        None => module.out.put("undefined, undefined").end(),
        Some(content) => {
            values::media_type(&mut module.out, content);
            module.out.put(if content.form.is_stream() { ", AsyncIterable<" } else { ", " });
            let flows = operation.extensions.streams_bytes;
            print(
                types,
                module,
                &values::of_content(types, content, (View::Received, Hand::Takes), flows),
            );
            module.out.put(if content.form.is_stream() { ">" } else { "" });
        }
    }
    module.out.put(", ");
    let is_main = operation.main_answer().is_some_and(|it| std::ptr::eq(it, answer));
    if is_main {
        module.out.name(&operation.names.headers);
    } else if answer.source.headers.is_empty() {
        module.out.put("object");
    } else {
        header_type(types, module, answer);
    }
    module.out.put(">");
}

/// The codes of a status, less those that others speak of.
pub(crate) fn status(module: &mut Module, operation: &Operation, status: Status) {
    let others: Vec<Status> = operation.answers.iter().map(|it| it.source.status).collect();
    let (others, whole): (Vec<Status>, _) = match status {
        Status::Code(code) => {
            module.out.count(code.into());
            return;
        }
        Status::Class(class) => {
            let inside = |it: &Status| matches!(it, Status::Code(code) if code / 100 == class);
            (others.into_iter().filter(inside).collect(), Some(class))
        }
        Status::Default => (others.into_iter().filter(|it| *it != Status::Default).collect(), None),
    };
    module.out.put(if others.is_empty() { "" } else { "Exclude<" });
    match whole {
        Some(class) => module.out.put("runtime.StatusOf<").count(class.into()).put(">").end(),
        None => module.out.put("runtime.Status").end(),
    }
    for (idx, other) in others.iter().enumerate() {
        module.out.put(if idx > 0 { " | " } else { ", " });
        match other {
            Status::Code(code) => module.out.count((*code).into()).end(),
            Status::Class(class) => {
                module.out.put("runtime.StatusOf<").count((*class).into()).put(">").end();
            }
            Status::Default => {}
        }
    }
    module.out.put(if others.is_empty() { "" } else { ">" });
}
