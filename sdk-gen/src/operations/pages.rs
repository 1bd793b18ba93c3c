//! Lists that come in pages: `x-pagination`, its pointers held against the schemas.

use contracts::{Pointer, operations::Place};

use crate::{
    model::{Model, ShapeId, View},
    module::Module,
    names::Name,
    notes::NoteCode,
    operations::{
        Operation, Operations,
        contents::Form,
        docs,
        extensions::PageRule,
        input::{GROUPS, is_optional},
    },
    schemas::{Type, Types, print},
    writer::{To, Writer},
};

/// Schemas inside schemas are looked through to this depth.
const DEPTH: usize = 8;

/// Pages of a list that fit its schema.
pub(crate) struct Pages {
    kind: Kind,
    /// Where the parameter stands, and its name.
    parameter: Option<(&'static str, String)>,
    from: Option<Vec<String>>,
    items: Vec<String>,
    item: ShapeId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cursor,
    Page,
    Offset,
    Link,
}

/// Takes the rules away that do not fit, and tells so.
pub(crate) fn settle(model: &mut Model, operations: &mut Operations) {
    for operation in &mut operations.all {
        let Some(rule) = operation.extensions.pages.clone() else { continue };
        let found = of(&Types::new(model), operation, &rule);
        match found {
            Ok(pages) => operation.pages = Some(pages),
            Err(why) => {
                let message = format!("no pages of `{}`: {why}", operation.id);
                model.note(NoteCode::SchemaInvalid, &rule.at, message);
            }
        }
    }
}

fn of(types: &Types, operation: &Operation, rule: &PageRule) -> Result<Pages, String> {
    let kind = match rule.kind.as_str() {
        "cursor" => Kind::Cursor,
        "page" => Kind::Page,
        "offset" => Kind::Offset,
        "link" => Kind::Link,
        other => return Err(format!("`{other}` is no kind of pages")),
    };
    let way = |text: &str| -> Result<Vec<String>, String> {
        let pointer = Pointer::parse(text).ok_or_else(|| format!("`{text}` is no JSON pointer"))?;
        Ok(pointer.names().collect())
    };
    let body = body(types, operation).ok_or("its answer is no JSON with a schema")?;
    let items = way(&rule.items)?;
    let list = walk(types, body, &items);
    let item = list.and_then(|it| item(types, it, DEPTH));
    let item = item.ok_or_else(|| format!("`{}` leads to no list", rule.items))?;
    let from = rule.from.as_deref().map(way).transpose()?;
    if let Some(from) = &from {
        walk(types, body, from).ok_or_else(|| format!("`/{}` leads nowhere", from.join("/")))?;
    }
    let parameter = rule.parameter.as_deref().map(|name| parameter(operation, name)).transpose()?;
    if kind != Kind::Link && parameter.is_none() {
        return Err("no `param` is named".to_owned());
    }
    if kind == Kind::Cursor && from.is_none() {
        return Err("no `from` says where the cursor is".to_owned());
    }
    Ok(Pages { kind, parameter, from, items, item })
}

fn parameter(operation: &Operation, name: &str) -> Result<(&'static str, String), String> {
    let of_group = |(word, places): &(&'static str, &[Place])| {
        let has = operation.fields(places).iter().any(|it| it.source.name == name);
        has.then(|| (*word, name.to_owned()))
    };
    let mut found = GROUPS.iter().filter_map(of_group);
    found.next().ok_or_else(|| format!("`{name}` is no parameter"))
}

/// The schema of the first success.
fn body(types: &Types, operation: &Operation) -> Option<ShapeId> {
    let answer = operation.answers.iter().find(|it| it.source.status.is_success())?;
    let content = answer.contents.iter().find(|it| it.form == Form::Json)?;
    Some(types.model().unit(content.unit?).shape)
}

fn walk(types: &Types, from: ShapeId, way: &[String]) -> Option<ShapeId> {
    way.iter().try_fold(from, |at, name| member(types, at, name, DEPTH))
}

/// The schema of a member, through references and `allOf`.
fn member(types: &Types, at: ShapeId, name: &str, depth: usize) -> Option<ShapeId> {
    let shape = types.model().shape(at);
    let own = shape.object.iter().flat_map(|it| &it.properties);
    if let Some(property) = own.into_iter().find(|it| it.name == name) {
        return Some(property.shape);
    }
    around(types, at, depth).into_iter().find_map(|it| member(types, it, name, depth - 1))
}

/// The schema of the items of a list.
fn item(types: &Types, at: ShapeId, depth: usize) -> Option<ShapeId> {
    let own = types.model().shape(at).array.as_ref().and_then(|it| it.rest);
    own.or_else(|| around(types, at, depth).into_iter().find_map(|it| item(types, it, depth - 1)))
}

/// The schemas that hold for the same value.
fn around(types: &Types, at: ShapeId, depth: usize) -> Vec<ShapeId> {
    if depth == 0 {
        return Vec::new();
    }
    let shape = types.model().shape(at);
    let referred = shape.references.iter().map(|it| types.model().unit(*it).shape);
    referred.chain(shape.all.iter().copied()).collect()
}

/// `listOrdersPages` and `listOrdersItems`
pub(crate) fn declare(types: &Types, module: &mut Module, operation: &Operation) {
    let Some(pages) = &operation.pages else { return };
    let names = &operation.names;
    head(types, module, operation, &names.pages);
    let result = |out: &mut Writer| out.name(&names.result).end();
    module.out.to(To::Types);
    generator(&mut module.out, result);
    let out = module.out.to(To::Declaration).put(";\n").to(To::Code).put(" {").indent().line();
    out.put("return runtime.pages(client, ").name(&names.constant);
    out.put(", input, options, ");
    turn(out, pages);
    out.put(")").to(To::Source).put(" as ");
    generator(out, result);
    out.to(To::Code).put(";").outdent().line().put("}\n").to(To::All);
    head(types, module, operation, &names.items);
    let of = types.of_shape(pages.item, View::Received);
    item_type(types, module, To::Types, &of);
    let out = module.out.to(To::Declaration).put(";\n").to(To::Code).put(" {").indent().line();
    out.put("return runtime.items(").name(&names.pages).put("(client, input, options), ");
    way(out, &pages.items);
    out.put(")").to(To::Source).put(" as ");
    item_type(types, module, To::Source, &of);
    module.out.to(To::Code).put(";").outdent().line().put("}\n").to(To::All);
}

fn head(types: &Types, module: &mut Module, operation: &Operation, name: &Name) {
    docs::write(&mut module.out, types.model(), operation);
    let out = module.out.put("export ").to(To::Declaration).put("declare ").to(To::All);
    out.put("function ").name(name).put("(client").to(To::Types).put(": Client").to(To::All);
    out.put(", input").to(To::Types).put(if is_optional(operation) { "?: " } else { ": " });
    out.name(&operation.names.input).to(To::All).put(", options").to(To::Types);
    out.put("?: runtime.CallOptions").to(To::All).put(")").to(To::Types).put(": ");
}

fn generator(out: &mut Writer, of: impl Fn(&mut Writer)) {
    out.put("AsyncGenerator<");
    of(out);
    out.put(", void, undefined>");
}

fn item_type(types: &Types, module: &mut Module, to: To, of: &Type) {
    module.out.to(to).put("AsyncGenerator<");
    print(types, module, of);
    module.out.put(", void, undefined>");
}

fn turn(out: &mut Writer, pages: &Pages) {
    out.put(match pages.kind {
        Kind::Cursor => "runtime.cursor(",
        Kind::Page => "runtime.page(",
        Kind::Offset => "runtime.offset(",
        Kind::Link => "runtime.link(",
    });
    let parameter = pages.parameter.iter().filter(|_| pages.kind != Kind::Link);
    for (place, name) in parameter {
        out.put("[\"").put(place).put("\", ").literal(name).put("], ");
    }
    if matches!(pages.kind, Kind::Page | Kind::Offset) {
        way(out, &pages.items);
        out.put(match (pages.kind, &pages.from) {
            (_, None) => "",
            (Kind::Page, Some(_)) => ", 1, ",
            (Kind::Cursor | Kind::Offset | Kind::Link, Some(_)) => ", ",
        });
    }
    if let Some(from) = &pages.from {
        way(out, from);
    }
    out.put(")");
}

fn way(out: &mut Writer, names: &[String]) {
    out.put("[");
    for (idx, name) in names.iter().enumerate() {
        out.comma(idx).literal(name);
    }
    out.put("]");
}
