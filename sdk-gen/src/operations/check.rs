//! What holds a request against the contract, if the caller wants that.

use contracts::operations::{MediaRange, Place};

use crate::{
    model::{UnitId, View},
    module::Module,
    operations::{
        Operation,
        contents::{Content, Form, Part, PartOf},
        input::GROUPS,
        values,
    },
    schemas::Types,
};

/// Where the functions of a row come from.
#[derive(Clone, Copy)]
enum Side {
    Client,
    Server,
}

/// What a value is held against.
#[derive(Clone, Copy)]
enum Guard {
    Anything,
    Unit(UnitId),
    File,
    Files,
    Text,
}

/// One row: the way to a value, its guard, and whether it must be there.
struct Row<'o> {
    way: (&'static str, Option<&'o str>),
    guard: Guard,
    is_needed: bool,
    view: View,
    /// The only media type of the body that it speaks of, and whether that is the first.
    media: Option<(&'o Content, bool)>,
}

/// `runtime.checked(…)`, if there is anything to check.
pub(crate) fn write(types: &Types, module: &mut Module, operation: &Operation) {
    let rows = rows(types, operation);
    if rows.is_empty() {
        return;
    }
    module.out.line().put("/* @__PURE__ */ runtime.checked(");
    write_rows(types, module, &rows, Side::Client);
    module.out.put("),");
}

/// `rows: […]`
pub(crate) fn rows_of_server(types: &Types, module: &mut Module, operation: &Operation) {
    module.out.line().put("rows: [");
    write_rows(types, module, &rows(types, operation), Side::Server);
    module.out.put("],");
}

fn write_rows(types: &Types, module: &mut Module, rows: &[Row], side: Side) {
    for (idx, row) in rows.iter().enumerate() {
        let out = module.out.comma(idx).put("[[\"").put(row.way.0).put("\"");
        if let Some(name) = row.way.1 {
            out.put(", ").literal(name);
        }
        out.put("], ");
        guard(types, module, row, side);
        match row.media {
            Some((content, is_first)) => {
                let out = module.out.put(if row.is_needed { ", true, [" } else { ", false, [" });
                out.put(if is_first { "undefined, " } else { "" }).literal(&content.essence());
                out.put("]]");
            }
            None => module.out.put(if row.is_needed { ", true]" } else { "]" }).end(),
        }
    }
}

fn guard(types: &Types, module: &mut Module, row: &Row, side: Side) {
    let from = match side {
        Side::Client => "runtime.",
        Side::Server => "serving.",
    };
    match row.guard {
        Guard::Anything => module.out.put("() => true, () => []").end(),
        Guard::File => module.out.put(from).put("isFile, ").put(from).put("noFile").end(),
        Guard::Files => module.out.put(from).put("isFiles, ").put(from).put("noFile").end(),
        Guard::Text => module.out.put(from).put("isText, ").put(from).put("noText").end(),
        Guard::Unit(id) => {
            let unit = types.model().unit(id);
            let (is, issues) = (unit.is_name(row.view), unit.issues_name(row.view));
            module.use_value(&unit.guards, is);
            module.use_value(&unit.guards, issues);
            module.out.name(is).put(", ").name(issues).end();
        }
    }
}

fn rows<'o>(types: &Types, operation: &'o Operation) -> Vec<Row<'o>> {
    let view = operation.request_view;
    let mut found = Vec::new();
    for (word, places) in GROUPS {
        for field in operation.fields(places) {
            let is_json = field.source.content.as_ref().is_none_or(MediaRange::is_json);
            let guard = of_unit(types, field.unit.filter(|_| is_json));
            // No path is made without all of its values.
            let is_needed = field.source.required && field.source.place != Place::Path;
            let way = (word, Some(field.source.name.as_str()));
            found.push(Row { way, guard, is_needed, view, media: None });
        }
    }
    if let Some(field) = operation.whole_query() {
        let is_read = |it: &MediaRange| it.is_json() || it.is_form();
        let is_value = field.source.content.as_ref().is_none_or(is_read);
        let guard = of_unit(types, field.unit.filter(|_| is_value));
        let is_needed = field.source.required;
        found.push(Row { way: ("query", None), guard, is_needed, view, media: None });
    }
    found.extend(of_bodies(types, operation));
    found.retain(|it| it.is_needed || !matches!(it.guard, Guard::Anything));
    found
}

fn of_bodies<'o>(types: &Types, operation: &'o Operation) -> Vec<Row<'o>> {
    let view = operation.request_view;
    let is_one = operation.body.len() == 1;
    let is_needed = operation.needs_body && !operation.body.is_empty();
    let body = ("body", None);
    let mut found = Vec::new();
    if !is_one {
        found.push(Row { way: body, guard: Guard::Anything, is_needed, view, media: None });
    }
    for (idx, content) in operation.body.iter().enumerate() {
        let media = (!is_one).then_some((content, idx == 0));
        let is_whole = matches!(content.form, Form::Json | Form::Urlencoded | Form::Text);
        let guard = of_unit(types, content.unit.filter(|_| is_whole));
        found.push(Row { way: body, guard, is_needed: is_one && is_needed, view, media });
        found.extend(of_parts(types, operation, content).into_iter().map(|mut row| {
            row.media = media;
            row
        }));
    }
    found
}

/// The members of a form, each by itself: a form with files is no JSON.
fn of_parts<'o>(types: &Types, operation: &'o Operation, content: &'o Content) -> Vec<Row<'o>> {
    let view = operation.request_view;
    let row = |name: &'o str, guard, is_needed| Row {
        way: ("body", Some(name)),
        guard,
        is_needed,
        view,
        media: None,
    };
    if content.source.has_fields {
        let fields = operation.fields(&[Place::Form]).into_iter();
        return fields
            .map(|it| {
                let is_file = values::is_file(types, it);
                let guard = if is_file { Guard::File } else { of_unit(types, it.unit) };
                row(&it.source.name, guard, it.source.required)
            })
            .collect();
    }
    let part = |it: &'o Part| {
        let guard = match it.of {
            PartOf::Value(Some(unit)) if is_any_text(types, unit) => Guard::Text,
            PartOf::Value(unit) => of_unit(types, unit),
            PartOf::File => Guard::File,
            PartOf::Files => Guard::Files,
        };
        row(&it.name, guard, it.is_required)
    };
    content.parts.iter().map(part).collect()
}

/// The guard of a unit, if there is a value that it refuses.
fn of_unit(types: &Types, id: Option<UnitId>) -> Guard {
    id.filter(|it| says_something(types, *it)).map_or(Guard::Anything, Guard::Unit)
}

/// Texts need no guard of their own, but a file may come in their place.
fn is_any_text(types: &Types, id: UnitId) -> bool {
    let model = types.model();
    model.shape(model.unit(id).shape).is_any_text()
}

/// Is there a value that the guard refuses?
fn says_something(types: &Types, id: UnitId) -> bool {
    let model = types.model();
    let unit = model.unit(id);
    unit.is_guarded() && !model.shape(unit.shape).is_open()
}
