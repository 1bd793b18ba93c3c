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
    unit: UnitId,
    is_needed: bool,
}

/// `runtime.checked(…)`, if there is anything to check.
pub(crate) fn write(types: &Types, module: &mut Module, operation: &Operation) {
    let rows = rows(types, operation);
    if rows.is_empty() {
        return;
    }
    module.out.line().put("/* @__PURE__ */ runtime.checked(");
    for (idx, row) in rows.iter().enumerate() {
        module.out.comma(idx);
        write_row(types, module, row);
    }
    module.out.put("),");
}

/// `rows: […]`: the server also looks for what has to be there and has no guard.
pub(crate) fn rows_of_server(types: &Types, module: &mut Module, operation: &Operation) {
    let rows = rows(types, operation);
    module.out.line().put("rows: [");
    for (idx, row) in rows.iter().enumerate() {
        module.out.comma(idx);
        write_row(types, module, row);
    }
    let mut count = rows.len();
    for (word, places) in GROUPS {
        for field in operation.fields(places).into_iter().filter(|it| it.source.required) {
            let way = (word, Some(field.source.name.as_str()));
            if !rows.iter().any(|it| it.way == way) {
                module.out.comma(count).put("[[\"").put(word).put("\", ");
                module.out.literal(&field.source.name).put("], () => true, () => [], true]");
                count += 1;
            }
        }
    }
    if operation.needs_body && !rows.iter().any(|it| it.way.0 == "body") {
        module.out.comma(count).put("[[\"body\"], () => true, () => [], true]");
    }
    module.out.put("],");
}

fn write_row(types: &Types, module: &mut Module, row: &Row) {
    let unit = types.model().unit(row.unit);
    let (is, issues) = (unit.is_name(View::Sent), unit.issues_name(View::Sent));
    module.use_value(&unit.guards, is);
    module.use_value(&unit.guards, issues);
    let out = module.out.put("[[\"").put(row.way.0).put("\"");
    if let Some(name) = row.way.1 {
        out.put(", ").literal(name);
    }
    out.put("], ").name(is).put(", ").name(issues);
    out.put(if row.is_needed { ", true]" } else { "]" });
}

fn rows<'o>(types: &Types, operation: &'o Operation) -> Vec<Row<'o>> {
    let mut found = Vec::new();
    for (word, places) in GROUPS {
        for field in operation.fields(places) {
            let is_json = field.source.content.as_ref().is_none_or(MediaRange::is_json);
            let Some(unit) = field.unit.filter(|it| is_json && says_something(types, *it)) else {
                continue;
            };
            let is_needed = field.source.required && field.source.place != Place::Path;
            found.push(Row { way: (word, Some(field.source.name.as_str())), unit, is_needed });
        }
    }
    // Which guard a body has to pass is only certain if there is one media type.
    if let [content] = operation.body.as_slice()
        && matches!(content.form, Form::Json | Form::Urlencoded | Form::Text)
        && let Some(unit) = content.unit
    {
        found.push(Row { way: ("body", None), unit, is_needed: operation.needs_body });
    }
    found
}

/// Is there a value that the guard refuses?
fn says_something(types: &Types, id: UnitId) -> bool {
    let model = types.model();
    let unit = model.unit(id);
    unit.is_guarded() && !model.shape(unit.shape).is_open()
}
