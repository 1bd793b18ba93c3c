//! Reads one level of a configuration a second time, to replay witnesses about it.
//!
//! It shares nothing with the reading that the rules search in: it goes from the parsed file by the
//! words of wrangler's documentation on inheritance.
//! <https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys>

use std::collections::BTreeSet;

use kernel::{Document, Kind, Node};

/// The keys that a Worker is reached by.
const ROUTING_KEYS: [&str; 5] = ["routes", "route", "workers_dev", "preview_urls", "services"];

/// One level of a configuration and the level it inherits from.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    top: &'a Node,
    own: &'a Node,
    env: Option<&'a str>,
}

impl<'a> Reading<'a> {
    /// The top level, or an environment that the file has.
    #[must_use]
    pub fn of(document: &'a Document, env: Option<&'a str>) -> Option<Self> {
        let top = &document.root;
        let own = match env {
            Some(env) => top.get("env")?.get(env)?,
            None => top,
        };
        own.as_table().is_some().then_some(Self { top, own, env })
    }

    /// All levels of the file.
    #[must_use]
    pub fn all(document: &'a Document) -> Vec<Self> {
        let environments = document.root.get("env").and_then(Node::as_table).unwrap_or_default();
        let names = environments.iter().map(|it| Some(&*it.key));
        std::iter::once(None).chain(names).filter_map(|it| Self::of(document, it)).collect()
    }

    /// The environment; none at the top level.
    #[must_use]
    pub fn env(&self) -> Option<&'a str> {
        self.env
    }

    /// The script name.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let own = self.own.get("name").and_then(Node::as_str);
        let name = match (own, self.env) {
            (Some(name), _) => name.to_owned(),
            (None, Some(env)) => {
                let top = self.top.get("name").and_then(Node::as_str)?;
                if top.is_empty() { String::new() } else { format!("{top}-{env}") }
            }
            (None, None) => String::new(),
        };
        (!name.is_empty()).then_some(name)
    }

    /// The account, if one is set.
    #[must_use]
    pub fn account(&self) -> Option<&'a str> {
        let text =
            |it: &'a Node| it.get("account_id").and_then(Node::as_str).filter(|it| !it.is_empty());
        text(self.own).or_else(|| text(self.top))
    }

    /// Is it a project of Pages?
    #[must_use]
    pub fn is_pages(&self) -> bool {
        present(self.top, "pages_build_output_dir").is_some()
    }

    /// Its routes, own or inherited, as written.
    #[must_use]
    pub fn routes(&self) -> Vec<&'a Node> {
        for level in [self.own, self.top] {
            if let Some(routes) = present(level, "routes") {
                return routes.as_list().unwrap_or_default().iter().collect();
            }
        }
        self.own_route().or_else(|| route(self.top)).into_iter().collect()
    }

    /// A `route` that the level writes itself and that is not blank.
    #[must_use]
    pub fn own_route(&self) -> Option<&'a Node> {
        route(self.own)
    }

    /// Does the level write `routes` itself?
    #[must_use]
    pub fn has_own_routes(&self) -> bool {
        present(self.own, "routes").is_some()
    }

    /// Does the top level write `routes`?
    #[must_use]
    pub fn has_top_routes(&self) -> bool {
        present(self.top, "routes").is_some()
    }

    /// A switch, own or inherited.
    #[must_use]
    pub fn switch(&self, key: &str) -> Option<bool> {
        let value = |it: &Node| it.get(key).and_then(Node::as_bool);
        value(self.own).or_else(|| value(self.top))
    }

    /// Is it public below `workers.dev`? Unset means: if it has no route of any kind.
    #[must_use]
    pub fn is_on_workers_dev(&self) -> bool {
        let has_refused_route = self.has_own_routes() && self.own_route().is_some();
        let is_default_on = self.routes().is_empty() && !has_refused_route;
        !self.is_pages() && self.switch("workers_dev").unwrap_or(is_default_on)
    }

    /// The names of its service bindings with all targets each may mean.
    pub fn services(&self) -> impl Iterator<Item = ServiceRead<'a>> {
        let items = self.own.get("services").and_then(Node::as_list).unwrap_or_default();
        items.iter().filter_map(|it| {
            let text = |key| it.get(key).and_then(Node::as_str);
            let service = text("service")?;
            let in_environment = text("environment").map(|env| format!("{service}-{env}"));
            let targets = in_environment.into_iter().chain([service.to_owned()]).collect();
            Some(ServiceRead { binding: text("binding"), service, targets })
        })
    }
}

/// A service binding as the judge reads it.
#[derive(Debug, Clone)]
pub struct ServiceRead<'a> {
    /// Its name in the code.
    pub binding: Option<&'a str>,
    /// Its target as written.
    pub service: &'a str,
    /// The names that the target may have.
    pub targets: BTreeSet<String>,
}

fn present<'a>(level: &'a Node, key: &str) -> Option<&'a Node> {
    level.get(key).filter(|it| !it.is_null())
}

fn route(level: &Node) -> Option<&Node> {
    present(level, "route").filter(|it| it.as_str() != Some(""))
}

/// The level whose table swallows a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SwallowingLevel<'a> {
    /// The environment; none at the top level.
    pub env: Option<&'a str>,
}

/// The levels of the places where this dotted key is written inside a table that swallows it.
#[must_use]
pub fn swallowing_levels<'a>(document: &'a Document, key: &str) -> Vec<SwallowingLevel<'a>> {
    let mut found = Vec::new();
    descend(&document.root, &mut Way { key, text: String::new(), keys: Vec::new() }, &mut found);
    found
}

/// The way from the root to a value, as text and as the keys of tables.
struct Way<'k, 'a> {
    key: &'k str,
    text: String,
    keys: Vec<&'a str>,
}

impl<'a> Way<'_, 'a> {
    /// The environment whose level this way ends in, if it ends in a table that is no level.
    fn level(&self) -> Option<SwallowingLevel<'a>> {
        let last = self.keys.last().filter(|_| self.text == self.key)?;
        let is_swallowed = ROUTING_KEYS.contains(last);
        let env = match self.keys.as_slice() {
            ["env", env, _, _, ..] => Some(*env),
            ["env", _, _] | [_] | [] => return None,
            _ => None,
        };
        is_swallowed.then_some(SwallowingLevel { env })
    }

    fn with(&mut self, part: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.text.len();
        self.text.push_str(part);
        if self.key.starts_with(&self.text) {
            visit(self);
        }
        self.text.truncate(length);
    }
}

fn descend<'a>(node: &'a Node, way: &mut Way<'_, 'a>, found: &mut Vec<SwallowingLevel<'a>>) {
    match &node.kind {
        Kind::Table(entries) => {
            for entry in entries {
                let dot = if way.text.is_empty() { "" } else { "." };
                way.keys.push(&entry.key);
                way.with(&format!("{dot}{}", entry.key), |way| {
                    found.extend(way.level());
                    descend(&entry.value, way, found);
                });
                way.keys.pop();
            }
        }
        Kind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                way.with(&format!("[{index}]"), |way| descend(item, way, found));
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Datetime(_) => {}
    }
}
