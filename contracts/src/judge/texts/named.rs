//! What is named by address and not by place: `$id`, `$anchor` and their kin.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::At;
use crate::judge::{document::Document, uri};

/// What is named by address and not by place: `$id`, `$anchor` and their kin.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// The places where a resource starts, by address.
    pub(super) resources: BTreeMap<String, At>,
    /// The addresses of resources, by place.
    pub(super) addresses: BTreeMap<At, String>,
    pub(super) anchors: BTreeMap<(String, String), At>,
    pub(super) dynamic: BTreeSet<(String, String)>,
}

/// The name under which `$recursiveAnchor` is kept; no `$anchor` can be called so.
pub(in crate::judge) const RECURSIVE: &str = "$recursive";

impl Named {
    /// Reads one file, which has an address of its own.
    pub(super) fn read(&mut self, file: usize, document: &Document, address: &str) {
        let marks = ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$self"];
        if !marks.iter().any(|it| document.mentions(it)) {
            return;
        }
        let Some(root) = document.whole() else { return };
        let own = root.get("$self").and_then(Value::as_str);
        let address = own.map_or(address.to_owned(), |it| uri::join(address, it).0);
        self.start(&At::root(file), address.clone());
        self.collect(&root, &mut At::root(file), &address);
    }

    fn start(&mut self, at: &At, address: String) {
        self.resources.entry(address.clone()).or_insert_with(|| at.clone());
        self.addresses.insert(at.clone(), address);
    }

    /// Looks at a value and all inside it. The place is changed on the way, and the same after it.
    fn collect(&mut self, value: &Value, at: &mut At, address: &str) {
        match value {
            Value::Object(members) => {
                let inner = self.note(members, at, address);
                let address = inner.as_deref().unwrap_or(address);
                let is_data =
                    |it: &str| matches!(it, "enum" | "const" | "default" | "example" | "examples");
                for (name, member) in members.iter().filter(|it| has_parts(it.1) && !is_data(it.0))
                {
                    let length = at.enter(name);
                    self.collect(member, at, address);
                    at.pointer.truncate(length);
                }
            }
            Value::Array(items) => {
                for (idx, item) in items.iter().enumerate().filter(|it| has_parts(it.1)) {
                    let length = at.enter(&idx.to_string());
                    self.collect(item, at, address);
                    at.pointer.truncate(length);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The names that an object gives to its place. Hands back its address if it is a resource.
    fn note(&mut self, members: &Map<String, Value>, at: &At, address: &str) -> Option<String> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let mut own = None;
        if let Some(id) = text("$id") {
            let (address, fragment) = uri::join(address, id);
            if fragment.is_empty() {
                self.start(at, address.clone());
                own = Some(address);
            } else {
                // Draft 6 and 7 write an anchor so.
                self.anchors.insert((address, fragment), at.clone());
            }
        }
        let address = own.as_deref().unwrap_or(address);
        for keyword in ["$anchor", "$dynamicAnchor"] {
            let Some(key) = text(keyword).map(|it| (address.to_owned(), it.to_owned())) else {
                continue;
            };
            self.anchors.insert(key.clone(), at.clone());
            if keyword == "$dynamicAnchor" {
                self.dynamic.insert(key);
            }
        }
        if members.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
            let key = (address.to_owned(), RECURSIVE.to_owned());
            self.anchors.insert(key.clone(), at.clone());
            self.dynamic.insert(key);
        }
        own
    }
}

/// Can anything in it have a name?
fn has_parts(value: &Value) -> bool {
    value.is_object() || value.is_array()
}
