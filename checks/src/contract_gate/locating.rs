//! Spans of pointers, until the engine has its own.

use contracts::Pointer;
use kernel::{Node, Span};

pub(crate) struct Places {
    pub(crate) key: Option<Span>,
    pub(crate) value: Span,
}

pub(crate) fn locate(bytes: &[u8], pointers: &[Pointer]) -> Vec<Option<Places>> {
    let text = String::from_utf8_lossy(bytes);
    let root = snapshot::parse_jsonc(&text).or_else(|_| snapshot::parse_yaml(&text)).ok();
    let place = |pointer: &Pointer| {
        let root = root.as_ref()?;
        let mut found = Places { key: None, value: root.span };
        let mut node: &Node = root;
        for name in pointer.names() {
            if let Some(entry) = node.entry(&name) {
                found = Places { key: Some(entry.key_span), value: entry.value.span };
                node = &entry.value;
            } else {
                node = node.as_list()?.get(name.parse::<usize>().ok()?)?;
                found = Places { key: None, value: node.span };
            }
        }
        Some(found)
    };
    pointers.iter().map(place).collect()
}
