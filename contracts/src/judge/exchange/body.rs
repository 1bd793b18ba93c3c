//! Bodies: the media type decides the schema and how the content is read.

use serde_json::Value;

use super::{
    Call, Objection, Reads, Side, Taking, flag, form,
    media::{self, Media},
    parameter::Parameter,
    part, refused,
    shape::shape_of,
    style::{self, Shape},
    text,
};
use crate::{Content, Direction, HttpBody, HttpRequest, judge::texts::At};

/// What a contract says of one media type.
#[derive(Debug, Clone)]
pub(super) struct Described {
    range: String,
    schema: Option<At>,
    /// The schema of one item of a stream (3.2).
    item: Option<At>,
    encoding: Option<At>,
}

/// A request body, as declared.
struct Declared {
    required: bool,
    contents: Vec<Described>,
    /// In 2.0 the fields of a form are parameters.
    fields: Vec<Parameter>,
}

impl Side<'_> {
    /// Reads the body of a request; refuses it if it is missing or does not fit.
    pub(super) fn request_body(
        self,
        call: &Call,
        request: &HttpRequest,
        reads: &mut Reads,
    ) -> Taking<()> {
        let Some(declared) = self.declared_body(call, &call.method) else { return Ok(()) };
        if declared.contents.is_empty() {
            // Nothing is known of it.
            return Ok(());
        }
        let Some(body) = &request.body else {
            return if declared.required { refused("a body is required") } else { Ok(()) };
        };
        let described = described(&declared.contents, &body.media_type)?;
        if !declared.fields.is_empty() {
            return self.form_fields(&declared.fields, body, call.direction, reads);
        }
        reads.insert("body".to_owned(), Value::from(media_name(&body.media_type)));
        let Some(value) = self.content(described, body, call.direction)? else { return Ok(()) };
        self.part_reads(described, body, call.direction, reads)?;
        let is_text = !Media::parse(&body.media_type).is_json();
        if let Some(schema) = &described.schema {
            let side = Side { is_text, ..self };
            side.members((schema, call.direction), &value, "body", reads);
        }
        if is_text {
            reads.insert("body value".to_owned(), value);
        }
        Ok(())
    }

    /// Adds what the header fields of parts say.
    fn part_reads(
        self,
        described: &Described,
        body: &HttpBody,
        direction: Direction,
        reads: &mut Reads,
    ) -> Taking<()> {
        let Content::Text(text) = &body.content else { return Ok(()) };
        let is_multipart = Media::parse(&body.media_type).is_multipart();
        let parts = is_multipart.then(|| form::parts(&body.media_type, text)).flatten();
        for part in parts.into_iter().flatten() {
            let encoding = described.encoding.as_ref().map(|it| it.child(&part.name));
            reads.extend(self.part_headers(&part, encoding.as_ref(), direction)?);
        }
        Ok(())
    }

    /// The media types of a request, as ranges.
    pub(super) fn request_contents(self, call: &Call) -> Vec<String> {
        // A method whose body is read in every version.
        let declared = self.declared_body(call, "POST");
        declared.into_iter().flat_map(|it| it.contents).map(|it| it.range).collect()
    }

    fn declared_body(self, call: &Call, method: &str) -> Option<Declared> {
        if self.is_swagger() {
            return self.swagger_body(call);
        }
        // OAS 3.0, Operation Object: where HTTP gives a body no meaning, it is ignored.
        if self.is_version("3.0") && matches!(method, "GET" | "HEAD" | "DELETE" | "TRACE") {
            return None;
        }
        let (at, value) = self.object(&call.operation.child("requestBody"))?;
        let contents = self.contents(&at);
        // Nobody can send a body for which there is no media type.
        let required = flag(&value, "required") && !contents.is_empty();
        Some(Declared { required, contents, fields: Vec::new() })
    }

    /// The media types under `content`.
    pub(super) fn contents(self, at: &At) -> Vec<Described> {
        let content = at.child("content");
        let describe = |range: String| {
            let at = self.texts.settle(&content.child(&range))?;
            let there = |name: &str| Some(at.child(name)).filter(|it| self.texts.has(it));
            let (schema, item, encoding) =
                (there("schema"), there("itemSchema"), there("encoding"));
            Some(Described { range, schema, item, encoding })
        };
        self.texts.names(&content).into_iter().filter_map(describe).collect()
    }

    fn swagger_body(self, call: &Call) -> Option<Declared> {
        let owners = [&call.operation].into_iter().chain(&call.items);
        let mut all = owners.flat_map(|it| self.texts.items(&it.child("parameters")));
        let own = |at| self.object(&at).filter(|it| text(&it.1, "in") == Some("body"));
        if let Some((at, value)) = all.find_map(own) {
            let types = self.media_types(&call.operation, "consumes", &["application/json"]);
            let schema = Some(at.child("schema")).filter(|it| self.texts.has(it));
            let contents = types.into_iter().map(|it| plain(it, schema.clone())).collect();
            let required = flag(&value, "required");
            return Some(Declared { required, contents, fields: Vec::new() });
        }
        let fields: Vec<_> =
            self.declared(call).into_iter().filter(|it| it.place == "formData").collect();
        let forms = ["application/x-www-form-urlencoded", "multipart/form-data"];
        let types = self.media_types(&call.operation, "consumes", &forms);
        let is_form = |it: &String| {
            let media = Media::parse(it);
            media.is_urlencoded() || media.is_multipart()
        };
        let mut contents: Vec<_> =
            types.into_iter().filter(is_form).map(|it| plain(it, None)).collect();
        if contents.is_empty() {
            contents = forms.iter().map(|it| plain((*it).to_owned(), None)).collect();
        }
        let required = fields.iter().any(|it| it.required);
        (!fields.is_empty()).then_some(Declared { required, contents, fields })
    }

    /// The media types of a response of 2.0.
    pub(super) fn swagger_contents(self, operation: &At, response: &At) -> Vec<Described> {
        let schema = response.child("schema");
        if !self.texts.has(&schema) {
            return Vec::new();
        }
        let types = self.media_types(operation, "produces", &["application/json"]);
        types.into_iter().map(|it| plain(it, Some(schema.clone()))).collect()
    }

    fn media_types(self, operation: &At, name: &str, default: &[&str]) -> Vec<String> {
        let written = self.texts.value(&operation.child(name));
        let written = written.or_else(|| self.texts.value(&At::root(0).child(name)));
        let types = written.as_ref().and_then(Value::as_array).into_iter().flatten();
        let types: Vec<String> = types.filter_map(Value::as_str).map(str::to_owned).collect();
        if types.is_empty() { default.iter().map(|it| (*it).to_owned()).collect() } else { types }
    }

    /// The value of a body, if it has one that can be looked into; refused if it does not fit.
    pub(super) fn content(
        self,
        described: &Described,
        body: &HttpBody,
        direction: Direction,
    ) -> Taking<Option<Value>> {
        let media = Media::parse(&body.media_type);
        let schema = described.schema.as_ref();
        if let Some(item) = described.item.as_ref().filter(|_| media.is_json_sequence()) {
            for value in sequence(&body.content)? {
                part(self.fits(item, direction, &value, false), "an item of the body")?;
            }
            return Ok(None);
        }
        let is_json = media.is_json();
        let (value, is_text) = match &body.content {
            Content::Json(value) => (value.clone(), !is_json),
            Content::Text(text) if is_json => match serde_json::from_str(text) {
                Ok(value) => (value, false),
                Err(_) => return refused("the body is no JSON"),
            },
            Content::Text(text) if media.is_urlencoded() => {
                let pairs = style::split_query(text);
                (self.urlencoded(schema, described.encoding.as_ref(), &pairs, direction), true)
            }
            Content::Text(text) if media.is_multipart() => {
                let Some(parts) = form::parts(&body.media_type, text) else {
                    return refused("the parts of the body cannot be told");
                };
                let encoding = described.encoding.as_ref();
                let form = self.multipart(schema, encoding, &parts, direction)?;
                let Some(form) = form else { return Ok(None) };
                (form, true)
            }
            Content::Text(text) => (Value::from(text.clone()), true),
            Content::Base64(_) if is_json => {
                return Err(Objection::Unable("the body is JSON in base64".to_owned()));
            }
            Content::Base64(_) => return Ok(None),
        };
        let Some(schema) = schema else { return Ok(Some(value)) };
        // Other media types have a syntax of their own for what is not one text.
        let shapes = self.outline([schema]).shapes;
        let is_foreign = value.is_string() && is_text && !shapes.is_empty();
        if is_foreign && !shapes.contains(&Shape::Scalar) {
            return Ok(None);
        }
        part(self.fits(schema, direction, &value, is_text), "the body")?;
        Ok(Some(value))
    }

    fn form_fields(
        self,
        fields: &[Parameter],
        body: &HttpBody,
        direction: Direction,
        reads: &mut Reads,
    ) -> Taking<()> {
        let pairs = match &body.content {
            Content::Text(text) if Media::parse(&body.media_type).is_multipart() => {
                let Some(parts) = form::parts(&body.media_type, text) else {
                    return refused("the parts of the body cannot be told");
                };
                parts.iter().map(form::Part::pair).collect()
            }
            Content::Text(text) => style::split_query(text),
            Content::Json(value) => pairs_of(value),
            Content::Base64(_) => return Err(Objection::Unable("a form in base64".to_owned())),
        };
        for field in fields {
            let location = format!("form.{}", field.name);
            let outline = self.outline(&field.schema);
            let read = |shape: &Shape| {
                style::pieces(&pairs, &field.name, (field.style, *shape), &|_| false)
            };
            let values = outline.candidates().iter().map(read).collect();
            match self.value(field, values, direction, &location)? {
                Some(value) => drop(reads.insert(location, value)),
                None if field.required => return refused(format!("`{location}` is required")),
                None => {}
            }
        }
        Ok(())
    }
}

/// The description of the most special range that names the media type of a body.
pub(super) fn described<'d>(contents: &'d [Described], sent: &str) -> Taking<&'d Described> {
    let found = media::best(contents, &Media::parse(sent), |it| Media::parse(&it.range));
    found.ok_or_else(|| Objection::Refused(format!("the media type `{sent}` is not declared")))
}

fn plain(range: String, schema: Option<At>) -> Described {
    Described { range, schema, item: None, encoding: None }
}

fn media_name(sent: &str) -> String {
    sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn sequence(content: &Content) -> Taking<Vec<Value>> {
    match content {
        Content::Json(Value::Array(items)) => Ok(items.clone()),
        Content::Json(value) => Ok(vec![value.clone()]),
        Content::Text(text) => {
            let lines = text.split(['\n', '\u{1e}']).filter(|it| !it.trim().is_empty());
            let items: Result<Vec<_>, _> = lines.map(serde_json::from_str).collect();
            items.map_err(|_| Objection::Refused("an item of the body is no JSON".to_owned()))
        }
        Content::Base64(_) => Err(Objection::Unable("a stream in base64".to_owned())),
    }
}

/// The pieces of a form that is given as an object.
fn pairs_of(form: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let encode = |it: &Value| {
        crate::judge::text::text_of(it).replace('%', "%25").replace('+', "%2B").replace(',', "%2C")
    };
    for (name, value) in form.as_object().into_iter().flatten() {
        match (shape_of(value), value.as_array()) {
            (Shape::List, Some(items)) => {
                pairs.extend(items.iter().map(|it| (name.clone(), encode(it))));
            }
            _ => pairs.push((name.clone(), encode(value))),
        }
    }
    pairs
}
