//! Base URLs: where an operation is served.

use serde_json::Value;

use super::{Side, text};
use crate::{Servers, judge::texts::At};

/// More URLs than this from the variables of one server are not looked at.
const MAX_URLS: usize = 4_096;

/// The parts of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme and host in one spelling; empty if the URL is relative.
    pub(super) origin: String,
    /// As written, `/` at least.
    pub(super) path: String,
    /// As written, without the question mark.
    pub(super) query: Option<String>,
}

impl Address {
    pub(super) fn parse(url: &str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (url, query) = match url.split_once('?') {
            Some((url, query)) => (url, Some(query.to_owned())),
            None => (url, None),
        };
        let (origin, path) = match url.split_once("://") {
            Some((scheme, rest)) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (origin(scheme, host), path)
            }
            None => match url.strip_prefix("//") {
                Some(rest) => {
                    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                    (origin("https", host), path)
                }
                None => (String::new(), url.strip_prefix("./").unwrap_or(url)),
            },
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Self { origin, path, query }
    }

    /// The path without the slashes at its end.
    fn prefix(&self) -> &str {
        self.path.trim_end_matches('/')
    }
}

/// Scheme and host know no case, and the usual port says nothing (RFC 3986 §6.2).
fn origin(scheme: &str, host: &str) -> String {
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let port = match scheme.as_str() {
        "http" | "ws" => ":80",
        "https" | "wss" => ":443",
        _ => return format!("{scheme}://{host}"),
    };
    format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(&host))
}

impl Side<'_> {
    /// What is left of a path after the base URLs of an operation, each with its offset.
    pub(super) fn rests<'u>(
        self,
        address: &'u Address,
        items: &[At],
        operation: &At,
    ) -> Vec<(usize, &'u str)> {
        let settings = self.world.settings.servers;
        let mut rests = Vec::new();
        for server in self.servers(items, operation) {
            let server = Address::parse(&server);
            let has_origin = match (server.origin.as_str(), settings) {
                (_, Servers::Path | Servers::Ignore) => true,
                ("", Servers::Exact) => address.origin == "https://contract.example",
                (origin, Servers::Exact) => address.origin == origin,
            };
            let rest = address.path.strip_prefix(server.prefix());
            if let Some(rest) = rest.filter(|it| has_origin && it.starts_with('/')) {
                rests.push((server.prefix().len(), rest));
            }
        }
        if rests.is_empty() && settings == Servers::Ignore {
            let slashes = address.path.match_indices('/');
            rests.extend(slashes.map(|it| (it.0, address.path.split_at(it.0).1)));
        }
        rests
    }

    fn servers(self, items: &[At], operation: &At) -> Vec<String> {
        if self.is_swagger() {
            return self.swagger_servers(operation);
        }
        let root = At::root(0);
        let owners = [operation].into_iter().chain(items).chain([&root]);
        let lists = owners.filter_map(|it| self.texts.value(&it.child("servers")));
        let mut lists = lists.filter(|it| it.as_array().is_some_and(|it| !it.is_empty()));
        match lists.next() {
            Some(Value::Array(servers)) => servers.iter().flat_map(expanded).collect(),
            // OpenAPI Object: an empty or missing list is one server at `/`.
            _ => vec!["/".to_owned()],
        }
    }

    fn swagger_servers(self, operation: &At) -> Vec<String> {
        let path = self.texts.root_text("basePath").unwrap_or_default();
        let path = path.trim_start_matches('/');
        let Some(host) = self.texts.root_text("host") else { return vec![format!("/{path}")] };
        let schemes = |at: &At| {
            let value = self.texts.value(&at.child("schemes"))?;
            let texts = value.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned);
            Some(texts.collect::<Vec<_>>()).filter(|it| !it.is_empty())
        };
        let schemes = schemes(operation).or_else(|| schemes(&At::root(0)));
        let schemes = schemes.unwrap_or_else(|| vec!["https".to_owned()]);
        schemes.iter().map(|it| format!("{it}://{host}/{path}")).collect()
    }
}

/// One URL for each choice of the variables.
fn expanded(server: &Value) -> Vec<String> {
    let mut urls = vec![text(server, "url").unwrap_or("/").to_owned()];
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let listed = variable.get("enum").and_then(Value::as_array);
        let listed = listed.filter(|it| !it.is_empty());
        let values: Vec<&str> = match listed {
            Some(values) => values.iter().filter_map(Value::as_str).collect(),
            None => text(variable, "default").into_iter().collect(),
        };
        let place = format!("{{{name}}}");
        if !urls.iter().any(|it| it.contains(&place)) || urls.len() * values.len() > MAX_URLS {
            continue;
        }
        let fill =
            |url: &String| values.iter().map(|it| url.replace(&place, it)).collect::<Vec<_>>();
        urls = urls.iter().flat_map(fill).collect();
    }
    urls
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_url_has_parts_in_one_spelling() {
        for (url, origin, path, query) in [
            ("HTTPS://X.example:443/A?q=1#f", "https://x.example", "/A", Some("q=1")),
            ("http://x.example:8080", "http://x.example:8080", "/", None),
            ("/v1/", "", "/v1/", None),
            ("./v1", "", "/v1", None),
            ("//x.example/v1", "https://x.example", "/v1", None),
        ] {
            let address = Address::parse(url);
            let parts = (address.origin.as_str(), address.path.as_str(), address.query.as_deref());
            assert_eq!(parts, (origin, path, query), "{url}");
        }
    }

    #[test]
    fn variables_take_all_their_values() {
        let server = json!({"url": "https://{r}.x.example/{v}", "variables": {
            "r": {"default": "eu", "enum": ["eu", "us"]}, "v": {"default": "v1"}, "unused": {"default": "x"}}});
        assert_eq!(expanded(&server), ["https://eu.x.example/v1", "https://us.x.example/v1"]);
    }
}
