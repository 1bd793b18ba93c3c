//! GitHub itself, over HTTP.

use std::{collections::BTreeMap, io::Read as _, time::Duration};

use serde_json::Value;
use ureq::{
    Agent, Proxy,
    http::{self, Response},
};
use url::Url;

use crate::{
    Secret,
    endpoint::Endpoint,
    forge::{Answer, Forge, Lost, Request},
};

/// How long one request may take, connection and answer together.
const TIMEOUT: Duration = Duration::from_mins(1);
/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How much of an answer is read.
const MAX_BODY: u64 = 32 * 1024 * 1024;
/// A repository that was renamed answers with its new address.
const MOST_REDIRECTS: usize = 3;

/// The API at an endpoint, with a token. Making one opens no connection.
pub struct Http {
    agent: Agent,
    endpoint: Endpoint,
    token: Secret,
}

impl Http {
    /// Will talk to this endpoint. The proxy variables of the environment are honoured, but for
    /// this machine itself, which no proxy reaches.
    #[must_use]
    pub fn new(endpoint: &Endpoint, token: Secret) -> Self {
        let is_here = endpoint.api().starts_with("http://");
        let proxy = if is_here { None } else { Proxy::try_from_env() };
        let config = Agent::config_builder()
            .proxy(proxy)
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("checks/", env!("CARGO_PKG_VERSION")));
        Self { agent: config.build().into(), endpoint: endpoint.clone(), token }
    }

    fn once(&self, request: &Request, address: &str) -> Result<Response<ureq::Body>, Lost> {
        let lost = |reason: String| Lost { reason: self.token.hide(&reason) };
        let message = http::Request::builder()
            .method(request.method.to_string().as_str())
            .uri(address)
            .header("accept", "application/vnd.github+json")
            .header("x-github-api-version", "2022-11-28")
            .header("authorization", format!("Bearer {}", self.token.reveal()));
        let sent = match &request.body {
            None => message.body(()).map(|it| self.agent.run(it)),
            Some(body) => {
                let message = message.header("content-type", "application/json");
                message.body(body.to_string()).map(|it| self.agent.run(it))
            }
        };
        let sent = sent.map_err(|err| lost(format!("no request can be made of it: {err}")))?;
        sent.map_err(|err| lost(format!("no connection: {err}")))
    }

    /// Reads an answer whole: one that is cut is none.
    fn read(&self, mut answer: Response<ureq::Body>) -> Result<Answer, Lost> {
        let mut headers = BTreeMap::new();
        for (name, value) in answer.headers() {
            if let Ok(value) = value.to_str() {
                headers.insert(name.as_str().to_owned(), value.to_owned());
            }
        }
        let status = answer.status().as_u16();
        let mut bytes = Vec::new();
        let mut reader = answer.body_mut().as_reader().take(MAX_BODY + 1);
        let lost = |reason: &str| Lost { reason: self.token.hide(reason) };
        reader
            .read_to_end(&mut bytes)
            .map_err(|err| lost(&format!("the answer broke off: {err}")))?;
        if bytes.len() as u64 > MAX_BODY {
            return Err(lost("the answer is longer than 32 MiB"));
        }
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if status >= 400 {
            // The words of a refusal are told to people, and may quote what they refuse.
            text = self.token.hide(&text);
        }
        Ok(Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null) })
    }
}

impl Forge for Http {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        let mut address = format!("{}{}", self.endpoint.api(), request.path);
        for _ in 0..MOST_REDIRECTS {
            let answer = self.read(self.once(request, &address)?)?;
            match redirect(&answer, &address) {
                Some(next) => address = next,
                None => return Ok(answer),
            }
        }
        Err(Lost { reason: "redirects without end".to_owned() })
    }
}

/// Where an answer points to. Never to another host: the token would go there.
fn redirect(answer: &Answer, from: &str) -> Option<String> {
    if !matches!(answer.status, 301 | 302 | 307 | 308) {
        return None;
    }
    let from = Url::parse(from).ok()?;
    let to = from.join(answer.header("location")?).ok()?;
    (to.origin() == from.origin()).then(|| to.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_is_never_sent_to_another_host() {
        let check = |status: u16, location: &str, expected: Option<&str>| {
            let mut answer = Answer::of(status, json!({}));
            answer.headers.insert("location".into(), location.into());
            let from = "https://api.shop.example/repos/a/b";
            assert_eq!(redirect(&answer, from).as_deref(), expected, "{location}");
        };
        let renamed = "https://api.shop.example/repositories/7";
        check(301, renamed, Some(renamed));
        check(307, "/repositories/7", Some(renamed));
        check(301, "https://evil.example/repositories/7", None);
        check(301, "http://api.shop.example/repositories/7", None);
        check(301, "https://api.shop.example:444/x", None);
        check(304, renamed, None);
        check(200, renamed, None);
    }
}
