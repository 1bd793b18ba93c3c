//! Which operations and events there are, before anything about them is worked out.

use crate::{
    Located, Version,
    operations::{Reading, Server, server},
};

const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Callbacks of callbacks are read to this depth: references may lead round.
const DEEPEST_CALLBACK: usize = 3;

/// What starts an exchange.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A consumer calls a path.
    Call,
    /// The provider calls a webhook.
    Webhook,
    /// The provider calls back; inside this operation, under this name.
    Callback {
        /// The operation that asked for it.
        within: String,
        /// The name of the callback.
        name: String,
    },
}

/// An operation and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What starts it.
    pub event: Event,
    /// The method in upper case; those of `additionalOperations` as written.
    pub method: String,
    /// The path template, the name of the webhook or the callback's expression.
    pub path: String,
    /// The operation object.
    pub at: Located,
    /// The path item object.
    pub item: Located,
}

impl Listed {
    /// The name in findings, such as `POST /orders` or `webhook order.paid POST`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.event {
            Event::Call => format!("{} {}", self.method, self.path),
            Event::Webhook => format!("webhook {} {}", self.path, self.method),
            Event::Callback { within, name } => {
                format!("callback {within}#{name} {} {}", self.path, self.method)
            }
        }
    }

    /// The base URLs that the operation is served at.
    #[must_use]
    pub fn servers(&self, reading: Reading) -> Vec<Server> {
        let owners = std::iter::once(self.at.clone()).chain(reading.chain(&self.item));
        server::servers(reading, &owners.collect::<Vec<_>>())
    }
}

/// The operations under `paths`.
#[must_use]
pub fn calls(reading: Reading) -> Vec<Listed> {
    let paths = reading.members_of(&reading.contract.root(), "paths");
    let paths = paths.into_iter().filter(|it| it.0.starts_with('/'));
    paths.flat_map(|(path, item)| of_item(reading, &Event::Call, &path, &item)).collect()
}

/// The webhooks, in `x-webhooks` too (a habit before 3.1).
#[must_use]
pub fn webhooks(reading: Reading) -> Vec<Listed> {
    let root = reading.contract.root();
    let items = reading.members_of(&root, "webhooks");
    let items = if items.is_empty() { reading.members_of(&root, "x-webhooks") } else { items };
    items
        .into_iter()
        .flat_map(|(name, item)| of_item(reading, &Event::Webhook, &name, &item))
        .collect()
}

/// The callbacks that an operation asks for.
#[must_use]
pub fn callbacks(reading: Reading, operation: &Listed, depth: usize) -> Vec<Listed> {
    if depth >= DEEPEST_CALLBACK || reading.is_swagger() {
        return Vec::new();
    }
    let within = operation.label();
    let mut found = Vec::new();
    for (name, callback) in reading.members_of(&operation.at, "callbacks") {
        let callback = reading.resolved(callback);
        let event = Event::Callback { within: within.clone(), name };
        let items = reading.members(&callback).into_iter().filter(|it| !it.0.starts_with("x-"));
        found.extend(items.flat_map(|(path, item)| of_item(reading, &event, &path, &item)));
    }
    found
}

/// The operations of one path item, whose own members go before those of its reference.
fn of_item(reading: Reading, event: &Event, path: &str, item: &Located) -> Vec<Listed> {
    let mut found: Vec<Listed> = Vec::new();
    for written in reading.chain(item) {
        for (method, at) in methods(reading, &written) {
            if !found.iter().any(|it| it.method == method) {
                let (event, path) = (event.clone(), path.to_owned());
                found.push(Listed { event, method, path, at, item: item.clone() });
            }
        }
    }
    found
}

fn methods(reading: Reading, item: &Located) -> Vec<(String, Located)> {
    let version = reading.contract.version;
    let is_known = |method: &&&str| match **method {
        "query" => version >= Version::V3_2,
        "trace" => version > Version::V2_0,
        _ => true,
    };
    let known = METHODS.iter().filter(is_known);
    let fixed = known.filter_map(|it| {
        let at = reading.member(item, it)?;
        Some((it.to_ascii_uppercase(), at))
    });
    let mut found: Vec<_> = fixed.collect();
    if version >= Version::V3_2 {
        found.extend(reading.members_of(item, "additionalOperations"));
    }
    found
}
