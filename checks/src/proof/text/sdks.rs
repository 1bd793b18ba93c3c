//! The lines of the gate `sdk-sync`.

use serde_json::Value;

use super::{rest, text};

/// How many SDKs the text lists.
const MAX_SDKS: usize = 10;

/// How much was looked at.
pub(super) fn extent(statement: &Value) -> [String; 2] {
    let at = |pointer: &str| statement.pointer(pointer);
    let count = |pointer: &str| at(pointer).and_then(Value::as_array).map_or(0, Vec::len);
    let generator = at("/predicate").map_or_else(String::new, |it| text(it, "generator"));
    [
        format!("sdks: {}, documents: {}", count("/predicate/sdks"), count("/subject")),
        format!("generator: {generator}"),
    ]
}

/// The SDKs, each with its answer.
pub(super) fn lines(sdks: &[Value]) -> Vec<String> {
    let mut lines = Vec::new();
    for it in sdks.iter().take(MAX_SDKS) {
        let is_in_step = it.get("inStep").and_then(Value::as_bool) == Some(true);
        let word = if is_in_step { "in step" } else { "drifted" };
        lines.push(format!("  {word}  {}", text(it, "out")));
    }
    lines.extend(rest(sdks.len(), MAX_SDKS));
    lines
}
