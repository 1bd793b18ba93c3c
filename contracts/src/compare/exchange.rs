//! Whole messages on the wire, made of what one side asks for and nothing more.
//!
//! What a witness means beyond HTTP itself:
//! - Relative servers are at `https://contract.example`. A webhook or callback is sent to
//!   `https://consumer.example/`, since only the receiver knows its address; `operation` names it.
//! - A credential is the placeholder `‹component name›`, followed by the scopes or roles it was
//!   given (`‹B read write›`); after `Bearer ` or `Basic ` in `authorization`, percent-encoded
//!   in a query. A client certificate is the field `client-certificate`.
//! - A form is a text: `a=1&b=2`, or the parts between lines of `--boundary` if it is multipart.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Content, Direction, HttpBody, HttpRequest, HttpResponse,
    compare::{
        form::{self, Member},
        question::Serialization,
        sample::Sampler,
        text::{encoded, line, pieces, scalar},
    },
    operations::{
        Address, Body, Event, Header, Media, MediaRange, Operation, Parameter, Place, Reading,
        Requirement, Response, Server, Status, Wire,
    },
};

/// Where webhooks and callbacks are sent.
const CONSUMER: &str = "https://consumer.example/";

/// What is special about one request.
#[derive(Default)]
pub(crate) struct Special<'a> {
    /// Parameters that are there though they need not be, with their values.
    pub parameters: Vec<(&'a Parameter, Value)>,
    /// The media type of a body that is there though it need not be.
    pub media: Option<(&'a Media, String)>,
    /// No body, whatever is asked for.
    pub is_bare: bool,
    /// The credentials; otherwise the first that suffice.
    pub credentials: Option<&'a Requirement>,
    /// The base URL; otherwise the first one.
    pub server: Option<&'a Server>,
    /// A member of the form that is there though it need not be.
    pub member: Option<Member>,
    /// The whole value of a form, if it is not a sample.
    pub form: Option<Value>,
    /// The values of path parameters that are not free.
    pub fixed: BTreeMap<String, String>,
}

/// What is special about one response.
#[derive(Default)]
pub(crate) struct Reply<'a> {
    /// The media type of the body; otherwise JSON, or the first one.
    pub media: Option<(&'a Media, String)>,
    /// A header field that is there though it need not be, with its value.
    pub header: Option<(&'a Header, Value)>,
    /// A member of a form that is there though it need not be.
    pub member: Option<Member>,
}

/// A request in the making.
#[derive(Default)]
struct Parts<'a> {
    path: BTreeMap<String, String>,
    query: Vec<(String, String)>,
    whole_query: Option<String>,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
    fields: Vec<(&'a Parameter, Value)>,
}

/// The smallest request that an operation takes, with what is special about it; nothing if no
/// value fits where one is needed.
pub(crate) fn request(
    reading: Reading,
    operation: &Operation,
    direction: Direction,
    special: &Special,
) -> Option<HttpRequest> {
    let sampler = Sampler { reading, direction };
    let mut parts = Parts::default();
    for parameter in &operation.parameters {
        let chosen = special.parameters.iter().find(|it| it.0.key() == parameter.key());
        if let Some((_, value)) = chosen {
            parts.put(parameter, value);
        } else if parameter.required {
            if sampler.is_impossible(parameter.schema.as_ref()) {
                return None;
            }
            parts.put(parameter, &sampler.present(parameter.schema.as_ref()));
        }
    }
    for (name, text) in &special.fixed {
        if !special.parameters.iter().any(|it| it.0.name == *name) {
            parts.path.insert(name.clone(), text.clone());
        }
    }
    let anonymous = Vec::new();
    let first = operation.security.alternatives.iter().min_by_key(|it| it.len());
    parts.authorize(special.credentials.or(first).unwrap_or(&anonymous));
    let media = special.media.as_ref().map(|(media, name)| (*media, name.clone()));
    let needed = operation.body.as_ref().filter(|it| it.required).and_then(first_media);
    let media = media.or(needed).filter(|_| !special.is_bare);
    if media.as_ref().is_some_and(|it| sampler.is_impossible(it.0.schema.as_ref())) {
        return None;
    }
    let body = media.map(|(media, name)| {
        let range = &media.range;
        match media.has_fields {
            true => form::fields(range, &name, &parts.fields),
            false if range.is_form() => {
                let value = special.form.clone();
                let value = value.unwrap_or_else(|| sampler.sample(media.schema.as_ref()));
                form::body(sampler, (media, &name), &value, special.member.as_ref())
            }
            false => body(sampler, media, name),
        }
    });
    if let Some(body) = &body {
        parts.headers.push(("content-type".to_owned(), body.media_type.clone()));
    }
    Some(parts.finished(operation, special.server, body))
}

/// The media type that a sample body is of.
fn first_media(body: &Body) -> Option<(&Media, String)> {
    let media = body.contents.iter().find(|it| it.range.is_json()).or(body.contents.first())?;
    Some((media, media_name(media, &body.contents)))
}

/// One media type that is described by exactly this entry of a content.
pub(crate) fn media_name(media: &Media, all: &[Media]) -> String {
    let others = all.iter().map(|it| &it.range).filter(|it| media.range.covers(it));
    media.range.sample(&others.filter(|it| **it != media.range).collect::<Vec<_>>())
}

impl<'a> Parts<'a> {
    fn put(&mut self, parameter: &'a Parameter, value: &Value) {
        let name = &parameter.name;
        let by = parameter.serialization;
        let is_json = parameter.content.as_ref().is_some_and(MediaRange::is_json);
        match parameter.place {
            Place::Path if is_json => {
                self.path.insert(name.clone(), encoded(&value.to_string()));
            }
            Place::Path => {
                self.path.insert(name.clone(), line(name, value, by, true));
            }
            Place::Header if is_json => {
                self.headers.push((name.to_ascii_lowercase(), value.to_string()));
            }
            Place::Header => {
                self.headers.push((name.to_ascii_lowercase(), line(name, value, by, false)));
            }
            Place::Query if is_json => {
                self.query.push((encoded(name), encoded(&value.to_string())));
            }
            // What has a media type of its own is one text.
            Place::Query if parameter.content.is_some() => {
                let text = line(name, value, Serialization { explode: false, ..by }, false);
                self.query.push((encoded(name), encoded(&text)));
            }
            Place::Query => self.query.extend(pieces(name, value, by)),
            Place::Querystring if is_json => self.whole_query = Some(encoded(&value.to_string())),
            Place::Querystring => self.whole_query = Some(form::query(value)),
            Place::Cookie => {
                let pieces = pieces(name, value, by).into_iter();
                self.cookies.extend(pieces.map(|(name, it)| format!("{name}={it}")));
            }
            Place::Form => self.fields.push((parameter, value.clone())),
        }
    }

    fn authorize(&mut self, requirement: &Requirement) {
        for credential in requirement {
            let scopes = credential.scopes.iter().map(|it| format!(" {it}"));
            let secret = format!("‹{}{}›", credential.name, scopes.collect::<String>());
            match &credential.wire {
                Wire::Key(Place::Query, name) => self.query.push((encoded(name), encoded(&secret))),
                Wire::Key(Place::Cookie, name) => self.cookies.push(format!("{name}={secret}")),
                Wire::Key(_, name) => self.headers.push((name.clone(), secret)),
                Wire::Authorization(scheme) => {
                    let mut letters = scheme.chars();
                    let first = letters.next().map(|it| it.to_ascii_uppercase());
                    let scheme: String = first.into_iter().chain(letters).collect();
                    self.headers.push(("authorization".to_owned(), format!("{scheme} {secret}")));
                }
                Wire::MutualTls => self.headers.push(("client-certificate".to_owned(), secret)),
                Wire::Unknown(name) => {
                    self.headers.push((undefined_scheme(name), secret));
                }
            }
        }
    }

    fn finished(
        mut self,
        operation: &Operation,
        server: Option<&Server>,
        body: Option<HttpBody>,
    ) -> HttpRequest {
        let mut url = match operation.listed.event {
            Event::Call => {
                let server = server.or(operation.servers.first()).map(Server::url);
                let path = Address::parse(&operation.listed.path).filled(&self.path);
                format!("{}{path}", server.unwrap_or_default())
            }
            Event::Webhook | Event::Callback { .. } => CONSUMER.to_owned(),
        };
        let mut query: Vec<_> =
            self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        query.extend(self.whole_query.take());
        if !query.is_empty() {
            url = format!("{url}?{}", query.join("&"));
        }
        if !self.cookies.is_empty() {
            self.headers.push(("cookie".to_owned(), self.cookies.join("; ")));
        }
        self.headers.sort();
        HttpRequest { method: operation.listed.method.clone(), url, headers: self.headers, body }
    }
}

/// A field that no real key could have. Names of fields lose their case, those of schemes do not:
/// `^` stands before what was a capital letter.
fn undefined_scheme(name: &str) -> String {
    let letter = |it: char| match it {
        'A'..='Z' | '^' => format!("^{}", it.to_ascii_lowercase()),
        _ => it.to_string(),
    };
    format!("undefined-scheme-{}", name.chars().map(letter).collect::<String>())
}

/// A body of a media type, with a sample of its schema.
pub(crate) fn body(sampler: Sampler, media: &Media, name: String) -> HttpBody {
    if media.range.is_form() {
        let value = sampler.sample(media.schema.as_ref());
        return form::body(sampler, (media, &name), &value, None);
    }
    let range = MediaRange::parse(&name);
    let value = sampler.sample(media.schema.as_ref().or(media.item_schema.as_ref()));
    let content = if range.is_json_sequence() {
        Content::Text(format!("{value}\n"))
    } else if value.is_string() && !range.is_json() {
        Content::Text(scalar(&value))
    } else {
        Content::Json(value)
    };
    HttpBody { media_type: name, content }
}

/// A response with all that is required of it; nothing if no value fits where one is needed.
/// `status` is one that its key names.
pub(crate) fn response(
    sampler: Sampler,
    response: &Response,
    status: u16,
    reply: Reply,
) -> Option<HttpResponse> {
    let mut headers = Vec::new();
    for header in &response.headers {
        let shown = reply.header.as_ref().filter(|it| it.0.name == header.name);
        if let Some((_, value)) = shown {
            headers.push((header.name.clone(), header_text(header, value)));
        } else if header.required {
            let is_writable = header.content.is_some() || sampler.can_send(header.schema.as_ref());
            if !is_writable || sampler.is_impossible(header.schema.as_ref()) {
                return None;
            }
            let value = sampler.present(header.schema.as_ref());
            headers.push((header.name.clone(), header_text(header, &value)));
        }
    }
    let first = response.contents.iter().find(|it| it.range.is_json());
    let first = first.or(response.contents.first());
    let media = reply.media.or_else(|| first.map(|it| (it, media_name(it, &response.contents))));
    if media.as_ref().is_some_and(|it| sampler.is_impossible(it.0.schema.as_ref())) {
        return None;
    }
    let body = media.map(|(media, name)| match &reply.member {
        Some(member) => {
            let value = sampler.sample(media.schema.as_ref());
            form::body(sampler, (media, &name), &value, Some(member))
        }
        None => body(sampler, media, name),
    });
    headers.extend(body.as_ref().map(|it| ("content-type".to_owned(), it.media_type.clone())));
    headers.sort();
    Some(HttpResponse { status, headers, body })
}

/// The text of a header field.
pub(crate) fn header_text(header: &Header, value: &Value) -> String {
    if header.content.as_ref().is_some_and(MediaRange::is_json) {
        return value.to_string();
    }
    line(&header.name, value, header.serialization, false)
}

/// One code that a key names and none of the others do more specially.
pub(crate) fn code(status: Status, all: &[Response]) -> u16 {
    let best = |code: u16| all.iter().map(|it| it.status).find(|it| it.names(code));
    let usual = [200, 400, 500, 300, 100].into_iter();
    let mut codes = usual.chain(100..600).filter(|code| status.names(*code));
    let fallback = if let Status::Code(code) = status { code } else { 200 };
    codes.find(|it| best(*it) == Some(status)).unwrap_or(fallback)
}
