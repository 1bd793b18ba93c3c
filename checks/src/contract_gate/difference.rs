//! The readable difference of the two sides of a finding.

use contracts::{Pointer, Spot, Store};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use crate::contract_gate::Read;

/// How many lines a finding shows.
const MAX_LINES: usize = 40;
/// Lines that stay, shown around those that do not.
const CONTEXT: usize = 2;
/// Longer sides are cut first: nobody reads a difference of thousands of lines here.
const MAX_INPUT: usize = 4_000;

/// One side of a finding.
pub(crate) struct View<'a> {
    /// The revision, if it has the contract.
    pub(crate) read: Option<&'a Read>,
    /// The place in it, if there is one.
    pub(crate) spot: Option<&'a Spot>,
}

/// The lines that differ, at most forty; empty if both sides say the same.
pub(crate) fn difference(store: &Store, base: &View<'_>, head: &View<'_>) -> String {
    // What vanished is told at its nearest parent; what it was is seen at its own place.
    let base_spot = deeper(base.spot, head.spot);
    let head_spot = deeper(head.spot, base.spot);
    if base_spot.or(head_spot).is_some_and(|it| it.pointer == Pointer::root()) {
        // The file as a whole is gone, new or renamed.
        return String::new();
    }
    let base = base_spot.and_then(|it| text_at(store, base.read?, it));
    let head = head_spot.and_then(|it| text_at(store, head.read?, it));
    lines(&base.unwrap_or_default(), &head.unwrap_or_default())
}

/// The other place, if it lies inside one's own and in the same file.
fn deeper<'a>(own: Option<&'a Spot>, other: Option<&'a Spot>) -> Option<&'a Spot> {
    match (own, other) {
        (Some(own), Some(other))
            if own.file == other.file && own.pointer.contains(&other.pointer) =>
        {
            Some(other)
        }
        (Some(own), _) => Some(own),
        (None, other) => other,
    }
}

fn text_at(store: &Store, read: &Read, spot: &Spot) -> Option<String> {
    let file = read.contract.files.get(spot.file.0 as usize)?;
    let step = |node, name: String| {
        let item = || store.items(node).get(name.parse::<usize>().ok()?).copied();
        store.get(node, &name).or_else(item)
    };
    let node = spot.pointer.names().try_fold(file.root, step)?;
    let value = store.value(node);
    let text = serde_json::to_string_pretty(&value).ok()?;
    let name = last_name(&spot.pointer).filter(|it| it.parse::<usize>().is_err());
    let text = name.map_or_else(|| text.clone(), |name| format!("{}: {text}", Value::from(name)));
    Some(text.lines().take(MAX_INPUT).flat_map(|it| [it, "\n"]).collect())
}

fn last_name(pointer: &Pointer) -> Option<String> {
    pointer.names().last()
}

fn lines(base: &str, head: &str) -> String {
    let diff = TextDiff::from_lines(base, head);
    let mut lines = Vec::new();
    for (idx, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if idx > 0 {
            lines.push("  …".to_owned());
        }
        for change in group.iter().flat_map(|it| diff.iter_changes(it)) {
            let mark = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            lines.push(format!("{mark} {}", change.value().trim_end_matches('\n')));
        }
    }
    let n_more = (lines.len() + 1).saturating_sub(MAX_LINES);
    if n_more > 1 {
        lines.truncate(MAX_LINES - 1);
        lines.push(format!("  … {n_more} more lines"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_and_never_too_much() {
        assert_eq!(lines("a\nb\n", "a\nb\n"), "");
        assert_eq!(lines("a\nb\nc\n", "a\nx\nc\n"), "  a\n- b\n+ x\n  c");
        assert_eq!(lines("a\n", ""), "- a");
        let long = "x\n".repeat(100);
        let shown = lines(&long, "");
        assert_eq!(shown.lines().count(), MAX_LINES);
        assert!(shown.ends_with("… 61 more lines"), "{shown}");
    }
}
