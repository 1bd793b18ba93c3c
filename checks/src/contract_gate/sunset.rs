//! Days on which something ends: one that is none makes a contract unreadable.

use contracts::{FileId, Kind, NodeId, Pointer, Spot, Store, Unreadable, locate};
use kernel::{Span, Timestamp, parse_date};

use crate::contract_gate::Read;

/// The member that names the last day.
const SUNSET: &str = "x-sunset";
/// What holds values of users, where the name means nothing.
const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];
/// No contract is searched further than this.
const MAX_VALUES: usize = 4_000_000;

/// The contract, unless a day in it is none.
pub(crate) fn refuse_malformed(store: &Store, read: Read) -> Result<Read, Unreadable> {
    for (idx, file) in read.contract.files.iter().enumerate() {
        let Some((pointer, found)) = malformed(store, file.root) else { continue };
        let spot = Spot { file: FileId(u32::try_from(idx).unwrap_or(0)), pointer };
        let bytes = read.bytes(&file.path).unwrap_or_default();
        let place = locate(bytes, &[spot.pointer]).pop().flatten();
        return Err(Unreadable {
            path: file.path.clone(),
            span: place.map_or_else(Span::default, |it| it.value),
            message: format!("`{SUNSET}` is `{found}`, which is no day"),
            remedy: "write a day like 2027-03-31, or an instant of RFC 3339".to_owned(),
        });
    }
    Ok(read)
}

/// The first value of `x-sunset` that is no day.
fn malformed(store: &Store, root: NodeId) -> Option<(Pointer, String)> {
    let mut open = vec![(root, Pointer::root())];
    let mut n_seen = 0;
    while let Some((node, way)) = open.pop() {
        n_seen += 1;
        if n_seen > MAX_VALUES {
            return None;
        }
        for (name, value) in store.members(node) {
            let is_leaf = !matches!(store.kind(value), Kind::Object | Kind::Array);
            let is_day = || store.as_str(value).is_some_and(is_day);
            if name == SUNSET && is_leaf && !is_day() {
                let found = store.value(value);
                let text = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
                return Some((way.child(name), text));
            }
            if !is_leaf && !VALUES.contains(&name) {
                open.push((value, way.child(name)));
            }
        }
        let items = store.items(node).iter().enumerate();
        open.extend(items.map(|(idx, it)| (*it, way.item(idx))));
    }
    None
}

fn is_day(text: &str) -> bool {
    parse_date(text).is_ok() || text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_days_are_taken_for_days() {
        for (value, expected) in [
            (json!({"x-sunset": "2027-03-31"}), None),
            (json!({"x-sunset": "2027-03-31T10:00:00Z"}), None),
            (json!({"a": [{"x-sunset": "tomorrow"}]}), Some("/a/0/x-sunset")),
            (json!({"a": {"x-sunset": "2027-02-30"}}), Some("/a/x-sunset")),
            (json!({"a": {"x-sunset": 20_270_331}}), Some("/a/x-sunset")),
            (json!({"properties": {"x-sunset": {"type": "string"}}}), None),
            (json!({"example": {"x-sunset": "tomorrow"}}), None),
        ] {
            let mut store = Store::new();
            let root = store.insert(&value);
            let found = malformed(&store, root);
            assert_eq!(found.as_ref().map(|it| it.0.as_str()), expected, "{value}");
        }
    }
}
