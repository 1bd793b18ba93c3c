//! Parameters: which are declared, and what the characters of a request mean.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Call, Reads, Side, Taking,
    credential::{cookies, headers},
    flag,
    media::Media,
    part, refused,
    server::Address,
    style::{self, Kind, Shape, Style},
    text,
};
use crate::{
    Direction, HttpRequest,
    judge::{pointer, texts::At, uri, validator::Verdict},
};

/// A parameter, a header of a response or a field of a form, with all defaults filled in.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// `in`
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) schema: Option<At>,
    /// The media type, where `content` says how it travels.
    pub(super) content: Option<Media>,
    pub(super) style: Style,
    allow_reserved: bool,
    allow_empty: bool,
}

/// The parts of a request that hold parameters.
struct Sent<'r> {
    request: &'r HttpRequest,
    query: String,
    pairs: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
    /// The names of declared parameters, which are no members of an exploded object.
    taken: BTreeSet<String>,
}

impl Side<'_> {
    /// Reads all parameters of a request; refuses it if one is missing or does not fit.
    pub(super) fn parameters(
        self,
        call: &Call,
        request: &HttpRequest,
        reads: &mut Reads,
    ) -> Taking<()> {
        let declared = self.declared(call);
        let query = Address::parse(&request.url).query.unwrap_or_default();
        let sent = Sent {
            request,
            pairs: style::split_query(&query),
            query,
            cookies: cookies(request),
            taken: declared.iter().map(|it| it.name.clone()).collect(),
        };
        // A name that the template does not have is read nowhere.
        let is_read = |it: &&Parameter| match it.place.as_str() {
            "formData" => false,
            "path" => call.path.contains_key(&it.name),
            _ => true,
        };
        for parameter in declared.iter().filter(is_read) {
            let location = format!("{}.{}", parameter.place, parameter.name);
            let values = self.sent(call, parameter, &sent);
            let values =
                values.into_iter().map(|it| it.and_then(|it| parameter.plainly(&sent, it)));
            let values = values.collect();
            let value = self.value(parameter, values, call.direction, &location)?;
            if value.is_none() && parameter.required {
                return refused(format!("`{location}` is required"));
            }
            let Some(value) = value else { continue };
            let offset = call.path.get(&parameter.name).map(|it| it.0);
            let location = match (parameter.place.as_str(), offset) {
                // Names of path parameters are not on the wire.
                ("path", Some(offset)) => format!("path at {offset}"),
                ("header", _) => location.to_ascii_lowercase(),
                _ => location,
            };
            self.parameter_reads((parameter, call.direction), value, location, reads);
        }
        Ok(())
    }

    /// Adds what is read of a parameter: its pieces where it is several, else the whole and the
    /// members that have a name in it.
    fn parameter_reads(
        self,
        (parameter, direction): (&Parameter, Direction),
        value: Value,
        location: String,
        reads: &mut Reads,
    ) {
        let is_json = parameter.content.as_ref().is_some_and(Media::is_json);
        let mut members = Reads::new();
        if let Some(schema) = parameter.schema.as_ref().filter(|_| value.is_object()) {
            let side = Side { is_text: !is_json, ..self };
            side.members((schema, direction), &value, &location, &mut members);
        }
        let pieces: Reads = members
            .keys()
            .filter_map(|it| {
                let pointer = it.strip_prefix(&location)?.strip_prefix('#')?;
                let text = value.pointer(pointer).filter(|it| !it.is_object())?;
                let names = pointer.split('/').skip(1);
                let names: Vec<_> = names.map(|it| pointer::unescaped(it).into_owned()).collect();
                Some((parameter.piece(&names)?, text.clone()))
            })
            .collect();
        if pieces.is_empty() {
            reads.insert(location, value);
            reads.extend(members);
        } else {
            reads.extend(pieces);
        }
    }

    /// Is it a member of an object that is several pieces on the wire?
    pub(super) fn has_piece(self, parameter: &Parameter, location: &str) -> bool {
        let outline = self.outline(&parameter.schema);
        let mut members = outline.members.iter();
        members.any(|it| parameter.piece(std::slice::from_ref(&it.0)).as_deref() == Some(location))
    }

    /// The parameters of an operation, those of its path inherited or overridden.
    pub(super) fn declared(self, call: &Call) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        let owners = call.items.iter().rev().chain([&call.operation]);
        let all = owners.flat_map(|it| self.texts.items(&it.child("parameters")));
        for parameter in all.filter_map(|it| self.parameter(&it)) {
            found.retain(|it| !it.is_same(&parameter));
            found.push(parameter);
        }
        let ignored = ["accept", "content-type", "authorization"];
        found.retain(|it| {
            it.place != "header" || !ignored.contains(&it.name.to_ascii_lowercase().as_str())
        });
        found
    }

    fn parameter(self, at: &At) -> Option<Parameter> {
        let (at, value) = self.object(at)?;
        let place = text(&value, "in")?.to_owned();
        let name = text(&value, "name").unwrap_or_default().to_owned();
        let default = match place.as_str() {
            "path" | "header" => Kind::Simple,
            "query" | "cookie" | "formData" | "querystring" => Kind::Form,
            _ => return None,
        };
        let required = place == "path" || flag(&value, "required");
        Some(Parameter { name, place, required, ..self.carrier((&at, &value), default) })
    }

    /// What parameters and headers have in common.
    pub(super) fn carrier(self, (at, value): (&At, &Value), default: Kind) -> Parameter {
        let content = value.get("content").and_then(Value::as_object);
        let media = content.and_then(|it| it.iter().next()).filter(|_| !self.is_swagger());
        let schema = match media {
            _ if self.is_swagger() => Some(at.clone()),
            Some((name, _)) => {
                let media = self.texts.settle(&at.child("content").child(name));
                media.map(|it| it.child("schema"))
            }
            None => Some(at.child("schema")),
        };
        let kind = text(value, "style").filter(|_| !self.is_swagger()).and_then(Kind::named);
        let mut style = Style { kind: kind.unwrap_or(default), explode: false };
        style.explode = match value.get("explode").and_then(Value::as_bool) {
            Some(explode) => explode,
            None => style.kind == Kind::Form,
        };
        if self.is_swagger() {
            let format = text(value, "collectionFormat");
            style.explode = format == Some("multi");
            style.kind = format.and_then(Kind::named).unwrap_or(default);
        }
        Parameter {
            name: String::new(),
            place: String::new(),
            required: flag(value, "required"),
            schema: schema.filter(|it| self.texts.has(it)),
            content: media.map(|it| Media::parse(it.0)),
            style,
            allow_reserved: self.is_swagger() || flag(value, "allowReserved"),
            allow_empty: flag(value, "allowEmptyValue"),
        }
    }

    /// What a request may mean at the place of a parameter, by shape.
    fn sent(
        self,
        call: &Call,
        parameter: &Parameter,
        sent: &Sent<'_>,
    ) -> Vec<Result<Vec<Value>, String>> {
        if parameter.place == "querystring" {
            return vec![Ok(self.whole_query(parameter, sent))];
        }
        let schema = parameter.schema.iter();
        let outline = self.outline(schema);
        let is_member = |name: &str| outline.declares(name) || !sent.taken.contains(name);
        let shapes = match &parameter.content {
            Some(_) => vec![Shape::Scalar],
            None => outline.candidates(),
        };
        let read = |shape: &Shape| {
            let by = (parameter.style, *shape);
            match parameter.place.as_str() {
                "path" => match call.path.get(&parameter.name) {
                    Some((_, text)) => style::line(text, &parameter.name, by, uri::decode),
                    None => Ok(Vec::new()),
                },
                "header" => match headers(sent.request, &parameter.name).join(",") {
                    none if none.is_empty() => Ok(Vec::new()),
                    line => style::line(&line, &parameter.name, by, str::to_owned),
                },
                "cookie" => style::pieces(&sent.cookies, &parameter.name, by, &is_member),
                _ => style::pieces(&sent.pairs, &parameter.name, by, &is_member),
            }
        };
        shapes.iter().map(read).collect()
    }

    /// The value of a parameter that fits: `None` if nothing is sent.
    pub(super) fn value(
        self,
        parameter: &Parameter,
        values: Vec<Result<Vec<Value>, String>>,
        direction: Direction,
        what: &str,
    ) -> Taking<Option<Value>> {
        let mut objection = None;
        for value in values {
            let values = match value {
                Ok(values) => values,
                Err(why) => {
                    objection.get_or_insert(refused(why));
                    continue;
                }
            };
            for value in values {
                let is_empty = parameter.allow_empty && value.as_str() == Some("");
                match self.fits_parameter(parameter, &value, direction, what) {
                    _ if is_empty => return Ok(Some(value)),
                    Ok(()) => return Ok(Some(plain(parameter.meant(value)))),
                    Err(err) => objection = Some(objection.unwrap_or(Err(err))),
                }
            }
        }
        objection.unwrap_or(Ok(None))
    }

    fn fits_parameter(
        self,
        parameter: &Parameter,
        value: &Value,
        direction: Direction,
        what: &str,
    ) -> Taking<()> {
        let Some(schema) = &parameter.schema else { return Ok(()) };
        let what = format!("`{what}`");
        let is_json = parameter.content.as_ref().is_some_and(Media::is_json);
        let shapes = self.outline([schema]).shapes;
        let is_one_text = shapes.is_empty() || shapes.contains(&Shape::Scalar);
        if parameter.content.is_some() && !is_json && !is_one_text && value.is_string() {
            // Other media types have a syntax of their own for what is not one text.
            return Ok(());
        }
        let verdict = match value.as_str().filter(|_| is_json) {
            Some(text) => match serde_json::from_str(text) {
                Ok(value) => self.fits(schema, direction, &value, false),
                Err(_) => Verdict::refused("it is no JSON"),
            },
            None => self.fits(schema, direction, value, true),
        };
        part(verdict, &what)
    }

    fn whole_query(self, parameter: &Parameter, sent: &Sent<'_>) -> Vec<Value> {
        if sent.query.is_empty() {
            return Vec::new();
        }
        if parameter.content.as_ref().is_some_and(Media::is_urlencoded) {
            return vec![self.fields(parameter.schema.as_ref(), &sent.pairs)];
        }
        vec![Value::from(style::decoded(&sent.query))]
    }
}

impl Parameter {
    /// Where a member is read that is a piece of its own on the wire: `query.filter[name]`.
    fn piece(&self, names: &[String]) -> Option<String> {
        let name = names.concat();
        match self.place.as_str() {
            "querystring" => Some(format!("query.{name}")),
            "query" | "cookie" if self.content.is_some() => None,
            "query" | "cookie" if self.style.kind == Kind::Deep => {
                let brackets = names.join("][");
                Some(format!("{}.{}[{brackets}]", self.place, self.name))
            }
            "query" | "cookie" if self.style.explode => Some(format!("{}.{name}", self.place)),
            _ => None,
        }
    }

    /// What the characters mean: `"a"` is another text in JSON than as it is, and `{}` an object. Of
    /// other media types only the name is known.
    fn meant(&self, value: Value) -> Value {
        let (Some(media), Some(text)) = (&self.content, value.as_str()) else { return value };
        if !media.is_json() {
            let is_known = media.is_text() || media.is_urlencoded();
            return if is_known { value } else { serde_json::json!({ media.name(): text }) };
        }
        match serde_json::from_str(text) {
            Ok(meant @ (Value::String(_) | Value::Array(_) | Value::Object(_))) => meant,
            Ok(Value::Null | Value::Bool(_) | Value::Number(_)) | Err(_) => value,
        }
    }

    /// The values that the characters may mean: reserved ones have to come encoded, but those that
    /// the style itself writes.
    fn plainly(&self, sent: &Sent<'_>, values: Vec<Value>) -> Result<Vec<Value>, String> {
        let n_values = values.len();
        let plain: Vec<_> = values.into_iter().filter(|it| !self.is_reserved(sent, it)).collect();
        if plain.is_empty() && n_values > 0 {
            return Err(format!("`query.{}` has reserved characters", self.name));
        }
        Ok(plain)
    }

    fn is_reserved(&self, sent: &Sent<'_>, value: &Value) -> bool {
        if self.place != "query" || self.allow_reserved {
            return false;
        }
        let is_list = value.is_array() || value.is_object();
        let is_joined = is_list && !self.style.explode;
        let is_reserved = |it: char| ":/?[]@!$'()*;".contains(it) || it == ',' && !is_joined;
        let mut own = sent.pairs.iter().filter(|it| style::decoded(&it.0) == self.name);
        own.any(|it| it.1.contains(is_reserved))
    }

    fn is_same(&self, other: &Self) -> bool {
        let name = |it: &Self| match it.place.as_str() {
            "header" => it.name.to_ascii_lowercase(),
            "querystring" => String::new(),
            _ => it.name.clone(),
        };
        self.place == other.place && name(self) == name(other)
    }
}

/// A list of one is told like its item: on the wire they are the same.
fn plain(mut value: Value) -> Value {
    let items = value.as_array_mut().filter(|it| it.len() == 1);
    let only = items.and_then(Vec::pop);
    only.unwrap_or(value)
}
