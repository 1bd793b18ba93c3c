//! The lines of the contract gate.

use serde_json::Value;

use super::{rest, shown, text};

/// How many contracts the text lists.
const MAX_CONTRACTS: usize = 10;

/// How much was looked at.
pub(super) fn extent(statement: &Value) -> [String; 2] {
    let at = |pointer: &str| statement.pointer(pointer).map_or_else(String::new, shown);
    let count = |name: &str| at(&format!("/predicate/counts/{name}"));
    let (all, changed) = (count("contracts"), count("changed"));
    let operations = count("operations");
    [
        format!("contracts: {all}, changed: {changed}, operations compared: {operations}"),
        format!("time counts: {}", at("/predicate/now")),
    ]
}

/// The contracts that changed, each with its answer.
pub(super) fn lines(contracts: &[Value]) -> Vec<String> {
    let mut lines = vec![format!("changed: {}", contracts.len())];
    for it in contracts.iter().take(MAX_CONTRACTS) {
        let side = it.get("head").filter(|it| !it.is_null()).or_else(|| it.get("base"));
        let path = side.map_or_else(String::new, |it| text(it, "path"));
        let (verdict, bump) = (text(it, "verdict"), text(it, "bump"));
        lines.push(format!("  {verdict}  {path}  bump: {bump}"));
    }
    lines.extend(rest(contracts.len(), MAX_CONTRACTS));
    lines
}
