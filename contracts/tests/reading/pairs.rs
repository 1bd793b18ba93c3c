//! Real contracts: all are read, and what language they are written in makes no difference.

use std::{
    io::BufReader,
    path::{Path, PathBuf},
};

use contracts::{Limits, Pointer, Store, locate};
use serde_json::Value;

use crate::texts::{read_bytes, yaml::to_yaml};

/// A folder of the corpora, which are not part of the repository.
#[expect(clippy::disallowed_methods, reason = "a test finds its data by the environment")]
pub(crate) fn corpora(name: &str) -> Option<PathBuf> {
    let named = std::env::var("PROOFMARK_CORPORA").ok().map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora");
    let folder = named.unwrap_or_else(beside).join(name);
    if !folder.is_dir() {
        println!("skipped: no corpora beside the repository");
        return None;
    }
    Some(folder)
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).unwrap();
    lzma_rs::xz_decompress(&mut BufReader::new(file), &mut bytes).unwrap();
    bytes
}

fn each(check: fn(&str, &[u8])) {
    let Some(folder) = corpora("contracts/pairs") else { return };
    let mut n_files = 0;
    for pair in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        let files = pair.is_dir().then(|| std::fs::read_dir(&pair).unwrap());
        for file in files.into_iter().flatten().map(|it| it.unwrap().path()) {
            if file.extension().is_some_and(|it| it == "xz") {
                n_files += 1;
                check(&file.display().to_string(), &unpacked(&file));
            }
        }
    }
    assert!(n_files >= 16, "only {n_files} files");
}

#[test]
fn all_are_read_and_say_the_same_in_yaml() {
    each(|name, bytes| {
        let mut store = Store::new();
        let (contract, notes) = match read_bytes(&mut store, bytes, &Limits::default()) {
            Ok(it) => it,
            Err(err) => panic!("{name}: {err} {:?}: {}", err.span, err.remedy),
        };
        let root = contract.root().node;
        assert!(store.n_nodes() > 500, "{name}");
        for note in notes {
            let text = std::str::from_utf8(&bytes[note.span.start..note.span.end]).unwrap();
            assert!(!text.is_empty() && !text.contains('\n'), "{name}: {note:?}");
        }
        if bytes.len() > 2_000_000 {
            return;
        }
        let yaml = to_yaml(&store.value(root));
        let (again, _) = read_bytes(&mut store, yaml.as_bytes(), &Limits::default()).unwrap();
        assert!(store.same(root, again.root().node), "{name}: the YAML says something else");
    });
}

#[test]
fn every_tenth_value_is_where_it_is_said_to_be() {
    each(|name, bytes| {
        if bytes.len() > 2_000_000 {
            return;
        }
        let mut store = Store::new();
        let (contract, _) = read_bytes(&mut store, bytes, &Limits::default()).unwrap();
        let value = store.value(contract.root().node);
        let mut all = Vec::new();
        collect(&value, Pointer::root(), &mut all);
        let some: Vec<(Pointer, Value)> = all.into_iter().step_by(10).collect();
        let pointers: Vec<Pointer> = some.iter().map(|it| it.0.clone()).collect();
        for ((pointer, value), found) in some.iter().zip(locate(bytes, &pointers)) {
            let found = found.unwrap_or_else(|| panic!("{name}: {pointer} is nowhere"));
            let text = std::str::from_utf8(&bytes[found.value.start..found.value.end]).unwrap();
            let mut store = Store::new();
            let wanted = store.insert(value);
            // A part of a YAML text is a document only if it stays indented.
            if name.contains("json") {
                let part = format!("{{\"openapi\":\"3.1.0\",\"x-part\":{text}}}");
                let read = read_bytes(&mut store, part.as_bytes(), &Limits::default());
                let root =
                    read.unwrap_or_else(|it| panic!("{name}: {pointer}: {it}")).0.root().node;
                let part = store.get(root, "x-part").unwrap();
                assert!(store.same(part, wanted), "{name}: {pointer}");
            } else if let Value::String(wanted) = value {
                let first = wanted.split_whitespace().next().unwrap_or_default();
                let is_escaped = text.starts_with('"') || text.contains("''");
                assert!(is_escaped || text.contains(first), "{name}: {pointer}: {text}");
            }
        }
    });
}

fn collect(value: &Value, at: Pointer, all: &mut Vec<(Pointer, Value)>) {
    match value {
        Value::Array(items) => {
            for (idx, item) in items.iter().enumerate() {
                collect(item, at.item(idx), all);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                collect(member, at.child(name), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all.push((at, value.clone()));
}
