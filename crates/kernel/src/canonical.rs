use serde_json::Value;

/// Canonical JSON: sorted keys, two spaces of indent, raw UTF-8, LF, one newline at the end.
///
/// Reports, proofs and locks are written so; equal values give equal bytes.
#[must_use]
pub fn canonical_json(value: &Value) -> String {
    let mut text = format!("{:#}", sorted(value));
    text.push('\n');
    text
}

/// A canonical JSON line: no spaces, sorted keys, one newline at the end.
#[must_use]
pub fn canonical_line(value: &Value) -> String {
    format!("{}\n", sorted(value))
}

/// Sorts members by hand, because a feature of `serde_json` that any dependency may switch on
/// decides whether its maps sort themselves.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| key.as_str());
            members.into_iter().map(|(key, it)| (key.clone(), sorted(it))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = json!({"b": [{"z": "é", "a": {}}], "a": []});
        let expected = "{\n  \"a\": [],\n  \"b\": [\n    {\n      \"a\": {},\n      \"z\": \"é\"\n    }\n  ]\n}\n";
        assert_eq!(canonical_json(&value), expected);
        assert_eq!(canonical_line(&value), "{\"a\":[],\"b\":[{\"a\":{},\"z\":\"é\"}]}\n");
    }
}
