//! Responses: the status decides which one it is; then its headers and its body.

use serde_json::Value;

use super::{
    Call, Reads, Side, Taking,
    body::{Described, described},
    parameter::Parameter,
    refused,
    style::{self, Kind},
    turned,
};
use crate::{Direction, HttpExchange, HttpResponse, judge::texts::At};

impl Side<'_> {
    /// What the header fields of a response say; refused if the operation does not announce it.
    pub(super) fn response(
        self,
        call: &Call,
        exchange: &HttpExchange,
        response: &HttpResponse,
    ) -> Taking<Reads> {
        let Some(at) = self.response_at(call, response.status) else {
            return refused(format!("the status {} is not announced", response.status));
        };
        let reads = self.headers(call, &at, response)?;
        let contents = self.response_contents(call, &at);
        let has_no_body = exchange.request.method == "HEAD";
        match &response.body {
            // What nobody promised, nobody looks at.
            Some(_) if contents.is_empty() => Ok(reads),
            None if contents.is_empty() || has_no_body => Ok(reads),
            None => refused("a body is announced"),
            Some(body) => {
                let described = described(&contents, &body.media_type)?;
                self.content(described, body, turned(call.direction)).map(|_| reads)
            }
        }
    }

    /// The response of a status: its own, that of its class, or the default one.
    pub(super) fn response_at(self, call: &Call, status: u16) -> Option<At> {
        let responses = call.operation.child("responses");
        let digit = status / 100;
        let keys =
            [status.to_string(), format!("{digit}XX"), format!("{digit}xx"), "default".to_owned()];
        let declared = keys.iter().map(|it| responses.child(it)).find(|it| self.texts.has(it));
        self.texts.settle(&declared?)
    }

    /// The media types of a response.
    pub(super) fn response_contents(self, call: &Call, at: &At) -> Vec<Described> {
        if self.is_swagger() {
            return self.swagger_contents(&call.operation, at);
        }
        self.contents(at)
    }

    fn headers(self, call: &Call, at: &At, response: &HttpResponse) -> Taking<Reads> {
        let mut reads = Reads::new();
        let declared = at.child("headers");
        for name in self.texts.names(&declared) {
            // OAS, Response Object: a header named `Content-Type` is ignored.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let Some((at, value)) = self.object(&declared.child(&name)) else { continue };
            if !value.is_object() {
                continue;
            }
            let header = self.carrier((&at, &value), Kind::Simple);
            let location = format!("header.{}", name.to_ascii_lowercase());
            let fields = response.headers.iter().filter(|it| it.0.eq_ignore_ascii_case(&name));
            let fields: Vec<&str> = fields.map(|it| it.1.as_str()).collect();
            if fields.is_empty() && header.required {
                return refused(format!("`{location}` is announced"));
            }
            let direction = turned(call.direction);
            let value = self.field_line(&header, (&name, &fields), direction, &location)?;
            reads.extend(value.map(|it| (location, it)));
        }
        Ok(reads)
    }

    /// What a header field says, all its lines together; nothing if there are none.
    pub(super) fn field_line(
        self,
        header: &Parameter,
        (name, fields): (&str, &[&str]),
        direction: Direction,
        location: &str,
    ) -> Taking<Option<Value>> {
        if fields.is_empty() {
            return Ok(None);
        }
        let shapes = match &header.content {
            Some(_) => vec![style::Shape::Scalar],
            None => self.outline(&header.schema).candidates(),
        };
        let line = fields.join(",");
        let read = |shape| style::line(&line, name, (header.style, shape), str::to_owned);
        let values = shapes.into_iter().map(read).collect();
        self.value(header, values, direction, location)
    }
}
