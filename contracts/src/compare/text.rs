//! How a value becomes characters of a request or response (OAS, Style Values).

use serde_json::{Map, Value};

use crate::compare::question::{Serialization, Style};

/// The shapes of values that style tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text, number or truth value.
    Scalar,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The text behind percent-encoding.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = after.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text of a value without structure.
pub(crate) fn scalar(value: &Value) -> String {
    match value {
        Value::String(it) => it.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Name and text of each piece of a query, form or cookie parameter, encoded.
pub(crate) fn pieces(name: &str, value: &Value, by: Serialization) -> Vec<(String, String)> {
    let name = encoded(name);
    let one = |it: &Value| encoded(&scalar(it));
    let is_exploded = by.explode && by.style != Style::DeepObject;
    match value {
        Value::Array(items) if is_exploded => {
            items.iter().map(|it| (name.clone(), one(it))).collect()
        }
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().map(one).collect();
            vec![(name, texts.join(separator(by.style)))]
        }
        Value::Object(members) if by.style == Style::DeepObject => deep(&name, members),
        Value::Object(members) if is_exploded => {
            members.iter().map(|(part, it)| (encoded(part), one(it))).collect()
        }
        Value::Object(members) => {
            let texts: Vec<_> =
                members.iter().flat_map(|(part, it)| [encoded(part), one(it)]).collect();
            vec![(name, texts.join(separator(by.style)))]
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            vec![(name, one(value))]
        }
    }
}

/// `name[part]=text`. OAS leaves open what becomes of an object within; where it travels at all, it
/// is one more pair of brackets.
fn deep(name: &str, members: &Map<String, Value>) -> Vec<(String, String)> {
    let piece = |(part, it): (&String, &Value)| {
        let name = format!("{name}%5B{}%5D", encoded(part));
        match it {
            Value::Object(inner) => deep(&name, inner),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => vec![(name, encoded(&scalar(it)))],
        }
    };
    members.iter().flat_map(piece).collect()
}

fn separator(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::Tabs => "%09",
        Style::Matrix
        | Style::Label
        | Style::Simple
        | Style::Form
        | Style::DeepObject
        | Style::Cookie => ",",
    }
}

/// The text of a path parameter or header field. Paths are encoded, headers are not.
pub(crate) fn line(name: &str, value: &Value, by: Serialization, is_path: bool) -> String {
    let one = |it: &Value| if is_path { encoded(&scalar(it)) } else { scalar(it) };
    let member = |(part, it): (&String, &Value)| {
        let value = one(it);
        if by.explode { vec![format!("{part}={value}")] } else { vec![part.clone(), value] }
    };
    let texts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(one).collect(),
        Value::Object(members) => members.iter().flat_map(member).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![one(value)],
    };
    let is_object = value.is_object();
    match by.style {
        Style::Label if by.explode => format!(".{}", texts.join(".")),
        // RFC 6570 §3.2.5 without `*` joins with commas.
        Style::Label => format!(".{}", texts.join(",")),
        Style::Matrix if by.explode && is_object => format!(";{}", texts.join(";")),
        Style::Matrix if by.explode => {
            texts.iter().map(|it| format!(";{name}={it}")).collect::<Vec<_>>().concat()
        }
        Style::Matrix => format!(";{name}={}", texts.join(",")),
        Style::SpaceDelimited => texts.join(" "),
        Style::PipeDelimited => texts.join("|"),
        Style::Tabs => texts.join("\t"),
        Style::Simple | Style::Form | Style::DeepObject | Style::Cookie => texts.join(","),
    }
}

/// Do two ways to write a shape lead to the same characters?
pub(crate) fn written_alike(
    shape: Shape,
    one: Serialization,
    other: Serialization,
    is_line: bool,
) -> bool {
    let sample = match shape {
        Shape::Scalar => Value::from("a"),
        Shape::Array => Value::from(vec!["a", "b"]),
        Shape::Object => serde_json::json!({ "a": "x", "b": "y" }),
    };
    if is_line {
        return line("n", &sample, one, true) == line("n", &sample, other, true);
    }
    pieces("n", &sample, one) == pieces("n", &sample, other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn by(style: Style, explode: bool) -> Serialization {
        Serialization { style, explode }
    }

    /// The table of OAS 3.1.1, Style Examples.
    #[test]
    fn lines_are_written_as_the_table_of_oas_says() {
        let array = json!(["blue", "black"]);
        let object = json!({ "B": 100, "G": 200 });
        let rows = [
            (Style::Matrix, false, json!("blue"), ";color=blue"),
            (Style::Matrix, false, array.clone(), ";color=blue,black"),
            (Style::Matrix, true, array.clone(), ";color=blue;color=black"),
            (Style::Matrix, false, object.clone(), ";color=B,100,G,200"),
            (Style::Matrix, true, object.clone(), ";B=100;G=200"),
            (Style::Label, false, json!("blue"), ".blue"),
            (Style::Label, false, array.clone(), ".blue,black"),
            (Style::Label, true, array.clone(), ".blue.black"),
            (Style::Label, true, object.clone(), ".B=100.G=200"),
            (Style::Simple, false, array.clone(), "blue,black"),
            (Style::Simple, true, array, "blue,black"),
            (Style::Simple, false, object.clone(), "B,100,G,200"),
            (Style::Simple, true, object, "B=100,G=200"),
        ];
        for (style, explode, value, expected) in rows {
            assert_eq!(line("color", &value, by(style, explode), true), expected);
        }
    }

    #[test]
    fn pieces_are_written_as_the_table_of_oas_says() {
        let array = json!(["blue", "black"]);
        let object = json!({ "B": 100, "G": 200 });
        let rows = [
            (Style::Form, false, array.clone(), "color=blue,black"),
            (Style::Form, true, array.clone(), "color=blue&color=black"),
            (Style::Form, false, object.clone(), "color=B,100,G,200"),
            (Style::Form, true, object.clone(), "B=100&G=200"),
            (Style::SpaceDelimited, false, array.clone(), "color=blue%20black"),
            (Style::PipeDelimited, false, array, "color=blue%7Cblack"),
            (Style::DeepObject, true, object, "color%5BB%5D=100&color%5BG%5D=200"),
        ];
        for (style, explode, value, expected) in rows {
            let pieces = pieces("color", &value, by(style, explode));
            let text: Vec<_> = pieces.iter().map(|(name, it)| format!("{name}={it}")).collect();
            assert_eq!(text.join("&"), expected);
        }
    }
}
