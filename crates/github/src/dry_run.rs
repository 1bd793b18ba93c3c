//! Takes requests, sends none, and answers as a repository does where nothing of ours is.

use std::{cell::RefCell, time::Duration};

use serde_json::{Value, json};

use crate::{
    clock::Clock,
    forge::{Answer, Forge, Lost, Method, Request},
};

/// A forge that only writes down what it is asked.
#[derive(Debug, Default)]
pub struct DryRun {
    default_branch: String,
    pull_request: Value,
    asked: RefCell<Vec<Request>>,
}

impl DryRun {
    /// Answers with this default branch, and with this pull request (of an event) if asked for one.
    #[must_use]
    pub fn new(default_branch: &str, pull_request: Value) -> Self {
        let default_branch = default_branch.to_owned();
        Self { default_branch, pull_request, asked: RefCell::default() }
    }

    /// One JSON line for each request: method, path and body.
    #[must_use]
    pub fn lines(&self) -> String {
        let line = |it: &Request| {
            let line = json!({"method": it.method.to_string(), "path": it.path, "body": it.body});
            kernel::canonical_line(&line)
        };
        self.asked.borrow().iter().map(line).collect()
    }

    fn read(&self, path: &str) -> Answer {
        let below: Vec<&str> = path.split('/').skip(4).collect();
        let body = match below.as_slice() {
            [] => json!({"default_branch": self.default_branch}),
            ["git", "ref", ..] => return Answer::of(404, Value::Null),
            ["git", "commits", sha] => json!({
                "sha": sha, "message": "", "parents": [], "tree": {"sha": format!("<tree of {sha}>")},
            }),
            ["pulls", number] => self.one(number),
            ["commits", _, "check-runs"] => json!({"check_runs": []}),
            _ => json!([]),
        };
        Answer::of(200, body)
    }

    fn one(&self, number: &str) -> Value {
        if self.pull_request.is_object() {
            return self.pull_request.clone();
        }
        let number: u64 = number.parse().unwrap_or_default();
        json!({
            "number": number,
            "html_url": format!("<address of #{number}>"),
            "state": "open",
            "head": {"ref": format!("<head branch of #{number}>"), "sha": format!("<head of #{number}>")},
            "base": {"ref": self.default_branch},
        })
    }
}

impl Forge for DryRun {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        self.asked.borrow_mut().push(request.clone());
        let path = request.path.split('?').next().unwrap_or_default();
        if request.method == Method::Get {
            return Ok(self.read(path));
        }
        let n_asked = self.asked.borrow().len();
        let what = path.rsplit('/').next().unwrap_or_default();
        let sha = request.body.as_ref().and_then(|it| it.get("sha")).cloned();
        let sha = sha.unwrap_or_else(|| json!(format!("<{what} of request {n_asked}>")));
        Ok(Answer::of(
            200,
            json!({
                "sha": sha, "object": {"sha": sha}, "id": 0, "number": 0, "html_url": "<its address>",
            }),
        ))
    }
}

impl Clock for DryRun {
    fn now(&self) -> u64 {
        0
    }

    fn sleep(&self, _time: Duration) {}

    fn seed(&self) -> u64 {
        0
    }
}
