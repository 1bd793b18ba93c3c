//! What an object needs beside some of its members.

use serde_json::Value;

/// Keywords that ask for more where a member is there.
pub(crate) const KEYWORDS: &[&str] = &["dependentRequired", "dependentSchemas", "dependencies"];

/// Which members ask for more than an object has, and which it lacks, as far as they have names.
pub(crate) fn beside(asked: &Value, object: &Value) -> (Vec<String>, Vec<String>) {
    let (mut members, mut lacking) = (Vec::new(), Vec::new());
    for (member, more) in asked.as_object().into_iter().flatten() {
        if object.get(member).is_none() {
            continue;
        }
        let names: Vec<&str> = match more {
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            Value::Object(_) | Value::Bool(_) => {
                members.push(member.clone());
                continue;
            }
            Value::Null | Value::Number(_) | Value::String(_) => continue,
        };
        let missing = names.into_iter().filter(|it| object.get(*it).is_none());
        let missing: Vec<String> = missing.map(ToOwned::to_owned).collect();
        if !missing.is_empty() {
            members.push(member.clone());
            lacking.extend(missing);
        }
    }
    lacking.sort();
    lacking.dedup();
    (members, lacking)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_lacking_is_named() {
        let check = |asked: Value, object: Value, members: &[&str], lacking: &[&str]| {
            let expected: [Vec<String>; 2] =
                [members, lacking].map(|it| it.iter().map(ToString::to_string).collect());
            let (members, lacking) = beside(&asked, &object);
            assert_eq!([members, lacking], expected);
        };
        let asked = json!({"a": ["b", "c"], "d": ["b"], "e": ["f"]});
        check(asked.clone(), json!({"a": 1}), &["a"], &["b", "c"]);
        check(asked.clone(), json!({"a": 1, "c": 1, "d": 1}), &["a", "d"], &["b"]);
        check(asked.clone(), json!({"a": 1, "b": 1, "c": 1}), &[], &[]);
        check(asked, json!("a"), &[], &[]);
        check(json!({"a": {"minProperties": 2}, "b": false}), json!({"a": 1}), &["a"], &[]);
        check(json!(["a"]), json!({"a": 1}), &[], &[]);
    }
}
