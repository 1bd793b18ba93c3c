//! The address of an operation as a route matches it, and as a request is sent to it.

use std::{collections::BTreeSet, fmt::Write as _};

use super::typescript;
use crate::Tree;

/// A path template in parts.
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Hole(String),
}

impl Template {
    /// Reads a path, behind the prefix of the servers.
    pub(super) fn of(prefix: &str, path: &str) -> Self {
        let mut parts = Vec::new();
        let whole = format!("{prefix}{path}");
        let mut rest = whole.as_str();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            parts.push(Part::Text(before.to_owned()));
            parts.push(Part::Hole(name.to_owned()));
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        parts.retain(|it| *it != Part::Text(String::new()));
        Self { parts }
    }

    /// As Hono writes a route; `None` where its syntax cannot say it.
    pub(super) fn hono(&self) -> Option<String> {
        let mut written = String::new();
        let mut names = BTreeSet::new();
        let mut parts = self.parts.iter().peekable();
        while let Some(part) = parts.next() {
            let ends =
                parts.peek().is_none_or(|it| matches!(it, Part::Text(it) if it.starts_with('/')));
            match part {
                Part::Text(text) if text.chars().all(is_plain) => written.push_str(text),
                Part::Hole(name)
                    if ends && written.ends_with('/') && is_word(name) && names.insert(name) =>
                {
                    let _ = write!(written, ":{name}");
                }
                Part::Text(_) | Part::Hole(_) => return None,
            }
        }
        Some(written)
    }

    /// As a regular expression on the path of a request.
    pub(super) fn expression(&self) -> String {
        let parts = self.parts.iter().map(|it| match it {
            Part::Text(text) => escaped(&encoded(text)),
            Part::Hole(_) => "([^/]+)".to_owned(),
        });
        format!("^{}$", parts.collect::<String>())
    }

    /// An expression for the path of a request, each value taken from the route `of` by its place.
    pub(super) fn target(&self, of: &Self) -> String {
        let is_plain = of.hono().is_some();
        let mut names = of.parts.iter().filter_map(|it| match it {
            Part::Hole(name) => Some(name),
            Part::Text(_) => None,
        });
        let mut n_holes = 0_usize;
        let parts = self.parts.iter().map(|it| match it {
            Part::Text(text) => typescript::text(&encoded(text)),
            Part::Hole(_) => {
                n_holes += 1;
                match names.next() {
                    Some(name) if is_plain => {
                        let name = typescript::text(name);
                        format!("encodeURIComponent(context.req.param({name}) ?? \"\")")
                    }
                    _ => format!("(parts[{n_holes}] ?? \"\")"),
                }
            }
        });
        parts.collect::<Vec<_>>().join(" + ")
    }
}

/// The path of the first base URL of an operation, without a slash at its end.
pub(super) fn prefix(document: &Tree, path: &str, method: &str) -> String {
    let item = document.get("paths").and_then(|it| it.get(path));
    let operation = item.and_then(|it| it.get(method));
    let owners = [operation, item, Some(document)].into_iter().flatten();
    let mut servers = owners.filter_map(|it| it.get("servers")?.items().first());
    let said = servers.next().and_then(|it| Some((it, it.get("url")?.as_text()?)));
    let base_path = || document.get("basePath").and_then(Tree::as_text);
    let url = said.map(|(server, url)| filled(server, url)).or_else(base_path).unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|it| rest.get(it..)).unwrap_or_default(),
        None if url.starts_with('/') => &url,
        None => "",
    };
    path.trim_end_matches('/').to_owned()
}

/// A server's URL with the default of each variable.
fn filled(server: &Tree, mut url: String) -> String {
    for (name, variable) in server.get("variables").map_or(&[][..], Tree::members) {
        let default = variable.get("default").and_then(Tree::as_text).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), &default);
    }
    url
}

/// As a URL writes a path: what is no letter of URLs is percent-encoded, escapes stay.
fn encoded(text: &str) -> String {
    let stays = |it: u8| (b'!'..=b'~').contains(&it) && !b"\"#<>?`{}\\^|".contains(&it);
    text.bytes().fold(String::new(), |mut all, it| {
        let _ =
            if stays(it) { write!(all, "{}", char::from(it)) } else { write!(all, "%{it:02X}") };
        all
    })
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut all, it| {
        if r"\^$.*+?()[]{}|/".contains(it) {
            all.push('\\');
        }
        all.push(it);
        all
    })
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~/".contains(letter)
}

fn is_word(name: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '_';
    !name.is_empty() && name.chars().all(is_letter)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Store;

    #[test]
    fn templates_become_routes() {
        for (path, hono, expression) in [
            ("/orders", Some("/orders"), r"^\/orders$"),
            ("/orders/{id}/lines", Some("/orders/:id/lines"), r"^\/orders\/([^/]+)\/lines$"),
            ("/orders/{id}.json", None, r"^\/orders\/([^/]+)\.json$"),
            ("/a/{x}-{y}", None, r"^\/a\/([^/]+)-([^/]+)$"),
            ("/a/{x}/{x}", None, r"^\/a\/([^/]+)\/([^/]+)$"),
            ("/orders:batch", None, r"^\/orders:batch$"),
            ("/ü b`${x}`", None, r"^\/%C3%BC%20b%60\$([^/]+)%60$"),
            ("/a{b", None, r"^\/a%7Bb$"),
        ] {
            let template = Template::of("", path);
            assert_eq!(template.hono().as_deref(), hono, "{path}");
            assert_eq!(template.expression(), expression, "{path}");
        }
    }

    #[test]
    fn values_go_by_their_place() {
        let check = |old: &str, new: &str, expected: &str| {
            assert_eq!(Template::of("", new).target(&Template::of("/v1", old)), expected);
        };
        check("/orders", "/v2/orders", "\"/v2/orders\"");
        check(
            "/a/{x}",
            "/v2/a/{y}",
            "\"/v2/a/\" + encodeURIComponent(context.req.param(\"x\") ?? \"\")",
        );
        check("/a/{x}.md", "/v2/a/{y}.md", "\"/v2/a/\" + (parts[1] ?? \"\") + \".md\"");
    }

    #[test]
    fn servers_give_a_prefix() {
        let check = |document: &Value, expected: &str| {
            let mut store = Store::new();
            let id = store.insert(document);
            assert_eq!(prefix(&Tree::of(&store, id), "/a", "get"), expected, "{document}");
        };
        check(&json!({}), "");
        check(&json!({"basePath": "/v1/"}), "/v1");
        check(&json!({"servers": [{"url": "https://api.shop.example/v1"}]}), "/v1");
        check(&json!({"servers": [{"url": "https://api.shop.example"}]}), "");
        let variables = json!({"v": {"default": "v3"}});
        check(&json!({"servers": [{"url": "/{v}/x", "variables": variables}]}), "/v3/x");
        check(
            &json!({"servers": [{"url": "/no"}], "paths": {"/a": {"servers": [{"url": "/yes"}]}}}),
            "/yes",
        );
    }
}
