//! What is to be told about operations: places where the SDK says less than the contract.

use std::collections::BTreeMap;

use contracts::{
    Located,
    operations::{Place, Reading, Wire},
};

use crate::{
    model::Model,
    notes::NoteCode,
    operations::{Operation, Operations, contents::Form},
};

/// Tells everything about all operations.
pub(crate) fn tell(model: &mut Model, operations: &Operations) {
    for operation in operations.all.iter().chain(&operations.webhooks) {
        forms(model, operation);
        headers_of_parts(model, operation);
        parameters(model, operation);
        credentials(model, operation);
        unmade(model, operation);
    }
    twice(model, operations);
    servers(model);
}

fn forms(model: &mut Model, operation: &Operation) {
    let answers = operation.answers.iter().flat_map(|it| &it.contents);
    for content in operation.body.iter().chain(answers) {
        let essence = content.essence();
        let (code, message) = match content.form {
            Form::Unknown => {
                (NoteCode::MediaTypeUnknown, format!("`{essence}` is not decoded: bytes"))
            }
            Form::Xml => (NoteCode::XmlUntyped, format!("`{essence}` stays text")),
            Form::Json
            | Form::Text
            | Form::Urlencoded
            | Form::Multipart
            | Form::Bytes
            | Form::Events
            | Form::Sequence
            | Form::Range => continue,
        };
        model.note(code, &content.source.at, message);
    }
}

/// `FormData` shows no headers of parts, so a server that reads by it has nothing to hold against
/// the contract. The media type of a part is no header here (OpenAPI 3.1 §4.8.15.1).
fn headers_of_parts(model: &mut Model, operation: &Operation) {
    let reading = Reading { store: model.store, contract: model.contract };
    let forms = operation.body.iter().filter(|it| it.form == Form::Multipart);
    let mut found: Vec<(Located, String)> = Vec::new();
    for (part, encoding) in forms.flat_map(|it| &it.source.encoding) {
        for (name, at) in reading.members_of(encoding, "headers") {
            if !name.eq_ignore_ascii_case("content-type") {
                let message = "is neither sent nor checked: `FormData` shows no headers of parts";
                found.push((at, format!("the header `{name}` of the part `{part}` {message}")));
            }
        }
    }
    for (at, message) in found {
        model.note(NoteCode::TypeWidened, &at, message);
    }
}

fn parameters(model: &mut Model, operation: &Operation) {
    for field in operation.fields(&[Place::Cookie]) {
        let message = format!("browsers do not let code send the cookie `{}`", field.source.name);
        model.note(NoteCode::CookieInBrowser, &field.source.at, message);
    }
    for name in operation.undeclared() {
        let message = format!("the path names `{{{name}}}`, which no parameter declares: a text");
        model.note(NoteCode::SchemaInvalid, &operation.source.listed.at, message);
    }
}

fn credentials(model: &mut Model, operation: &Operation) {
    let all = operation.source.security.alternatives.iter().flatten();
    for credential in all {
        if let (Wire::Unknown(name), Some(at)) = (&credential.wire, &operation.source.security.at) {
            let message = format!("no security scheme `{name}` that could be sent is declared");
            model.note(NoteCode::SecurityUndeclared, at, message);
        }
    }
}

/// Links and callbacks.
fn unmade(model: &mut Model, operation: &Operation) {
    let reading = Reading { store: model.store, contract: model.contract };
    let mut found: Vec<(NoteCode, Located, String)> = Vec::new();
    for answer in &operation.answers {
        for (name, at) in reading.members_of(&answer.source.at, "links") {
            found.push((
                NoteCode::LinkIgnored,
                at,
                format!("nothing is made of the link `{name}`"),
            ));
        }
    }
    for (name, at) in reading.members_of(&operation.source.listed.at, "callbacks") {
        let message = format!(
            "the callback `{name}` is typed and guarded for whoever receives it; nothing sends it"
        );
        found.push((NoteCode::CallbackTypesOnly, at, message));
    }
    for (code, at, message) in found {
        model.note(code, &at, message);
    }
}

/// Operations that share one `operationId`.
fn twice(model: &mut Model, operations: &Operations) {
    let mut known: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &operations.all {
        known.entry(operation.id.as_str()).or_default().push(operation);
    }
    for (id, all) in known.iter().filter(|it| it.1.len() > 1) {
        for operation in all {
            let name = &operation.names.function;
            let message = format!("{} operations are called `{id}`: this is `{name}`", all.len());
            model.note(NoteCode::NameChanged, &operation.source.listed.at, message);
        }
    }
}

fn servers(model: &mut Model) {
    let reading = Reading { store: model.store, contract: model.contract };
    let mut found: Vec<(Located, String)> = Vec::new();
    for server in reading.items_of(&model.contract.root(), "servers") {
        for (name, at) in reading.members_of(&server, "variables") {
            if reading.texts(&at, "enum").is_none_or(|it| it.is_empty()) {
                found.push((at, format!("the variable `{name}` may have any value")));
            }
        }
    }
    for (at, message) in found {
        model.note(NoteCode::ServerVariableOpen, &at, message);
    }
}
