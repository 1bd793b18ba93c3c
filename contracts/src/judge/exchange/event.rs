//! Webhooks and callbacks: found by the name of the operation, since only the receiver knows
//! its address.

use std::collections::BTreeMap;

use super::{Call, Side, Taking, refused};
use crate::{Direction, HttpExchange, judge::texts::At};

/// Callbacks of callbacks are looked at to this depth; references may lead round.
const MAX_DEPTH: usize = 4;

impl Side<'_> {
    /// The webhook or callback of an exchange, such as `webhook order.paid POST` or
    /// `callback POST /subs#paid {$request.body#/url} POST`.
    pub(super) fn event(self, exchange: &HttpExchange) -> Taking<Call> {
        let name = exchange.operation.as_str();
        let found = self.named(name).filter(|it| it.method == exchange.request.method);
        found.map_or_else(|| refused(format!("there is no `{name}`")), Ok)
    }

    /// The operation that has a name.
    pub(super) fn named(self, name: &str) -> Option<Call> {
        let is_event = name.starts_with("webhook ") || name.starts_with("callback ");
        let direction = if is_event { Direction::FromProvider } else { Direction::ToProvider };
        let (items, method) = self.owner(name, MAX_DEPTH)?;
        let operation = self.operation(&items, &method)?;
        Some(Call { operation, items, method, path: BTreeMap::new(), direction })
    }

    /// The path item and the method that a name stands for.
    fn found(self, name: &str, depth: usize) -> Option<(Vec<At>, String)> {
        if depth == 0 {
            return None;
        }
        let (name, method) = name.rsplit_once(' ')?;
        let items = match name.strip_prefix("webhook ") {
            Some(webhook) => ["webhooks", "x-webhooks"]
                .iter()
                .map(|it| At::root(0).child(it).child(webhook))
                .find(|it| self.texts.has(it))
                .map(|it| self.chain(&it))?,
            None => self.callback(name.strip_prefix("callback ")?, depth)?,
        };
        Some((items, method.to_owned()))
    }

    /// `POST /subs#paid {$request.body#/url}`: each place that could divide it is tried.
    fn callback(self, name: &str, depth: usize) -> Option<Vec<At>> {
        let divides = name.match_indices('#').map(|it| it.0);
        divides.into_iter().find_map(|idx| {
            let (within, rest) = (name.get(..idx)?, name.get(idx + 1..)?);
            let (items, method) = self.owner(within, depth)?;
            let callbacks = self.operation(&items, &method)?.child("callbacks");
            let spaces = rest.match_indices(' ').map(|it| it.0);
            spaces.into_iter().find_map(|idx| {
                let callback = callbacks.child(rest.get(..idx)?);
                let item = self.texts.settle(&callback)?.child(rest.get(idx + 1..)?);
                self.texts.has(&item).then(|| self.chain(&item))
            })
        })
    }

    /// The operation that asks for a callback.
    fn owner(self, name: &str, depth: usize) -> Option<(Vec<At>, String)> {
        if name.starts_with("webhook ") || name.starts_with("callback ") {
            return self.found(name, depth.checked_sub(1)?);
        }
        let (method, path) = name.split_once(' ')?;
        let paths = At::root(0).child("paths");
        let same = |it: &String| nameless(it) == nameless(path);
        let path = self.texts.names(&paths).into_iter().find(same)?;
        Some((self.chain(&paths.child(&path)), method.to_owned()))
    }
}

/// A template without the names of its parameters.
fn nameless(template: &str) -> String {
    let parts = template.split('{').map(|it| it.split_once('}').map_or(it, |it| it.1));
    parts.collect::<Vec<_>>().join("{}")
}
