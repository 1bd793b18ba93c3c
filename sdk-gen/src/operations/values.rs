//! The types of parameters and bodies.

use contracts::{
    Kind, NodeId, Store,
    inclusion::TypeSet,
    operations::{Place, Reading, Status},
};

use crate::{
    model::{Origin, ShapeId, UnitId, View},
    operations::{
        Field,
        contents::{Content, Form},
    },
    schemas::{Type, Types},
    writer::Writer,
};

/// Bytes that are sent.
const SENT: Type = Type::Own("(Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>)");
/// Bytes as a part of a form, by who has them.
const GIVEN_PART: Type = Type::Own("(Blob | ArrayBuffer | Uint8Array)");
const TAKEN_PART: Type = Type::Own("File");
/// Bytes that come.
const RECEIVED: Type = Type::Own("Blob");
/// Bytes that come one after another.
const FLOWING: Type = Type::Own("ReadableStream<Uint8Array>");

/// A status as the member name that the runtime looks it up by: `200`, `"2XX"`, `default`.
pub(crate) fn status_key(out: &mut Writer, status: Status) {
    match status {
        Status::Code(code) => out.count(code.into()).end(),
        Status::Class(class) => out.put("\"").count(class.into()).put("XX\"").end(),
        Status::Default => out.put("default").end(),
    }
}

/// Who has a value in hands: whoever gives one may choose its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    /// The client of what it sends, the server of what it answers.
    Gives,
    /// The other one.
    Takes,
}

impl Hand {
    fn part(self) -> Type {
        match self {
            Self::Gives => GIVEN_PART,
            Self::Takes => TAKEN_PART,
        }
    }
}

/// The type of a parameter.
pub(crate) fn of_field(types: &Types, field: &Field, hand: Hand) -> Type {
    let source = &field.source;
    if is_file(types, field) {
        return hand.part();
    }
    if source.content.as_ref().is_some_and(|it| !it.is_json() && !it.is_form()) {
        return Type::String;
    }
    field.unit.map_or(Type::Unknown, |it| of_unit(types, it, View::Sent))
}

/// Is it a file of a Swagger form?
pub(crate) fn is_file(types: &Types, field: &Field) -> bool {
    let model = types.model();
    let reading = Reading { store: model.store, contract: model.contract };
    field.source.place == Place::Form && reading.text(&field.source.at, "type") == Some("file")
}

/// The type of a unit: written out if it has no name.
pub(crate) fn of_unit(types: &Types, id: UnitId, view: View) -> Type {
    let unit = types.model().unit(id);
    if unit.is_inline { types.of_unit(id, view) } else { Type::Named(id, unit.view(view)) }
}

/// Which message a body is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Message {
    /// What starts an exchange.
    Request,
    /// What ends it.
    Answer,
}

/// How a body is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sight {
    /// The message.
    pub message: Message,
    /// With which members.
    pub view: View,
    /// By whom.
    pub hand: Hand,
    /// Are its bytes asked for as a stream?
    pub flows: bool,
}

/// The type of a body.
pub(crate) fn of_content(types: &Types, content: &Content, sight: Sight) -> Type {
    let Sight { message, view, hand, flows } = sight;
    let named = || content.unit.map_or(Type::Unknown, |it| of_unit(types, it, view));
    let bytes = match hand {
        Hand::Gives => SENT,
        Hand::Takes if flows => FLOWING,
        Hand::Takes => RECEIVED,
    };
    match (content.form, message) {
        // A form that is one text has no place for bytes, so its schema says what it holds.
        (Form::Json, _)
        | (Form::Events | Form::Sequence, Message::Answer)
        | (Form::Urlencoded, Message::Request) => named(),
        (Form::Text | Form::Range, Message::Answer) if is_guarded(types, content) => named(),
        (Form::Text, Message::Request) if is_text(types, content) => named(),
        (Form::Sequence, Message::Request) => Type::Array(Box::new(named())),
        (Form::Text | Form::Xml, _)
        | (Form::Urlencoded, Message::Answer)
        | (Form::Events, Message::Request) => Type::String,
        (Form::Multipart, Message::Request) => of_form(types, content, (view, hand)),
        (Form::Multipart, Message::Answer)
        | (Form::Range, Message::Request)
        | (Form::Bytes | Form::Unknown, _) => bytes,
        // `image/svg+xml` is read as text.
        (Form::Range, Message::Answer) if content.essence() == "image/*" => {
            Type::Own("(Blob | string)")
        }
        (Form::Range, Message::Answer) if content.source.range.is_bytes() => bytes,
        (Form::Range, Message::Answer) => Type::Unknown,
    }
}

/// Does the guard decide what an answer of this media type is?
pub(crate) fn is_guarded(types: &Types, content: &Content) -> bool {
    let Some(unit) = content.unit else { return false };
    match content.form {
        Form::Json | Form::Events | Form::Sequence => true,
        Form::Text => is_text(types, content),
        // What is no JSON is read as text or bytes, which such a schema refuses.
        Form::Range => {
            let kinds = types.unit_reach(unit);
            !kinds.meets(TypeSet::STRING) && !kinds.meets(TypeSet::OBJECT)
                || has_members(types, unit)
        }
        Form::Xml | Form::Urlencoded | Form::Multipart | Form::Bytes | Form::Unknown => false,
    }
}

/// Takes the schema nothing but texts, and says more of them?
fn is_text(types: &Types, content: &Content) -> bool {
    let is_string = |it: UnitId| TypeSet::STRING.covers(types.unit_reach(it));
    content.unit.is_some_and(is_string)
}

/// An object with a member that has to be there is no `Blob` by chance.
fn has_members(types: &Types, unit: UnitId) -> bool {
    let shape = types.model().shape(types.model().unit(unit).shape);
    let kinds = types.unit_reach(unit);
    let object = shape.object.as_ref();
    TypeSet::OBJECT.covers(kinds) && object.is_some_and(|it| !it.required.is_empty())
}

/// The type of a form: its members, of which some are bytes.
fn of_form(types: &Types, content: &Content, (view, hand): (View, Hand)) -> Type {
    let Some(id) = content.unit else { return Type::Unknown };
    let whole = types.of_unit(id, view);
    with_bytes(types, whole, hand).unwrap_or_else(|| of_unit(types, id, view))
}

/// The same type with its members that are bytes; nothing if none is.
fn with_bytes(types: &Types, of: Type, hand: Hand) -> Option<Type> {
    match of {
        Type::Object(mut object) => {
            let mut has_bytes = false;
            for member in &mut object.members {
                let bytes = member.docs.and_then(|it| bytes_in(types, it, hand));
                has_bytes |= bytes.is_some();
                member.of = bytes.unwrap_or_else(|| std::mem::replace(&mut member.of, Type::Never));
            }
            has_bytes.then_some(Type::Object(object))
        }
        Type::Intersection(parts) => {
            let mut has_bytes = false;
            let part = |it: Type| {
                let with = with_bytes(types, it.clone(), hand);
                has_bytes |= with.is_some();
                with.unwrap_or(it)
            };
            let parts: Vec<Type> = parts.into_iter().map(part).collect();
            has_bytes.then_some(Type::Intersection(parts))
        }
        Type::Named(id, view) => with_bytes(types, types.of_unit(id, view), hand),
        Type::Never
        | Type::Unknown
        | Type::Null
        | Type::Boolean
        | Type::Number
        | Type::String
        | Type::AnyOtherString
        | Type::Literal(_)
        | Type::Text(_)
        | Type::Brand(_)
        | Type::Own(_)
        | Type::Array(_)
        | Type::Tuple(_)
        | Type::Union(_) => None,
    }
}

/// Bytes, or a list of them.
fn bytes_in(types: &Types, id: ShapeId, hand: Hand) -> Option<Type> {
    if is_bytes(types, id) {
        return Some(hand.part());
    }
    let item = types.model().shape(id).array.as_ref()?.rest?;
    is_bytes(types, item).then(|| Type::Array(Box::new(hand.part())))
}

/// `format: binary`, or a media type that is no text.
fn is_bytes(types: &Types, id: ShapeId) -> bool {
    let model = types.model();
    let shape = model.shape(id);
    if let [target] = shape.references.as_slice() {
        let unit = model.unit(*target);
        return unit.origin != Origin::Use && !unit.is_recursive && is_bytes(types, unit.shape);
    }
    says_bytes(model.store, shape.node)
}

/// Does a schema itself say that it is bytes?
pub(crate) fn says_bytes(store: &Store, schema: NodeId) -> bool {
    let text = |name: &str| {
        let node = store.get(schema, name)?;
        store.as_str(node).filter(|_| store.kind(node) == Kind::String)
    };
    let is_encoded = text("contentEncoding").is_some();
    let media = text("contentMediaType").filter(|_| !is_encoded);
    text("format") == Some("binary")
        || media.is_some_and(|it| !it.starts_with("text/") && !it.contains("json"))
}

/// The type of a media type, or of what a range such as `image/*` takes.
pub(crate) fn media_type(out: &mut Writer, content: &Content) {
    let essence = content.essence();
    if content.form != Form::Range {
        out.literal(&essence);
        return;
    }
    match essence.split_once('/') {
        Some((kind, "*")) if kind != "*" => out.put("`").template(kind).put("/${string}`").end(),
        Some(_) | None => out.put("string").end(),
    }
}
