//! The README of an SDK: the only file that is made from a template.

use std::{collections::BTreeMap, sync::OnceLock};

use contracts::operations::{Place, Reading, Wire, security_schemes};
use handlebars::Handlebars;
use serde_json::{Value, json};

use crate::{
    model::Model,
    notes::{Note, NoteCode},
    operations::{self, GROUPS, Operation, Operations},
    options::Options,
    writer::Writer,
};

const TEMPLATE: &str = include_str!("readme.hbs");

/// Lists are cut here.
const LONGEST: usize = 40;

/// The template is read once for all services.
static ENGINE: OnceLock<Handlebars<'static>> = OnceLock::new();

fn engine() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    engine.register_escape_fn(escaped);
    engine.set_strict_mode(false);
    let read = engine.register_template_string("readme", TEMPLATE);
    debug_assert!(read.is_ok(), "{read:?}");
    engine
}

/// `README.md`
pub(crate) fn text(model: &Model, operations: &Operations, options: &Options) -> String {
    let data = data(model, operations, options);
    let text = ENGINE.get_or_init(engine).render("readme", &data);
    debug_assert!(text.is_ok(), "{text:?}");
    text.unwrap_or_default()
}

fn data(model: &Model, operations: &Operations, options: &Options) -> Value {
    let reading = Reading { store: model.store, contract: model.contract };
    let info = reading.member(&model.contract.root(), "info");
    let title = info.as_ref().and_then(|it| reading.text(it, "title")).unwrap_or(&options.service);
    let (names, more_names) = told(model, |it| it == NoteCode::NameChanged);
    let (unchecked, more_unchecked) = told(model, says_less);
    let first = operations
        .all
        .first()
        .map(|it| json!({"function": it.names.function.as_str(), "call": call(it)}));
    let schemes = schemes(reading);
    let auth = schemes.first().map(|it| format!("{}: {}", plain(it, "key"), plain(it, "example")));
    let n_schemas = model.units().filter(|it| it.1.is_listed()).count();
    json!({
        "package": options.package,
        "title": title,
        "n_operations": operations.all.len(),
        "n_schemas": n_schemas,
        "base_url": operations::first_url(model).map(|it| line(&it)),
        "schemes": schemes,
        "auth": auth,
        "first": first.unwrap_or_else(|| json!({"function": "expectOk", "call": "undefined"})),
        "examples": examples(operations),
        "hook": operations.webhooks.first().map(|it| it.names.validate.as_str()),
        "names": names,
        "more_names": more_names,
        "unchecked": unchecked,
        "more_unchecked": more_unchecked,
    })
}

fn plain<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn says_less(code: NoteCode) -> bool {
    matches!(
        code,
        NoteCode::KeywordUnguarded
            | NoteCode::TypeWidened
            | NoteCode::IntegerBeyondDouble
            | NoteCode::MediaTypeUnknown
            | NoteCode::XmlUntyped
            | NoteCode::SchemaInvalid
            | NoteCode::SecurityUndeclared
            | NoteCode::LinkIgnored
    )
}

/// Messages of notes, and how many more there are.
fn told(model: &Model, is_wanted: impl Fn(NoteCode) -> bool) -> (Vec<String>, usize) {
    let mut notes: Vec<&Note> = model.notes.iter().filter(|it| is_wanted(it.code)).collect();
    notes.sort();
    let place = |it: &Note| match it.pointer.as_str() {
        "" => it.message.clone(),
        pointer => format!("{} ({pointer})", it.message),
    };
    let mut found: Vec<String> = notes.into_iter().map(place).collect();
    found.dedup();
    let n_more = found.len().saturating_sub(LONGEST);
    found.truncate(LONGEST);
    (found, n_more)
}

fn schemes(reading: Reading) -> Vec<Value> {
    let scheme = |(name, wire): (String, Wire)| {
        let (takes, example) = match wire {
            Wire::MutualTls | Wire::Unknown(_) => return None,
            Wire::Authorization(scheme) if scheme == "basic" => {
                ("`{ username, password }`", "{ username, password }")
            }
            Wire::Authorization(_) => ("the token", "token"),
            Wire::Key(..) => ("the key", "key"),
        };
        let mut key = Writer::default();
        key.key(&name);
        let key = key.source();
        Some(json!({"name": name, "key": key, "takes": takes, "example": example}))
    };
    security_schemes(reading).into_iter().filter_map(scheme).collect()
}

/// The first operation of each module.
fn examples(operations: &Operations) -> Vec<Value> {
    let mut found: BTreeMap<&str, &Operation> = BTreeMap::new();
    for it in &operations.all {
        found.entry(it.home.as_str()).or_insert(it);
    }
    let tag = |it: &str| line(it.strip_prefix("operations/").unwrap_or(it));
    found.into_iter().map(|(home, it)| json!({"tag": tag(home), "call": call(it)})).collect()
}

/// A call with everything that has to be there.
fn call(operation: &Operation) -> String {
    let mut out = Writer::default();
    out.name(&operation.names.function).put("(client");
    if operation.needs_input() {
        out.put(", {");
        let groups = needed(operation);
        for (idx, (word, names)) in groups.iter().enumerate() {
            out.comma(idx).put(if idx > 0 { "" } else { " " }).put(word).put(": {");
            members(&mut out, names);
        }
        if operation.needs_body {
            out.put(if groups.is_empty() { " " } else { ", " }).put("body: …");
        }
        out.put(" }");
    }
    out.put(")");
    out.source()
}

fn members(out: &mut Writer, names: &[&str]) {
    for (idx, name) in names.iter().enumerate() {
        out.put(if idx > 0 { ", " } else { " " }).key(name).put(": …");
    }
    out.put(" }");
}

/// The parameters that a call has to have, by their members of the input.
fn needed(operation: &Operation) -> Vec<(&'static str, Vec<&str>)> {
    let group = |(word, places): (&'static str, &[Place])| {
        let is_path = *places == [Place::Path];
        let fields = operation.fields(places).into_iter();
        let fields = fields.filter(|it| it.source.required || is_path);
        let mut names: Vec<&str> = fields.map(|it| it.source.name.as_str()).collect();
        if is_path {
            names.extend(operation.undeclared());
        }
        (!names.is_empty()).then_some((word, names))
    };
    GROUPS.into_iter().filter_map(group).collect()
}

/// One line without what could end it or hide in it.
fn line(text: &str) -> String {
    let mut out = Writer::default();
    out.comment_part(text);
    out.source()
}

/// Text of a contract in Markdown: no markup, no tags, one line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    let plain = line(text);
    // Only comments have tags to be afraid of.
    let plain = plain.strip_prefix('\\').filter(|it| it.starts_with('@')).unwrap_or(&plain);
    for letter in plain.chars() {
        is_code ^= letter == '`';
        match letter {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' if !is_code => {
                out.push('\\');
                out.push(letter);
            }
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        let rows = [
            ("@acme/shop", "@acme/shop"),
            ("plain `co_de` a_b", "plain `co_de` a\\_b"),
            ("<img src=x>", "&lt;img src=x>"),
            ("[a](b) | *c*\n# d", "\\[a\\](b) \\| \\*c\\* \\# d"),
        ];
        for (text, expected) in rows {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
