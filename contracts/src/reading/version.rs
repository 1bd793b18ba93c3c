use crate::{Kind, NodeId, Pointer, Store, Version, reading::json::shortened};

/// What the version member says.
pub(crate) struct Declared {
    pub(crate) version: Version,
    /// As written.
    pub(crate) text: String,
    /// The member, and the version it is read as, if it is none that we know.
    pub(crate) unknown: Option<(Pointer, &'static str)>,
}

/// No version that is read: where, and what was found instead.
pub(crate) struct Undeclared {
    /// The version member, if there is one.
    pub(crate) at: Option<Pointer>,
    pub(crate) found: String,
}

/// Finds out which version a document is written in.
pub(crate) fn version(store: &Store, root: NodeId, is_empty: bool) -> Result<Declared, Undeclared> {
    let found = |it: &str| Undeclared { at: None, found: it.to_owned() };
    match store.kind(root) {
        Kind::Object => {}
        Kind::Null if is_empty => return Err(found("the file is empty")),
        Kind::Null => return Err(found("the file holds `null`")),
        Kind::Bool => return Err(found("the file holds a truth value")),
        Kind::Number => return Err(found("the file holds a number")),
        Kind::String => return Err(found("the file holds a text")),
        Kind::Array => return Err(found("the file holds a list")),
    }
    let words = ["openapi", "swagger"];
    let member = words.iter().find_map(|it| Some((*it, store.get(root, it)?)));
    let Some((word, value)) = member else {
        return Err(found("the file has neither `openapi` nor `swagger`"));
    };
    let at = Pointer::root().child(word);
    // YAML without quotes has a number here, which keeps its text.
    let text = store.as_str(value).or_else(|| store.as_number(value));
    let known = text.and_then(|text| {
        let mut parts = text.split('.');
        let major = parts.next()?;
        let minor = parts.next()?;
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let (version, name) = match (word, major, minor) {
            ("swagger", "2", "0") => (Version::V2_0, None),
            ("openapi", "3", "0") => (Version::V3_0, None),
            ("openapi", "3", "1") => (Version::V3_1, None),
            ("openapi", "3", "2") => (Version::V3_2, None),
            ("openapi", "3", minor) if is_number(minor) => (Version::V3_2, Some("3.2")),
            _ => return None,
        };
        let unknown = name.map(|it| (at.clone(), it));
        Some(Declared { version, text: text.to_owned(), unknown })
    });
    known.ok_or_else(|| {
        let value = text.map_or_else(|| shortened(store, value), str::to_owned);
        Undeclared { at: Some(at.clone()), found: format!("the file has `{word}: {value}`") }
    })
}

/// What is read, for those who wrote something else.
pub(crate) const READ: &str = "expected `swagger: \"2.0\"` or `openapi: 3.0`, `3.1` or `3.2`";
