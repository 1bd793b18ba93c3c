//! Requests that shall fail, so that clients can be seen to bear it.
//!
//! `POST /__faults` takes a list, which takes the place of the one before:
//! `[{"match": "POST /repos/*/pulls", "nth": 1, "status": 502, "headers": {…}, "after": true}]`.
//!
//! - `match` is a method and a path without query, where `*` is any text.
//! - `nth` counts the requests that match, from 1; without it all of them fail.
//! - `status` is a number from 300, or `"cut"`: the connection is closed without an answer.
//! - `after` fails only when the request has had its effect.
//! - `body` is the answer in place of GitHub's own sentence.
//! - `meanwhile` is a request of somebody else, `{"method", "path", "body", "token"}`, which is
//!   done first; without `status` the request itself is then answered as ever.

use std::collections::BTreeMap;

use hyper::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    answer::{Answer, Refusal},
    request::Request,
};

/// Which requests shall fail, and how.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    planned: Vec<Planned>,
}

/// How one request fails.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    #[serde(rename = "match")]
    pattern: String,
    nth: Option<u64>,
    status: Option<Ending>,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    #[serde(default)]
    pub(crate) after: bool,
    body: Option<Value>,
    meanwhile: Option<Meanwhile>,
}

/// How a request ends.
#[derive(Debug)]
pub(crate) enum Failure {
    /// With this answer.
    Answer(Answer),
    /// With none.
    Cut,
}

/// What somebody else does just before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meanwhile {
    method: String,
    path: String,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    token: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Ending {
    Status(u16),
    Word(Word),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Cut,
}

#[derive(Debug)]
struct Planned {
    fault: Fault,
    n_matched: u64,
    n_failed: u64,
}

impl Faults {
    /// A plan in place of the one before; the reason if it is none.
    pub(crate) fn plan(&mut self, body: &[u8]) -> Result<(), String> {
        let faults: Vec<Fault> = serde_json::from_slice(body).map_err(|err| err.to_string())?;
        let odd = faults.iter().find_map(Fault::oddity);
        if let Some(odd) = odd {
            return Err(odd);
        }
        let planned = faults.into_iter();
        self.planned = planned.map(|fault| Planned { fault, n_matched: 0, n_failed: 0 }).collect();
        Ok(())
    }

    /// The fault of this request, which is counted.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let request = format!("{method} {path}");
        let mut found = None;
        for planned in &mut self.planned {
            if !matches(&planned.fault.pattern, &request) {
                continue;
            }
            planned.n_matched += 1;
            let is_due = planned.fault.nth.is_none_or(|it| it == planned.n_matched);
            if is_due && found.is_none() {
                planned.n_failed += 1;
                found = Some(planned.fault.clone());
            }
        }
        found
    }

    /// Each fault with the requests that matched and those that failed by it.
    pub(crate) fn told(&self) -> Value {
        let rows = self.planned.iter().map(
            |it| json!({"match": it.fault.pattern, "matched": it.n_matched, "failed": it.n_failed}),
        );
        rows.collect()
    }
}

impl Fault {
    fn oddity(&self) -> Option<String> {
        let is_request = self.pattern == "*" || self.pattern.contains(" /");
        match self.status {
            _ if !is_request => {
                let pattern = &self.pattern;
                Some(format!("`match`: `{pattern}` is no method and path, as `POST /repos/*`"))
            }
            _ if self.nth == Some(0) => Some("`nth` counts from 1".into()),
            None if self.meanwhile.is_none() => Some("neither `status` nor `meanwhile`".into()),
            Some(Ending::Status(status)) if !(300..600).contains(&status) => {
                Some(format!("`status`: {status} is no failure"))
            }
            None | Some(Ending::Status(_) | Ending::Word(Word::Cut)) => None,
        }
    }

    /// The request of somebody else.
    pub(crate) fn meanwhile(&self) -> Option<Request> {
        let Meanwhile { method, path, body, token } = self.meanwhile.as_ref()?;
        Request::made((method, path), token, body)
    }

    /// How the request ends, if not as ever.
    pub(crate) fn failure(&self) -> Option<Failure> {
        let Ending::Status(status) = self.status.as_ref()? else { return Some(Failure::Cut) };
        let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
        let mut answer = match &self.body {
            Some(body) => Answer::json(status, body),
            None => Answer::refused(&Refusal::new(status, self.sentence(status))),
        };
        for (name, value) in &self.headers {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            answer = answer.with(name, &value);
        }
        Some(Failure::Answer(answer))
    }

    fn sentence(&self, status: StatusCode) -> &'static str {
        let has = |name: &str| self.headers.keys().any(|it| it.eq_ignore_ascii_case(name));
        match status.as_u16() {
            401 => "Bad credentials",
            403 | 429 if has("retry-after") => {
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
            }
            403 if !has("x-ratelimit-remaining") => "Resource not accessible by integration",
            403 | 429 => "API rate limit exceeded for installation ID 1.",
            404 => "Not Found",
            422 => "Validation Failed",
            500.. => "Server Error",
            _ => status.canonical_reason().unwrap_or("Failure"),
        }
    }
}

impl Failure {
    /// The answer; none if the connection is cut.
    pub(crate) fn into_answer(self) -> Option<Answer> {
        match self {
            Self::Answer(answer) => Some(answer),
            Self::Cut => None,
        }
    }
}

/// Is this text of the form of the pattern, where `*` is any text?
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut pieces: Vec<_> = rest.split('*').collect();
    let end = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some((_, after)) = text.split_once(piece) else { return false };
        text = after;
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::{Faults, matches};

    #[test]
    fn stars_are_any_text() {
        let check = |pattern, text, expected| assert_eq!(matches(pattern, text), expected);
        check("POST /repos/*/pulls", "POST /repos/acme/shop/pulls", true);
        check("POST /repos/*/pulls", "POST /repos/acme/shop/pulls/1", false);
        check("POST /repos/*/pulls", "GET /repos/acme/shop/pulls", false);
        check("PATCH /repos/*/issues/*", "PATCH /repos/acme/shop/issues/comments/7", true);
        check("*", "GET /user", true);
        check("* /*/git/*", "POST /repos/a/b/git/trees", true);
        check("GET /a*a", "GET /a", false);
        check("GET /user", "GET /user", true);
    }

    #[test]
    fn the_nth_of_the_requests_that_match_fails() {
        let mut faults = Faults::default();
        faults.plan(br#"[{"match": "POST /a*", "nth": 2, "status": 502}]"#).unwrap();
        let failed: Vec<_> = ["/a", "/b", "/ab", "/a"]
            .map(|path| faults.take("POST", path).is_some())
            .into_iter()
            .collect();
        assert_eq!(failed, [false, false, true, false]);
        assert_eq!(faults.told()[0]["matched"], 3);
    }

    #[test]
    fn a_plan_that_means_nothing_is_refused() {
        for plan in [
            "{}",
            r#"[{"match": "POST /a", "status": 200}]"#,
            r#"[{"match": "/a", "status": 500}]"#,
            r#"[{"match": "POST /a"}]"#,
            r#"[{"match": "POST /a", "status": 500, "nth": 0}]"#,
            r#"[{"match": "POST /a", "status": "hang"}]"#,
            r#"[{"match": "POST /a", "status": 500, "often": true}]"#,
        ] {
            assert!(Faults::default().plan(plan.as_bytes()).is_err(), "{plan}");
        }
    }
}
