use serde_json::Value;

/// Writes a value as YAML in blocks, with as few quotes as can be.
pub(crate) fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("\n{indent}-"));
                write(item, depth + 1, out);
            }
        }
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                out.push_str(&format!("\n{indent}{}:", scalar(name)));
                write(member, depth + 1, out);
            }
        }
        Value::String(text) => out.push_str(&format!(" {}", scalar(text))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            out.push_str(&format!(" {value}"));
        }
    }
}

/// Words stay plain; all else gets the quotes of JSON, which YAML reads too.
fn scalar(text: &str) -> String {
    let is_word = |it: &str| it.chars().all(|it| it.is_alphanumeric() || "/ _".contains(it));
    let is_value = matches!(text.to_lowercase().as_str(), "null" | "true" | "false");
    let starts = text.starts_with(|it: char| it.is_alphabetic() || it == '/');
    if starts && is_word(text) && !text.ends_with(' ') && !is_value {
        return text.to_owned();
    }
    Value::String(text.to_owned()).to_string()
}
