use kernel::{Document, Entry, Kind, Node, Place, Step};

use crate::{level::key, problem::dotted};

/// The keys that decide where a Worker is reached, and by whom.
const ROUTING_KEYS: [&str; 5] = ["routes", "route", "workers_dev", "preview_urls", "services"];

/// Tables whose names are the user's own, all the way down.
const FREE_MAPS: [&str; 6] =
    ["define", "alias", "unsafe", "text_blobs", "data_blobs", "wasm_modules"];

/// Tables whose members are named by the user, so that a routing key needs its shape to be one.
const NAMED_MAPS: [&str; 2] = ["vars", "exports"];

/// The settings of `wrangler preview`, which have bindings, and so `services`, of their own.
const PREVIEWS: &str = "previews";

/// A routing key inside a table where wrangler does not look for it.
#[derive(Debug, Clone, PartialEq)]
pub struct MisplacedKey {
    /// The environment whose table swallows it; none at the top level.
    pub env: Option<Box<str>>,
    /// The routing key: `routes`.
    pub name: Box<str>,
    /// The way to its value.
    pub steps: Vec<Step>,
    /// Where the key stands.
    pub place: Place,
    /// The value as read.
    pub value: Node,
}

impl MisplacedKey {
    /// How wrangler reads it: `vars.routes`, `env.dev.kv_namespaces[0].routes`.
    #[must_use]
    pub fn key(&self) -> String {
        dotted(&self.steps)
    }
}

/// The routing keys that a table of this configuration swallows, in the order of the file.
///
/// In TOML everything below a table header belongs to it, so a key that is put at the end of the
/// file silently becomes a variable or part of the last binding.
#[must_use]
pub fn misplaced_keys(document: &Document) -> Vec<MisplacedKey> {
    let mut search = Search { document, env: None, found: Vec::new() };
    search.level(&document.root, &[]);
    search.found.sort_by(|left, right| left.place.cmp(&right.place));
    search.found
}

pub(crate) fn is_routing_key(name: &str) -> bool {
    ROUTING_KEYS.contains(&name)
}

struct Search<'a> {
    document: &'a Document,
    env: Option<&'a str>,
    found: Vec<MisplacedKey>,
}

impl<'a> Search<'a> {
    /// A table in which routing keys are at home.
    fn level(&mut self, table: &'a Node, steps: &[Step]) {
        for entry in table.as_table().unwrap_or_default() {
            let steps = with(steps, key(&entry.key));
            match &*entry.key {
                "env" if self.env.is_none() => self.environments(&entry.value, &steps),
                name if FREE_MAPS.contains(&name) || is_routing_key(name) => {}
                name if NAMED_MAPS.contains(&name) => self.named_map(&entry.value, &steps),
                PREVIEWS => self.previews(&entry.value, &steps),
                _ => self.inside(&entry.value, &steps),
            }
        }
    }

    /// A routing key beside the environments is no environment, unless it is a table.
    fn environments(&mut self, table: &'a Node, steps: &[Step]) {
        for entry in table.as_table().unwrap_or_default() {
            let steps = with(steps, key(&entry.key));
            if entry.value.as_table().is_some() {
                self.env = Some(&entry.key);
                self.level(&entry.value, &steps);
                self.env = None;
            } else if is_routing_key(&entry.key) {
                self.add(entry, steps);
            }
        }
    }

    /// Only direct members are looked at: deeper down everything is the user's own data.
    fn named_map(&mut self, table: &'a Node, steps: &[Step]) {
        for entry in table.as_table().unwrap_or_default() {
            if is_routing_key(&entry.key) && has_shape(&entry.key, &entry.value) {
                self.add(entry, with(steps, key(&entry.key)));
            }
        }
    }

    fn previews(&mut self, table: &'a Node, steps: &[Step]) {
        for entry in table.as_table().unwrap_or_default() {
            let steps = with(steps, key(&entry.key));
            match &*entry.key {
                "services" => {}
                name if FREE_MAPS.contains(&name) => {}
                name if NAMED_MAPS.contains(&name) => self.named_map(&entry.value, &steps),
                _ => self.member(entry, steps),
            }
        }
    }

    /// Any other value: every routing key in it is misplaced, whatever its shape.
    fn inside(&mut self, node: &'a Node, steps: &[Step]) {
        match &node.kind {
            Kind::Table(entries) => {
                for entry in entries {
                    self.member(entry, with(steps, key(&entry.key)));
                }
            }
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(item, &with(steps, Step::Index(index)));
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {}
        }
    }

    fn member(&mut self, entry: &'a Entry, steps: Vec<Step>) {
        if is_routing_key(&entry.key) {
            self.add(entry, steps);
        } else {
            self.inside(&entry.value, &steps);
        }
    }

    fn add(&mut self, entry: &Entry, steps: Vec<Step>) {
        self.found.push(MisplacedKey {
            env: self.env.map(Into::into),
            name: entry.key.clone(),
            steps,
            place: self.document.place(entry.key_span),
            value: entry.value.clone(),
        });
    }
}

fn with(steps: &[Step], step: Step) -> Vec<Step> {
    [steps, &[step]].concat()
}

/// Does the value look like what the routing key means, and not like a variable of that name?
fn has_shape(name: &str, value: &Node) -> bool {
    match name {
        "routes" => value.as_list().is_some(),
        "route" => value.as_str().is_some_and(is_host_and_path),
        "services" => value
            .as_list()
            .is_some_and(|it| !it.is_empty() && it.iter().all(|it| it.as_table().is_some())),
        _ => value.as_bool().is_some(),
    }
}

fn is_host_and_path(text: &str) -> bool {
    let text = text.split_once("://").map_or(text, |(_, it)| it);
    let is_dotted = |host: &str| host.contains('.') && !host.contains(char::is_whitespace);
    text.split_once('/').is_some_and(|(host, _)| is_dotted(host))
}
