//! `JSDoc` of operations.

use contracts::operations::{Event, Reading};

use crate::{model::Model, operations::Operation, writer::Writer};

/// Writes the comment of an operation, on lines of its own.
pub(crate) fn write(out: &mut Writer, model: &Model, operation: &Operation) {
    let reading = Reading { store: model.store, contract: model.contract };
    let listed = &operation.source.listed;
    let text = |name: &str| reading.text(&listed.at, name).filter(|it| !it.trim().is_empty());
    out.put("/**");
    if let Some(summary) = text("summary") {
        out.comment(summary);
    }
    if let Some(description) = text("description").filter(|it| text("summary") != Some(*it)) {
        if text("summary").is_some() {
            out.line().put(" *");
        }
        out.comment(description);
    }
    if text("summary").or_else(|| text("description")).is_some() {
        out.line().put(" *");
    }
    out.line().put(" * `").comment_part(&listed.method).put(" ");
    out.comment_part(&listed.path).put("`");
    match &listed.event {
        Event::Call => {}
        Event::Webhook => out.put(", a webhook").end(),
        Event::Callback { within, name } => {
            out.put(", the callback `").comment_part(name).put("`");
            if !within.is_empty() {
                out.put(" of `").comment_part(within).put("`");
            }
        }
    }
    if reading.flag(&listed.at, "deprecated") == Some(true) {
        out.line().put(" * @deprecated");
        if let Some(day) = text("x-sunset") {
            out.put(" until ").comment_part(day);
        }
    }
    if let Some(since) = text("x-since") {
        out.line().put(" * @since ").comment_part(since);
    }
    out.line().put(" */").line();
}
