//! The witness of a document that no SDK can be made from, and its judge.

use kernel::{Kind, Node, Region, RepoPath, Span, Step, Witness, pointer};
use serde::Serialize;
use serde_json::Value;

use crate::contract_gate::UnreadContract;

/// A place at which a document that parses is no contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Ungenerated {
    /// The file.
    pub(crate) path: RepoPath,
    /// The place in it, as a JSON pointer.
    pub(crate) pointer: String,
    /// What is wrong there.
    pub(crate) reason: String,
}

impl Ungenerated {
    /// What the reader of contracts refused.
    pub(crate) fn of(unread: &UnreadContract) -> Self {
        let (path, reason) = (unread.path.clone(), unread.message.clone());
        let text = unread.bytes.as_deref().and_then(|it| str::from_utf8(it).ok());
        let text = text.map(|it| it.strip_prefix('\u{feff}').unwrap_or(it)).unwrap_or_default();
        let root = snapshot::parse_jsonc(text).or_else(|_| snapshot::parse_yaml(text)).ok();
        let at = root.map(|it| steps(&it, offset(text, unread.region)));
        Self { path, pointer: at.map_or_else(String::new, |it| pointer(&it)), reason }
    }
}

/// Where a line and column are in a text.
fn offset(text: &str, region: Region) -> usize {
    let mut start = 0;
    for (idx, line) in text.split_inclusive('\n').enumerate() {
        if idx + 1 == region.line {
            let column = region.column.saturating_sub(1);
            return start + line.char_indices().nth(column).map_or(line.len(), |it| it.0);
        }
        start += line.len();
    }
    start
}

/// The way to the smallest value that holds a place.
fn steps(root: &Node, at: usize) -> Vec<Step> {
    let holds = |it: &Span| (it.start..=it.end).contains(&at);
    let mut steps = Vec::new();
    let mut here = root;
    loop {
        let inner = match &here.kind {
            Kind::Table(entries) => entries
                .iter()
                .find(|it| holds(&it.value.span) || holds(&it.key_span))
                .map(|it| (Step::Key(it.key.clone()), &it.value)),
            Kind::List(items) => items
                .iter()
                .enumerate()
                .find(|it| holds(&it.1.span))
                .map(|(idx, it)| (Step::Index(idx), it)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {
                None
            }
        };
        let Some((step, value)) = inner else { return steps };
        steps.push(step);
        here = value;
    }
}

impl Witness for Ungenerated {
    const KIND: &'static str = "ungenerated";
    type World = UnreadContract;

    /// It is a document for other readers too, and has the place that the witness names.
    fn replay(&self, world: &UnreadContract) -> bool {
        let Some(bytes) = &world.bytes else { return false };
        let is_there = match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => value.pointer(&self.pointer).is_some(),
            // The place in YAML is taken from its own reader.
            Err(_) => world.parses(),
        };
        is_there && self.path == world.path && !self.reason.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_value_around_a_place_is_found() {
        let text = "{\"a\": [1, {\"b\": \"x\"}],\n \"c\": 2}";
        let root = snapshot::parse_jsonc(text).unwrap();
        for (line, column, expected) in
            [(1, 1, ""), (1, 7, "/a"), (1, 8, "/a/0"), (1, 17, "/a/1/b"), (2, 7, "/c")]
        {
            let region = Region { line, column, end_line: line, end_column: column };
            assert_eq!(pointer(&steps(&root, offset(text, region))), expected, "{line}:{column}");
        }
    }
}
