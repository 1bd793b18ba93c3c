//! The texts of one revision, and where references between them lead.

mod named;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use kernel::RepoPath;
use serde_json::Value;

use super::{document::Document, pointer, uri};
use named::Named;
pub(super) use named::RECURSIVE;

/// References that lead to references, before they are taken for a circle.
const MAX_CHAIN: usize = 100;

/// The texts of one revision: the contract first, then the files it refers to.
/// No texts at all stand for a contract that is gone: it takes nothing.
#[derive(Debug, Default)]
pub struct Texts {
    files: Vec<(RepoPath, Document)>,
    named: OnceLock<Named>,
    marks: OnceLock<Marks>,
    roots: OnceLock<Roots>,
    schemas: Mutex<Schemas>,
    /// What was located last: one witness is asked for again and again.
    located: Mutex<Option<(String, Option<At>)>>,
}

/// The text members of the contract's root that say how it is written: asked at every schema.
#[derive(Debug, Default)]
struct Roots {
    swagger: Option<String>,
    openapi: Option<String>,
    dialect: Option<String>,
}

/// Schemas that were read last: a witness asks for the same few again and again.
#[derive(Debug, Default)]
struct Schemas {
    read: BTreeMap<At, Option<Arc<Value>>>,
    n_values: usize,
}

/// Values of schemas that are kept; then they are all forgotten.
const MAX_KEPT: usize = 60_000;

/// A place in one of the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) file: usize,
    pub(super) pointer: String,
}

/// What the texts mention at all; spares most contracts a search.
#[derive(Debug, Clone, Copy)]
struct Marks {
    read_only: bool,
    write_only: bool,
    schema: bool,
}

impl At {
    pub(super) fn child(&self, name: &str) -> Self {
        let mut pointer = String::with_capacity(self.pointer.len() + 1 + name.len());
        pointer.push_str(&self.pointer);
        let mut child = Self { file: self.file, pointer };
        child.enter(name);
        child
    }

    pub(super) fn root(file: usize) -> Self {
        Self { file, pointer: String::new() }
    }

    /// Goes one step down. Hands back how long the pointer was.
    fn enter(&mut self, name: &str) -> usize {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&pointer::escaped(name));
        length
    }
}

impl Texts {
    /// The texts of one revision, the contract itself first.
    #[must_use]
    pub fn new(files: Vec<(RepoPath, Arc<[u8]>)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path, Document::new(text)));
        Self { files: files.collect(), ..Self::default() }
    }

    pub(super) fn is_gone(&self) -> bool {
        self.files.is_empty()
    }

    /// Why the texts cannot be read, if so.
    pub(super) fn problem(&self) -> Option<String> {
        self.files.iter().find_map(|(path, document)| {
            document.problem().map(|problem| format!("the judge cannot read `{path}`: {problem}"))
        })
    }

    /// What the contract itself says, as the judge reads it.
    pub(crate) fn whole(&self) -> Result<Value, String> {
        let (_, document) = self.files.first().ok_or("there is no file")?;
        let problem = || document.problem().unwrap_or("it has no value").to_owned();
        document.whole().map(Cow::into_owned).ok_or_else(problem)
    }

    pub(super) fn value(&self, at: &At) -> Option<Value> {
        self.files.get(at.file)?.1.value(&at.pointer)
    }

    /// The schema at a place. It is kept for a while.
    pub(super) fn schema(&self, at: &At) -> Option<Arc<Value>> {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = schemas.read.get(at) {
            return known.clone();
        }
        let read = self.value(at).map(Arc::new);
        schemas.n_values += read.as_ref().map_or(1, |it| n_values(it));
        if schemas.n_values > MAX_KEPT {
            *schemas = Schemas::default();
        }
        schemas.read.insert(at.clone(), read.clone());
        read
    }

    pub(super) fn path(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |it| it.0.as_str())
    }

    pub(super) fn has(&self, at: &At) -> bool {
        self.files.get(at.file).is_some_and(|it| it.1.has(&at.pointer))
    }

    pub(super) fn names(&self, at: &At) -> Vec<String> {
        self.files.get(at.file).map(|it| it.1.names(&at.pointer)).unwrap_or_default()
    }

    /// The places of the items of the list at a place.
    pub(super) fn items(&self, at: &At) -> Vec<At> {
        let n_items = self.value(at).and_then(|it| Some(it.as_array()?.len()));
        (0..n_items.unwrap_or(0)).map(|idx| at.child(&idx.to_string())).collect()
    }

    /// The version of Swagger, if it is such a contract.
    pub(super) fn swagger(&self) -> Option<&str> {
        self.roots().swagger.as_deref()
    }

    /// The version of OpenAPI, if it is such a contract.
    pub(super) fn openapi(&self) -> Option<&str> {
        self.roots().openapi.as_deref()
    }

    /// What schemas are written in, if the contract says so.
    pub(super) fn json_schema_dialect(&self) -> Option<&str> {
        self.roots().dialect.as_deref()
    }

    fn roots(&self) -> &Roots {
        self.roots.get_or_init(|| Roots {
            swagger: self.root_text("swagger"),
            openapi: self.root_text("openapi"),
            dialect: self.root_text("jsonSchemaDialect"),
        })
    }

    /// A text member of the contract's root.
    pub(super) fn root_text(&self, name: &str) -> Option<String> {
        let value = self.value(&At::root(0).child(name))?;
        value.as_str().map(str::to_owned)
    }

    /// The place that a witness names as `path#/pointer`.
    pub(super) fn locate(&self, locator: &str) -> Option<At> {
        let mut last = self.located.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, at)) = &*last
            && known == locator
        {
            return at.clone();
        }
        let found = self.look_for(locator);
        *last = Some((locator.to_owned(), found.clone()));
        found
    }

    fn look_for(&self, locator: &str) -> Option<At> {
        self.files.iter().enumerate().find_map(|(file, (path, _))| {
            let pointer = locator.strip_prefix(path.as_str())?.strip_prefix('#')?;
            let at = |pointer: &str| self.walk(&At { file, pointer: pointer.to_owned() });
            at(pointer).or_else(|| at(&uri::decode(pointer)))
        })
    }

    /// A place, also where the way to it leads through references.
    pub(super) fn walk(&self, wanted: &At) -> Option<At> {
        if self.has(wanted) {
            return Some(wanted.clone());
        }
        let mut at = At::root(wanted.file);
        for name in wanted.pointer.split('/').skip(1) {
            at = self.settle(&at)?;
            at.pointer = format!("{}/{name}", at.pointer);
        }
        self.has(&at).then_some(at)
    }

    /// Follows references until there is something else.
    pub(super) fn settle(&self, at: &At) -> Option<At> {
        let mut at = at.clone();
        for _ in 0..MAX_CHAIN {
            let reference = self.value(&at.child("$ref"));
            let Some(reference) = reference.as_ref().and_then(Value::as_str) else {
                return Some(at);
            };
            at = self.follow(&at, reference)?;
        }
        None
    }

    /// Where one reference leads.
    pub(super) fn follow(&self, from: &At, reference: &str) -> Option<At> {
        let (address, fragment) = uri::join(&self.address(from), reference);
        let target = if fragment.is_empty() || fragment.starts_with('/') {
            let start = self.resource(&address)?;
            At { file: start.file, pointer: format!("{}{fragment}", start.pointer) }
        } else {
            self.named().anchors.get(&(address, fragment))?.clone()
        };
        self.walk(&target)
    }

    /// Where a dynamic reference leads, in a scope of resources, the outermost first.
    pub(super) fn follow_dynamic(&self, from: &At, name: &str, scope: &[String]) -> Option<At> {
        let named = self.named();
        let here = self.address(from);
        let key = |address: &String| (address.clone(), name.to_owned());
        let is_dynamic = named.dynamic.contains(&key(&here));
        let outer = scope.iter().map(key).find(|it| named.dynamic.contains(it));
        let key = outer.filter(|_| is_dynamic).unwrap_or_else(|| key(&here));
        named.anchors.get(&key).cloned()
    }

    /// The resource of a place, if it has names that a dynamic reference could find.
    pub(super) fn dynamic_resource(&self, at: &At) -> Option<String> {
        let address = self.address(at);
        let named = &self.named().dynamic;
        let first = named.range((address.clone(), String::new())..).next();
        first.is_some_and(|it| it.0 == address).then_some(address)
    }

    pub(super) fn has_read_only(&self) -> bool {
        self.marks().read_only
    }

    pub(super) fn has_write_only(&self) -> bool {
        self.marks().write_only
    }

    /// The `$schema` that holds at a place: the nearest one on the way to it.
    pub(super) fn schema_dialect(&self, at: &At) -> Option<String> {
        if !self.marks().schema {
            return None;
        }
        let mut pointer = at.pointer.as_str();
        loop {
            let here = At { file: at.file, pointer: pointer.to_owned() };
            if let Some(Value::String(dialect)) = self.value(&here.child("$schema")) {
                return Some(dialect);
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
    }

    fn marks(&self) -> Marks {
        *self.marks.get_or_init(|| {
            let mentions = |it: &str| self.files.iter().any(|file| file.1.mentions(it));
            Marks {
                read_only: mentions("readOnly"),
                write_only: mentions("writeOnly"),
                schema: mentions("$schema"),
            }
        })
    }

    fn resource(&self, address: &str) -> Option<At> {
        let by_path = |path: &str| self.files.iter().position(|it| it.0.as_str() == path);
        let file = address.strip_prefix("file:///").and_then(by_path);
        file.map(At::root).or_else(|| self.named().resources.get(address).cloned())
    }

    /// The address of the resource that a place belongs to.
    fn address(&self, at: &At) -> String {
        let named = &self.named().addresses;
        let inner = named.iter().rev().find(|(start, _)| {
            let rest = at.pointer.strip_prefix(start.pointer.as_str());
            start.file == at.file && rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
        });
        inner.map_or_else(|| self.file_address(at.file), |it| it.1.clone())
    }

    fn file_address(&self, file: usize) -> String {
        self.files.get(file).map_or(String::new(), |it| format!("file:///{}", it.0))
    }

    fn named(&self) -> &Named {
        self.named.get_or_init(|| {
            // Older versions know addresses by place only.
            let is_old = self.openapi().is_some_and(|it| it.starts_with("3.0"));
            if is_old || self.swagger().is_some() {
                return Named::default();
            }
            let mut named = Named::default();
            for (file, (_, document)) in self.files.iter().enumerate() {
                named.read(file, document, &self.file_address(file));
            }
            named
        })
    }
}

/// How many values there are in a value.
fn n_values(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(n_values).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(n_values).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(files: &[(&str, &str)]) -> Texts {
        let file = |it: &(&str, &str)| (RepoPath::new(it.0).unwrap(), it.1.as_bytes().into());
        Texts::new(files.iter().map(file).collect())
    }

    #[test]
    fn references_lead_over_files_ids_and_anchors() {
        let root = r##"{"openapi":"3.1.0","a":{"$ref":"./s/b.yaml#/X"},"p/{q}":1,
            "n":{"$id":"https://x.example/n","in":{"$anchor":"deep","$id":"m","z":5},"w":6},
            "loop":{"$ref":"#/loop"},"anchored":{"$anchor":"top","v":7}}"##;
        let other = "X: {k: {$ref: '../r.json#/p~1%7Bq%7D'}}\n";
        let texts = texts(&[("r.json", root), ("s/b.yaml", other)]);
        let from = |file: usize, pointer: &str| At { file, pointer: pointer.to_owned() };
        for (at, reference, expected) in [
            (from(0, ""), "#/a/k", Some((0, "/p~1{q}"))),
            (from(0, "/a"), "s/b.yaml#/X/k", Some((1, "/X/k"))),
            (from(1, "/X/k"), "#/X", Some((1, "/X"))),
            (from(0, ""), "#top", Some((0, "/anchored"))),
            (from(0, "/n/w"), "m#deep", Some((0, "/n/in"))),
            (from(0, "/n/w"), "#/w", Some((0, "/n/w"))),
            (from(0, "/n/in"), "#/z", Some((0, "/n/in/z"))),
            (from(0, "/n/in"), "n", Some((0, "/n"))),
            (from(0, ""), "#/w", None),
            (from(0, ""), "#/loop/x", None),
            (from(0, ""), "https://elsewhere.example/x", None),
        ] {
            let found = texts.follow(&at, reference);
            let found = found.map(|it| texts.settle(&it).unwrap_or(it));
            let seen = found.as_ref().map(|it| (it.file, it.pointer.as_str()));
            let direct = expected.map(|it| texts.settle(&from(it.0, it.1)).unwrap());
            let direct = direct.as_ref().map(|it| (it.file, it.pointer.as_str()));
            assert_eq!(seen, direct, "{at:?} {reference}");
        }
        assert_eq!(texts.locate("r.json#/p~1{q}"), Some(from(0, "/p~1{q}")));
        assert_eq!(texts.locate("r.json#/p~1%7Bq%7D"), Some(from(0, "/p~1{q}")));
        assert_eq!(texts.locate("s/b.yaml#/X/k"), Some(from(1, "/X/k")));
        assert_eq!(texts.locate("t.json#/p"), None);
    }
}
