//! Base URLs: where a contract says that it is served.

use std::collections::BTreeMap;

use crate::{Located, Servers, operations::Reading};

/// More base URLs than this from one server's variables are cut to those of the defaults.
const MOST_COMBINATIONS: usize = 256;

/// Scheme and host of a base URL, in one spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Wherever the contract itself was found; the same on both sides.
    Relative,
    /// `https://api.shop.example`
    Absolute(String),
}

/// A base URL without variables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Server {
    /// Scheme and host.
    pub origin: Origin,
    /// The path, without a slash at its end; empty for `/`.
    pub prefix: String,
    /// Where it is written; the contract itself where no server is.
    pub at: Located,
}

impl Server {
    /// The URL as a message shows it: a relative one has no host.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.origin {
            Origin::Relative if self.prefix.is_empty() => "/".to_owned(),
            Origin::Relative => self.prefix.clone(),
            Origin::Absolute(_) => self.url(),
        }
    }

    /// The URL as a witness has it.
    #[must_use]
    pub fn url(&self) -> String {
        let origin = match &self.origin {
            Origin::Relative => "https://contract.example",
            Origin::Absolute(it) => it,
        };
        format!("{origin}{}", self.prefix)
    }

    /// The part of the base URL that takes part in addresses.
    #[must_use]
    pub fn key(&self, servers: Servers) -> String {
        match servers {
            Servers::Exact => self.url(),
            Servers::Path => self.prefix.clone(),
            Servers::Ignore => String::new(),
        }
    }

    fn parse(url: &str, at: &Located) -> Self {
        let (origin, path) = match url.split_once("://") {
            Some((scheme, rest)) => {
                let end = rest.find('/').unwrap_or(rest.len());
                let (host, path) = rest.split_at(end);
                (Origin::Absolute(origin(scheme, host)), path)
            }
            None => match url.strip_prefix("//") {
                Some(rest) => {
                    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                    (Origin::Absolute(origin("https", host)), path)
                }
                None => (Origin::Relative, url.trim_start_matches("./")),
            },
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        let prefix = if path.is_empty() { String::new() } else { format!("/{path}") };
        Self { origin, prefix, at: at.clone() }
    }
}

/// Scheme and host are case-insensitive, a default port says nothing (RFC 3986 §6.2).
fn origin(scheme: &str, host: &str) -> String {
    let scheme = scheme.to_ascii_lowercase();
    let host = host.to_ascii_lowercase();
    let port = match scheme.as_str() {
        "http" | "ws" => ":80",
        "https" | "wss" => ":443",
        _ => "",
    };
    format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(&host))
}

/// The base URLs of an operation: its own, else its path's, else the contract's.
pub(crate) fn servers(reading: Reading, owners: &[Located]) -> Vec<Server> {
    let root = reading.contract.root();
    if reading.is_swagger() {
        let operation = owners.first().unwrap_or(&root);
        return swagger_servers(reading, &root, operation);
    }
    let written = owners.iter().chain([&root]);
    let mut lists = written.map(|it| reading.items_of(it, "servers"));
    let mut found: Vec<_> = match lists.find(|it| !it.is_empty()) {
        Some(list) => list.iter().flat_map(|it| expanded(reading, it)).collect(),
        // An empty or missing list means one server at `/` (OAS, OpenAPI Object).
        None => vec![Server::parse("/", &root)],
    };
    found.sort();
    found.dedup_by(|one, other| (&one.origin, &one.prefix) == (&other.origin, &other.prefix));
    found
}

fn swagger_servers(reading: Reading, root: &Located, operation: &Located) -> Vec<Server> {
    let path = reading.text(root, "basePath").unwrap_or_default();
    let Some(host) = reading.text(root, "host") else {
        return vec![Server::parse(&format!("/{}", path.trim_start_matches('/')), root)];
    };
    let schemes = reading.texts(operation, "schemes").filter(|it| !it.is_empty());
    let schemes = schemes.or_else(|| reading.texts(root, "schemes")).filter(|it| !it.is_empty());
    // Without `schemes` it is the one by which the contract was loaded; that is `https` today.
    let schemes = schemes.unwrap_or_else(|| vec!["https".to_owned()]);
    let url = |scheme: &String| format!("{scheme}://{host}/{}", path.trim_start_matches('/'));
    let mut found: Vec<_> = schemes.iter().map(|it| Server::parse(&url(it), root)).collect();
    found.sort();
    found.dedup();
    found
}

/// One URL for each combination of the variables' values.
fn expanded(reading: Reading, server: &Located) -> Vec<Server> {
    let url = reading.text(server, "url").unwrap_or("/").to_owned();
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, variable) in reading.members_of(server, "variables") {
        let default = reading.text(&variable, "default").unwrap_or_default().to_owned();
        let all = reading.texts(&variable, "enum").filter(|it| !it.is_empty());
        let used = url.contains(&format!("{{{name}}}"));
        values.insert(name, all.filter(|_| used).unwrap_or_else(|| vec![default]));
    }
    let n_combinations = values.values().map(Vec::len).try_fold(1_usize, usize::checked_mul);
    let is_much = n_combinations.is_none_or(|it| it > MOST_COMBINATIONS);
    let mut urls = vec![url];
    for (name, values) in &values {
        let taken = if is_much { 1 } else { values.len() };
        let put = |value: &String, url: &String| url.replace(&format!("{{{name}}}"), value);
        urls = values
            .iter()
            .take(taken)
            .flat_map(|it| urls.iter().map(move |url| put(it, url)))
            .collect();
    }
    urls.iter().map(|it| Server::parse(it, server)).collect()
}
