//! One file of a contract, read only where a witness looks.
//!
//! A witness touches a handful of schemas; a whole value of a 13 MB contract would cost 68 MB for
//! each side. So a JSON text is cut into the spans of its members, one level at a time and only
//! on the ways that are asked for, and the value at the end of a way is parsed on its own.

mod cut;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde_json::{Value, value::RawValue};

use super::{pointer::unescaped, yaml};

/// One file.
#[derive(Debug)]
pub(super) struct Document {
    text: Arc<[u8]>,
    tree: OnceLock<Result<Tree, String>>,
}

#[derive(Debug)]
enum Tree {
    Json(Part),
    Whole(Value),
}

/// A value of a JSON text, by its first byte and the byte after its last one.
#[derive(Debug)]
struct Part {
    start: usize,
    end: usize,
    children: OnceLock<Children>,
}

#[derive(Debug)]
enum Children {
    Members(BTreeMap<String, Part>),
    Items(Vec<Part>),
    None,
}

impl Document {
    pub(super) fn new(text: Arc<[u8]>) -> Self {
        Self { text, tree: OnceLock::new() }
    }

    /// Why it cannot be read, if so.
    pub(super) fn problem(&self) -> Option<&str> {
        self.tree().as_ref().err().map(String::as_str)
    }

    /// The value at a JSON Pointer.
    pub(super) fn value(&self, pointer: &str) -> Option<Value> {
        match self.tree().as_ref().ok()? {
            Tree::Whole(value) => value.pointer(pointer).cloned(),
            Tree::Json(root) => {
                let part = self.part(root, pointer)?;
                serde_json::from_slice(self.text.get(part.start..part.end)?).ok()
            }
        }
    }

    /// The value of the whole text.
    pub(super) fn whole(&self) -> Option<Cow<'_, Value>> {
        match self.tree().as_ref().ok()? {
            Tree::Whole(value) => Some(Cow::Borrowed(value)),
            Tree::Json(_) => self.value("").map(Cow::Owned),
        }
    }

    /// Is there a value at a JSON Pointer?
    pub(super) fn has(&self, pointer: &str) -> bool {
        match self.tree() {
            Err(_) => false,
            Ok(Tree::Whole(value)) => value.pointer(pointer).is_some(),
            Ok(Tree::Json(root)) => self.part(root, pointer).is_some(),
        }
    }

    /// The names of the members of the object at a JSON Pointer, sorted; none if it is no object.
    pub(super) fn names(&self, pointer: &str) -> Vec<String> {
        match self.tree() {
            Err(_) => Vec::new(),
            Ok(Tree::Whole(value)) => {
                let members = value.pointer(pointer).and_then(Value::as_object);
                let mut names: Vec<_> =
                    members.into_iter().flatten().map(|it| it.0.clone()).collect();
                names.sort();
                names
            }
            Ok(Tree::Json(root)) => match self.part(root, pointer).map(|it| self.children(it)) {
                Some(Children::Members(members)) => members.keys().cloned().collect(),
                Some(Children::Items(_) | Children::None) | None => Vec::new(),
            },
        }
    }

    /// Does the text hold these letters anywhere? Tells cheaply what need not be looked for.
    pub(super) fn mentions(&self, needle: &str) -> bool {
        std::str::from_utf8(&self.text).is_ok_and(|it| it.contains(needle))
    }

    fn tree(&self) -> &Result<Tree, String> {
        self.tree.get_or_init(|| {
            let bom = self.text.starts_with(b"\xEF\xBB\xBF");
            let root = Part::new(if bom { 3 } else { 0 }, self.text.len());
            let text = self.bytes(&root);
            if serde_json::from_slice::<&RawValue>(text).is_ok() {
                return Ok(Tree::Json(root));
            }
            let text = std::str::from_utf8(text).map_err(|err| err.to_string())?;
            yaml::read(text).map(Tree::Whole)
        })
    }

    fn bytes(&self, part: &Part) -> &[u8] {
        self.text.get(part.start..part.end).unwrap_or_default()
    }

    fn part<'tree>(&self, root: &'tree Part, pointer: &str) -> Option<&'tree Part> {
        if pointer.is_empty() {
            return Some(root);
        }
        let mut names = pointer.strip_prefix('/')?.split('/').map(unescaped);
        names.try_fold(root, |part, name| match self.children(part) {
            Children::Members(members) => members.get(&*name),
            Children::Items(items) => items.get(name.parse::<usize>().ok()?),
            Children::None => None,
        })
    }

    fn children<'tree>(&self, part: &'tree Part) -> &'tree Children {
        part.children.get_or_init(|| cut::children(self.bytes(part), part.start))
    }
}

impl Part {
    fn new(start: usize, end: usize) -> Self {
        Self { start, end, children: OnceLock::new() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(text: &str) -> Document {
        Document::new(text.as_bytes().into())
    }

    #[test]
    fn json_and_yaml_are_read_alike_at_any_place() {
        let texts = [
            r#"{"a": {"b/c": [1, {"~x": "ä"}], "d": null}, "a2": 1e400}"#,
            "\u{feff}{\"a\":{\"b/c\":[1,{\"~x\":\"ä\"}],\"d\":null},\"a2\":1e400}",
            "a:\n  b/c: [1, {~x: ä}]\n  d:\na2: 1e400\n",
            "a: {b/c: [1, {~x: \"ä\"}], d: ~}\na2: 1e400",
        ];
        for text in texts {
            let document = document(text);
            assert_eq!(document.problem(), None, "{text}");
            for (pointer, expected) in [
                ("/a/b~1c/0", Some(json!(1))),
                ("/a/b~1c/1/~0x", Some(json!("ä"))),
                ("/a/b~1c", Some(json!([1, {"~x": "ä"}]))),
                ("/a/d", Some(Value::Null)),
                ("/a/e", None),
                ("/a/b~1c/2", None),
                ("/a/b~1c/1/~0x/y", None),
                ("a", None),
            ] {
                assert_eq!(document.value(pointer), expected, "{text} {pointer}");
            }
            assert_eq!(document.value("/a2").unwrap().to_string(), "1e+400");
            assert_eq!(document.names(""), ["a", "a2"]);
            assert_eq!(document.names("/a"), ["b/c", "d"]);
            assert_eq!(document.names("/a/b~1c"), [""; 0]);
        }
    }

    #[test]
    fn of_two_members_with_one_name_the_last_is_read() {
        assert_eq!(document(r#"{"a":{"b":1},"a":{"b":2}}"#).value("/a/b"), Some(json!(2)));
    }

    #[test]
    fn what_is_no_text_is_told() {
        for text in [&b"\xff\xfe{"[..], b"{\"a\":", b"a: b: c", b"a: 1\n---\nb: 2\n"] {
            let document = Document::new(text.into());
            assert!(document.problem().is_some(), "{text:?}");
            assert_eq!(document.value(""), None);
        }
    }
}
