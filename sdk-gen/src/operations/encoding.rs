//! What `encoding` says of the parts of a form.

use contracts::{
    Located,
    operations::{Place, Reading, Serialization, Style},
};

use crate::{
    model::Model,
    operations::{
        Operation,
        contents::{Content, Form},
    },
    writer::Writer,
};

/// One part: its name, its media type, how it is written.
struct Part {
    name: String,
    media_type: Option<String>,
    writer: Option<&'static str>,
}

/// The argument of `urlencoded(…)` and `multipart(…)`.
pub(crate) fn write(out: &mut Writer, model: &Model, operation: &Operation, content: &Content) {
    let reading = Reading { store: model.store, contract: model.contract };
    let parts = parts(reading, operation, content);
    if parts.is_empty() {
        return;
    }
    out.put("{ ");
    for (idx, part) in parts.iter().enumerate() {
        out.comma(idx).property(&part.name).put(": {");
        if let Some(media_type) = &part.media_type {
            out.put(" type: ").literal(media_type);
        }
        if let Some(writer) = part.writer {
            out.put(if part.media_type.is_some() {
                ", write: runtime."
            } else {
                " write: runtime."
            });
            out.put(writer);
        }
        out.put(" }");
    }
    out.put(" }");
}

/// The properties of a form that are not read as usual, and how they are.
pub(crate) fn readers(
    model: &Model,
    operation: &Operation,
    content: &Content,
) -> Vec<(String, &'static str)> {
    let reading = Reading { store: model.store, contract: model.contract };
    let parts = parts(reading, operation, content).into_iter();
    parts.filter_map(|it| Some((it.name, it.writer?))).collect()
}

fn parts(reading: Reading, operation: &Operation, content: &Content) -> Vec<Part> {
    let is_text = content.form == Form::Urlencoded;
    let found: Vec<Part> = if content.source.has_fields {
        let fields = operation.fields(&[Place::Form]).into_iter();
        fields
            .map(|it| &it.source)
            .map(|it| Part {
                name: it.name.clone(),
                media_type: None,
                // Lists of Swagger are joined with commas unless it says otherwise.
                writer: is_list(reading, &it.at).then(|| word(it.serialization)).flatten(),
            })
            .collect()
    } else {
        let encodings = content.source.encoding.iter();
        encodings
            .map(|(name, at)| Part {
                name: name.clone(),
                media_type: reading.text(at, "contentType").map(str::to_owned),
                writer: if is_text { style(reading, at) } else { None },
            })
            .collect()
    };
    found.into_iter().filter(|it| it.media_type.is_some() || it.writer.is_some()).collect()
}

fn is_list(reading: Reading, at: &Located) -> bool {
    reading.text(at, "type") == Some("array")
}

/// The style of a part, if one is written.
fn style(reading: Reading, at: &Located) -> Option<&'static str> {
    let name = reading.text(at, "style");
    let explode = reading.flag(at, "explode");
    if name.is_none() && explode.is_none() {
        return None;
    }
    let style = match name {
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        Some(_) | None => Style::Form,
    };
    let explode = explode.unwrap_or(style == Style::Form);
    word(Serialization { style, explode })
}

fn word(serialization: Serialization) -> Option<&'static str> {
    let Serialization { style, explode } = serialization;
    Some(match (style, explode) {
        (Style::SpaceDelimited, false) => "spaceDelimited",
        (Style::PipeDelimited, false) => "pipeDelimited",
        (Style::Tabs, _) => "tabDelimited",
        (Style::DeepObject, _) => "deepObject",
        (Style::Form, false) => "form",
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => "formExploded",
        (Style::Simple | Style::Label | Style::Matrix | Style::Cookie, _) => return None,
    })
}
