//! Operations that stay at their address with base's promise; head's versions move.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Migrated, components,
    names::{made_up, names},
};
use crate::{Pointer, Tree};

/// An operation that now has two versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// The method in lower case.
    pub method: String,
    /// The path that keeps base's promise.
    pub path: String,
    /// The path of head's version; none if head has the operation no more.
    pub successor: Option<String>,
    /// The name of the operation as functions and files have it; no other one is called so.
    pub name: String,
}

/// Where an operation stands in a document.
pub(super) struct Address {
    method: String,
    path: String,
}

/// The methods that a path may have.
pub(super) const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

impl Address {
    /// The operation that a label such as `POST /v1/orders` names, whatever the server's prefix.
    pub(super) fn of(tree: &Tree, label: &str) -> Option<Self> {
        let (method, address) = label.split_once(' ')?;
        let method = method.to_lowercase();
        let is_method = METHODS.contains(&method.as_str());
        let paths = tree.get("paths")?.members().iter();
        let fits = paths.filter(|(path, item)| {
            let is_here = path.starts_with('/') && item.get(&method).is_some();
            is_method && is_here && same_template(address, path)
        });
        let path = fits.map(|it| &it.0).max_by_key(|it| it.len())?.clone();
        Some(Self { method, path })
    }

    pub(super) fn pointer(&self) -> Pointer {
        Pointer::root().child("paths").child(&self.path).child(&self.method)
    }

    pub(super) fn names(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }

    /// The requirement in force: the operation's, else the document's; none if nothing is said.
    pub(super) fn security(&self, tree: &Tree) -> Option<Vec<Tree>> {
        let own = tree.at(&self.pointer())?.get("security");
        own.or_else(|| tree.get("security")).map(|it| it.items().to_vec())
    }
}

/// Does an address end in a path, up to the names of its parameters?
fn same_template(address: &str, path: &str) -> bool {
    let bare = |it: &str| -> Vec<String> {
        let hole =
            |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
        it.split('/').map(hole).collect()
    };
    let (address, path) = (bare(address), bare(path));
    let tail = path.get(1..).unwrap_or_default();
    address.ends_with(tail) && address.len() >= path.len()
}

/// Puts base's versions of operations back, and head's versions at new addresses.
pub(super) fn keep(
    asked: Migrated<'_>,
    contract: &mut Tree,
    labels: &BTreeSet<String>,
) -> Vec<Moved> {
    let kept: BTreeMap<(String, String), Address> = labels
        .iter()
        .filter_map(|it| Address::of(asked.base, it))
        .map(|it| ((it.path.clone(), it.method.clone()), it))
        .collect();
    let roots: Vec<&Tree> =
        kept.values().filter_map(|it| asked.base.get("paths")?.get(&it.path)).collect();
    components::split(asked.base, contract, &roots);
    let names = names(asked.base);
    kept.into_iter()
        .filter_map(|((path, method), it)| {
            let name = names.get(&(method, path))?.clone();
            keep_one(asked, contract, (&it, name))
        })
        .collect()
}

fn keep_one(
    asked: Migrated<'_>,
    contract: &mut Tree,
    (address, name): (&Address, String),
) -> Option<Moved> {
    let (base_item, mut old) = {
        let item = asked.base.get("paths")?.get(&address.path)?;
        (item.clone(), item.get(&address.method)?.clone())
    };
    let operation_id = old.get("operationId").and_then(Tree::as_text);
    let operation_id = operation_id.unwrap_or_else(|| made_up(&address.method, &address.path));
    let label = format!("{} {}", address.method, address.path);
    let current = Address::of(contract, &label);
    let head_path = current.as_ref().map_or(&address.path, |it| &it.path).clone();
    let successor = current.map(|it| move_away(contract, &it, &operation_id));
    inherit(asked.base, contract, &base_item, &mut old);
    old.set("deprecated", Tree::Scalar("true".to_owned()));
    old.set_after("deprecated", "x-sunset", Tree::text(asked.sunset));
    put_back(contract, address, &head_path, &base_item, old)?;
    Some(Moved { method: address.method.clone(), path: address.path.clone(), successor, name })
}

/// Gives head's version of an operation the next free address; returns it.
fn move_away(contract: &mut Tree, current: &Address, operation_id: &str) -> String {
    let new_path = next_free(contract, &current.path, &current.method);
    let ids = operation_ids(contract);
    let Some(paths) = contract.get_mut("paths") else { return new_path };
    let Some(item) = paths.get_mut(&current.path) else { return new_path };
    let Some(mut operation) = item.remove(&current.method) else { return new_path };
    if operation.get("operationId").is_some() {
        operation.set("operationId", Tree::text(&free_id(&ids, operation_id)));
    }
    let shared = ["parameters", "servers", "consumes", "produces"];
    let shared: Vec<(String, Tree)> =
        shared.iter().filter_map(|it| Some(((*it).to_owned(), item.get(it)?.clone()))).collect();
    if paths.get(&new_path).is_none() {
        paths.set_after(&current.path, &new_path, Tree::Map(shared));
    }
    if let Some(item) = paths.get_mut(&new_path) {
        item.set(&current.method, operation);
    }
    new_path
}

/// All names of operations: no two may have the same one.
fn operation_ids(contract: &Tree) -> BTreeSet<String> {
    let items = contract.get("paths").map_or(&[][..], Tree::members).iter();
    let operations = items.flat_map(|it| it.1.members());
    operations.filter_map(|it| it.1.get("operationId")?.as_text()).collect()
}

/// `placeOrderV2`, or the first number that no operation has.
fn free_id(ids: &BTreeSet<String>, operation_id: &str) -> String {
    let names = (2..10_000_u32).map(|it| format!("{operation_id}V{it}"));
    let mut free = names.filter(|it| !ids.contains(it));
    free.next().unwrap_or_else(|| format!("{operation_id}V2"))
}

/// `/v2/orders` for `/orders`, `/v3/orders` for `/v2/orders` or where the second is taken.
fn next_free(contract: &Tree, path: &str, method: &str) -> String {
    let number = |it: &str| it.strip_prefix('v').and_then(|it| it.parse::<u32>().ok());
    let mut parts = path.trim_start_matches('/').splitn(2, '/');
    let (first, rest) = (parts.next().unwrap_or_default(), parts.next());
    let (start, tail) = match number(first) {
        Some(version) => {
            (version.saturating_add(1), rest.map_or(String::new(), |it| format!("/{it}")))
        }
        None => (2, if path == "/" { String::new() } else { path.to_owned() }),
    };
    let paths = contract.get("paths");
    let is_free = |it: &String| {
        let item = paths.and_then(|paths| paths.get(it));
        item.is_none_or(|item| item.get(method).is_none())
    };
    let candidates = (start..start.saturating_add(10_000)).map(|it| format!("/v{it}{tail}"));
    let mut candidates = candidates.filter(is_free);
    candidates.next().unwrap_or_else(|| format!("/v{start}{tail}"))
}

/// What base said for the whole document and head says otherwise becomes the operation's own.
fn inherit(base: &Tree, contract: &Tree, base_item: &Tree, operation: &mut Tree) {
    for name in ["security", "consumes", "produces", "servers"] {
        let before = base_item.get(name).or_else(|| base.get(name));
        let differs = before != contract.get(name);
        match before {
            Some(before) if differs && operation.get(name).is_none() => {
                operation.set(name, before.clone());
            }
            None if differs && operation.get(name).is_none() && name == "security" => {
                operation.set(name, Tree::List(Vec::new()));
            }
            _ => {}
        }
    }
}

/// The old version at its address, with the parameters that its path had.
fn put_back(
    contract: &mut Tree,
    address: &Address,
    head_path: &str,
    base_item: &Tree,
    mut operation: Tree,
) -> Option<()> {
    let paths = contract.get_mut("paths")?;
    if head_path != address.path {
        // The path came back under other parameter names: one of both must go.
        let rest = paths.get(head_path)?.clone();
        let is_empty = !rest.members().iter().any(|it| METHODS.contains(&it.0.as_str()));
        if is_empty {
            paths.remove(head_path);
        }
    }
    if paths.get(&address.path).is_none() {
        paths.set(&address.path, Tree::Map(Vec::new()));
    }
    let item = paths.get_mut(&address.path)?;
    let before = base_item.get("parameters").map_or(&[][..], Tree::items).to_vec();
    let now = item.get("parameters").map_or(&[][..], Tree::items).to_vec();
    if before != now {
        push_down(item, &now);
        let own = operation.get("parameters").map_or(&[][..], Tree::items).to_vec();
        let inherited =
            before.into_iter().filter(|it| !own.iter().any(|mine| key(mine) == key(it)));
        let all: Vec<_> = own.iter().cloned().chain(inherited).collect();
        operation.set("parameters", Tree::List(all));
    }
    item.set(&address.method, operation);
    Some(())
}

/// Hands the parameters of a path to each of its operations, so that one may differ.
fn push_down(item: &mut Tree, shared: &[Tree]) {
    item.remove("parameters");
    for method in METHODS {
        let Some(operation) = item.get_mut(method) else { continue };
        let own = operation.get("parameters").map_or(&[][..], Tree::items).to_vec();
        let inherited = shared.iter().filter(|it| !own.iter().any(|mine| key(mine) == key(it)));
        let all: Vec<_> = own.iter().cloned().chain(inherited.cloned()).collect();
        if !all.is_empty() {
            operation.set("parameters", Tree::List(all));
        }
    }
}

fn key(parameter: &Tree) -> (Option<String>, Option<String>, Option<String>) {
    let text = |name| parameter.get(name).and_then(Tree::as_text);
    (text("name"), text("in"), text("$ref"))
}
