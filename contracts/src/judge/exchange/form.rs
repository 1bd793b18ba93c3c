//! Forms: urlencoded and multipart bodies, read into an object whose leaves are texts.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Reads, Side, Taking,
    media::Media,
    refused,
    shape::Outline,
    style::{self, Kind, Shape, Style},
    text,
};
use crate::{
    Direction,
    judge::{texts::At, validator::Verdict},
};

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    /// The header fields, their names in lower case.
    fields: Vec<(String, String)>,
    text: String,
}

impl Side<'_> {
    /// The object that a query as a whole stands for.
    pub(super) fn fields(self, schema: Option<&At>, pairs: &[(String, String)]) -> Value {
        self.urlencoded(schema, None, pairs, Direction::ToProvider)
    }

    /// The object that an urlencoded form stands for.
    pub(super) fn urlencoded(
        self,
        schema: Option<&At>,
        encoding: Option<&At>,
        pairs: &[(String, String)],
        direction: Direction,
    ) -> Value {
        let outline = self.outline(schema);
        let mut names: Vec<String> = outline.members.iter().map(|it| it.0.clone()).collect();
        names.extend(pairs.iter().map(|it| style::decoded(&it.0)));
        names.sort();
        names.dedup();
        let mut members = Map::new();
        for name in names {
            let encoding = encoding.and_then(|it| self.texts.value(&it.child(&name)));
            let style = style_of(encoding.as_ref());
            let schemas: Vec<At> = outline.member(&name).cloned().collect();
            let inner = self.outline(&schemas);
            // Exploded members of a member cannot be told from members of the form.
            let is_member = |it: &str| inner.declares(it) && !outline.declares(it);
            let mut found = Vec::new();
            for shape in shapes(&inner, pairs, &name) {
                let read = style::pieces(pairs, &name, (style, shape), &is_member);
                found.extend(read.unwrap_or_default());
            }
            // OAS, Encoding Object: with a style, no media type says how the member travels.
            let is_styled = |it: &Value| it.get("style").is_some() || it.get("explode").is_some();
            if !encoding.as_ref().is_some_and(is_styled) {
                found.extend(json_of(pairs, &name));
            }
            if let Some(value) = self.choose(&found, &schemas, direction) {
                members.insert(name, value);
            }
        }
        Value::Object(members)
    }

    /// The first value that fits, else the first one.
    fn choose(self, values: &[Value], schemas: &[At], direction: Direction) -> Option<Value> {
        let fits = |value: &&Value| {
            let verdicts = schemas.iter().map(|it| self.fits(it, direction, value, true));
            verdicts.into_iter().all(|it| it == Verdict::Accepted)
        };
        values.iter().find(fits).or(values.first()).cloned()
    }

    /// The object that the parts of a multipart body stand for; nothing if one of them has a syntax
    /// of its own.
    pub(super) fn multipart(
        self,
        schema: Option<&At>,
        encoding: Option<&At>,
        parts: &[Part],
        direction: Direction,
    ) -> Taking<Option<Value>> {
        let outline = self.outline(schema);
        let mut is_foreign = false;
        let mut groups: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
        for part in parts {
            groups.entry(&part.name).or_default().push(part);
        }
        let mut members = Map::new();
        for (name, parts) in groups {
            let encoding = encoding.map(|it| it.child(name));
            for part in &parts {
                let said = encoding.as_ref().and_then(|it| self.texts.value(it));
                check_media(part, said.as_ref())?;
                self.part_headers(part, encoding.as_ref(), direction)?;
            }
            let schemas: Vec<At> = outline.member(name).cloned().collect();
            let shapes = self.outline(&schemas).shapes;
            let is_structured = shapes.len() == 1 && shapes.contains(&Shape::Object);
            is_foreign |= is_structured && parts.iter().any(|it| it.is_foreign());
            let texts: Vec<Value> = parts.iter().map(|it| Value::from(it.text.clone())).collect();
            let values: Vec<Value> = parts.iter().map(|it| it.value()).collect();
            let single = |list: &[Value]| list.first().filter(|_| list.len() == 1).cloned();
            let mut found = Vec::new();
            found.extend(single(&values));
            found.extend(single(&texts));
            found.extend([Value::Array(values), Value::Array(texts)]);
            if let Some(value) = self.choose(&found, &schemas, direction) {
                members.insert(name.to_owned(), value);
            }
        }
        Ok((!is_foreign).then_some(Value::Object(members)))
    }
}

impl Side<'_> {
    /// What the header fields of a part say; refused if one is missing or does not fit.
    pub(super) fn part_headers(
        self,
        part: &Part,
        encoding: Option<&At>,
        direction: Direction,
    ) -> Taking<Reads> {
        let mut reads = Reads::new();
        let Some(encoding) = encoding else { return Ok(reads) };
        let declared = encoding.child("headers");
        for name in self.texts.names(&declared) {
            let lower = name.to_ascii_lowercase();
            // OAS, Encoding Object: `Content-Type` is described elsewhere, and ignored here.
            if lower == "content-type" {
                continue;
            }
            let Some((at, value)) = self.object(&declared.child(&name)) else { continue };
            if !value.is_object() {
                continue;
            }
            let header = self.carrier((&at, &value), Kind::Simple);
            let location = format!("part {} header {lower}", part.name);
            let fields: Vec<&str> =
                part.fields.iter().filter(|it| it.0 == lower).map(|it| it.1.as_str()).collect();
            match self.field_line(&header, (&name, &fields), direction, &location)? {
                Some(value) => drop(reads.insert(location, value)),
                None if header.required => return refused(format!("`{location}` is required")),
                None => {}
            }
        }
        Ok(reads)
    }
}

impl Part {
    /// The media type that the part names.
    fn media(&self) -> Option<&str> {
        self.fields.iter().find(|it| it.0 == "content-type").map(|it| it.1.as_str())
    }

    /// Does it name a media type that is neither text nor JSON?
    fn is_foreign(&self) -> bool {
        let media = self.media().map(Media::parse);
        media.is_some_and(|it| !it.is_json() && !it.is_text())
    }

    /// The part as a piece of an urlencoded form.
    pub(super) fn pair(&self) -> (String, String) {
        let encode = |it: &str| it.replace('%', "%25").replace('+', "%2B");
        (encode(&self.name), encode(&self.text))
    }

    /// The value of the part, as JSON where it can be.
    fn value(&self) -> Value {
        let is_json = self.media().is_none_or(|it| Media::parse(it).is_json());
        let parsed = serde_json::from_str(&self.text).ok().filter(|_| is_json);
        parsed.unwrap_or_else(|| Value::from(self.text.clone()))
    }
}

/// A part that names its media type has to name one of those that the contract lists.
fn check_media(part: &Part, encoding: Option<&Value>) -> Taking<()> {
    let listed = encoding.and_then(|it| text(it, "contentType"));
    let (Some(sent), Some(listed)) = (part.media(), listed) else { return Ok(()) };
    let sent = Media::parse(sent);
    if listed.split(',').any(|it| Media::parse(it.trim()).covers(&sent)) {
        return Ok(());
    }
    refused(format!("the part `{}` is not `{listed}`", part.name))
}

/// The shapes to try for a field.
fn shapes(outline: &Outline, pairs: &[(String, String)], name: &str) -> Vec<Shape> {
    if !outline.shapes.is_empty() {
        return outline.candidates();
    }
    let n_pieces = pairs.iter().filter(|it| style::decoded(&it.0) == name).count();
    vec![if n_pieces > 1 { Shape::List } else { Shape::Scalar }]
}

fn style_of(encoding: Option<&Value>) -> Style {
    let kind = encoding.and_then(|it| text(it, "style")).and_then(Kind::named);
    let explode = encoding.and_then(|it| it.get("explode")).and_then(Value::as_bool);
    let kind = kind.unwrap_or(Kind::Form);
    Style { kind, explode: explode.unwrap_or(kind == Kind::Form) }
}

/// A field that holds JSON, as objects in forms do by default.
fn json_of(pairs: &[(String, String)], name: &str) -> Option<Value> {
    let mut own = pairs.iter().filter(|it| style::decoded(&it.0) == name);
    let value = serde_json::from_str(&style::decoded(&own.next()?.1)).ok();
    value.filter(|it: &Value| it.is_object() || it.is_array())
}

/// Splits a multipart body at its boundary (RFC 2046 §5.1).
pub(super) fn parts(media_type: &str, body: &str) -> Option<Vec<Part>> {
    let boundary = media_type.split(';').find_map(|it| it.trim().strip_prefix("boundary="))?;
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let body = body.replace("\r\n", "\n");
    let mut chunks = body.split(delimiter.as_str());
    chunks.next()?;
    let mut parts = Vec::new();
    for chunk in chunks {
        if chunk.starts_with("--") {
            return Some(parts);
        }
        let chunk = chunk.strip_prefix('\n')?;
        let (head, text) = match chunk.strip_prefix('\n') {
            Some(text) => ("", text),
            None => chunk.split_once("\n\n")?,
        };
        let field = |line: &str| {
            let (field, value) = line.split_once(':')?;
            Some((field.trim().to_ascii_lowercase(), value.trim().to_owned()))
        };
        let fields: Vec<_> = head.lines().filter_map(field).collect();
        let disposition = fields.iter().find(|it| it.0 == "content-disposition");
        let disposition = disposition.map(|it| it.1.as_str()).unwrap_or_default();
        let name = disposition.split(';').find_map(|it| it.trim().strip_prefix("name="));
        parts.push(Part {
            name: name.unwrap_or_default().trim_matches('"').to_owned(),
            fields,
            text: text.strip_suffix('\n').unwrap_or(text).to_owned(),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multipart_body_has_parts() {
        let part = |fields: &[(&str, &str)], text: &str| Part {
            name: if fields.len() > 1 { "c".to_owned() } else { "a".to_owned() },
            fields: fields.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect(),
            text: text.to_owned(),
        };
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\n\
            content-type: application/json\r\ncontent-disposition: form-data; name=c; filename=x\r\n\r\n{}\n\r\n--b--\r\n";
        let c = [
            ("content-type", "application/json"),
            ("content-disposition", "form-data; name=c; filename=x"),
        ];
        let expected =
            vec![part(&[("content-disposition", "form-data; name=\"a\"")], "1"), part(&c, "{}\n")];
        assert_eq!(parts("multipart/form-data; boundary=b", body), Some(expected));
        assert_eq!(parts("multipart/form-data", body), None);
        assert_eq!(parts("multipart/form-data; boundary=b", "--b\r\n"), None);
    }
}
