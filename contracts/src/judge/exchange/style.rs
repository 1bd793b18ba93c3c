//! From characters back to values, by style and explode (OAS, Style Examples).
//!
//! A decoded value has texts as its leaves. Characters that can be read in two ways give two
//! values, the likelier one first.

use serde_json::{Map, Value};

use crate::judge::uri;

/// The shapes of values that a style tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// A text, number or truth value.
    Scalar,
    /// A list.
    List,
    /// An object.
    Object,
}

/// A `style`, or the `collectionFormat` that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Spaces,
    Pipes,
    Tabs,
    Deep,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) kind: Kind,
    pub(super) explode: bool,
}

impl Kind {
    /// The style of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "simple" => Self::Simple,
            "label" => Self::Label,
            "matrix" => Self::Matrix,
            "form" | "cookie" => Self::Form,
            "spaceDelimited" | "ssv" => Self::Spaces,
            "pipeDelimited" | "pipes" => Self::Pipes,
            "tsv" => Self::Tabs,
            "deepObject" => Self::Deep,
            _ => return None,
        })
    }

    /// The parts of a text; the separators of a query may come encoded.
    fn split(self, text: &str) -> Vec<String> {
        let separators: &[&str] = match self {
            Self::Spaces => &["%20", "+", " "],
            Self::Pipes => &["%7C", "%7c", "|"],
            Self::Tabs => &["%09", "\t"],
            Self::Simple | Self::Label | Self::Matrix | Self::Form | Self::Deep => &[","],
        };
        let mut text = text.to_owned();
        for separator in separators {
            text = text.replace(separator, "\0");
        }
        text.split('\0').map(str::to_owned).collect()
    }
}

/// Reads a parameter that is made of names and values: a query, a cookie, a form. `pairs` come as
/// written; `is_member` tells which names are members of an exploded object.
/// No values: it is not there.
pub(super) fn pieces(
    pairs: &[(String, String)],
    name: &str,
    (style, shape): (Style, Shape),
    is_member: &dyn Fn(&str) -> bool,
) -> Result<Vec<Value>, String> {
    let named = pairs.iter().filter(|it| decoded(&it.0) == name);
    let own: Vec<&str> = named.map(|it| it.1.as_str()).collect();
    if shape == Shape::Object && style.kind == Kind::Deep {
        return Ok(deep(pairs, name));
    }
    if shape == Shape::Object && style.explode {
        let members = pairs.iter().filter(|it| is_member(&decoded(&it.0)));
        let members: Map<_, _> =
            members.map(|it| (decoded(&it.0), Value::from(decoded(&it.1)))).collect();
        return Ok(if members.is_empty() { Vec::new() } else { vec![Value::Object(members)] });
    }
    if shape == Shape::List && style.explode {
        let items: Vec<Value> = own.iter().map(|it| Value::from(decoded(it))).collect();
        return Ok(if items.is_empty() { Vec::new() } else { lists(items) });
    }
    let value = match own.as_slice() {
        [] => return Ok(Vec::new()),
        [value] => *value,
        [_, ..] => return Err(format!("`{name}` comes twice but is one value")),
    };
    match shape {
        Shape::Scalar => Ok(vec![Value::from(decoded(value))]),
        Shape::List => {
            Ok(lists(style.kind.split(value).iter().map(|it| decoded(it).into()).collect()))
        }
        Shape::Object => {
            let parts: Vec<_> = style.kind.split(value).iter().map(|it| decoded(it)).collect();
            alternating(&parts).map(|it| vec![it])
        }
    }
}

/// `name[part]=text`; OAS says nothing of objects within, which are read as further brackets.
fn deep(pairs: &[(String, String)], name: &str) -> Vec<Value> {
    let mut members = Map::new();
    for (piece, value) in pairs {
        let piece = decoded(piece);
        let rest = piece.strip_prefix(name).and_then(|it| it.strip_prefix('['));
        let Some(rest) = rest.and_then(|it| it.strip_suffix(']')) else { continue };
        let parts: Vec<&str> = rest.split("][").collect();
        put(&mut members, &parts, Value::from(decoded(value)));
    }
    if members.is_empty() { Vec::new() } else { vec![Value::Object(members)] }
}

fn put(members: &mut Map<String, Value>, parts: &[&str], value: Value) {
    match parts {
        [] => {}
        [name] => drop(members.insert((*name).to_owned(), value)),
        [name, further @ ..] => {
            let inner = members.entry(*name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, further, value);
            }
        }
    }
}

/// Reads a parameter that is one text: a segment of a path, a header field.
pub(super) fn line(
    text: &str,
    name: &str,
    (style, shape): (Style, Shape),
    decode: fn(&str) -> String,
) -> Result<Vec<Value>, String> {
    let prefix = match style.kind {
        Kind::Label => ".",
        Kind::Matrix => ";",
        Kind::Simple | Kind::Form | Kind::Spaces | Kind::Pipes | Kind::Tabs | Kind::Deep => "",
    };
    let text = text.strip_prefix(prefix).ok_or_else(|| format!("no `{prefix}` at the start"))?;
    let parts: Vec<String> = match (style.kind, style.explode) {
        (Kind::Label, true) => text.split('.').map(str::to_owned).collect(),
        // The tables of 3.0 write dots here too, RFC 6570 commas.
        (Kind::Label, false) if !text.contains(',') => text.split('.').map(str::to_owned).collect(),
        (Kind::Matrix, true) => text.split(';').map(str::to_owned).collect(),
        (Kind::Matrix, false) => style.kind.split(own(text, name)?),
        _ => style.kind.split(text),
    };
    match shape {
        Shape::Scalar if style.kind == Kind::Matrix => Ok(vec![decode(own(text, name)?).into()]),
        Shape::Scalar => Ok(vec![decode(text).into()]),
        Shape::List if style.kind == Kind::Matrix && style.explode => {
            let items = parts.iter().map(|it| own(it, name).map(|it| Value::from(decode(it))));
            Ok(lists(items.collect::<Result<_, _>>()?))
        }
        Shape::List => Ok(lists(parts.iter().map(|it| decode(it.trim()).into()).collect())),
        Shape::Object if style.explode => {
            let members = parts.iter().map(|it| {
                let (name, value) = it.trim().split_once('=')?;
                Some((decode(name), Value::from(decode(value))))
            });
            let members: Option<Map<_, _>> = members.collect();
            let members = members.ok_or_else(|| format!("`{text}` has no members"))?;
            Ok(vec![Value::Object(members)])
        }
        Shape::Object => {
            let parts: Vec<_> = parts.iter().map(|it| decode(it.trim())).collect();
            alternating(&parts).map(|it| vec![it])
        }
    }
}

/// The value of `name=value`; matrix writes an empty one as `name`.
fn own<'t>(text: &'t str, name: &str) -> Result<&'t str, String> {
    let rest = text.strip_prefix(name).ok_or_else(|| format!("`{text}` is not `{name}=…`"))?;
    let value = if rest.is_empty() { Some("") } else { rest.strip_prefix('=') };
    value.ok_or_else(|| format!("`{text}` is not `{name}=…`"))
}

/// No characters are one empty text, or no item at all.
fn lists(items: Vec<Value>) -> Vec<Value> {
    let is_empty = items.len() == 1 && items.first().and_then(Value::as_str) == Some("");
    let mut lists = vec![Value::Array(items)];
    if is_empty {
        lists.push(Value::Array(Vec::new()));
    }
    lists
}

fn alternating(parts: &[String]) -> Result<Value, String> {
    let pairs = parts.chunks(2).map(|it| match it {
        [name, value] => Some((name.clone(), Value::from(value.clone()))),
        _ => None,
    });
    let members: Option<Map<_, _>> = pairs.collect();
    members.map(Value::Object).ok_or_else(|| "a member has no value".to_owned())
}

/// A piece of a query, whose plus signs are spaces.
pub(super) fn decoded(text: &str) -> String {
    uri::decode(&text.replace('+', " "))
}

/// The pieces of a query or of a form, as written.
pub(super) fn split_query(text: &str) -> Vec<(String, String)> {
    let pair = |it: &str| {
        let (name, value) = it.split_once('=').unwrap_or((it, ""));
        (name.to_owned(), value.to_owned())
    };
    text.split('&').filter(|it| !it.is_empty()).map(pair).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::too_many_lines, reason = "a table of cases")]

    use serde_json::json;

    use super::*;

    fn read(at: &str, kind: Kind, explode: bool, shape: Shape, wire: &str) -> Option<Value> {
        let style = Style { kind, explode };
        let found = if at == "line" {
            line(wire, "color", (style, shape), uri::decode)
        } else {
            let is_member = |it: &str| matches!(it, "R" | "G" | "B");
            pieces(&split_query(wire), "color", (style, shape), &is_member)
        };
        found.ok()?.into_iter().next()
    }

    /// <https://spec.openapis.org/oas/v3.1.1.html#style-examples>
    #[test]
    fn the_table_of_the_specification_is_read_back() {
        let (text, list) = (json!("blue"), json!(["blue", "black", "brown"]));
        let object = json!({"R": "100", "G": "200", "B": "150"});
        let rows = [
            (
                "line",
                Kind::Matrix,
                false,
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ),
            (
                "line",
                Kind::Matrix,
                true,
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ),
            ("line", Kind::Label, false, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
            ("line", Kind::Label, false, ".blue", ".blue.black.brown", ".R.100.G.200.B.150"),
            ("line", Kind::Label, true, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
            ("line", Kind::Simple, false, "blue", "blue,black,brown", "R,100,G,200,B,150"),
            ("line", Kind::Simple, true, "blue", "blue, black,brown", "R=100,G=200,B=150"),
            (
                "query",
                Kind::Form,
                false,
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ),
            (
                "query",
                Kind::Form,
                true,
                "color=blue",
                "color=blue&x=1&color=black&color=brown",
                "R=100&x=1&G=200&B=150",
            ),
            (
                "query",
                Kind::Spaces,
                false,
                "color=blue",
                "color=blue%20black+brown",
                "color=R%20100%20G%20200%20B%20150",
            ),
            (
                "query",
                Kind::Pipes,
                false,
                "color=blue",
                "color=blue%7Cblack|brown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ),
            (
                "query",
                Kind::Tabs,
                false,
                "color=blue",
                "color=blue%09black%09brown",
                "color=R%09100%09G%09200%09B%09150",
            ),
            (
                "query",
                Kind::Deep,
                true,
                "color=blue",
                "color=blue&color=black&color=brown",
                "color%5BR%5D=100&color[G]=200&color%5bB%5d=150",
            ),
        ];
        for (at, kind, explode, scalar, listed, members) in rows {
            for (shape, wire, expected) in [
                (Shape::Scalar, scalar, &text),
                (Shape::List, listed, &list),
                (Shape::Object, members, &object),
            ] {
                let found = read(at, kind, explode, shape, wire);
                assert_eq!(found.as_ref(), Some(expected), "{kind:?} {explode} {wire}");
            }
        }
    }

    #[test]
    fn what_is_written_otherwise_is_not_read() {
        for (at, kind, explode, shape, wire) in [
            ("line", Kind::Label, false, Shape::Scalar, "blue"),
            ("line", Kind::Matrix, false, Shape::Scalar, ";colour=blue"),
            ("line", Kind::Simple, true, Shape::Object, "R,100"),
            ("line", Kind::Simple, false, Shape::Object, "R,100,G"),
            ("query", Kind::Form, true, Shape::Scalar, "color=a&color=b"),
            ("query", Kind::Form, false, Shape::List, "color=a&color=b"),
            ("query", Kind::Form, true, Shape::Scalar, "colour=a"),
            ("query", Kind::Deep, true, Shape::Object, "color=a"),
        ] {
            assert_eq!(read(at, kind, explode, shape, wire), None, "{kind:?} {wire}");
        }
        let escaped = read("query", Kind::Form, false, Shape::List, "color=a%2Cb,c+d");
        assert_eq!(escaped, Some(json!(["a,b", "c d"])));
    }
}
