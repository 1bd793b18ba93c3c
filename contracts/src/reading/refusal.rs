//! What is said about references that cannot be followed.

use kernel::RepoPath;

use crate::{
    Contract, Kind, Located, NodeId, Pointer, Store,
    contract::{names::Miss, uri},
};

pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) remedy: String,
}

const VENDOR: &str = "put the file into the repository, and refer to it by a relative path";

fn refusal(message: String, remedy: impl Into<String>) -> Refusal {
    Refusal { message, remedy: remedy.into() }
}

pub(crate) fn at_names(reference: &str) -> Refusal {
    let message = format!("`$ref` `{reference}` stands where only names stand");
    refusal(message, "write the members out; only a whole part may be a reference")
}

pub(crate) fn backslash(reference: &str) -> Refusal {
    let repaired = reference.replace('\\', "/");
    let message = format!("the `$ref` `{reference}` has a backslash, which no reference has");
    refusal(message, format!("write `{repaired}`"))
}

pub(crate) fn too_many_files(reference: &str, limit: usize) -> Refusal {
    let message = format!("the `$ref` `{reference}` leads to one more file than {limit} (`files`)");
    refusal(message, "put several parts into one file, or raise the bound")
}

pub(crate) fn cycle(reference: &str) -> Refusal {
    let message = format!("the `$ref` `{reference}` leads back to itself and names nothing");
    refusal(message, "let one of the references on the way lead to a value")
}

pub(crate) fn long_chain(reference: &str, limit: usize) -> Refusal {
    let message = format!(
        "the `$ref` `{reference}` leads through more than {limit} others (`reference-chain`)"
    );
    refusal(message, "refer to the value itself, or raise the bound")
}

pub(crate) fn conflict(name: &str) -> Refusal {
    let message =
        format!("`{name}` stands beside the `$ref` of a path, and also in what it leads to");
    refusal(message, "keep one of the two")
}

pub(crate) fn no_file(
    contract: &Contract,
    store: &Store,
    path: &RepoPath,
    reference: &str,
    reason: &str,
) -> Refusal {
    let message = format!("the `$ref` `{reference}` leads to `{path}`: {reason}");
    let root = contract.root();
    let local = ["/definitions", "/components/schemas"].iter().find_map(|it| {
        let folder = it.split('/').skip(1).try_fold(root.node, |at, it| store.get(at, it))?;
        store.get(folder, reference).map(|_| format!("did you mean `#{it}/{reference}`?"))
    });
    refusal(message, local.unwrap_or_else(|| "add the file, or correct the path".to_owned()))
}

/// A reference that leads nowhere, other than to a missing file.
pub(crate) fn of(
    miss: &Miss,
    contract: &Contract,
    store: &Store,
    from: &Located,
    reference: &str,
) -> Refusal {
    let what = format!("the `$ref` `{reference}`");
    match miss {
        Miss::File(path) => refusal(format!("{what} leads to `{path}`"), "add the file"),
        Miss::Remote(uri) if uri == reference || uri::split(reference).0 == uri => {
            refusal(format!("{what} leads out of the repository"), VENDOR)
        }
        Miss::Remote(uri) => {
            let message = format!("{what} leads out of the repository, to `{uri}`");
            refusal(message, format!("{VENDOR}; an `$id` above it decides what it is relative to"))
        }
        Miss::Escape => refusal(format!("{what} leaves the repository"), VENDOR),
        Miss::Absolute => refusal(
            format!("{what} is an absolute path"),
            "write the path relative to the file that refers to it",
        ),
        Miss::Place(root, fragment) if fragment.starts_with('/') => {
            place(contract, store, from, (root, fragment), reference)
        }
        Miss::Place(root, name) => {
            let base = contract.names.resource(contract, store, root).0;
            let near = nearest(name, contract.names.anchors_of(&base));
            let remedy = near.map(|it| format!("did you mean `{}#{it}`?", uri::split(reference).0));
            let remedy =
                remedy.unwrap_or_else(|| "correct the `$ref`, or add the anchor".to_owned());
            refusal(format!("{what} leads nowhere: no `$anchor` is named `{name}`"), remedy)
        }
    }
}

/// A pointer that leads nowhere: how far it leads, and which one is near it.
fn place(
    contract: &Contract,
    store: &Store,
    from: &Located,
    (root, fragment): (&Located, &str),
    reference: &str,
) -> Refusal {
    let mut node = root.node;
    let mut reached = Pointer::root();
    let mut missing = String::new();
    for name in names(fragment) {
        let Some(next) = store.step(node, &name) else {
            missing = name;
            break;
        };
        node = next;
        reached = reached.child(&name);
    }
    let holder =
        if reached == Pointer::root() { "the document".to_owned() } else { format!("`{reached}`") };
    let other = contract.files.get(root.file.0 as usize).filter(|_| root.file != from.file);
    let holder = other.map_or(holder.clone(), |it| format!("{holder} of `{}`", it.path));
    let message = format!("the `$ref` `{reference}` leads nowhere: {holder} has no `{missing}`");
    let before = uri::split(reference).0;
    let near = repaired(store, root.node, fragment);
    let remedy = near.map(|it| format!("did you mean `{before}#{it}`?"));
    refusal(
        message,
        remedy.unwrap_or_else(|| "correct the `$ref`, or add what it names".to_owned()),
    )
}

/// The pointer with each missing name replaced by one that is near it.
fn repaired(store: &Store, root: NodeId, fragment: &str) -> Option<Pointer> {
    let mut node = root;
    let mut pointer = Pointer::root();
    for name in names(fragment) {
        let known = store.step(node, &name).map(|it| (name.clone(), it));
        let (name, next) = match known {
            Some(it) => it,
            None if store.kind(node) == Kind::Object => {
                let near = nearest(&name, store.members(node).map(|it| it.0))?.to_owned();
                let next = store.get(node, &near)?;
                (near, next)
            }
            None => return None,
        };
        node = next;
        pointer = pointer.child(&name);
    }
    Some(pointer)
}

/// The names on the way that a fragment writes.
fn names(fragment: &str) -> Vec<String> {
    Pointer::parse(fragment).iter().flat_map(Pointer::names).collect()
}

/// Names that are compared with a wrong one, at most.
const N_COMPARED: usize = 10_000;

/// The name that is most like the wanted one, if any is like it at all.
fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LIKENESS: f64 = 0.6;
    let wanted_low = wanted.to_lowercase();
    let likeness =
        |it: &'a str| (strsim::normalized_damerau_levenshtein(&wanted_low, &it.to_lowercase()), it);
    let is_short = |it: &&str| it.len() <= 200 && wanted.len() <= 200;
    let best = names.filter(is_short).take(N_COMPARED).map(likeness);
    let best = best.filter(|it| it.0 >= LIKENESS);
    best.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(one.1))).map(|it| it.1)
}
