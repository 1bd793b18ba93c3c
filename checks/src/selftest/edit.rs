use std::{collections::BTreeMap, sync::Arc};

use globset::GlobBuilder;
use kernel::RepoPath;
use snapshot::Snapshot;
use toml_edit::{DocumentMut, Item, Table, Value};

use crate::rule_page::{Mutation, MutationAction};

/// Other contents of files; none for one that is gone.
pub(crate) type Edits = BTreeMap<RepoPath, Option<Arc<[u8]>>>;

/// What one mutation makes of a revision. An existing policy is never replaced, only added to.
pub(crate) fn edits_of(mutation: &Mutation, on: &Snapshot, config: &RepoPath) -> Edits {
    let path =
        if mutation.path.as_str() == crate::config::FILE_NAME { config } else { &mutation.path };
    let text = mutation.text.as_str();
    let is_added = match mutation.action {
        MutationAction::Remove => return removed(path, on),
        MutationAction::Append | MutationAction::Base => true,
        MutationAction::Subject | MutationAction::Plant => path == config,
    };
    let before = on.bytes(path).ok().map(|it| String::from_utf8_lossy(&it).into_owned());
    let after = match before.filter(|_| is_added) {
        Some(before) => added(&before, text),
        None => text.to_owned(),
    };
    Edits::from([(path.clone(), Some(after.into_bytes().into()))])
}

fn removed(glob: &RepoPath, on: &Snapshot) -> Edits {
    let Ok(glob) = GlobBuilder::new(glob.as_str()).literal_separator(false).build() else {
        return Edits::new();
    };
    let matcher = glob.compile_matcher();
    let paths = on.paths().map(|(path, _)| path).filter(|it| matcher.is_match(it.as_str()));
    paths.map(|it| (it.clone(), None)).collect()
}

/// The text behind the other one; of two TOML texts that do not follow each other, the union.
fn added(before: &str, text: &str) -> String {
    let line_end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let plain = format!("{before}{line_end}{text}");
    let parsed = |it: &str| it.strip_prefix('\u{feff}').unwrap_or(it).parse::<DocumentMut>().ok();
    let (Some(mut document), Some(more), None) = (parsed(before), parsed(text), parsed(&plain))
    else {
        return plain;
    };
    unite(document.as_table_mut(), more.as_table());
    document.to_string()
}

/// Tables are united, lists grow, other values are replaced.
fn unite(table: &mut Table, more: &Table) {
    for (name, item) in more {
        match (table.get_mut(name), item) {
            (Some(Item::Table(inner)), Item::Table(item)) => unite(inner, item),
            (Some(Item::ArrayOfTables(list)), Item::ArrayOfTables(items)) => {
                list.extend(items.iter().cloned());
            }
            (Some(Item::Value(Value::Array(list))), Item::Value(Value::Array(items))) => {
                list.extend(items.iter().cloned());
            }
            (Some(Item::Value(Value::Array(list))), Item::ArrayOfTables(items)) => {
                list.extend(items.iter().map(|it| it.clone().into_inline_table()));
            }
            _ => drop(table.insert(name, item.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_that_cannot_follow_is_united() {
        let check = |before: &str, text: &str, expected: &str| {
            assert_eq!(added(before, text), expected, "{before} + {text}");
        };
        check("a = 1", "b = 2\n", "a = 1\nb = 2\n");
        check("[[a]]\nb = 1\n", "[[a]]\nb = 2\n", "[[a]]\nb = 1\n[[a]]\nb = 2\n");
        check(
            "[a]\nb = [\"x\"]\n[c]\nd = 1\n",
            "[a]\nb = [\"y\"]\n",
            "[a]\nb = [\"x\",\"y\"]\n[c]\nd = 1\n",
        );
        check("[a]\nb = 1\n", "[a]\nb = 2\n", "[a]\nb = 2\n");
        check("no toml", "[a]\n", "no toml\n[a]\n");
    }
}
