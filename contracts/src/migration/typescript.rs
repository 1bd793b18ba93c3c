//! Texts of strangers inside TypeScript: nothing of a contract ends a text, a comment or a line.

use std::fmt::Write as _;

use serde_json::Value;

/// What tools look for in any comment or text of a file, whatever stands around it.
const DIRECTIVES: [&str; 4] = ["@vitest-", "@jest-", "sourceMappingURL", "sourceURL"];
/// Characters of a contract in one comment.
const LONGEST_REMARK: usize = 300;
/// What every reader takes for the same number.
const LARGEST_NUMBER: f64 = 9_007_199_254_740_991.0;

/// A text in quotes.
pub(super) fn text(text: &str) -> String {
    quiet(&Value::from(text).to_string())
}

/// A JSON value, as an expression whose value is its JSON text.
pub(super) fn json_text(value: &Value) -> String {
    let written = value.to_string();
    // An object literal reads this name as its prototype, and every number as a double.
    if written.contains("\"__proto__\"") || !is_exact(value) {
        return text(&written);
    }
    format!("JSON.stringify({})", quiet(&written))
}

/// A JSON value as an expression.
pub(super) fn expression(value: &Value) -> String {
    let written = value.to_string();
    if written.contains("\"__proto__\"") {
        return format!("JSON.parse({})", text(&written));
    }
    quiet(&written)
}

/// A text for a comment: one line that ends no comment.
pub(super) fn remark(text: &str) -> String {
    let letters = text.chars().map(|it| if is_hidden(it) { ' ' } else { it });
    let line: String = letters.take(LONGEST_REMARK).collect();
    let mut line = line.replace("*/", "* /");
    for directive in DIRECTIVES {
        let (first, rest) = directive.split_at(1);
        line = line.replace(directive, &format!("{first} {rest}"));
    }
    line
}

/// JSON whose texts hold nothing that an editor hides or a tool obeys.
pub(super) fn quiet(json: &str) -> String {
    let mut written = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_hidden(letter) {
            let _ = write!(written, "\\u{:04x}", u32::from(letter));
        } else {
            written.push(letter);
        }
    }
    for directive in DIRECTIVES {
        if let Some(first) = directive.chars().next() {
            let escaped = format!("\\u{:04x}{}", u32::from(first), directive.split_at(1).1);
            written = written.replace(directive, &escaped);
        }
    }
    written
}

/// Ends a line somewhere, or turns the direction of what follows, or shows nothing.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(it) => {
            let is_short = it.to_string().trim_start_matches('-').len() <= 15;
            is_short && it.as_f64().is_some_and(|it| it.abs() <= LARGEST_NUMBER)
        }
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_stay_inside_their_quotes() {
        for (given, expected) in [
            ("a", r#""a""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("a\nb\u{2028}c\u{202e}", r#""a\nb\u2028c\u202e""#),
            ("@vitest-environment x", r#""\u0040vitest-environment x""#),
            ("`${x}` é 🎉", r#""`${x}` é 🎉""#),
        ] {
            assert_eq!(text(given), expected);
        }
    }

    #[test]
    fn remarks_are_one_line_and_end_no_comment() {
        for (given, expected) in [
            ("a */ b", "a * / b"),
            ("a\r\nb\u{2029}c", "a  b c"),
            ("//# sourceMappingURL=x", "//# s ourceMappingURL=x"),
        ] {
            assert_eq!(remark(given), expected);
        }
        assert_eq!(remark(&"x".repeat(999)).len(), LONGEST_REMARK);
    }

    #[test]
    fn values_keep_their_names_and_numbers() {
        for (given, expected) in [
            (json!({"a": 1}), r#"JSON.stringify({"a":1})"#),
            (json!({"__proto__": 1}), r#""{\"__proto__\":1}""#),
            (json!([9_007_199_254_740_993_i64]), r#""[9007199254740993]""#),
        ] {
            assert_eq!(json_text(&given), expected);
        }
    }
}
