//! What public URLs answer: asked with `--live` only, recorded in the proof.

use std::{io::Read as _, time::Duration};

use kernel::looks_secret;
use serde_json::{Value, json};
use ureq::{Agent, http::Response};
use url::{Host, Url};

use crate::config::{LiveExpectation, LiveHead};

/// How long one URL may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How much of an answer is read.
const MAX_BODY: u64 = 64 * 1024;
/// How much of an answer is recorded.
const MAX_HEAD: usize = 120;
/// Members of a key that only its owner may have: RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1.
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// What the live URLs answered, in the order of the policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LiveHeads(pub Vec<Seen>);

/// What one URL answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The URL.
    pub url: String,
    /// The status, if there was an answer.
    pub status: Option<u16>,
    /// The content type, if there was one.
    pub content_type: Option<String>,
    /// The first characters of the body, escaped; nothing if they are withheld.
    pub head: Option<String>,
    /// Whether it was as expected.
    pub outcome: SeenOutcome,
    body: Vec<u8>,
}

/// Whether an answer was as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenOutcome {
    /// Yes.
    AsExpected,
    /// No.
    Differs {
        /// What should come.
        expected: String,
        /// What came.
        found: String,
    },
    /// There was no answer.
    NotReachable(String),
}

impl LiveHeads {
    /// Asks each URL once, without credentials.
    #[must_use]
    pub fn ask(heads: &[LiveHead]) -> Self {
        Self(heads.iter().map(ask).collect())
    }

    /// The section of the proof.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let seen = |it: &Seen| {
            json!({"url": it.url, "status": it.status, "contentType": it.content_type,
                   "head": it.head, "outcome": it.outcome.sentence()})
        };
        self.0.iter().map(seen).collect()
    }
}

impl Seen {
    /// The answer itself, for the judge; it must not reach a message, a witness or a proof.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl SeenOutcome {
    fn sentence(&self) -> String {
        match self {
            Self::AsExpected => "as expected".to_owned(),
            Self::Differs { expected, found } => format!("expected {expected}, got {found}"),
            Self::NotReachable(reason) => format!("not reachable: {reason}"),
        }
    }
}

/// Which URLs may be asked: https, and http on loopback.
#[must_use]
pub fn may_be_asked(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback)
}

fn ask(head: &LiveHead) -> Seen {
    let unreachable = |reason: &str| Seen {
        url: head.url.clone(),
        status: None,
        content_type: None,
        head: None,
        outcome: SeenOutcome::NotReachable(reason.to_owned()),
        body: Vec::new(),
    };
    let Ok(url) = Url::parse(&head.url) else { return unreachable("no URL") };
    match fetch(&url) {
        Ok(answer) => answer.judged(head),
        Err(reason) => unreachable(&reason),
    }
}

struct Answer {
    status: u16,
    content_type: Option<String>,
    body: Vec<u8>,
    is_cut: bool,
}

/// One GET with at most one redirect, which must stay on the host.
fn fetch(url: &Url) -> Result<Answer, String> {
    let config = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("checks/", env!("CARGO_PKG_VERSION")));
    let agent: Agent = config.build().into();
    let get = |url: &Url| agent.get(url.as_str()).call().map_err(|err| err.to_string());
    if !may_be_asked(url) {
        return Err("only https, or http on loopback, is asked".to_owned());
    }
    let first = get(url)?;
    let next = redirect(&first, url)?;
    read(next.map_or(Ok(first), |it| get(&it))?)
}

fn redirect(answer: &Response<ureq::Body>, from: &Url) -> Result<Option<Url>, String> {
    let location = answer.headers().get("location").and_then(|it| it.to_str().ok());
    let Some(location) = location.filter(|_| answer.status().is_redirection()) else {
        return Ok(None);
    };
    let to = from.join(location).map_err(|_| "a redirect to no URL".to_owned())?;
    let is_same_host =
        to.host() == from.host() && to.port_or_known_default() == from.port_or_known_default();
    if is_same_host && may_be_asked(&to) {
        Ok(Some(to))
    } else {
        Err("a redirect to another host".to_owned())
    }
}

fn read(mut answer: Response<ureq::Body>) -> Result<Answer, String> {
    let content_type = answer.headers().get("content-type");
    let content_type = content_type.and_then(|it| it.to_str().ok()).map(str::to_owned);
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    let mut reader = answer.body_mut().as_reader().take(MAX_BODY + 1);
    reader.read_to_end(&mut body).map_err(|err| err.to_string())?;
    let is_cut = body.len() as u64 > MAX_BODY;
    body.truncate(usize::try_from(MAX_BODY).unwrap_or(usize::MAX));
    Ok(Answer { status, content_type, body, is_cut })
}

impl Answer {
    fn judged(self, head: &LiveHead) -> Seen {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        let parsed: Option<Value> = serde_json::from_slice(&self.body).ok();
        let difference = self.difference(&head.expect, parsed.as_ref());
        let shows_private = match &parsed {
            Some(body) => holds_private_key(body),
            None => may_hold_private_key(&text),
        };
        let is_withheld = shows_private || holds_secret(&text);
        Seen {
            url: head.url.clone(),
            status: Some(self.status),
            content_type: self.content_type,
            head: (!is_withheld).then(|| escaped_head(&text)),
            outcome: match difference {
                None => SeenOutcome::AsExpected,
                Some((expected, found)) => SeenOutcome::Differs { expected, found },
            },
            body: self.body,
        }
    }

    /// What should have come and what came, if they differ.
    fn difference(
        &self,
        expect: &LiveExpectation,
        body: Option<&Value>,
    ) -> Option<(String, String)> {
        let differs = |expected: &str, found: &str| Some((expected.to_owned(), found.to_owned()));
        if !(200..300).contains(&self.status) {
            return Some(("status 200".to_owned(), format!("status {}", self.status)));
        }
        let Some(body) = body else {
            let found = if self.is_cut { "more than 64 KiB" } else { "something else" };
            return differs("JSON", found);
        };
        match expect {
            LiveExpectation::Jwks => {
                jwks_fault(body).and_then(|it| differs("a public key set", it))
            }
            LiveExpectation::Json { pointer, equals } => {
                let value = body.pointer(pointer.as_deref().unwrap_or_default());
                let is_right = match equals {
                    Some(equals) => value.is_some_and(|it| is_same(it, equals)),
                    None => value.is_some(),
                };
                let at = pointer.as_deref().unwrap_or("the top");
                let wanted = equals.as_ref().map_or_else(|| "a value".to_owned(), Value::to_string);
                let found = if value.is_some() { "another value" } else { "nothing" };
                (!is_right).then(|| (format!("{wanted} at {at}"), found.to_owned()))
            }
        }
    }
}

/// What is wrong with a key set, if anything. Source: RFC 7517, sections 4 and 5.
fn jwks_fault(body: &Value) -> Option<&'static str> {
    let Some(keys) = body.get("keys").and_then(Value::as_array) else { return Some("no `keys`") };
    let has = |key: &Value, name: &str| key.get(name).is_some_and(Value::is_string);
    if keys.is_empty() {
        Some("no key")
    } else if has_private_member(body) {
        Some("a private key")
    } else if keys.iter().any(|it| !has(it, "kty") || !has(it, "kid")) {
        Some("a key without `kty` or `kid`")
    } else {
        None
    }
}

/// Is it the same JSON value? JSON has one kind of number, so `1.0` is `1`.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) if left.is_f64() || right.is_f64() => {
            let both = left.as_f64().zip(right.as_f64());
            both.is_some_and(|(left, right)| left.total_cmp(&right).is_eq())
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(it, to)| is_same(it, to))
        }
        (Value::Object(left), Value::Object(right)) => {
            let has_same = |(key, it)| right.get(key).is_some_and(|to| is_same(it, to));
            left.len() == right.len() && left.iter().all(has_same)
        }
        _ => left == right,
    }
}

/// Is there a private key anywhere in the body, also outside a key set?
fn holds_private_key(body: &Value) -> bool {
    match body {
        Value::Object(members) => {
            let is_private = members.contains_key("kty")
                && PRIVATE_MEMBERS.iter().any(|it| members.contains_key(*it));
            is_private || has_private_member(body) || members.values().any(holds_private_key)
        }
        Value::Array(items) => items.iter().any(holds_private_key),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The same of a body that does not parse, such as the beginning of a long one.
fn may_hold_private_key(text: &str) -> bool {
    text.contains("\"kty\"") && PRIVATE_MEMBERS.iter().any(|it| text.contains(&format!("\"{it}\"")))
}

fn has_private_member(body: &Value) -> bool {
    let keys = body.get("keys").and_then(Value::as_array);
    let is_private = |key: &Value| PRIVATE_MEMBERS.iter().any(|it| key.get(it).is_some());
    keys.into_iter().flatten().any(is_private)
}

/// Does a body hold something shaped like a token, a key or an e-mail address?
fn holds_secret(text: &str) -> bool {
    let is_email = |it: &str| {
        it.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    let is_word = |it: char| it.is_ascii_alphanumeric() || "_-.+=@".contains(it);
    text.contains("-----BEGIN")
        || text.split(|it| !is_word(it)).any(|it| is_email(it) || looks_secret(it))
}

fn escaped_head(text: &str) -> String {
    let escape = |it: char| -> String {
        if it.is_control() { it.escape_default().collect() } else { it.to_string() }
    };
    text.chars().take(MAX_HEAD).map(escape).collect()
}

#[cfg(test)]
mod tests {
    use kernel::{Place, RepoPath, Side};
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        let check = |left: Value, right: Value, expected| {
            assert_eq!(is_same(&left, &right), expected, "{left} {right}");
        };
        check(json!(1.0), json!(1), true);
        check(json!({"a": [1, 2.0]}), json!({"a": [1.0, 2]}), true);
        check(json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64), false);
        check(json!(1.5), json!(1), false);
        check(json!(1), json!("1"), false);
        check(json!(true), json!(true), true);
        check(json!([1]), json!([1, 2]), false);
        check(json!({"a": 1}), json!({"b": 1}), false);
    }

    #[test]
    fn no_head_shows_a_private_key() {
        let check = |body: &str, is_cut, is_shown| {
            let path = RepoPath::new("checks.toml").expect("it is a path");
            let head = LiveHead {
                url: "https://api.example/jwks".into(),
                expect: LiveExpectation::Jwks,
                place: Place::start_of(&path),
                side: Side::Head,
            };
            let body = body.as_bytes().to_vec();
            let answer = Answer { status: 500, content_type: None, body, is_cut };
            let seen = answer.judged(&head);
            assert_eq!(seen.head.is_some(), is_shown, "{:?}", seen.head);
        };
        check(r#"{"keys": [{"kty": "EC", "kid": "a"}]}"#, false, true);
        check(r#"{"keys": [{"kty": "EC", "kid": "a", "d": "x"}]}"#, false, false);
        check(r#"{"kty": "EC", "d": "x"}"#, false, false);
        check(r#"{"next": [{"kty": "oct", "k": "x"}]}"#, false, false);
        check(r#"{"keys": [{"kty": "EC", "d": "x"}, {"kty""#, true, false);
        check(r#"{"d": "x"}"#, false, true);
    }
}
