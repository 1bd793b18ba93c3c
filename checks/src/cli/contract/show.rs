//! `checks contract show`: what a contract says at one place, references resolved.

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use contracts::{Contract, Kind, Located, Outward, Pointer, Store};
use kernel::canonical_json;
use serde_json::{Map, Value, json};

use crate::{
    cli::{
        Shell,
        contract::{diff::policy, source::Source},
    },
    report::text::visible,
};

/// More values than this are not shown: a smaller place says more.
const MAX_VALUES: usize = 100_000;
/// The members of a path that are operations.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Show what a contract says at one place, references resolved.
///
/// Without a pointer, its operations and where each stands.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  checks contract show contracts/shop.openapi.json\n  checks contract show main:contracts/shop.openapi.json /components/schemas/Order --direction to-provider"
)]
pub(crate) struct Arguments {
    /// The contract: a file, `REV:path`, or `-` for stdin.
    file: String,
    /// JSON pointer to the place.
    pointer: Option<String>,
    /// Leave out what is not sent this way: `readOnly` or `writeOnly` members.
    #[arg(long, value_name = "DIRECTION")]
    direction: Option<Direction>,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Direction {
    /// The consumer sends: no `readOnly` members.
    ToProvider,
    /// The provider sends: no `writeOnly` members.
    FromProvider,
}

impl Direction {
    /// The keyword of members that are not sent this way.
    fn absent(self) -> &'static str {
        match self {
            Self::ToProvider => "readOnly",
            Self::FromProvider => "writeOnly",
        }
    }
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let source = Source::named(&arguments.file, shell)?;
    let policy = policy(shell)?;
    let mut store = Store::new();
    let read = source.read(&mut store, &policy.config.contract_gate, Outward::Refused)?;
    let contract = &read.contract;
    let Some(pointer) = &arguments.pointer else {
        return outline(&store, contract, shell);
    };
    let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
    let pointer = Pointer::parse(pointer)
        .with_context(|| format!("`{pointer}`: a JSON pointer starts with `/`"))?;
    let mut at = resolved(&store, contract, contract.root());
    for name in pointer.names() {
        let inside = contract.step(&store, &at, &name);
        let inside = inside.with_context(|| format!("`{pointer}`: there is no `{name}`"))?;
        at = resolved(&store, contract, inside);
    }
    let mut view = View { store: &store, contract, way: Vec::new(), n_left: MAX_VALUES };
    let mut value = view.value(&at);
    if view.n_left == 0 {
        bail!("`{pointer}` says more than {MAX_VALUES} values; name a smaller place");
    }
    if let Some(direction) = arguments.direction {
        leave_out(&mut value, direction.absent());
    }
    let text = if shell.is_json() { canonical_json(&value) } else { yaml_like(&value) };
    shell.print(&text)?;
    Ok(0)
}

/// Where references lead in the end.
fn resolved(store: &Store, contract: &Contract, at: Located) -> Located {
    let mut at = at;
    // Chains that are longer were refused while reading.
    for _ in 0..1_000 {
        let target = store.get(at.node, "$ref").and_then(|it| store.as_str(it));
        match target.and_then(|it| contract.follow(store, &at, it).ok()) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// Puts in what references lead to.
struct View<'a> {
    store: &'a Store,
    contract: &'a Contract,
    /// Where we are inside of: a reference back into it stays a reference.
    way: Vec<Located>,
    n_left: usize,
}

impl View<'_> {
    fn value(&mut self, at: &Located) -> Value {
        if self.n_left == 0 {
            return Value::Null;
        }
        self.n_left -= 1;
        let target = resolved(self.store, self.contract, at.clone());
        if target != *at {
            if self.way.contains(&target) {
                return self.store.value(at.node);
            }
            self.way.push(target.clone());
            let value = self.value(&target);
            self.way.pop();
            return value;
        }
        match self.store.kind(at.node) {
            Kind::Object => {
                let names: Vec<String> =
                    self.store.members(at.node).map(|it| it.0.to_owned()).collect();
                names.into_iter().filter_map(|it| self.member(at, it)).collect()
            }
            Kind::Array => {
                let n_items = self.store.items(at.node).len();
                (0..n_items)
                    .filter_map(|it| self.member(at, it.to_string()))
                    .map(|it| it.1)
                    .collect()
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => self.store.value(at.node),
        }
    }

    fn member(&mut self, at: &Located, name: String) -> Option<(String, Value)> {
        let inside = self.contract.step(self.store, at, &name)?;
        Some((name, self.value(&inside)))
    }
}

/// Takes members out that are not sent, from `properties` and `required`.
fn leave_out(value: &mut Value, keyword: &str) {
    if let Value::Array(items) = value {
        for it in items {
            leave_out(it, keyword);
        }
        return;
    }
    let Value::Object(members) = value else { return };
    let is_absent = |it: &Value| it.get(keyword) == Some(&Value::Bool(true));
    let mut gone = Vec::new();
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        gone = properties.iter().filter(|it| is_absent(it.1)).map(|it| it.0.clone()).collect();
        properties.retain(|_, it| !is_absent(it));
    }
    if let Some(Value::Array(required)) = members.get_mut("required") {
        required.retain(|it| it.as_str().is_none_or(|it| !gone.iter().any(|name| name == it)));
    }
    for it in members.values_mut() {
        leave_out(it, keyword);
    }
}

/// The operations of a contract, and where each stands.
fn operations(store: &Store, contract: &Contract) -> Vec<(String, Pointer)> {
    let root = contract.root();
    let mut operations = Vec::new();
    for (section, kind) in [("paths", ""), ("webhooks", "webhook ")] {
        let Some(paths) = contract.member(store, &root, section) else { continue };
        for (name, _) in store.members(paths.node) {
            let Some(path) = contract.member(store, &paths, name) else { continue };
            let path = resolved(store, contract, path);
            let here = Pointer::root().child(section).child(name);
            let methods = METHODS.iter().filter(|it| store.get(path.node, it).is_some());
            operations.extend(
                methods.map(|it| (format!("{kind}{} {name}", it.to_uppercase()), here.child(it))),
            );
        }
    }
    operations
}

/// What a contract is, and its operations.
fn outline(store: &Store, contract: &Contract, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let root = contract.root();
    let operations = operations(store, contract);
    let title = contract.member(store, &root, "info");
    let info = title.map_or(Value::Null, |it| store.value(it.node));
    let text = if shell.is_json() {
        let operations: Vec<Value> = operations
            .iter()
            .map(|(name, pointer)| json!({"operation": name, "pointer": pointer.as_str()}))
            .collect();
        canonical_json(
            &json!({"openapi": contract.openapi, "info": info, "operations": operations}),
        )
    } else {
        let word = |name: &str| info.get(name).and_then(Value::as_str).unwrap_or("?").to_owned();
        let width = operations.iter().map(|it| it.0.chars().count()).max().unwrap_or(0);
        let line = |(name, pointer): &(String, Pointer)| {
            format!("{:width$}  {}\n", visible(name), visible(pointer.as_str()))
        };
        let head =
            format!("{} {} (OpenAPI {})\n", word("title"), word("version"), contract.openapi);
        visible(head.trim_end()).into_owned()
            + "\n"
            + &operations.iter().map(line).collect::<String>()
    };
    shell.print(&text)?;
    Ok(0)
}

/// The value as YAML would have it, each scalar in JSON where it needs quotes.
fn yaml_like(value: &Value) -> String {
    let mut out = String::new();
    write_lines(value, 0, &mut out);
    out
}

fn write_lines(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => write_members(members, depth, out),
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let mut inside = String::new();
                write_lines(item, depth + 1, &mut inside);
                let indent = "  ".repeat(depth);
                out.push_str(&format!("{indent}- {}", inside.trim_start_matches(' ')));
            }
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => {
            out.push_str(&format!("{}{}\n", "  ".repeat(depth), scalar(value)));
        }
    }
}

fn write_members(members: &Map<String, Value>, depth: usize, out: &mut String) {
    for (name, value) in members {
        let name = scalar(&Value::from(name.as_str()));
        out.push_str(&format!("{}{name}:", "  ".repeat(depth)));
        let is_inside = match value {
            Value::Object(it) => !it.is_empty(),
            Value::Array(it) => !it.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        if is_inside {
            out.push('\n');
            write_lines(value, depth + 1, out);
        } else {
            out.push_str(&format!(" {}\n", scalar(value)));
        }
    }
}

fn scalar(value: &Value) -> String {
    let is_plain = |it: &str| {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
        let is_word = words.contains(&it.to_ascii_lowercase().as_str());
        it.starts_with(|it: char| it.is_ascii_alphabetic() || matches!(it, '/' | '_' | '$'))
            && it.chars().all(|it| it.is_ascii_alphanumeric() || "-_/{}.+$".contains(it))
            && !is_word
    };
    match value.as_str().filter(|it| is_plain(it)) {
        Some(text) => text.to_owned(),
        None => visible(&value.to_string()).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_for_reading() {
        let value = json!({"type": "object", "required": ["a b"], "properties":
            {"id": {"enum": ["no", 1.5, null]}, "none": {}, "list": [{"x": 1, "z": [2]}]}});
        let expected = [
            "properties:",
            "  id:",
            "    enum:",
            "      - \"no\"",
            "      - 1.5",
            "      - null",
            "  list:",
            "    - x: 1",
            "      z:",
            "        - 2",
            "  none: {}",
            "required:",
            "  - \"a b\"",
            "type: object\n",
        ]
        .join("\n");
        assert_eq!(yaml_like(&value), expected);
    }

    #[test]
    fn what_is_not_sent_is_left_out() {
        let mut value = json!({"required": ["id", "name"], "properties":
            {"id": {"readOnly": true}, "name": {"type": "string"}}});
        leave_out(&mut value, "readOnly");
        assert_eq!(
            value,
            json!({"required": ["name"], "properties": {"name": {"type": "string"}}})
        );
    }
}
