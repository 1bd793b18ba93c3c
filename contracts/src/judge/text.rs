//! Values that travel as text: a parameter, a header field, a field of a form.
//!
//! A text may mean several values (`5` is a number and a text), and a receiver takes it if any of
//! them fits.

use serde_json::{Map, Value};

/// Meanings that are tried before the judge gives up.
const MAX_MEANINGS: usize = 512;

/// Every value that a text-carried value may mean, the value as given first;
/// `None` if there are too many to try.
pub(super) fn meanings(value: &Value) -> Option<Vec<Value>> {
    let meanings = match value {
        Value::Array(items) => {
            let mut lists = vec![Vec::new()];
            for item in items {
                lists = extend(&lists, &meanings(item)?, Vec::push)?;
            }
            lists.into_iter().map(Value::Array).collect()
        }
        Value::Object(members) => {
            let mut maps = vec![Map::new()];
            for (name, member) in members {
                maps = extend(&maps, &meanings(member)?, |map, member| {
                    map.insert(name.clone(), member);
                })?;
            }
            maps.into_iter().map(Value::Object).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => scalar(value),
    };
    Some(meanings)
}

fn extend<T: Clone>(starts: &[T], ends: &[Value], put: impl Fn(&mut T, Value)) -> Option<Vec<T>> {
    if starts.len().saturating_mul(ends.len()) > MAX_MEANINGS {
        return None;
    }
    let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end)));
    let join = |(start, end): (&T, &Value)| {
        let mut joined = start.clone();
        put(&mut joined, end.clone());
        joined
    };
    Some(pairs.map(join).collect())
}

fn scalar(value: &Value) -> Vec<Value> {
    let text = text_of(value);
    let mut meanings = vec![value.clone()];
    let read = match text.as_str() {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        // What has no characters is how `null` travels, if it travels at all.
        "" => Some(Value::Null),
        number => number.parse::<serde_json::Number>().ok().map(Value::Number),
    };
    for other in [Some(Value::String(text)), read].into_iter().flatten() {
        if !meanings.contains(&other) {
            meanings.push(other);
        }
    }
    meanings
}

/// How often a value says nothing.
pub(super) fn n_nulls(value: &Value) -> usize {
    match value {
        Value::Null => 1,
        Value::Array(items) => items.iter().map(n_nulls).sum(),
        Value::Object(members) => members.values().map(n_nulls).sum(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The text by which a scalar travels.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_means_all_that_it_can_be_read_as() {
        for (value, expected) in [
            (json!("a"), json!(["a"])),
            (json!("5"), json!(["5", 5])),
            (json!(5), json!([5, "5"])),
            (json!("1.5"), json!(["1.5", 1.5])),
            (json!("05"), json!(["05"])),
            (json!(" 5"), json!([" 5"])),
            (json!("true"), json!(["true", true])),
            (json!("null"), json!(["null"])),
            (json!(null), json!([null, ""])),
            (json!(""), json!(["", null])),
            (json!(["1", "a"]), json!([["1", "a"], [1, "a"]])),
            (json!({"k": "1"}), json!([{"k": "1"}, {"k": 1}])),
            (json!([]), json!([[]])),
        ] {
            let expected: Vec<Value> = serde_json::from_value(expected).unwrap();
            let seen = meanings(&value).unwrap();
            let texts = |it: &[Value]| it.iter().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(texts(&seen).len(), expected.len(), "{value} {seen:?}");
            assert_eq!(seen, expected, "{value}");
        }
        assert_eq!(meanings(&json!(vec!["1"; 20])), None);
    }
}
