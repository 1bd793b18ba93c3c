//! What holds a request against the contract, if the caller wants that.

use contracts::operations::{MediaRange, Place};

use crate::{
    model::{UnitId, View},
    module::Module,
    operations::{Operation, contents::Form, input::GROUPS},
    schemas::Types,
};

/// One row: the way to a value, its guard, and whether it must be there.
struct Row<'o> {
    way: (&'static str, Option<&'o str>),
    /// None: anything will do.
    unit: Option<UnitId>,
    is_needed: bool,
    view: View,
}

/// `runtime.checked(…)`, if there is anything to check.
pub(crate) fn write(types: &Types, module: &mut Module, operation: &Operation) {
    let rows = rows(types, operation);
    if rows.is_empty() {
        return;
    }
    module.out.line().put("/* @__PURE__ */ runtime.checked(");
    write_rows(types, module, &rows);
    module.out.put("),");
}

/// `rows: […]`
pub(crate) fn rows_of_server(types: &Types, module: &mut Module, operation: &Operation) {
    module.out.line().put("rows: [");
    write_rows(types, module, &rows(types, operation));
    module.out.put("],");
}

fn write_rows(types: &Types, module: &mut Module, rows: &[Row]) {
    for (idx, row) in rows.iter().enumerate() {
        let out = module.out.comma(idx).put("[[\"").put(row.way.0).put("\"");
        if let Some(name) = row.way.1 {
            out.put(", ").literal(name);
        }
        out.put("], ");
        match row.unit.map(|it| types.model().unit(it)) {
            Some(unit) => {
                let (is, issues) = (unit.is_name(row.view), unit.issues_name(row.view));
                module.use_value(&unit.guards, is);
                module.use_value(&unit.guards, issues);
                module.out.name(is).put(", ").name(issues);
            }
            None => module.out.put("() => true, () => []").end(),
        }
        module.out.put(if row.is_needed { ", true]" } else { "]" });
    }
}

fn rows<'o>(types: &Types, operation: &'o Operation) -> Vec<Row<'o>> {
    let view = operation.request_view;
    let mut found = Vec::new();
    for (word, places) in GROUPS {
        for field in operation.fields(places) {
            let is_json = field.source.content.as_ref().is_none_or(MediaRange::is_json);
            let unit = field.unit.filter(|it| is_json && says_something(types, *it));
            // No path is made without all of its values.
            let is_needed = field.source.required && field.source.place != Place::Path;
            if unit.is_none() && !is_needed {
                continue;
            }
            let way = (word, Some(field.source.name.as_str()));
            found.push(Row { way, unit, is_needed, view });
        }
    }
    if let Some(field) = operation.whole_query() {
        let is_read = |it: &MediaRange| it.is_json() || it.is_form();
        let is_value = field.source.content.as_ref().is_none_or(is_read);
        let unit = field.unit.filter(|it| is_value && says_something(types, *it));
        if unit.is_some() || field.source.required {
            found.push(Row { way: ("query", None), unit, is_needed: field.source.required, view });
        }
    }
    let (way, is_needed) = (("body", None), operation.needs_body);
    // Which guard a body has to pass is only certain if there is one media type.
    let content = operation.body.first().filter(|_| operation.body.len() == 1);
    let guarded =
        content.filter(|it| matches!(it.form, Form::Json | Form::Urlencoded | Form::Text));
    let unit = guarded.and_then(|it| it.unit).filter(|it| says_something(types, *it));
    if unit.is_some() || is_needed && !operation.body.is_empty() {
        found.push(Row { way, unit, is_needed, view });
    }
    found
}

/// Is there a value that the guard refuses?
fn says_something(types: &Types, id: UnitId) -> bool {
    let model = types.model();
    let unit = model.unit(id);
    unit.is_guarded() && !model.shape(unit.shape).is_open()
}
