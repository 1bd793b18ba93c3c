//! The schemas of schemas, which a bare schema may refer to though nobody has them as a file.

use jsonschema::{Draft, Registry, uri};
use kernel::RepoPath;
use serde_json::{Value, json};

/// A schema that JSON Schema itself publishes, and a path to know it by.
pub(crate) fn find(address: &str) -> Option<(RepoPath, Value)> {
    let (_, path) =
        address.split_once("://").filter(|it| it.1.starts_with("json-schema.org/draft"))?;
    let path = RepoPath::new(path).ok()?;
    let draft = match path.as_str() {
        it if it.contains("/draft-04/") => Draft::Draft4,
        it if it.contains("/draft-06/") => Draft::Draft6,
        it if it.contains("/draft-07/") => Draft::Draft7,
        it if it.contains("/2019-09/") => Draft::Draft201909,
        _ => Draft::Draft202012,
    };
    // The registry has the schemas of its draft once something in it refers to one of them.
    let asking = json!({"$ref": address});
    let registry = Registry::new().draft(draft).add("urn:asking", &asking).ok()?.prepare().ok()?;
    let resolver = registry.resolver(uri::from_str("urn:asking").ok()?);
    let found = resolver.lookup(address).ok()?;
    Some((path, found.contents().clone()))
}
