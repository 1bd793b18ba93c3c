//! A request as the double sees it, and who sends it.

use hyper::{HeaderMap, Method, http::request::Parts};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::form_urlencoded;

/// Enterprise servers have their API below this path.
const ENTERPRISE: &str = "/api/v3";

/// One request, whole.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Below the API's base, percent-encoded as it came.
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// What stood before the path: nothing, or the base of enterprise servers.
    pub(crate) prefix: &'static str,
}

/// What follows the question mark.
#[derive(Clone, Default)]
pub(crate) struct Query {
    /// As it came.
    pub(crate) text: String,
    pub(crate) pairs: Vec<(String, String)>,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) login: String,
    pub(crate) is_app: bool,
}

impl Request {
    pub(crate) fn new(head: Parts, body: Vec<u8>) -> Self {
        let whole = head.uri.path();
        let below = whole.strip_prefix(ENTERPRISE).filter(|it| it.starts_with('/'));
        let (prefix, path) = below.map_or(("", whole), |it| (ENTERPRISE, it));
        Self {
            path: path.to_owned(),
            query: Query::of(head.uri.query().unwrap_or_default()),
            method: head.method,
            headers: head.headers,
            body,
            prefix,
        }
    }

    /// A request that nobody sent.
    pub(crate) fn made((method, path): (&str, &str), token: &str, body: &Value) -> Option<Self> {
        let mut request = hyper::Request::builder().method(method).uri(path);
        request = request.header("user-agent", "meanwhile");
        request = request.header("authorization", format!("Bearer {token}"));
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let (head, body) = request.body(body).ok()?.into_parts();
        Some(Self::new(head, body))
    }

    /// Path and query, as they came.
    pub(crate) fn target(&self) -> String {
        let Self { path, query, .. } = self;
        if query.text.is_empty() { path.clone() } else { format!("{path}?{}", query.text) }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The secret after `Bearer` or `token`.
    pub(crate) fn token(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        let is_known = ["bearer", "token"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
        is_known.then(|| token.trim())
    }

    /// Whom the token stands for; nobody without one.
    pub(crate) fn actor(&self) -> Option<Actor> {
        self.token().map(Actor::of)
    }
}

impl Query {
    fn of(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        Self { text: text.to_owned(), pairs }
    }

    /// The value of a parameter; the last one counts.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The same query with another value of one parameter.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let others = self.pairs.iter().filter(|it| it.0 != name);
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(others).append_pair(name, value);
        text.finish()
    }
}

impl Actor {
    fn of(token: &str) -> Self {
        let person = ["ghp_", "gho_", "github_pat_"].iter().find_map(|it| token.strip_prefix(it));
        let Some(rest) = person else {
            return Self { login: "github-actions[bot]".into(), is_app: true };
        };
        let named = rest.split_once('_').map(|it| it.0).filter(|it| !it.is_empty());
        Self { login: named.unwrap_or("octocat").into(), is_app: false }
    }
}

/// A piece of a path without its percent signs.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Actor, Query};

    #[test]
    fn the_token_says_who_asks() {
        let check = |token: &str, login: &str, is_app: bool| {
            assert_eq!(Actor::of(token), Actor { login: login.into(), is_app }, "{token}");
        };
        check("ghs_abc", "github-actions[bot]", true);
        check("whatever", "github-actions[bot]", true);
        check("ghp_alice_123", "alice", false);
        check("ghp_0123456789", "octocat", false);
        check("github_pat_bob_1", "bob", false);
    }

    #[test]
    fn one_parameter_is_replaced() {
        let query = Query::of("labels=a%2Cb&page=2&state=open");
        assert_eq!(query.with("page", "3"), "labels=a%2Cb&state=open&page=3");
        assert_eq!(query.get("labels"), Some("a,b"));
    }
}
