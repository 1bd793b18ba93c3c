//! What a place is called: the subject of a finding, and the words of its message.

use crate::{Contract, Located, Pointer, Spot, Version, compare::question::SchemaQuestion};

/// A place that operations share, such as a component.
pub(crate) struct Shared {
    /// `components/schemas/Order`, or the path of a file and where in it.
    pub anchor: String,
    /// `Order`.
    pub name: String,
    /// The way from there, as a pointer.
    pub inside: Pointer,
}

/// The shared place that a pointer leads through.
pub(crate) fn shared(contract: &Contract, at: &Spot) -> Option<Shared> {
    let names: Vec<String> = at.pointer.names().collect();
    let n_names = match (contract.version, names.first().map(String::as_str)) {
        (_, Some("components")) => 3,
        (Version::V2_0, Some("definitions" | "parameters" | "responses")) => 2,
        _ => 0,
    };
    let path = contract.files.get(at.file.0 as usize).map_or("", |it| it.path.as_str());
    let is_root = at.file == crate::FileId::ROOT;
    if n_names > 0 && names.len() >= n_names {
        let (anchor, inside) = names.split_at(n_names);
        let plain = anchor.join("/");
        let anchor_text = if is_root { plain } else { format!("{path}#/{plain}") };
        let name = anchor.last().cloned().unwrap_or_default();
        return Some(Shared { anchor: anchor_text, name, inside: pointer_of(inside) });
    }
    if is_root {
        return None;
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let name = file.split('.').next().unwrap_or(file).to_owned();
    Some(Shared { anchor: path.to_owned(), name, inside: at.pointer.clone() })
}

fn pointer_of(names: &[String]) -> Pointer {
    names.iter().fold(Pointer::root(), |at, name| at.child(name))
}

/// The subject of a finding at a place: the component and the way from there, or the operation,
/// the location and the way from the schema of the location.
pub(crate) fn subject(
    contract: &Contract,
    question: &SchemaQuestion,
    root: &Spot,
    at: &Spot,
) -> String {
    if let Some(shared) = shared(contract, at) {
        return format!("{}#{}", shared.anchor, shared.inside);
    }
    format!("{} {}#{}", question.operation, location(question), below(root, at))
}

fn location(question: &SchemaQuestion) -> String {
    match question.media_type.as_deref() {
        None | Some("application/json") => question.location.clone(),
        Some(media_type) => format!("{} {media_type}", question.location),
    }
}

/// The way from the schema of the location; all of it if it does not lead through there.
fn below(root: &Spot, at: &Spot) -> Pointer {
    if at.file != root.file || !root.pointer.contains(&at.pointer) {
        return at.pointer.clone();
    }
    let names: Vec<String> = at.pointer.names().skip(root.pointer.names().count()).collect();
    pointer_of(&names)
}

/// A place in words: `` `lines[].sku` of `Order` `` or ``the body of `POST /orders` ``.
pub(crate) fn noun(
    contract: &Contract,
    question: &SchemaQuestion,
    root: &Spot,
    at: &Spot,
) -> String {
    if let Some(shared) = shared(contract, at) {
        let way = way(&shared.inside);
        return if way.is_empty() {
            format!("`{}`", shared.name)
        } else {
            format!("{} of `{}`", part(&way), shared.name)
        };
    }
    let way = way(&below(root, at));
    let whole = location_words(question);
    let is_item = root.pointer.names().last().as_deref() == Some("itemSchema");
    let whole = if is_item { format!("an item of {whole}") } else { whole };
    if way.is_empty() { whole } else { format!("{} in {whole}", part(&way)) }
}

/// A way as people say it.
fn part(way: &str) -> String {
    match way {
        "[]" => "an item".to_owned(),
        "*" => "a member".to_owned(),
        _ => format!("`{way}`"),
    }
}

fn location_words(question: &SchemaQuestion) -> String {
    let operation = &question.operation;
    let parts: Vec<&str> = question.location.splitn(4, '.').collect();
    match parts.as_slice() {
        ["status", code, "header", name] => {
            format!("header `{name}` of the {code} response of `{operation}`")
        }
        ["status", code, ..] => format!("the {code} body of `{operation}`"),
        ["form", part, "header", name] => {
            format!("header `{name}` of the part `{part}` of `{operation}`")
        }
        ["query" | "path" | "header" | "cookie" | "form", ..] => {
            let (kind, name) = question.location.split_once('.').unwrap_or_default();
            let noun = match kind {
                "header" => "header",
                "cookie" => "cookie",
                "form" => "form field",
                "path" => "path parameter",
                _ => "query parameter",
            };
            format!("{noun} `{name}` of `{operation}`")
        }
        ["querystring", ..] => format!("the query string of `{operation}`"),
        _ => format!("the body of `{operation}`"),
    }
}

/// The way through a value that a way through a schema means: `lines[].sku`.
pub(crate) fn way(pointer: &Pointer) -> String {
    let mut text = String::new();
    let mut names = pointer.names();
    while let Some(keyword) = names.next() {
        match keyword.as_str() {
            "properties" => {
                let Some(name) = names.next() else { break };
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&name);
            }
            "items" | "additionalItems" | "contains" => text.push_str("[]"),
            "prefixItems" => {
                let Some(idx) = names.next() else { break };
                text.push_str(&format!("[{idx}]"));
            }
            "additionalProperties" | "unevaluatedProperties" => {
                text.push_str(if text.is_empty() { "*" } else { ".*" });
            }
            "patternProperties" => {
                let Some(pattern) = names.next() else { break };
                text.push_str(&format!("/{pattern}/"));
            }
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" => {
                names.next();
            }
            _ => {}
        }
    }
    text
}

/// The name of a component, if the place is one as a whole.
pub(crate) fn component_name(contract: &Contract, at: &Located) -> Option<String> {
    name_of(contract, &spot(at))
}

/// The same of a spot.
pub(crate) fn name_of(contract: &Contract, at: &Spot) -> Option<String> {
    let shared = shared(contract, at)?;
    shared.inside.as_str().is_empty().then_some(shared.name)
}

/// The spot of a located value.
pub(crate) fn spot(at: &Located) -> Spot {
    Spot { file: at.file, pointer: at.pointer.clone() }
}
