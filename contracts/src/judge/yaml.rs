//! YAML 1.2 with the core schema, into a JSON value.

mod loose;

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};
use serde_json::{Map, Value};

/// Values after all aliases are put in. The judge holds both sides as whole values.
const MAX_VALUES: usize = 2_000_000;
const MAX_DEPTH: usize = 256;

/// Reads the only document of a text.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let read = match events(text) {
        // Every common reader takes brackets and quotes that go on at any column.
        Err(Fault::Scan(err)) => match loose::indented(text, &err) {
            Some(text) => events(&text),
            None => Err(Fault::Scan(err)),
        },
        read => read,
    };
    read.map_err(|fault| match fault {
        Fault::Scan(err) => err.to_string(),
        Fault::Value(problem) => problem,
    })
}

/// What the parser refuses, or what its events cannot mean.
enum Fault {
    Scan(ScanError),
    Value(String),
}

fn events(text: &str) -> Result<Value, Fault> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(Fault::Scan)?;
        reader.take(event).map_err(Fault::Value)?;
    }
    Ok(reader.root.unwrap_or(Value::Null))
}

#[derive(Default)]
struct Reader {
    open: Vec<Frame>,
    anchors: BTreeMap<usize, (Value, usize)>,
    n_values: usize,
    n_documents: usize,
    root: Option<Value>,
}

/// A collection that is not at its end.
struct Frame {
    anchor: usize,
    first_value: usize,
    content: Collection,
}

enum Collection {
    Sequence(Vec<Value>),
    Mapping { members: Map<String, Value>, merged: Vec<Value>, key: Option<Key> },
}

enum Key {
    Name(String),
    Merge,
}

/// A value, its text as a key, and whether that may be the key `<<`.
struct Done {
    value: Value,
    name: Option<String>,
    is_plain: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::DocumentStart(_) => {
                self.n_documents += 1;
                if self.n_documents > 1 {
                    return Err("a second document starts".to_owned());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain;
                self.count(1)?;
                let is_key = self.is_at_key();
                // Most keys are nothing but names.
                let is_value = !is_key || anchor > 0;
                let value = || scalar(&text, is_plain, tag.as_deref());
                let value = if is_value { value() } else { Value::Null };
                self.remember(anchor, &value, 1);
                let name = is_key.then(|| text.into_owned());
                self.put(Done { value, name, is_plain })?;
            }
            Event::Alias(anchor) => {
                let (value, size) = self.anchors.get(&anchor).cloned().ok_or("unknown anchor")?;
                self.count(size)?;
                self.put(Done { name: name_of(&value), value, is_plain: false })?;
            }
            Event::SequenceStart(anchor, _) => {
                self.start(anchor, Collection::Sequence(Vec::new()))?;
            }
            Event::MappingStart(anchor, _) => {
                let (members, merged) = (Map::new(), Vec::new());
                self.start(anchor, Collection::Mapping { members, merged, key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// Is the next value the key of a mapping?
    fn is_at_key(&self) -> bool {
        let collection = self.open.last().map(|it| &it.content);
        matches!(collection, Some(Collection::Mapping { key: None, .. }))
    }

    fn count(&mut self, n_values: usize) -> Result<(), String> {
        self.n_values += n_values;
        let fits = self.n_values <= MAX_VALUES;
        fits.then_some(()).ok_or_else(|| format!("more than {MAX_VALUES} values"))
    }

    fn start(&mut self, anchor: usize, content: Collection) -> Result<(), String> {
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("deeper than {MAX_DEPTH} levels"));
        }
        self.count(1)?;
        self.open.push(Frame { anchor, first_value: self.n_values, content });
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let value = match frame.content {
            Collection::Sequence(items) => Value::Array(items),
            Collection::Mapping { mut members, merged, .. } => {
                for (name, value) in merged.into_iter().filter_map(into_members).flatten() {
                    // YAML merge: what stands in the mapping itself wins, then the earlier source.
                    members.entry(name).or_insert(value);
                }
                Value::Object(members)
            }
        };
        self.remember(frame.anchor, &value, self.n_values + 1 - frame.first_value);
        self.put(Done { value, name: None, is_plain: false })
    }

    fn remember(&mut self, anchor: usize, value: &Value, size: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), size));
        }
    }

    fn put(&mut self, done: Done) -> Result<(), String> {
        match self.open.last_mut().map(|it| &mut it.content) {
            None => self.root = Some(done.value),
            Some(Collection::Sequence(items)) => items.push(done.value),
            Some(Collection::Mapping { members, merged, key }) => match key.take() {
                None => *key = Some(key_of(done)?),
                Some(Key::Merge) if done.value.is_array() => {
                    merged.extend(done.value.as_array().into_iter().flatten().cloned());
                }
                Some(Key::Merge) => merged.push(done.value),
                Some(Key::Name(name)) => {
                    if members.insert(name, done.value).is_some() {
                        return Err("a key comes twice".to_owned());
                    }
                }
            },
        }
        Ok(())
    }
}

fn into_members(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(members) = value { Some(members) } else { None }
}

fn key_of(done: Done) -> Result<Key, String> {
    let name = done.name.ok_or("a key is no scalar")?;
    Ok(if done.is_plain && name == "<<" { Key::Merge } else { Key::Name(name) })
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// <https://yaml.org/spec/1.2.2/#103-core-schema>
fn scalar(text: &str, is_plain: bool, tag: Option<&Tag>) -> Value {
    let tag = tag.map(|it| (it.is_yaml_core_schema(), it.suffix.as_str()));
    let is_resolved = match tag {
        None => is_plain,
        Some((true, "null" | "bool" | "int" | "float")) => true,
        Some(_) => false,
    };
    if !is_resolved {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

/// The number that a plain scalar writes, with all its digits.
fn number(text: &str) -> Option<Value> {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let is_digits = !digits.starts_with(['+', '-']);
            let value = u128::from_str_radix(digits, radix).ok().filter(|_| is_digits)?;
            return serde_json::from_str(&value.to_string()).ok();
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    let exponent = exponent.map_or(String::new(), |it| format!("e{it}"));
    serde_json::from_str(&format!("{sign}{whole}{fraction}{exponent}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, expected: &str) {
        let read = read(yaml).unwrap_or_else(|err| panic!("{yaml}: {err}"));
        assert_eq!(read.to_string(), expected, "{yaml}");
    }

    #[test]
    fn brackets_and_quotes_go_on_at_any_column() {
        for (text, expected) in [
            ("a:\n  b: {\n    c: 1\n  }\n  d: 2", r#"{"a":{"b":{"c":1},"d":2}}"#),
            ("a:\n  b: [\n1,\n  2 # c\n]\n  d: é", r#"{"a":{"b":[1,2],"d":"é"}}"#),
            ("a:\n  b: \"é c\n  \\\"\n\n  d\"", r#"{"a":{"b":"é c \"\nd"}}"#),
            ("a:\n  - b: 'c''\\\n  d'", r#"{"a":[{"b":"c'\\ d"}]}"#),
            ("a:\n  é: {\n  }\n  'b': {x: 'c\n  d'}", r#"{"a":{"b":{"x":"c d"},"é":{}}}"#),
        ] {
            check(text, expected);
        }
        for text in ["a:\n  b: [c\n  d: e", "a:\n  b: \"c\n  d", "a:\n  b: 'c\n  d''", "a:\n\t- b"]
        {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn plain_scalars_are_of_the_core_schema() {
        for (text, expected) in [
            ("on", "\"on\""),
            ("no", "\"no\""),
            ("y", "\"y\""),
            ("True", "true"),
            ("~", "null"),
            ("Null", "null"),
            ("0o14", "12"),
            ("0x1F", "31"),
            ("012", "12"),
            ("1_000", "\"1_000\""),
            ("1:30", "\"1:30\""),
            ("2020-01-01", "\"2020-01-01\""),
            ("+1", "1"),
            ("-0", "-0"),
            (".5", "0.5"),
            ("1.", "1"),
            ("1e400", "1e+400"),
            ("-9223372036854776000", "-9223372036854776000"),
            (".inf", "\".inf\""),
            ("-", "[null]"),
            ("'1'", "\"1\""),
            ("!!str 1", "\"1\""),
            ("!!int \"1\"", "1"),
            ("! 1", "\"1\""),
        ] {
            check(text, &expected.replace("1e+400", &read("1e400").unwrap().to_string()));
        }
    }

    #[test]
    fn keys_are_texts_and_aliases_and_merges_are_put_in() {
        for (text, expected) in [
            ("404: a\ntrue: b", r#"{"404":"a","true":"b"}"#),
            ("a: &x {b: 1}\nc: *x", r#"{"a":{"b":1},"c":{"b":1}}"#),
            (
                "a: &x {b: 1, c: 2}\nd:\n  b: 3\n  <<: *x",
                r#"{"a":{"b":1,"c":2},"d":{"b":3,"c":2}}"#,
            ),
            (
                "- &x {b: 1}\n- &y {b: 2, c: 3}\n- <<: [*x, *y]",
                r#"[{"b":1},{"b":2,"c":3},{"b":1,"c":3}]"#,
            ),
            ("'<<': 1", r#"{"<<":1}"#),
            ("", "null"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn bombs_and_broken_texts_are_errors() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for idx in 1..12 {
            let items = vec![format!("*a{}", idx - 1); 10].join(",");
            bomb.push_str(&format!("a{idx}: &a{idx} [{items}]\n"));
        }
        let deep = "[".repeat(5_000);
        for text in
            [bomb.as_str(), deep.as_str(), "a: 1\na: 2", "a: 1\n---\nb: 1", "? [a]\n: b", "a: *x"]
        {
            assert!(read(text).is_err(), "{}", &text[..text.len().min(60)]);
        }
    }
}
