//! Who sends what a schema describes: found out by walking over the document, not by the engine.
//!
//! Places are JSON pointers. A way to a place is *certain* if a value at the place can be chosen
//! freely: only members and items are passed on it, and nothing beside them says more.

use std::collections::{BTreeMap, BTreeSet};

use contracts::Direction;
use serde_json::{Map, Value};

/// Keywords beside `properties` or `items` that say more of the members or items than those do.
const MORE: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "enum",
    "const",
    "discriminator",
    "patternProperties",
    "propertyNames",
    "maxProperties",
    "minProperties",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "prefixItems",
    "uniqueItems",
    "maxItems",
];
const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// One step towards a value that holds the other.
struct Edge {
    parent: usize,
    way: Way,
    /// What this direction does not carry.
    blocked: Option<Direction>,
}

/// What less at a place means for the value that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Less.
    Certain,
    /// Less, or the same: something else beside it may say as much.
    Masked,
    /// Less or more or the same.
    Any,
}

/// The schema of a whole body, parameter or header.
struct Root {
    direction: Direction,
    operation: String,
    is_certain: bool,
}

/// All schemas that some operation reaches.
pub(crate) struct Reach<'v> {
    document: &'v Value,
    is_modern: bool,
    known: BTreeMap<String, usize>,
    places: Vec<String>,
    edges: Vec<Vec<Edge>>,
    roots: BTreeMap<usize, Vec<Root>>,
    /// The schemas whose `allOf` names this one.
    heirs: BTreeMap<String, Vec<String>>,
}

/// The operations that reach a place in one direction.
#[derive(Default)]
pub(crate) struct Reached {
    pub(crate) certainly: BTreeSet<String>,
    pub(crate) possibly: BTreeSet<String>,
    /// Whether less at the place may mean more for one of them.
    pub(crate) is_tangled: bool,
}

impl Reached {
    fn add(&mut self, root: &Root, way: Way) {
        self.possibly.insert(root.operation.clone());
        self.is_tangled |= way == Way::Any || !root.is_certain;
        if root.is_certain && way == Way::Certain {
            self.certainly.insert(root.operation.clone());
        }
    }
}

fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The places of all members or items.
fn inner(at: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members.keys().map(|it| child(at, it)).collect(),
        Value::Array(items) => (0..items.len()).map(|it| format!("{at}/{it}")).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn way(is_certain: bool) -> Way {
    if is_certain { Way::Certain } else { Way::Masked }
}

fn members<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.get(name).and_then(Value::as_object).into_iter().flatten()
}

fn flipped(direction: Direction) -> Direction {
    match direction {
        Direction::ToProvider => Direction::FromProvider,
        Direction::FromProvider => Direction::ToProvider,
    }
}

impl<'v> Reach<'v> {
    pub(crate) fn of(document: &'v Value) -> Self {
        let is_modern = document["openapi"].as_str().is_some_and(|it| !it.starts_with("3.0"));
        let mut reach = Self {
            document,
            is_modern,
            known: BTreeMap::new(),
            places: Vec::new(),
            edges: Vec::new(),
            roots: BTreeMap::new(),
            heirs: heirs(document),
        };
        for (address, _) in members(document, "paths") {
            reach.item(&child("/paths", address), address, Direction::ToProvider);
        }
        // Before 3.1 the habit is `x-webhooks`.
        let called = ["webhooks", "x-webhooks"].into_iter().find(|it| document[it].is_object());
        let called = called.unwrap_or("webhooks");
        for (name, _) in members(document, called) {
            let label = format!("webhook {name}");
            let at = child(&child("", called), name);
            reach.item(&at, &label, Direction::FromProvider);
        }
        reach
    }

    /// All places of schemas, as pointers.
    pub(crate) fn places(&self) -> &[String] {
        &self.places
    }

    fn at(&self, pointer: &str) -> &'v Value {
        self.document.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Where a pointer leads if references are followed.
    fn followed(&self, pointer: String) -> String {
        let mut at = pointer;
        for _ in 0..20 {
            let Some(target) = self.at(&at)["$ref"].as_str() else { break };
            at = target.trim_start_matches('#').to_owned();
        }
        at
    }

    fn item(&mut self, pointer: &str, address: &str, direction: Direction) {
        let pointer = self.followed(pointer.to_owned());
        for method in METHODS {
            let at = child(&pointer, method);
            if self.at(&at).is_object() {
                let upper = method.to_uppercase();
                let label = match address.split_once(' ') {
                    Some(_) => format!("{address} {upper}"),
                    None => format!("{upper} {address}"),
                };
                self.parameters(&child(&pointer, "parameters"), &label, direction);
                self.operation(&at, &label, direction);
            }
        }
    }

    fn operation(&mut self, at: &str, label: &str, direction: Direction) {
        self.parameters(&child(at, "parameters"), label, direction);
        let body = self.followed(child(at, "requestBody"));
        self.content(&body, label, direction, true);
        let responses = child(at, "responses");
        // HTTP gives these no content, whatever is written.
        let is_bare = |it: &str| it.starts_with('1') || matches!(it, "204" | "205" | "304");
        for (status, _) in members(self.at(at), "responses") {
            if is_bare(status) {
                continue;
            }
            let response = self.followed(child(&responses, status));
            if label.starts_with("HEAD ") {
                // Its answers have no body.
                continue;
            }
            self.content(&response, label, flipped(direction), true);
            if self.document.get("swagger").is_some() {
                let is_json = self.speaks_json(at, "produces");
                self.root(&child(&response, "schema"), label, flipped(direction), is_json);
            }
            for (name, _) in members(self.at(&response), "headers") {
                let header = self.followed(child(&child(&response, "headers"), name));
                self.root(&child(&header, "schema"), label, flipped(direction), false);
            }
        }
        for (name, _) in members(self.at(at), "callbacks") {
            let callback = self.followed(child(&child(at, "callbacks"), name));
            let expressions = self.at(&callback).as_object().into_iter().flatten();
            for (expression, _) in expressions {
                let label = format!("callback {label}#{name} {expression}");
                self.item(&child(&callback, expression), &label, flipped(direction));
            }
        }
    }

    fn parameters(&mut self, at: &str, label: &str, direction: Direction) {
        for idx in 0..self.at(at).as_array().map_or(0, Vec::len) {
            let parameter = self.followed(format!("{at}/{idx}"));
            let is_body = self.at(&parameter)["in"] == "body";
            self.root(&child(&parameter, "schema"), label, direction, is_body);
            self.content(&parameter, label, direction, false);
        }
    }

    fn content(&mut self, at: &str, label: &str, direction: Direction, is_body: bool) {
        let is_usual =
            !["GET ", "HEAD ", "DELETE ", "OPTIONS "].iter().any(|it| label.starts_with(it));
        for (media, _) in members(self.at(at), "content") {
            let is_json = media.split(';').next() == Some("application/json");
            let goes = is_usual || direction == Direction::FromProvider;
            let schema = child(&child(&child(at, "content"), media), "schema");
            self.root(&schema, label, direction, is_body && is_json && goes);
        }
    }

    /// Does Swagger list nothing but JSON?
    fn speaks_json(&self, at: &str, list: &str) -> bool {
        let listed = [at, ""].into_iter().find_map(|it| self.at(it).get(list)?.as_array());
        let is_json = |it: &Value| it.as_str().is_some_and(|it| it.starts_with("application/json"));
        listed.is_none_or(|all| all.iter().all(is_json))
    }

    fn root(&mut self, at: &str, label: &str, direction: Direction, is_certain: bool) {
        if !self.at(at).is_object() {
            return;
        }
        let node = self.node(at);
        let root = Root { direction, operation: label.to_owned(), is_certain };
        self.roots.entry(node).or_default().push(root);
    }

    /// The node of a schema, with all that it holds.
    fn node(&mut self, pointer: &str) -> usize {
        if let Some(node) = self.known.get(pointer) {
            return *node;
        }
        let node = self.places.len();
        self.known.insert(pointer.to_owned(), node);
        self.places.push(pointer.to_owned());
        self.edges.push(Vec::new());
        if let Some(schema) = self.at(pointer).as_object() {
            self.parts(node, pointer, schema);
        }
        node
    }

    fn parts(&mut self, node: usize, at: &str, schema: &Map<String, Value>) {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let words = ["$ref", "description", "summary", "title", "deprecated"];
            let is_alone = schema.keys().all(|it| words.contains(&it.as_str()));
            let target = target.trim_start_matches('#');
            self.link(node, target, way(is_alone || !self.is_modern));
            if !self.is_modern {
                return;
            }
        }
        let is_free =
            way(!MORE.iter().any(|it| schema.contains_key(*it)) && !schema.contains_key("$ref"));
        for keyword in schema.keys() {
            self.part(node, at, keyword, is_free);
        }
    }

    /// What one keyword holds.
    fn part(&mut self, node: usize, at: &str, keyword: &str, free: Way) {
        let pointer = child(at, keyword);
        let value = self.at(&pointer);
        let way = match (keyword, value) {
            ("properties", Value::Object(members)) => {
                for name in members.keys() {
                    self.member(node, &child(&pointer, name), free);
                }
                return;
            }
            ("discriminator", _) => return self.tagged(node, at, value),
            ("items" | "additionalProperties", Value::Object(_)) => {
                return self.link(node, &pointer, free);
            }
            ("items" | "allOf" | "anyOf" | "prefixItems", Value::Array(_)) => Way::Masked,
            ("oneOf", Value::Array(_))
            | ("patternProperties" | "dependentSchemas" | "dependencies", Value::Object(_)) => {
                Way::Any
            }
            (
                "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "propertyNames"
                | "unevaluatedProperties"
                | "unevaluatedItems"
                | "additionalItems",
                _,
            ) => return self.link(node, &pointer, Way::Any),
            _ => return,
        };
        for inner in inner(&pointer, value) {
            self.link(node, &inner, way);
        }
    }

    /// A tag selects what `mapping` names, or an heir.
    fn tagged(&mut self, node: usize, at: &str, discriminator: &Value) {
        for (_, target) in members(discriminator, "mapping") {
            let target = target.as_str().unwrap_or_default();
            let pointer = match target.strip_prefix('#') {
                Some(pointer) => pointer.to_owned(),
                None => child("/components/schemas", target),
            };
            self.link(node, &pointer, Way::Any);
        }
        for heir in self.heirs.get(at).cloned().unwrap_or_default() {
            self.link(node, &heir, Way::Any);
        }
    }

    fn link(&mut self, parent: usize, pointer: &str, way: Way) {
        if self.at(pointer).is_object() {
            let node = self.node(pointer);
            self.edges[node].push(Edge { parent, way, blocked: None });
        }
    }

    /// A member; some travel in one direction only.
    fn member(&mut self, parent: usize, pointer: &str, way: Way) {
        if !self.at(pointer).is_object() {
            return;
        }
        let marks = ["readOnly", "writeOnly"].map(|it| self.is_marked(pointer, it, 4));
        // Whoever is marked both ways is left to the engine.
        let (way, blocked) = match marks {
            [true, true] => (Way::Any, None),
            [true, false] => (way, Some(Direction::ToProvider)),
            [false, true] => (way, Some(Direction::FromProvider)),
            [false, false] => (way, None),
        };
        let node = self.node(pointer);
        self.edges[node].push(Edge { parent, way, blocked });
    }

    /// Whether a schema, or one that it is made of, has a mark.
    pub(crate) fn is_marked(&self, pointer: &str, word: &str, depth: usize) -> bool {
        let schema = self.at(pointer);
        if schema[word] == true || depth == 0 {
            return schema[word] == true;
        }
        let target = schema["$ref"].as_str().map(|it| it.trim_start_matches('#').to_owned());
        let n_branches = schema["allOf"].as_array().map_or(0, Vec::len);
        let branches = (0..n_branches).map(|it| format!("{pointer}/allOf/{it}"));
        target.into_iter().chain(branches).any(|it| self.is_marked(&it, word, depth - 1))
    }

    /// The operations that carry a value of this place in one direction.
    pub(crate) fn reached(&self, place: &str, direction: Direction) -> Reached {
        let mut reached = Reached::default();
        let Some(start) = self.known.get(place) else { return reached };
        let mut seen = BTreeSet::new();
        let mut open = vec![(*start, Way::Certain)];
        while let Some((node, way)) = open.pop() {
            if !seen.insert((node, way)) {
                continue;
            }
            let roots = self.roots.get(&node).into_iter().flatten();
            for root in roots.filter(|it| it.direction == direction) {
                reached.add(root, way);
            }
            let edges = self.edges[node].iter().filter(|it| it.blocked != Some(direction));
            open.extend(edges.map(|it| (it.parent, way.max(it.way))));
        }
        reached
    }
}

/// Which schemas are heirs of which: they name it in `allOf`.
fn heirs(document: &Value) -> BTreeMap<String, Vec<String>> {
    let mut heirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for base in ["/components/schemas", "/definitions"] {
        let all = document.pointer(base).and_then(Value::as_object);
        for (name, schema) in all.into_iter().flatten() {
            let branches = schema["allOf"].as_array().into_iter().flatten();
            for target in branches.filter_map(|it| it["$ref"].as_str()) {
                let target = target.trim_start_matches('#').to_owned();
                heirs.entry(target).or_default().push(child(base, name));
            }
        }
    }
    heirs
}
