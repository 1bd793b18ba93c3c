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
    if base_spot.as_ref().or(head_spot.as_ref()).is_some_and(|it| it.pointer == Pointer::root()) {
        // The file as a whole is gone, new or renamed.
        return String::new();
    }
    let base = base_spot.and_then(|it| text_at(store, base.read?, &it));
    let head = head_spot.and_then(|it| text_at(store, head.read?, &it));
    lines(&base.unwrap_or_default(), &head.unwrap_or_default())
}

/// The place that the other one has below one's own, if it lies there and in the same file; in a
/// path or a component that was renamed as well.
fn deeper(own: Option<&Spot>, other: Option<&Spot>) -> Option<Spot> {
    let (Some(own), Some(other)) = (own, other) else { return own.or(other).cloned() };
    let (names, others): (Vec<_>, Vec<_>) =
        (own.pointer.names().collect(), other.pointer.names().collect());
    let n_renamed = names.iter().zip(&others).filter(|(name, other)| name != other).count();
    let below = others.get(names.len()..).filter(|_| own.file == other.file && n_renamed < 2);
    let pointer = below.into_iter().flatten().fold(own.pointer.clone(), |at, it| at.child(it));
    Some(Spot { file: own.file, pointer })
}

fn text_at(store: &Store, read: &Read, spot: &Spot) -> Option<String> {
    let file = read.contract.files.get(spot.file.0 as usize)?;
    let names: Vec<String> = spot.pointer.names().collect();
    let (mut node, mut holder) = (file.root, None);
    for name in &names {
        holder = Some(node);
        node = store.step(node, name)?;
    }
    let text = serde_json::to_string_pretty(&store.value(node)).ok()?;
    // An item has no name; the answer `200` has one.
    let is_member = |name: &&String| holder.is_some_and(|it| store.get(it, name).is_some());
    let name = names.last().filter(is_member);
    let text =
        name.map_or_else(|| text.clone(), |name| format!("{}: {text}", Value::from(name.as_str())));
    Some(text.lines().take(MAX_INPUT).flat_map(|it| [it, "\n"]).collect())
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
    use contracts::FileId;

    use super::*;

    #[test]
    fn what_came_or_went_has_no_other_side() {
        let spot =
            |it: &str| Spot { file: FileId::ROOT, pointer: Pointer::parse(it).expect("a pointer") };
        let check = |own: &str, other: &str, expected: &str| {
            assert_eq!(deeper(Some(&spot(own)), Some(&spot(other))), Some(spot(expected)), "{own}");
        };
        check("/a", "/a/b/c", "/a/b/c");
        check("/a/b/c", "/a", "/a/b/c");
        check(
            "/paths/~1{a}/get",
            "/paths/~1{b}/get/responses/201",
            "/paths/~1{a}/get/responses/201",
        );
        check("/paths/~1a/get", "/components/schemas/A/type", "/paths/~1a/get");
        assert_eq!(deeper(None, Some(&spot("/a"))), Some(spot("/a")));
        assert_eq!(deeper(Some(&spot("/a")), None), Some(spot("/a")));
        assert_eq!(deeper(None, None), None);
    }

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
