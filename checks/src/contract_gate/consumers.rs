//! Who uses a contract that broke: it is named in findings, and never changes a verdict.

use std::collections::BTreeSet;

use contracts::{Category, Kind, Pointer, Rule, Store, locate, regions};
use kernel::{Finding, Level, Place, Region, Related, RepoPath};

use crate::{context::Reader, contract_gate::Read};

/// Files that may import a generated client.
const ENDINGS: [&str; 6] = ["ts", "tsx", "mts", "js", "jsx", "mjs"];
/// No more files are searched.
const MAX_FILES: usize = 20_000;
/// Longer files are not searched: nobody wrote them.
const MAX_BYTES: usize = 1 << 20;
/// How many users one finding names.
const MAX_USERS: usize = 10;
/// The member of a contract that lists its users.
const CONSUMERS: &str = "x-consumers";

/// Names the users of a service in the findings that reach them.
pub(crate) fn name_users(
    findings: &mut [(Rule, Finding)],
    (store, read): (&Store, &Read),
    head: &Reader<'_>,
    service: &str,
) {
    let reaches = |(rule, it): &(Rule, Finding)| {
        let level = it.details.as_ref().map_or(Level::Off, |it| it.level);
        rule.category() == Category::Wire && level >= Level::Warn
    };
    if !findings.iter().any(reaches) {
        return;
    }
    let imports = imports(head, service);
    let teams = teams(store, read);
    for (_, finding) in findings.iter_mut().filter(|it| reaches(it)) {
        let names = operation_ids(finding, store, read);
        let calls = |it: &&Import| names.iter().any(|name| it.text.contains(name.as_str()));
        let some_call = imports.iter().any(|it| calls(&it));
        let meant = imports.iter().filter(|it| !some_call || calls(it));
        let users = meant.map(|it| Related {
            place: it.place.clone(),
            note: format!("uses the client of `{service}`"),
        });
        finding.related.extend(teams.iter().cloned().chain(users).take(MAX_USERS));
    }
}

/// A file that imports the client of a service.
struct Import {
    place: Place,
    text: String,
}

fn imports(head: &Reader<'_>, service: &str) -> Vec<Import> {
    let folder = format!("sdk/ts/{service}");
    let package = RepoPath::new(&format!("{folder}/package.json")).ok();
    let package = package.filter(|it| head.snapshot().kind(it.as_str()).is_some());
    let package = package.and_then(|it| head.bytes_within(&it, MAX_BYTES).ok());
    let package: Option<serde_json::Value> =
        package.and_then(|it| serde_json::from_slice(&it).ok());
    let package = package.and_then(|it| it.get("name")?.as_str().map(str::to_owned));
    let names: Vec<String> = [Some(folder.clone()), package].into_iter().flatten().collect();
    let is_code = |path: &&RepoPath| {
        let ending = path.file_name().rsplit('.').next().unwrap_or_default();
        let is_own =
            path.as_str().starts_with("sdk/ts/") || path.as_str().contains("node_modules/");
        ENDINGS.contains(&ending) && !is_own
    };
    let import = |path: &RepoPath| {
        let bytes = head.snapshot().bytes_within(path, MAX_BYTES).ok()?;
        let text = String::from_utf8(bytes.to_vec()).ok()?;
        let line = text.lines().position(|it| names.iter().any(|name| is_import(it, name)))?;
        // Only what is named takes part in the proof.
        drop(head.bytes_within(path, MAX_BYTES));
        let line = line + 1;
        let region = Region { line, column: 1, end_line: line, end_column: 1 };
        Some(Import { place: Place { path: path.clone(), region }, text })
    };
    head.files().filter(is_code).take(MAX_FILES).filter_map(import).collect()
}

/// Does a line import from this name, or from inside it?
fn is_import(line: &str, name: &str) -> bool {
    let is_statement = ["import", "from", "require"].iter().any(|it| line.contains(it));
    let ends = |rest: &str| rest.starts_with(['"', '\'', '`', '/']);
    let starts = |before: &str| before.ends_with(['"', '\'', '`', '/']);
    is_statement
        && line.match_indices(name).any(|(at, _)| {
            let (before, rest) = (line.get(..at), line.get(at + name.len()..));
            before.is_some_and(starts) && rest.is_some_and(ends)
        })
}

/// The teams that the contract names, each at its place.
fn teams(store: &Store, read: &Read) -> Vec<Related> {
    let root = read.contract.root();
    let Some(listed) = read.contract.member(store, &root, CONSUMERS) else { return Vec::new() };
    let bytes = read.bytes(&read.path).unwrap_or_default();
    let named = |(idx, node): (usize, &contracts::NodeId)| {
        let own = store.as_str(*node);
        let name = own.or_else(|| store.as_str(store.get(*node, "name")?))?;
        let pointer = Pointer::root().child(CONSUMERS).item(idx);
        let place = locate(bytes, &[pointer]).pop().flatten()?;
        let region = regions(bytes, &[place.value]).first().copied()?;
        let place = Place { path: read.path.clone(), region };
        Some(Related { place, note: format!("`{name}` uses `{}`", read.path) })
    };
    match store.kind(listed.node) {
        Kind::Array => store.items(listed.node).iter().enumerate().filter_map(named).collect(),
        Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::Object => Vec::new(),
    }
}

/// The names of the functions that a finding reaches.
fn operation_ids(finding: &Finding, store: &Store, read: &Read) -> BTreeSet<String> {
    let members = finding.details.as_ref().map(|it| &it.members);
    let operations = members.and_then(|it| it.get("operations")?.as_array());
    let id = |operation: &str| {
        let (method, path) = operation.split_once(' ')?;
        let paths = read.contract.member(store, &read.contract.root(), "paths")?;
        let ends = |it: &&str| path.ends_with(*it);
        let name =
            store.members(paths.node).map(|it| it.0).filter(ends).max_by_key(|it| it.len())?;
        let item = store.get(paths.node, name)?;
        let operation = store.get(item, &method.to_lowercase())?;
        store.as_str(store.get(operation, "operationId")?).map(str::to_owned)
    };
    let names = operations.into_iter().flatten().filter_map(|it| id(it.as_str()?));
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_imports_count_and_only_of_this_client() {
        for (line, expected) in [
            ("import {createOrder} from \"../../sdk/ts/shop\";", true),
            ("import {x} from '../sdk/ts/shop/client.ts'", true),
            ("const x = require(`../sdk/ts/shop`)", true),
            ("import {x} from '../sdk/ts/shop-v2'", false),
            ("// see sdk/ts/shop", false),
            ("import x from 'my-sdk/ts/shop'", false),
        ] {
            assert_eq!(is_import(line, "sdk/ts/shop"), expected, "{line}");
        }
    }
}
